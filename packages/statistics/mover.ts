import type { Interval } from './wilson.ts';

/** An estimate and its 95 % limits, which may lie outside of what it can be. */
export interface Estimate extends Interval {
  value: number;
}

/**
 * Between which values the difference first less second of two independent estimates may lie: the method of variance
 * estimates recovery, "square and add" (Newcombe 1998, Statistics in Medicine 17, 873-890; Zou & Donner 2008, Statistics in
 * Medicine 27, 1693-1702). Never both intervals at their worst, which finds hardly any difference. Limits go in uncapped.
 *
 * @returns in the unit of the estimates, not rounded
 * @example
 * // Newcombe's 56/70 less 48/80, by Wilson's limits
 * mover({ value: 0.8, lower: 0.6917, upper: 0.8771 }, { value: 0.6, lower: 0.4905, upper: 0.7004 });
 * // => { lower: 0.0524, upper: 0.3339 }
 */
export function mover(first: Estimate, second: Estimate): Interval {
  const difference = first.value - second.value;
  return {
    lower: difference - Math.hypot(first.value - first.lower, second.upper - second.value),
    upper: difference + Math.hypot(first.upper - first.value, second.value - second.lower),
  };
}

/**
 * The smallest difference that would have been told from none, at these widths: beyond it either limit of `mover` leaves 0.
 *
 * @returns in the unit of the estimates, 0 or more, not rounded
 */
export function smallestDifferenceSeen(first: Estimate, second: Estimate): number {
  const { lower, upper } = mover(first, second);
  const difference = first.value - second.value;
  return Math.max(difference - lower, upper - difference);
}
