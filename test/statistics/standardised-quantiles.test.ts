import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mixtureQuantile, ranksInParts } from '#statistics/standardised-quantiles';

const cuts = (...values: number[]) =>
  values.map((value, place) => ({ permille: ((place + 1) * 1000) / (values.length + 1), value }));
const distribution = fc
  .array(fc.integer({ min: 0, max: 20 }), { minLength: 3, maxLength: 3 })
  .map((values) => cuts(...values.map((fives) => 5 * fives).toSorted((a, b) => a - b)));
const weight = fc.integer({ min: 1, max: 50 });

describe('mixtureQuantile', () => {
  it('of one distribution is that distribution, whatever weighs nothing beside it', () => {
    fc.assert(
      fc.property(distribution, weight, (one, own) => {
        const parts = [
          { weight: own, cuts: one },
          { weight: 0, cuts: cuts(99) },
        ];
        for (const { permille, value } of one) expect(mixtureQuantile(parts, permille)).toBe(value);
      }),
    );
  });

  it('lies between its parts, whatever the weights', () => {
    fc.assert(
      fc.property(distribution, distribution, weight, weight, (a, b, w, v) => {
        const median = mixtureQuantile(
          [
            { weight: w, cuts: a },
            { weight: v, cuts: b },
          ],
          500,
        );
        if (median === null) return;
        expect(median).toBeGreaterThanOrEqual(Math.min(a[1]!.value, b[1]!.value));
        expect(median).toBeLessThanOrEqual(Math.max(a[1]!.value, b[1]!.value));
      }),
    );
  });

  it('weighs', () => {
    // From 30 on: the low part rises by 25 permille a point, the high one by 12.5; three to one that is 21.875.
    const parts = [
      { weight: 3, cuts: cuts(20, 30, 40) },
      { weight: 1, cuts: cuts(20, 40, 60) },
    ];
    // At 30 points 0.75 x 500 + 0.25 x 375 = 468.75; 31.25 permille more are 1.43 points.
    expect(mixtureQuantile(parts, 500)).toBeCloseTo(30 + 31.25 / 21.875, 2);
    expect(ranksInParts(parts, 30)).toEqual([500, 375]);
  });

  it('makes nothing up beyond the outermost cuts of any part', () => {
    const [low, high] = [
      { weight: 1, cuts: cuts(10, 20, 30) },
      { weight: 1, cuts: cuts(70, 80, 90) },
    ];
    expect(mixtureQuantile([low, high], 500)).toBeNull();
    expect(ranksInParts([low, high], 50)).toBeNull();
    expect(mixtureQuantile([low], 100)).toBeNull();
    expect(mixtureQuantile([low], 900)).toBeNull();
  });

  it('takes nothing from a part that shows a median alone, nor from nothing', () => {
    const part = { weight: 1, cuts: cuts(30, 40, 50) };
    expect(mixtureQuantile([part, { weight: 1, cuts: cuts(40) }], 500)).toBeNull();
    expect(mixtureQuantile([], 500)).toBeNull();
  });
});
