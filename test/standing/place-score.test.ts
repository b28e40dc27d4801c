import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cut } from '#contracts/release';
import { Placing, Zone } from '#contracts/standing';
import { POLICY } from '#disclosure/policy';
import { movedBy } from '#standing/moved';
import { onStep, placeScore, verdictOf, zoneOf } from '#standing/place-score';

const STEP = 5;
const place = (score: number, cuts: Cut[], n: number) => placeScore(score, cuts, n, { ...POLICY, step: STEP });

const points = fc.integer({ min: 0, max: 100 });
const shownN = fc.integer({ min: 4, max: 400 }).map((fives) => 5 * fives);
const step = fc.constantFrom(1, 5, 25);
/** Cuts as they are published: a ladder of equal steps on the grid, with values that never fall. */
const cutsOf = (share: number) =>
  fc.array(points, { minLength: 1000 / share - 1, maxLength: 1000 / share - 1 }).map((values): Cut[] =>
    values
      .toSorted((a, b) => a - b)
      .map((value, index) => ({
        permille: share * (index + 1),
        value: onStep(value, STEP),
      })),
  );
const publishedCuts = fc.constantFrom(500, 250, 50).chain(cutsOf);

const quartiles: Cut[] = [
  { permille: 250, value: 30 },
  { permille: 500, value: 50 },
  { permille: 750, value: 70 },
];

describe('placeScore', () => {
  it('follows the formula: ranks beside the score, by Wilson and by noise in quadrature', () => {
    // 15/20 of the published vectors: Wilson [53.130, 88.814] per cent; n = 20, noise 4.5 x 2 x 0.75 / (0.7 x 20).
    const cuts = [
      { permille: 750, value: 50 },
      { permille: 760, value: 60 },
    ];
    const noise = (4.5 * 1.5) / (0.7 * 20);
    const { range } = place(55, cuts, 20);
    expect(range.from).toBeCloseTo(1000 * (0.75 - Math.hypot(0.75 - 0.5313, noise)), 0);
    expect(range.to).toBe(1000);
    // 36/50, Wilson [58.335, 82.526].
    const upper = place(45, [{ permille: 720, value: 60 }], 50).range.to;
    expect(upper).toBeCloseTo(1000 * (0.72 + Math.hypot(0.82526 - 0.72, (4.5 * 1.44) / (0.7 * 50))), 0);
  });

  it('puts the own score to the step first, half up, as the group’s were', () => {
    expect(place(52, quartiles, 100)).toEqual(place(50, quartiles, 100));
    expect(place(48, quartiles, 100)).toEqual(place(50, quartiles, 100));
    expect(place(53, quartiles, 100)).toEqual(place(55, quartiles, 100));
    expect(place(47, quartiles, 100)).toEqual(place(45, quartiles, 100));
    expect(placeScore(52, quartiles, 100, { ...POLICY, step: 1 })).not.toEqual(
      placeScore(50, quartiles, 100, { ...POLICY, step: 1 }),
    );
  });

  it('lets an equal cut bound neither side, and steps over tied ones', () => {
    const tied = [250, 500, 750].map((permille) => ({ permille, value: 40 }));
    expect(place(40, tied, 400).range).toEqual({ from: 0, to: 1000 });
    expect(place(45, tied, 400).range.from).toBeGreaterThan(600);
    expect(place(35, tied, 400).range.to).toBeLessThan(400);
  });

  it('tells every verdict, and none below 50', () => {
    const twentieths = Array.from({ length: 19 }, (_, index) => ({
      permille: 50 * (index + 1),
      value: 5 * (index + 1),
    }));
    expect([5, 35, 50, 65, 100].map((score) => place(score, twentieths, 500).verdict)).toEqual([
      'lower-quarter',
      'behind',
      'near',
      'ahead',
      'upper-quarter',
    ]);
    expect(place(100, quartiles, 45).verdict).toBeNull();
    expect(place(100, quartiles, 50).verdict).toBe('ahead');
  });

  it('keeps the contract, and its verdict follows from its range alone', () => {
    fc.assert(
      fc.property(points, publishedCuts, shownN, step, (score, cuts, n, grid) => {
        const { range, verdict } = Placing.parse(placeScore(score, cuts, n, { ...POLICY, step: grid }));
        expect(range.from).toBeLessThan(range.to);
        expect(verdict).toBe(n < 50 ? null : verdictOf(range));
        if (verdict === 'near') expect(range.from <= 500 && range.to >= 500).toBe(true);
        if (verdict === 'ahead' || verdict === 'upper-quarter') expect(range.from).toBeGreaterThan(500);
        if (verdict === 'behind' || verdict === 'lower-quarter') expect(range.to).toBeLessThan(500);
      }),
    );
  });

  it('never falls when the score rises', () => {
    fc.assert(
      fc.property(points, points, publishedCuts, shownN, (a, b, cuts, n) => {
        const [low, high] = [place(Math.min(a, b), cuts, n).range, place(Math.max(a, b), cuts, n).range];
        expect(low.from).toBeLessThanOrEqual(high.from);
        expect(low.to).toBeLessThanOrEqual(high.to);
      }),
    );
  });

  it('says nothing but what the published cuts say: who asks for every score learns no more', () => {
    fc.assert(
      fc.property(publishedCuts, shownN, (cuts, n) => {
        const values = [...new Set(cuts.map((cut) => cut.value))];
        const answers = new Map<string, Set<string>>();
        for (let score = 0; score <= 100; score++) {
          const own = onStep(score, STEP);
          const where = `${values.filter((value) => value < own).length},${values.includes(own)}`;
          answers.set(where, (answers.get(where) ?? new Set()).add(JSON.stringify(place(score, cuts, n))));
        }
        for (const distinct of answers.values()) expect(distinct.size).toBe(1);
      }),
      { numRuns: 50 },
    );
  });
});

describe('zoneOf', () => {
  it('holds a score exactly when the verdict says about in the middle', () => {
    fc.assert(
      fc.property(publishedCuts, shownN, step, (any, n, grid) => {
        const cuts = any.map(({ permille, value }) => ({ permille, value: onStep(value, grid) }));
        const zone = zoneOf(cuts, n, { ...POLICY, step: grid });
        if (n < 50) {
          expect(zone).toBeNull();
          return;
        }
        const { from, to } = Zone.parse(zone);
        for (let score = 0; score <= 100; score++)
          expect(from <= score && score <= to).toBe(
            placeScore(score, cuts, n, { ...POLICY, step: grid }).verdict === 'near',
          );
      }),
      { numRuns: 200 },
    );
  });

  it('holds the middle, and narrows with n', () => {
    const twentieths = Array.from({ length: 19 }, (_, place) => ({
      permille: 50 * (place + 1),
      value: 5 * (place + 1),
    }));
    const narrow = zoneOf(twentieths, 1000, { ...POLICY, step: STEP })!;
    const wide = zoneOf(twentieths, 200, { ...POLICY, step: STEP })!;
    expect(wide.from <= narrow.from && narrow.from <= 50 && 50 <= narrow.to && narrow.to <= wide.to).toBe(true);
    expect(wide).not.toEqual(narrow);
  });
});

describe('movedBy', () => {
  it('reads the ranks that the noise may hide off the published cuts, up to the grid', () => {
    // 4.5 / (0.7 x 50) = 129 permille: 20 points a quarter make 10.3, on a grid of 5 that is 15.
    expect(movedBy(quartiles, 50, { ...POLICY, step: STEP })).toBe(15);
    expect(movedBy(quartiles, 50, { ...POLICY, step: 1 })).toBe(11);
    // The side where the cuts lie further off counts.
    expect(movedBy([{ permille: 250, value: 45 }, ...quartiles.slice(1)], 50, { ...POLICY, step: 1 })).toBe(11);
  });

  it('is one step at least, falls with n, and is not made up beyond the outermost cuts', () => {
    expect(movedBy(quartiles, 100_000, { ...POLICY, step: STEP })).toBe(5);
    expect(movedBy(quartiles, 200, { ...POLICY, step: 1 })!).toBeLessThan(
      movedBy(quartiles, 50, { ...POLICY, step: 1 })!,
    );
    expect(movedBy([{ permille: 500, value: 50 }], 20, { ...POLICY, step: STEP })).toBeNull();
    expect(movedBy(quartiles, 25, { ...POLICY, step: STEP })).toBeNull();
  });
});
