import * as z from 'zod/mini';
import { keep, readKept } from '../kept.ts';
import type { TextStore } from '../text-store.ts';

/**
 * What "next step" needs to know of the house, handed over by "where you stand" within this tab: levels, verdicts and the
 * groups, never the Rückkehr-Code. Gone when the tab is closed.
 */
export const House = z.strictObject({
  format: z.literal(2),
  instrument: z.string(),
  /** Item id -> level, "na" or "dk". */
  answers: z.record(z.string(), z.union([z.literal([0, 1, 2, 3, 4]), z.literal(['na', 'dk'])])),
  /** Dimension id -> verdict, where there is one. */
  verdicts: z.record(z.string(), z.literal(['lower-quarter', 'behind', 'near', 'ahead', 'upper-quarter'])),
  /**
   * Published groups of the house, the one compared with first, then from the narrowest to everybody: shares of items are
   * those of the first that shows any. Empty without a comparison.
   */
  groups: z.array(z.strictObject({ key: z.string(), label: z.string() })),
});
export type House = z.infer<typeof House>;

export const HOUSE_KEY = 'sektorspiegel.house';
const PLACE = { key: HOUSE_KEY, Schema: House };

export function readHouse(store: TextStore | undefined): House | undefined {
  return readKept(store, PLACE)?.value;
}

/** False when the browser refuses. */
export function handOver(store: TextStore | undefined, house: House): boolean {
  return keep(store, PLACE, house);
}
