import fc from 'fast-check';
import { binomialDistribution } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { clopperPearson } from '#statistics/clopper-pearson';
import { wilson } from '#statistics/wilson';

const percent = ({ lower, upper }: { lower: number; upper: number }) => [lower * 100, upper * 100];
const counts = fc
  .integer({ min: 1, max: 400 })
  .chain((n) => fc.record({ n: fc.constant(n), successes: fc.integer({ min: 0, max: n }) }));

/** P(Bin(n, p) <= count) by adding up simple-statistics' probabilities. */
function cumulative(count: number, n: number, p: number): number {
  const cells = binomialDistribution(n, p) as number[];
  let sum = 0;
  for (let x = 0; x <= Math.min(count, cells.length - 1); x++) sum += cells[x]!;
  return sum;
}

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

describe('clopperPearson', () => {
  it.each([
    [15, 0, 20, 50.895, 91.343],
    [5, 4, 20, 8.657, 68.472],
  ])('%i below and %i equal of %i is [%f, %f]', (below, equal, n, lower, upper) => {
    const interval = percent(clopperPearson(below, equal, n));
    expect(interval[0]).toBeCloseTo(lower, 3);
    expect(interval[1]).toBeCloseTo(upper, 3);
  });

  it('leaves 2.5 % in each tail, by the binomial distribution itself', () => {
    fc.assert(
      fc.property(counts, fc.nat(20), ({ n, successes }, ties) => {
        const equal = Math.min(ties, n - successes);
        const { lower, upper } = clopperPearson(successes, equal, n);
        if (successes > 0) expect(1 - cumulative(successes - 1, n, lower)).toBeCloseTo(0.025, 3);
        else expect(lower).toBe(0);
        if (successes + equal < n) expect(cumulative(successes + equal, n, upper)).toBeCloseTo(0.025, 7);
        else expect(upper).toBe(1);
      }),
    );
  });

  it('meets the closed form at the ends', () => {
    expect(clopperPearson(0, 0, 30).upper).toBeCloseTo(1 - 0.025 ** (1 / 30), 12);
    expect(clopperPearson(30, 0, 30).lower).toBeCloseTo(0.025 ** (1 / 30), 12);
  });

  it('widens with ties', () => {
    const alone = clopperPearson(50, 0, 200);
    const tied = clopperPearson(50, 10, 200);
    expect(tied.lower).toBe(alone.lower);
    expect(tied.upper).toBeGreaterThan(alone.upper);
  });

  it('stays exact for a million', () => {
    const { lower, upper } = clopperPearson(500_000, 0, 1_000_000);
    const approximate = wilson(0.5, 1_000_000);
    expect(lower).toBeCloseTo(approximate.lower, 5);
    expect(upper).toBeCloseTo(approximate.upper, 5);
  });

  it('refuses counts that do not fit together', () => {
    for (const [below, equal, n] of [
      [-1, 0, 10],
      [5, 6, 10],
      [0, 0, 0],
      [1.5, 0, 10],
    ] as const) {
      expect(() => clopperPearson(below, equal, n)).toThrow(RangeError);
    }
  });
});
