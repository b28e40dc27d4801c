import type { QuantilePoint } from '#statistics/published-quantile';
import { valueAtRank } from '#statistics/published-quantile';
import { rankNoise, type Terms } from './place-score.ts';

/**
 * How far the middle of a group was moved at most, in 95 of 100 cases: the ranks that the noise may hide, read off by
 * straight lines between the published cuts on the side where they lie further off, and put up to the figures' grid.
 *
 * @param cuts published cuts of scores or of changes, ascending by permille
 * @param n the shown n
 * @returns points, a multiple of the step, at least one; null where the published cuts do not reach far enough
 * @example
 * movedBy([{ permille: 250, value: 35 }, { permille: 500, value: 45 }, { permille: 750, value: 60 }], 50, { ...POLICY, step: 5 }); // => 10
 */
export function movedBy(cuts: readonly QuantilePoint[], n: number, terms: Terms): number | null {
  const { step } = terms;
  const hidden = 1000 * rankNoise(0.5, n, terms);
  const [lower, middle, upper] = [500 - hidden, 500, 500 + hidden].map((rank) => valueAtRank(cuts, rank));
  if (lower == null || middle == null || upper == null) return null;
  const reach = Math.max(middle - lower, upper - middle);
  return Math.max(step, Math.ceil(reach / step - 1e-9) * step);
}
