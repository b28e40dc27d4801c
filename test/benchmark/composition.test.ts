import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mixtureCuts } from '#statistics/standardised-quantiles';
import type { Cut } from '#contracts/release';

const cuts = (...values: number[]): Cut[] =>
  values.map((value, place) => ({ permille: ((place + 1) * 1000) / (values.length + 1), value }));
const distribution = fc
  .array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 3 })
  .map((values) => cuts(...values.toSorted((a, b) => a - b)));

describe('mixtureCuts', () => {
  it('of one distribution is that distribution', () => {
    fc.assert(
      fc.property(distribution, fc.integer({ min: 1, max: 50 }), (one, weight) => {
        expect(
          mixtureCuts([
            { weight, cuts: one },
            { weight: 0, cuts: cuts(99) },
          ]),
        ).toEqual(one);
      }),
    );
  });

  it('lies between its parts, whatever the weights', () => {
    fc.assert(
      fc.property(
        distribution,
        distribution,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 50 }),
        (a, b, w, v) => {
          mixtureCuts([
            { weight: w, cuts: a },
            { weight: v, cuts: b },
          ]).forEach(({ value }, place) => {
            expect(value).toBeGreaterThanOrEqual(Math.min(a[place]!.value, b[place]!.value));
            expect(value).toBeLessThanOrEqual(Math.max(a[place]!.value, b[place]!.value));
          });
        },
      ),
    );
  });

  it('weighs: two even distributions from 0 to 40 and from 60 to 100, three to one', () => {
    const low = { weight: 3, cuts: cuts(10, 20, 30) };
    const high = { weight: 1, cuts: cuts(70, 80, 90) };
    // Up to 30 points the low part rises by 25 permille a point, the high one, from 0 to its first cut, by 250/70.
    // Weighed 3 to 1 that is 19.643 a point: 250 is reached at 12.7 points, 500 at 25.5.
    expect(mixtureCuts([low, high]).slice(0, 2)).toEqual([
      { permille: 250, value: 13 },
      { permille: 500, value: 25 },
    ]);
  });

  it('answers only what every part publishes', () => {
    const half = { weight: 1, cuts: [{ permille: 500, value: 40 }] };
    expect(mixtureCuts([half, { weight: 1, cuts: cuts(30, 40, 50) }])).toEqual([{ permille: 500, value: 40 }]);
    expect(mixtureCuts([half, { weight: 1, cuts: [] }])).toEqual([]);
    expect(mixtureCuts([])).toEqual([]);
  });
});
