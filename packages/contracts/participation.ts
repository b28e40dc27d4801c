import * as z from 'zod';
import { IsoDate } from './text.ts';

/** A perturbed count of those who took part, in fives. */
export const ShownCount = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('counted'), about: z.int().min(10).multipleOf(5) }),
  /** The drawn count is below ten: there may be fewer, or nobody at all. */
  z.strictObject({ state: z.literal('not-enough') }),
]);
export type ShownCount = z.infer<typeof ShownCount>;

/** One draw of a campaign's count. It is made once and stays. */
export const CampaignDraw = z.strictObject({
  /** The day of counting in Berlin; what came in on it is not in yet. */
  countedOn: IsoDate,
  count: ShownCount,
  /** Made after the campaign's last day. */
  isFinal: z.boolean(),
});
export type CampaignDraw = z.infer<typeof CampaignDraw>;

/** Campaign id -> its draws, oldest first: a few during the campaign and one at its end. */
export const Participation = z.strictObject({ campaigns: z.record(z.string(), z.array(CampaignDraw)) });
export type Participation = z.infer<typeof Participation>;

/** Counts are shown from so many on, in steps of so many. */
const SHOWN_FROM = 10;
const STEP = 5;

/**
 * @param drawn a perturbed count, 0 or more
 * @example shownCount(47) // => { state: 'counted', about: 45 }
 * @example shownCount(9) // => { state: 'not-enough' }
 */
export function shownCount(drawn: number): ShownCount {
  return drawn < SHOWN_FROM ? { state: 'not-enough' } : { state: 'counted', about: drawn - (drawn % STEP) };
}
