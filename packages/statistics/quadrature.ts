import type { Interval } from './wilson.ts';

/**
 * Chance and noise together. What an estimate misses by chance and what it was moved by on purpose are independent, so
 * their widths add as the sides of a right triangle do (square-and-add; the Gaussian propagation of errors, e.g. JCGM
 * 100:2008, 5.1.2).
 *
 * @param estimate any unit
 * @param chance its 95 % limits by chance alone, same unit
 * @param noise half-width of 95 % of the noise, same unit, 0 or more
 * @returns limits that may lie outside of what the estimate can be: capped ones would spoil a difference (`mover.ts`)
 * @example
 * withNoise(0.5, { lower: 0.2, upper: 0.8 }, 0.4); // => { lower: 0, upper: 1 }
 */
export function withNoise(estimate: number, chance: Interval, noise: number): Interval {
  return {
    lower: estimate - Math.hypot(estimate - chance.lower, noise),
    upper: estimate + Math.hypot(chance.upper - estimate, noise),
  };
}
