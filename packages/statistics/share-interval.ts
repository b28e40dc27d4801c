import { withNoise } from './quadrature.ts';
import { type Interval, wilson } from './wilson.ts';

/** Of a two-sided geometric count: 3.5 / epsilon organisations hold 95 %, with the rounding to whole per cents. */
const NOISE_CONSTANT = 3.5;

/**
 * Between which shares the share in the whole field may lie, told from a published, perturbed share: Wilson's interval
 * and the noise of the count, in quadrature. 95 %.
 *
 * @param share as published, 0 to 1
 * @param n the shown n of whom it is a share, 1 or more
 * @param epsilon of the count's noise
 * @param populationFactor of chance alone (`finite-population.ts`); 1 for a field without end
 * @returns shares, which may lie below 0 and above 1: a difference needs them so, and only what is printed is capped
 * @throws RangeError if share or n is out of range
 * @example
 * shareInterval(0.5, 100, 0.5); // => { lower: 0.38105, upper: 0.61895 }
 */
export function shareInterval(share: number, n: number, epsilon: number, populationFactor = 1): Interval {
  if (!(n >= 1)) throw new RangeError(`participations must be 1 or more, not ${n}`);
  const { lower, upper } = wilson(share, n);
  const chance = {
    lower: share - (share - lower) * populationFactor,
    upper: share + (upper - share) * populationFactor,
  };
  return withNoise(share, chance, NOISE_CONSTANT / (epsilon * n));
}
