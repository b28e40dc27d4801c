import { valueAt } from '#contracts/released-cell';
import type { Estimate } from '#statistics/mover';
import type { QuantilePoint } from '#statistics/published-quantile';
import { withNoise } from '#statistics/quadrature';
import { type CutSample, quantileInterval } from '#statistics/quantile-interval';
import type { Interval } from '#statistics/wilson';
import { cutNoise, type Terms } from './place-score.ts';

/**
 * A released cut and its 95 % limits: by chance, by noise, and by what the grid of released values hides.
 *
 * @param cuts published cuts of scores or of changes, ascending by permille
 * @param permille which of them; 500 is the median
 * @param of the shown n, and the finite-population factor where there is one
 * @returns points, not rounded and not capped; null where it is not published or the cuts do not reach far enough
 */
export function cutEstimate(
  cuts: readonly QuantilePoint[],
  permille: number,
  of: Omit<CutSample, 'noise'>,
  terms: Terms,
): Estimate | null {
  const interval = quantileInterval(cuts, permille, { ...of, noise: cutNoise(terms) });
  const value = valueAt(cuts, permille);
  if (!interval || value === null) return null;
  return { value, ...withNoise(value, interval, gridNoise(terms.step)) };
}

/**
 * Between them two values on a grid hide up to a whole step: each takes its part of it, which adds up in quadrature. Without
 * it two equal groups of very many, beside a grid's edge, would look different.
 */
export const gridNoise = (step: number): number => step * Math.SQRT1_2;

/** Whole numbers around an interval, within what there can be. */
export function outward({ lower, upper }: Interval, least: number, most: number): Interval {
  return {
    lower: Math.max(least, Math.floor(lower + 1e-9)),
    upper: Math.min(most, Math.ceil(upper - 1e-9)),
  };
}
