import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilson } from '#statistics/wilson';

const percent = ({ lower, upper }: { lower: number; upper: number }) => [lower * 100, upper * 100];
const counts = fc
  .integer({ min: 1, max: 400 })
  .chain((n) => fc.record({ n: fc.constant(n), successes: fc.integer({ min: 0, max: n }) }));

describe('wilson', () => {
  it.each([
    [7, 10, 39.678, 89.221],
    [15, 20, 53.13, 88.814],
    [36, 50, 58.335, 82.526],
  ])('%i of %i is [%f, %f]', (successes, n, lower, upper) => {
    const interval = percent(wilson(successes / n, n));
    expect(interval[0]).toBeCloseTo(lower, 3);
    expect(interval[1]).toBeCloseTo(upper, 3);
  });

  it('has as limits the shares that lie just z standard errors from what was observed', () => {
    const z = 1.959963984540054;
    fc.assert(
      fc.property(counts, ({ n, successes }) => {
        const share = successes / n;
        const { lower, upper } = wilson(share, n);
        for (const limit of [lower, upper]) {
          expect((share - limit) ** 2).toBeCloseTo((z * z * limit * (1 - limit)) / n, 10);
        }
        expect(0 <= lower && lower <= share && share <= upper && upper <= 1).toBe(true);
      }),
    );
  });

  it('rises with the share, narrows with n, and mirrors', () => {
    fc.assert(
      fc.property(counts, ({ n, successes }) => {
        const { lower, upper } = wilson(successes / n, n);
        const mirrored = wilson((n - successes) / n, n);
        expect(mirrored.lower).toBeCloseTo(1 - upper, 10);
        expect(mirrored.upper).toBeCloseTo(1 - lower, 10);
        const larger = wilson(successes / n, 2 * n);
        expect(larger.upper - larger.lower).toBeLessThan(upper - lower);
        if (successes < n) {
          const next = wilson((successes + 1) / n, n);
          expect(next.lower).toBeGreaterThan(lower);
          expect(next.upper).toBeGreaterThan(upper);
        }
      }),
    );
  });

  it('ends exactly at 0 and 1, and knows nothing from nobody', () => {
    expect(wilson(0, 37).lower).toBe(0);
    expect(wilson(1, 37).upper).toBe(1);
    expect(wilson(0.4, 0)).toEqual({ lower: 0, upper: 1 });
  });

  it('refuses what is no share or no count', () => {
    expect(() => wilson(1.1, 10)).toThrow(RangeError);
    expect(() => wilson(Number.NaN, 10)).toThrow(RangeError);
    expect(() => wilson(0.5, -1)).toThrow(RangeError);
  });
});
