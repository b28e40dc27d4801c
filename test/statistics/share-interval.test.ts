import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareInterval } from '#statistics/share-interval';
import { wilson, Z_95 } from '#statistics/wilson';

const DRAW = { shown: 100, roundedTo: 5, epsilon: 0.5 };
const draws = fc.record({
  shown: fc.integer({ min: 4, max: 400 }).map((fives) => 5 * fives),
  roundedTo: fc.constant(5),
  epsilon: fc.constantFrom(0.3, 0.5),
  isBaseDrawn: fc.boolean(),
});

describe('shareInterval', () => {
  it('has as limits the shares that lie just chance and noise away from what a published one may stand for', () => {
    const { lower, upper } = shareInterval(30, DRAW);
    const apart = (limit: number, seen: number, n: number) =>
      (seen - limit) ** 2 - (Z_95 ** 2 * limit * (1 - limit)) / n - (7 / n) ** 2;
    expect(apart(lower / 100, (0.295 * 102) / 104, 104)).toBeCloseTo(0, 12);
    expect(apart(upper / 100, (0.305 * 102) / 100, 100)).toBeCloseTo(0, 12);
  });

  it('is wider than Wilson alone, rises with the share, and stays within 0 and 100', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), draws, (share, draw) => {
        const { lower, upper } = shareInterval(share, draw);
        const chance = wilson(share / 100, draw.shown + 4);
        expect(lower).toBeLessThanOrEqual(100 * chance.lower);
        expect(upper).toBeGreaterThanOrEqual(100 * chance.upper);
        expect(0 <= lower && lower <= share && share <= upper && upper <= 100).toBe(true);
        const next = shareInterval(share + 1, draw);
        expect(next.lower).toBeGreaterThanOrEqual(lower);
        expect(next.upper).toBeGreaterThanOrEqual(upper);
      }),
    );
  });

  it('keeps the noise alone where all registered take part, and more where the base is drawn too', () => {
    const width = ({ lower, upper }: { lower: number; upper: number }) => upper - lower;
    const [whole, drawn] = [shareInterval(50, DRAW, 0), shareInterval(50, { ...DRAW, isBaseDrawn: true })];
    // Seven organisations either way, the rounding, and n anywhere between 100 and 104.
    expect(whole.lower).toBeCloseTo((49.5 * 102) / 104 - 700 / 104, 9);
    expect(whole.upper).toBeCloseTo((50.5 * 102) / 100 + 7, 9);
    expect(width(whole)).toBeLessThan(width(shareInterval(50, DRAW)));
    expect(width(drawn)).toBeGreaterThan(width(shareInterval(50, DRAW)));
  });

  it('refuses what is no share or nobody', () => {
    for (const share of [-1, 101, Number.NaN]) expect(() => shareInterval(share, DRAW)).toThrow(RangeError);
    expect(() => shareInterval(50, { ...DRAW, shown: 0 })).toThrow(RangeError);
  });
});
