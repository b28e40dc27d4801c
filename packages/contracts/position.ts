import * as z from 'zod';

/** Told first: one verdict per dimension, from published cuts and the shown n alone. */
export const Verdict = z.enum(['behind', 'near', 'ahead', 'indistinct']);
export type Verdict = z.infer<typeof Verdict>;

/** Where one score stands among a cell's published cuts. Permille of the participations that the score is ahead of. */
export const Standing = z.strictObject({
  verdict: Verdict,
  /** Highest published p whose cut lies strictly below the score; 0 if none. */
  bandFrom: z.int().min(0).max(1000),
  /** Lowest published p whose cut lies strictly above the score; 1000 if none. */
  bandTo: z.int().min(0).max(1000),
  /** Wilson 95 % limits at the band's ends with the shown n, permille with one decimal. */
  intervalFrom: z.number().min(0).max(1000),
  intervalTo: z.number().min(0).max(1000),
});
export type Standing = z.infer<typeof Standing>;
