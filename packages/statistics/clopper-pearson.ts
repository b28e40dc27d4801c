import { gammaln } from 'simple-statistics';
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
