import * as z from 'zod';

/**
 * How far an organisation is, told first. It follows from the range alone: wholly below or above the middle of the group,
 * within its lowest or highest quarter, or about in the middle, where no difference can be told.
 */
export const Verdict = z.enum(['lower-quarter', 'behind', 'near', 'ahead', 'upper-quarter']);
export type Verdict = z.infer<typeof Verdict>;

/** Which share of the group the score is further than, 95 %: chance and what the figures were moved by. Permille, one decimal. */
export const Range = z.strictObject({ from: z.number().min(0).max(1000), to: z.number().min(0).max(1000) });
export type Range = z.infer<typeof Range>;

/** All scores of which the same verdict function says "about in the middle", whole points, both ends included. */
export const Zone = z.strictObject({ from: z.int().min(0).max(100), to: z.int().min(0).max(100) });
export type Zone = z.infer<typeof Zone>;

/** Where one score stands among a cell's published cuts. */
export const Placing = z.strictObject({
  range: Range,
  /** Null where the group is too small for one (the policy's `verdictFromN`). */
  verdict: Verdict.nullable(),
});
export type Placing = z.infer<typeof Placing>;

/**
 * Why the group shown is shown. `own-default`: the first of the fallback order that holds enough; `own-largest`: none does, so
 * the largest; where another was asked for that cannot be shown, `asked-*` says why, and the default stands in its place.
 */
export const GroupReason = z.enum([
  'as-asked',
  'own-default',
  'own-largest',
  'asked-suppressed',
  'asked-not-in-catalogue',
  'asked-other-unit-type',
  'nothing-published',
  'no-release',
]);
export type GroupReason = z.infer<typeof GroupReason>;
