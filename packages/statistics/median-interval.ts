import { type QuantilePoint, valueAtRank } from './published-quantile.ts';
import { type Interval, Z_95 } from './wilson.ts';

/** How far the noise of a cut may hide its rank: `constant` / (`epsilon` n). */
export interface CutNoise {
  epsilon: number;
  constant: number;
}

/**
 * Between which values the median of the whole field may lie, told from published, perturbed cuts alone, 95 %. The ranks
 * that bound it by chance (order statistics in their normal form; David & Nagaraja 2003, Order Statistics, 7.1) and those
 * that the noise hides are added in quadrature, and the values there are read off by straight lines between the cuts.
 *
 * @param cuts published cuts of scores or of changes, ascending by permille
 * @param n the shown n, 1 or more
 * @param populationFactor of chance alone (`finite-population.ts`); 1 for a field without end
 * @returns in the unit of the cuts; null where the cuts do not reach far enough: not determinable
 * @throws RangeError unless n is 1 or more
 * @example
 * medianInterval([{ permille: 500, value: 50 }], 20, { epsilon: 0.7, constant: 4.5 }); // => null
 */
export function medianInterval(
  cuts: readonly QuantilePoint[],
  n: number,
  noise: CutNoise,
  populationFactor = 1,
): Interval | null {
  if (!(n >= 1)) throw new RangeError(`participations must be 1 or more, not ${n}`);
  const chance = ((Z_95 * 0.5) / Math.sqrt(n)) * populationFactor;
  const reach = 1000 * Math.hypot(chance, noise.constant / (noise.epsilon * n));
  const lower = valueAtRank(cuts, 500 - reach);
  const upper = valueAtRank(cuts, 500 + reach);
  return lower === null || upper === null ? null : { lower, upper };
}
