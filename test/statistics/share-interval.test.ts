import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finitePopulationFactor } from '#statistics/finite-population';
import { withNoise } from '#statistics/quadrature';
import { shareInterval } from '#statistics/share-interval';
import { wilson } from '#statistics/wilson';

describe('shareInterval', () => {
  it('adds Wilson’s half-widths and 3.5 / (epsilon n) in quadrature', () => {
    // 36/50: Wilson [58.335, 82.526] per cent, noise 7 of 50.
    const { lower, upper } = shareInterval(0.72, 50, 0.5);
    expect(lower).toBeCloseTo(0.72 - Math.hypot(0.72 - 0.58335, 0.14), 4);
    expect(upper).toBeCloseTo(0.72 + Math.hypot(0.82526 - 0.72, 0.14), 4);
  });

  it('holds Wilson’s, is not capped, and narrows with n and with epsilon', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 20, max: 2000 }), (percent, n) => {
        const share = percent / 100;
        const told = shareInterval(share, n, 0.5);
        const chance = wilson(share, n);
        expect(told.lower).toBeLessThan(chance.lower);
        expect(told.upper).toBeGreaterThan(chance.upper);
        const width = ({ lower, upper }: { lower: number; upper: number }) => upper - lower;
        expect(width(shareInterval(share, 2 * n, 0.5))).toBeLessThan(width(told));
        expect(width(shareInterval(share, n, 1))).toBeLessThan(width(told));
      }),
    );
    expect(shareInterval(0, 40, 0.5).lower).toBeLessThan(0);
    expect(shareInterval(1, 40, 0.5).upper).toBeGreaterThan(1);
    expect(() => shareInterval(0.5, 0, 0.5)).toThrow(RangeError);
  });

  it('of a whole population is noise alone', () => {
    const { lower, upper } = shareInterval(0.5, 100, 0.5, 0);
    expect([lower, upper]).toEqual([expect.closeTo(0.43, 10), expect.closeTo(0.57, 10)]);
  });
});

describe('withNoise', () => {
  it('without noise is chance, without chance is noise', () => {
    expect(withNoise(5, { lower: 3, upper: 9 }, 0)).toEqual({ lower: 3, upper: 9 });
    expect(withNoise(5, { lower: 5, upper: 5 }, 2)).toEqual({ lower: 3, upper: 7 });
    expect(withNoise(5, { lower: 2, upper: 8 }, 4)).toEqual({ lower: 0, upper: 10 });
  });
});

describe('finitePopulationFactor', () => {
  it('is 1 for one of many, 0 for all, and in between as Cochran has it', () => {
    expect(finitePopulationFactor(1000, 1)).toBe(1);
    expect(finitePopulationFactor(50, 50)).toBe(0);
    expect(finitePopulationFactor(40, 55)).toBe(0);
    expect(finitePopulationFactor(101, 51)).toBeCloseTo(Math.SQRT1_2, 10);
    expect(() => finitePopulationFactor(0, 1)).toThrow(RangeError);
  });
});
