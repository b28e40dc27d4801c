import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mover, smallestDifferenceSeen } from '#statistics/mover';
import { valueAtRank } from '#statistics/published-quantile';
import { quantileInterval } from '#statistics/quantile-interval';
import { wilson } from '#statistics/wilson';

const estimate = (successes: number, n: number) => ({ value: successes / n, ...wilson(successes / n, n) });
const any = fc
  .tuple(fc.integer({ min: -100, max: 100 }), fc.nat(40), fc.nat(40))
  .map(([value, below, above]) => ({ value, lower: value - below, upper: value + above }));

describe('mover', () => {
  it.each([
    // Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10.
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [10, 10, 0, 10, 0.6075, 1],
  ])('%i/%i less %i/%i is [%f, %f]', (a, m, b, n, lower, upper) => {
    const interval = mover(estimate(a, m), estimate(b, n));
    expect(interval.lower).toBeCloseTo(lower, 4);
    expect(Math.min(1, interval.upper)).toBeCloseTo(upper, 4);
  });

  it('turns its sign with the sides, holds the difference, and is narrower than worst end against worst end', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        const [there, back] = [mover(a, b), mover(b, a)];
        expect(there.lower).toBeCloseTo(-back.upper, 9);
        expect(there.lower).toBeLessThanOrEqual(a.value - b.value);
        expect(there.upper).toBeGreaterThanOrEqual(a.value - b.value);
        expect(there.lower).toBeGreaterThanOrEqual(a.lower - b.upper - 1e-9);
        expect(there.upper).toBeLessThanOrEqual(a.upper - b.lower + 1e-9);
      }),
    );
  });

  it('tells every difference from the smallest that it says would be seen', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        const seen = smallestDifferenceSeen(a, b);
        const shifted = (by: number) => ({
          value: b.value + by,
          lower: b.lower - b.value + b.value + by,
          upper: b.upper + by,
        });
        const moved = { ...a, value: b.value, lower: a.lower - a.value + b.value, upper: a.upper - a.value + b.value };
        expect(mover(moved, shifted(-seen - 0.01)).lower).toBeGreaterThan(0);
        expect(mover(moved, shifted(seen + 0.01)).upper).toBeLessThan(0);
      }),
    );
  });
});

const cuts = [100, 250, 500, 750, 900].map((permille) => ({ permille, value: permille / 10 }));

describe('valueAtRank', () => {
  it('joins published cuts by straight lines and knows nothing beyond them', () => {
    expect(valueAtRank(cuts, 500)).toBe(50);
    expect(valueAtRank(cuts, 300)).toBe(30);
    expect(valueAtRank(cuts, 99.9)).toBeNull();
    expect(valueAtRank(cuts, 900.1)).toBeNull();
    expect(valueAtRank([], 500)).toBeNull();
  });
});

describe('quantileInterval', () => {
  const noise = { epsilon: 0.7, constant: 4.5 };

  it('reads ranks off: chance 0.98 / sqrt(n), noise c / (epsilon n), in quadrature', () => {
    const reach = 100 * Math.hypot(0.98 / Math.sqrt(100), 4.5 / 70);
    const { lower, upper } = quantileInterval(cuts, 500, { n: 100, noise })!;
    expect(lower).toBeCloseTo(50 - reach, 3);
    expect(upper).toBeCloseTo(50 + reach, 3);
  });

  it('reaches further for outer quantiles by noise, and less by chance', () => {
    const { lower, upper } = quantileInterval(cuts, 250, { n: 400, noise })!;
    const reach = 100 * Math.hypot(1.959964 * Math.sqrt((0.25 * 0.75) / 400), (4.5 * 1.5) / 280);
    expect(lower).toBeCloseTo(25 - reach, 3);
    expect(upper).toBeCloseTo(25 + reach, 3);
    for (const permille of [0, 1000, Number.NaN])
      expect(() => quantileInterval(cuts, permille, { n: 400, noise })).toThrow(RangeError);
  });

  it('is not determinable beyond the outermost cuts, and noise alone remains of a whole population', () => {
    expect(quantileInterval([{ permille: 500, value: 50 }], 500, { n: 20, noise })).toBeNull();
    expect(quantileInterval(cuts.slice(1, 4), 500, { n: 20, noise })).toBeNull();
    const all = quantileInterval(cuts, 500, { n: 100, noise, populationFactor: 0 })!;
    expect(all.upper - all.lower).toBeCloseTo((2 * 100 * 4.5) / 70, 6);
    expect(() => quantileInterval(cuts, 500, { n: 0, noise })).toThrow(RangeError);
  });
});
