import { gammaln } from 'simple-statistics';
import type { Cut } from '#contracts/release';
import type { Interval } from './wilson.ts';

/**
 * The exact interval of a rank with ties (Clopper & Pearson 1934, Biometrika 26, 404-413): the lower limit as if all tied
 * participations were above, the upper as if all were below. 95 %.
 *
 * @param below participations below the score
 * @param equal participations with the very same score
 * @param n all participations, at least 1
 * @returns shares, 0 to 1
 * @throws RangeError unless these are whole numbers with below + equal <= n
 * @example
 * clopperPearson(15, 0, 20); // => { lower: 0.50895, upper: 0.91343 }
 */
export function clopperPearson(below: number, equal: number, n: number): Interval {
  if (![below, equal, n].every((count) => Number.isInteger(count) && count >= 0) || n < 1 || below + equal > n) {
    throw new RangeError(`no counts of one sample: below ${below}, equal ${equal}, n ${n}`);
  }
  const atMost = below + equal;
  return {
    lower: below === 0 ? 0 : betaQuantile(0.025, below, n - below + 1),
    upper: atMost === n ? 1 : betaQuantile(0.975, atMost + 1, n - atMost),
  };
}

/**
 * Which two of n sorted scores enclose a quantile of the whole field (David & Nagaraja, Order Statistics, 3rd ed., 7.1):
 * lower is the greatest l with P(Bin(n, p) <= l-1) <= a, upper the least u with P(Bin(n, p) <= u-1) >= 1-a, where a is
 * half of what is missing from the confidence.
 *
 * @param n participations, at least 1
 * @param permille p in thousandths, above 0 and below 1000
 * @param confidence 0.95, or 0.975 for one side of a difference
 * @returns places counted from 1, and the probability that they enclose the quantile. Place 0 or n + 1: no score bounds
 *   the quantile on this side
 * @throws RangeError if n or permille is out of range
 * @example
 * quantileOrderStatistics(10, 500); // => { lower: 2, upper: 9, coverage: 0.978516 }
 */
export function quantileOrderStatistics(
  n: number,
  permille: number,
  confidence = 0.95,
): { lower: number; upper: number; coverage: number } {
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`participations must be 1 or more, not ${n}`);
  if (!(permille > 0 && permille < 1000)) throw new RangeError(`permille must lie between 0 and 1000, not ${permille}`);
  const tail = (1 - confidence) / 2;
  const p = permille / 1000;
  // The distribution function rises with its argument, so both places are found by halving.
  const lower = leastWith(0, n, (place) => binomialCdf(place, n, p) > tail);
  const upper = leastWith(0, n, (count) => binomialCdf(count, n, p) >= 1 - tail) + 1;
  return { lower, upper, coverage: binomialCdf(upper - 1, n, p) - binomialCdf(lower - 1, n, p) };
}

/**
 * Between which points a quantile of the whole field may lie, told from published cuts alone: the order statistics that
 * enclose it, moved outward to the next published cut. Scores are whole points, so rounding the cuts keeps them outside.
 *
 * @param cuts published cuts, ascending by permille
 * @param participations the shown n
 * @param permille p in thousandths
 * @param confidence 0.95, or 0.975 for one side of a difference
 * @returns points, or null when the published cuts do not reach far enough: not determinable
 * @example
 * quantileInterval([{ permille: 500, value: 50 }], 10, 500); // => null
 */
export function quantileInterval(
  cuts: Cut[],
  participations: number,
  permille: number,
  confidence = 0.95,
): Interval | null {
  if (participations < 2) return null;
  const places = quantileOrderStatistics(participations, permille, confidence);
  // Place l of n sorted scores is the type 7 quantile (l - 1) / (n - 1).
  const lower = cuts.findLast((cut) => cut.permille * (participations - 1) <= 1000 * (places.lower - 1));
  const upper = cuts.find((cut) => cut.permille * (participations - 1) >= 1000 * (places.upper - 1));
  return lower && upper ? { lower: lower.value, upper: upper.value } : null;
}

/**
 * Between which values the difference first less second may lie: both intervals at their worst (Bonferroni). Two
 * intervals of 97.5 % give one of at least 95 %.
 *
 * @example
 * differenceInterval({ lower: 40, upper: 50 }, { lower: 30, upper: 45 }); // => { lower: -5, upper: 20 }
 */
export function differenceInterval(first: Interval, second: Interval): Interval {
  return { lower: first.lower - second.upper, upper: first.upper - second.lower };
}

/** P(Bin(n, p) <= count), through the incomplete beta function (NIST DLMF 8.17.5). */
function binomialCdf(count: number, n: number, p: number): number {
  if (count < 0) return 0;
  return count >= n ? 1 : incompleteBeta(1 - p, n - count, count + 1);
}

/** The x with I_x(a, b) = probability, by halving: 60 steps are all the digits a double has. */
function betaQuantile(probability: number, a: number, b: number): number {
  let from = 0;
  let to = 1;
  for (let step = 0; step < 60; step++) {
    const middle = (from + to) / 2;
    if (incompleteBeta(middle, a, b) < probability) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}

/**
 * The regularised incomplete beta function I_x(a, b) for a, b > 0 and 0 <= x <= 1: continued fraction (NIST DLMF 8.17.22)
 * by the modified Lentz method, on the side where it converges fast. simple-statistics has gammaln, but no beta.
 */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) + gammaln(a + b) - gammaln(a) - gammaln(b)) / a;
  const tiny = 1e-300;
  const awayFromZero = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  // Needs about sqrt(max(a, b)) rounds; a million participations stay far below the bound.
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    const change = d * c;
    fraction *= change;
    if (Math.abs(change - 1) < 1e-15) break;
  }
  return front * fraction;
}

/** The least whole number in [from, to] that passes, when all above it pass too; `to` must pass. */
function leastWith(from: number, to: number, passes: (value: number) => boolean): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (passes(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
