import { type QuantilePoint, valueAtRank } from './published-quantile.ts';
import { type Interval, Z_95 } from './wilson.ts';

/** What the noise of a cut was drawn by, and the ranks it hides in units of 1 / (`epsilon` n), 95 %. */
export interface CutNoise {
  epsilon: number;
  constant: number;
}

/** How far the noise of a cut p of n may hide its rank, as a share: the loss it draws by is scaled by 2 max(p, 1 - p). */
export function hiddenRank(p: number, n: number, { epsilon, constant }: CutNoise): number {
  return (constant * 2 * Math.max(p, 1 - p)) / (epsilon * n);
}

/** Of whom cuts are. */
export interface CutSample {
  /** The shown n, 1 or more. */
  n: number;
  noise: CutNoise;
  /** Of chance alone (`finite-population.ts`); 1, as without it, for a field without end. */
  populationFactor?: number;
}

/**
 * Between which values a quantile of the whole field may lie, told from published, perturbed cuts alone, 95 %. The ranks
 * that bound it by chance (order statistics in their normal form; David & Nagaraja 2003, Order Statistics, 7.1) and those
 * that the noise hides are added in quadrature, and the values there are read off by straight lines between the cuts.
 *
 * @param cuts published cuts of scores or of changes, ascending by permille
 * @param permille the quantile, 1 to 999; 500 for the median
 * @returns in the unit of the cuts; null where the cuts do not reach far enough: not determinable
 * @throws RangeError unless n is 1 or more and the quantile between 0 and 1000
 * @example
 * quantileInterval([{ permille: 500, value: 50 }], 500, { n: 20, noise: { epsilon: 0.7, constant: 4.5 } }); // => null
 */
export function quantileInterval(
  cuts: readonly QuantilePoint[],
  permille: number,
  { n, noise, populationFactor = 1 }: CutSample,
): Interval | null {
  if (!(n >= 1)) throw new RangeError(`participations must be 1 or more, not ${n}`);
  if (!(permille > 0 && permille < 1000))
    throw new RangeError(`a quantile lies between 0 and 1000, not at ${permille}`);
  const p = permille / 1000;
  const chance = Z_95 * Math.sqrt((p * (1 - p)) / n) * populationFactor;
  const reach = 1000 * Math.hypot(chance, hiddenRank(p, n, noise));
  const lower = valueAtRank(cuts, permille - reach);
  const upper = valueAtRank(cuts, permille + reach);
  return lower === null || upper === null ? null : { lower, upper };
}
