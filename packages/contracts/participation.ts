import * as z from 'zod';
import { IsoDate } from './text.ts';

/** How many took part, so coarse that nobody's coming or staying away can be read off it. */
export const ShownCount = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('counted'),
    /** At least so many, and fewer than five more. */
    atLeast: z.int().min(10).multipleOf(5),
  }),
  /** "Noch nicht genug": fewer than ten, or nobody at all. */
  z.strictObject({ state: z.literal('not-enough') }),
]);
export type ShownCount = z.infer<typeof ShownCount>;

/** Of one association, counted once a night over everything that came in before that day. */
export const Participation = z.strictObject({
  /** The day of counting in Berlin; what came in on it is not in yet. */
  countedOn: IsoDate,
  /** Panel -> complete checks of members in the panel window, each organisation once. */
  panels: z.record(z.string(), ShownCount),
  /** Campaign id -> organisations that took part in it. Stays as it is from the night after it closed. */
  campaigns: z.record(z.string(), z.strictObject({ countedOn: IsoDate, count: ShownCount })),
});
export type Participation = z.infer<typeof Participation>;

/** Counts are shown from so many on, in steps of so many. */
const SHOWN_FROM = 10;
const STEP = 5;

/**
 * @example shownCount(47) // => { state: 'counted', atLeast: 45 }
 * @example shownCount(9) // => { state: 'not-enough' }
 */
export function shownCount(count: number): ShownCount {
  return count < SHOWN_FROM ? { state: 'not-enough' } : { state: 'counted', atLeast: count - (count % STEP) };
}
