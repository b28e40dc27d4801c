import { type QuantilePoint, valueAtRank } from './published-quantile.ts';

/**
 * Standard deviation of the two-sided geometric noise of a count (Ghosh, Roughgarden & Sundararajan 2012):
 * sqrt(2 alpha) / (1 - alpha), alpha = exp(-epsilon). Clamping and pooling only ever make it smaller.
 *
 * @returns organisations
 * @example
 * countNoiseError(0.5); // => 2.80
 */
export function countNoiseError(epsilon: number): number {
  const alpha = Math.exp(-epsilon);
  return Math.sqrt(2 * alpha) / (1 - alpha);
}

/**
 * Standard error that the noise alone gives a share, per cents. The base of a question is drawn too, and a share p of it
 * moves with it by p times its error.
 *
 * @param percent as published
 * @param n of whom it is a share: the middle of the shown band
 */
export function shareNoiseError(percent: number, n: number, epsilon: number, isBaseDrawn = false): number {
  const ofBase = isBaseDrawn ? percent / 100 : 0;
  return (100 * countNoiseError(epsilon) * Math.hypot(1, ofBase)) / n;
}

/**
 * About the standard error that the noise alone gives a cut. The exponential mechanism draws a rank that lies off the wanted
 * one by about a Laplace variable of scale 2 max(p, 1 - p) / epsilon organisations; so many ranks to either side are
 * read off the published cuts by straight lines, and half of what lies between is the error. What the grid rounds away,
 * step / sqrt 12, is added in quadrature. Within a quarter of the simulated one (`test/statistics`).
 *
 * @param cuts published, ascending by permille
 * @param permille which of them
 * @param n the shown n
 * @returns in the unit of the cuts; null where the published cuts do not reach far enough
 */
export function cutNoiseError(
  cuts: readonly QuantilePoint[],
  permille: number,
  n: number,
  { epsilon, step }: { epsilon: number; step: number },
): number | null {
  const p = permille / 1000;
  const ranks = (1000 * Math.SQRT2 * 2 * Math.max(p, 1 - p)) / (epsilon * n);
  const [below, above] = [valueAtRank(cuts, permille - ranks), valueAtRank(cuts, permille + ranks)];
  return below === null || above === null ? null : Math.hypot((above - below) / 2, step / Math.sqrt(12));
}
