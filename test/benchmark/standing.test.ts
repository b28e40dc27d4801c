import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standingOf } from '#standing/place-score';
import { Standing } from '#contracts/position';
import type { Cut } from '#contracts/release';

const points = fc.integer({ min: 0, max: 100 });
const shownN = fc.integer({ min: 2, max: 400 }).map((fives) => 5 * fives);
/** Cuts as they are published: a ladder of equal steps with values that never fall. */
const cutsOf = (step: number) =>
  fc
    .array(points, { minLength: 1000 / step - 1, maxLength: 1000 / step - 1 })
    .map((values): Cut[] =>
      values.toSorted((a, b) => a - b).map((value, index) => ({ permille: step * (index + 1), value })),
    );
const publishedCuts = fc.constantFrom(500, 250, 125, 50).chain(cutsOf);

const quartiles: Cut[] = [
  { permille: 250, value: 30 },
  { permille: 500, value: 50 },
  { permille: 750, value: 70 },
];

describe('standingOf', () => {
  it('bounds the band by the cuts strictly below and strictly above', () => {
    const band = (score: number) => {
      const { bandFrom, bandTo } = standingOf(score, quartiles, 40);
      return [bandFrom, bandTo];
    };
    expect(band(0)).toEqual([0, 250]);
    expect(band(30)).toEqual([0, 500]);
    expect(band(31)).toEqual([250, 500]);
    expect(band(50)).toEqual([250, 750]);
    expect(band(71)).toEqual([750, 1000]);
  });

  it('steps over tied cuts', () => {
    const tied = [250, 500, 750].map((permille) => ({ permille, value: 40 }));
    expect(standingOf(41, tied, 40)).toMatchObject({ bandFrom: 750, bandTo: 1000 });
    expect(standingOf(39, tied, 40)).toMatchObject({ bandFrom: 0, bandTo: 250 });
    expect(standingOf(40, tied, 40)).toMatchObject({ bandFrom: 0, bandTo: 1000, verdict: 'indistinct' });
  });

  it("takes Wilson's limits at the ends of the band", () => {
    const cuts = [
      { permille: 700, value: 50 },
      { permille: 720, value: 60 },
    ];
    // 7/10 and 36/50 of the published vectors: 39.678 and 82.526 per cent.
    expect(standingOf(55, cuts, 10).intervalFrom).toBe(396.8);
    expect(standingOf(55, cuts, 50).intervalTo).toBe(825.3);
  });

  it('gives each of the four verdicts', () => {
    expect(standingOf(80, quartiles, 100)).toMatchObject({ verdict: 'ahead', bandFrom: 750 });
    expect(standingOf(20, quartiles, 100)).toMatchObject({ verdict: 'behind', bandTo: 250 });
    const twentieths = Array.from({ length: 19 }, (_, index) => ({
      permille: 50 * (index + 1),
      value: 5 * (index + 1),
    }));
    expect(standingOf(50, twentieths, 500)).toMatchObject({ verdict: 'near', bandFrom: 450, bandTo: 550 });
    expect(standingOf(60, [{ permille: 500, value: 50 }], 100)).toEqual({
      verdict: 'indistinct',
      bandFrom: 500,
      bandTo: 1000,
      intervalFrom: 403.8,
      intervalTo: 1000,
    });
  });

  it('keeps the contract, holds the band within the interval, and explains its verdict', () => {
    fc.assert(
      fc.property(points, publishedCuts, shownN, (score, cuts, n) => {
        const standing = Standing.parse(standingOf(score, cuts, n));
        const { bandFrom, bandTo, intervalFrom, intervalTo, verdict } = standing;
        expect(intervalFrom <= bandFrom && bandFrom < bandTo && bandTo <= intervalTo).toBe(true);
        expect(verdict === 'ahead').toBe(intervalFrom > 500);
        expect(verdict === 'behind').toBe(intervalTo < 500);
        const isInMiddle = intervalFrom >= 250 && intervalTo <= 750;
        if (intervalFrom <= 500 && intervalTo >= 500) expect(verdict === 'near').toBe(isInMiddle);
      }),
    );
  });

  it('never falls when the score rises', () => {
    fc.assert(
      fc.property(points, points, publishedCuts, shownN, (a, b, cuts, n) => {
        const low = standingOf(Math.min(a, b), cuts, n);
        const high = standingOf(Math.max(a, b), cuts, n);
        for (const key of ['bandFrom', 'bandTo', 'intervalFrom', 'intervalTo'] as const) {
          expect(low[key]).toBeLessThanOrEqual(high[key]);
        }
      }),
    );
  });

  it('says nothing but what the published cuts say: as many answers as there are gaps and cut values', () => {
    fc.assert(
      fc.property(publishedCuts, shownN, (cuts, n) => {
        const values = [...new Set(cuts.map((cut) => cut.value))];
        const answers = new Map<string, Set<string>>();
        for (let score = 0; score <= 100; score++) {
          // Where the score lies relative to the published values is all that may matter.
          const place = `${values.filter((value) => value < score).length},${values.includes(score)}`;
          answers.set(place, (answers.get(place) ?? new Set()).add(JSON.stringify(standingOf(score, cuts, n))));
        }
        for (const distinct of answers.values()) expect(distinct.size).toBe(1);
      }),
      { numRuns: 50 },
    );
  });

  it('does not depend on the order of the cuts', () => {
    fc.assert(
      fc.property(points, publishedCuts, shownN, (score, cuts, n) => {
        expect(standingOf(score, cuts.toReversed(), n)).toEqual(standingOf(score, cuts, n));
      }),
    );
  });
});
