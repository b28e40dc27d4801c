import fc from 'fast-check';
import { sampleRankCorrelation } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { checkedPolicy } from '#disclosure/checked-policy';
import { type CoefficientTally, coefficientFigures, coefficientsOf } from '#benchmark/coefficients';
import { figuresOf } from '#disclosure/figures';
import { NOT_APPLICABLE, type Roster } from '#microdata/fold';
import { POLICY } from '#disclosure/policy';
import { rankCorrelation } from '#statistics/spearman';
import { omega } from '#statistics/omega';
import { tallyOf } from '#microdata/tally';
import type { Instrument } from '#contracts/instrument';
import type { Cell, Coefficient, DimensionFigures, PublishedCell } from '#contracts/release';
import { SUPPRESSED } from '#contracts/suppressed';
import { tryCoefficients, tryCoefficientsAgain } from '#functions/operator/audit/coefficients';
import type { Participation } from '#functions/operator/audit/log-roster';
import { createFindings } from '#functions/operator/audit/report';
import { randomFrom } from '../bench/synthetic.ts';
import { CHECK } from '../datasets/a-release.ts';

/** The covariances that a one-factor model implies. */
const implied = (loadings: readonly number[], unique: readonly number[]) =>
  loadings.map((one, row) => loadings.map((other, column) => one * other + (row === column ? unique[row]! : 0)));

describe('omega', () => {
  it('is alpha where all items are alike', () => {
    // alpha = k/(k-1) (1 - sum of variances / variance of the sum) = 5/4 (1 - 10/30)
    expect(omega(implied([1, 1, 1, 1, 1], [1, 1, 1, 1, 1]))).toBeCloseTo(25 / 30, 10);
  });

  it('meets the closed form of three items: each loading squared is a product of two covariances over the third', () => {
    const matrix = [
      [1.2, 0.42, 0.56],
      [0.42, 0.9, 0.48],
      [0.56, 0.48, 1.5],
    ];
    const loadings = [(0.42 * 0.56) / 0.48, (0.42 * 0.48) / 0.56, (0.56 * 0.48) / 0.42].map(Math.sqrt);
    const common = loadings.reduce((sum, loading) => sum + loading, 0) ** 2;
    const unique = loadings.reduce((sum, loading, item) => sum + matrix[item]![item]! - loading ** 2, 0);
    expect(omega(matrix)).toBeCloseTo(common / (common + unique), 10);
  });

  it('finds again what a one-factor model was made of, also with an item turned round, in any unit', () => {
    const loading = fc.double({ min: 0.2, max: 2, noNaN: true });
    const rest = fc.double({ min: 0.1, max: 2, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(loading, rest), { minLength: 4, maxLength: 9 }),
        fc.boolean(),
        (items, isTurned) => {
          const loadings = items.map(([value], item) => (isTurned && item === 0 ? -0.1 * value : value));
          const unique = items.map(([, value]) => value);
          const common = loadings.reduce((sum, value) => sum + value, 0) ** 2;
          const expected = common / (common + unique.reduce((sum, value) => sum + value, 0));
          expect(omega(implied(loadings, unique))).toBeCloseTo(expected, 6);
          const inCents = implied(
            loadings.map((value) => 100 * value),
            unique.map((value) => 10_000 * value),
          );
          expect(omega(inCents)).toBeCloseTo(expected, 6);
        },
      ),
    );
  });

  it('is not determined without variance, without anything in common, or beyond an item’s variance', () => {
    expect(omega(implied([1, 1, 0], [1, 1, 0]))).toBeNull();
    expect(omega(implied([0, 0, 0], [1, 1, 1]))).toBeNull();
    expect(omega(implied([1, 1, -2], [1, 1, 1]))).toBeNull();
    expect(
      omega([
        [1, 0.9, 0.9],
        [0.9, 1, 0.1],
        [0.9, 0.1, 1],
      ]),
    ).toBeNull();
    expect(() => omega(implied([1, 1], [1, 1]))).toThrow(RangeError);
  });
});

describe('rankCorrelation', () => {
  it('is 1 - 6 sum of d^2 / n (n^2 - 1) without ties, as the library has it', () => {
    const permutation = fc.shuffledSubarray(
      Array.from({ length: 12 }, (_, place) => place * 8),
      { minLength: 12 },
    );
    fc.assert(
      fc.property(permutation, permutation, (first, second) => {
        const value = rankCorrelation(first, second)!;
        const distances = first.reduce((sum, one, place) => sum + ((one - second[place]!) / 8) ** 2, 0);
        expect(value).toBeCloseTo(1 - (6 * distances) / (12 * 143), 10);
        expect(value).toBeCloseTo(sampleRankCorrelation(first, second), 10);
      }),
    );
  });

  it('gives tied scores the mean of their ranks', () => {
    // Ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4: 4.5 / sqrt(4.5 * 5).
    expect(rankCorrelation([10, 20, 20, 40], [1, 5, 3, 9])).toBeCloseTo(4.5 / Math.sqrt(22.5), 10);
    expect(rankCorrelation([0, 100, 0, 100], [0, 100, 0, 100])).toBeCloseTo(1, 10);
  });

  it('is not determined where one side does not vary', () => {
    expect(rankCorrelation([50, 50, 50], [1, 2, 3])).toBeNull();
    expect(rankCorrelation([], [])).toBeNull();
    expect(() => rankCorrelation([1], [1, 2])).toThrow(RangeError);
  });
});

describe('coefficients of a cell', () => {
  const shown: DimensionFigures = { state: 'published', cuts: [{ permille: 500, value: 40 }] };
  const tally = (value: number, answered = 120): CoefficientTally => ({
    reliability: { x: { answered, omega: value } },
    correlations: [{ first: 'x', second: 'y', value: -value }],
  });
  const figures = (
    given: CoefficientTally,
    n = 130,
    dimensions: Record<string, DimensionFigures> = { x: shown, y: shown },
  ) => coefficientFigures(given, dimensions, n, POLICY);

  it('are rounded to tenths, halves away from 0, and never read 1', () => {
    const both = (value: number) => {
      const { reliability, correlations } = figures(tally(value));
      const read = (figure: Coefficient) => (figure.state === 'published' ? figure.value : null);
      return [read(reliability!.x!), read(correlations![0]!.figure)];
    };
    expect(both(0.749)).toEqual([0.7, -0.7]);
    expect(both(0.75)).toEqual([0.8, -0.8]);
    expect(both(0.949)).toEqual([0.9, -0.9]);
    expect(both(0.951)).toEqual([null, null]);
    expect(both(0.04)).toEqual([0, 0]);
  });

  it('are shown from 100 participations on, and of complete answers; later in a stricter policy', () => {
    expect(figures(tally(0.7), 99)).toEqual({});
    expect(figures(tally(0.7), 100)).toHaveProperty('reliability.x.state', 'published');
    expect(figures(tally(0.7, 99)).reliability!.x).toEqual(SUPPRESSED);
    expect(coefficientFigures(tally(0.7), {}, 130, checkedPolicy({ coefficientsFromN: 150 }))).toEqual({});
    expect(() => checkedPolicy({ coefficientsFromN: 99 })).toThrow('looser than the floor of 100');
  });

  it('are withheld with their dimension', () => {
    const { reliability, correlations } = figures(tally(0.7), 130, { x: shown, y: SUPPRESSED });
    expect(reliability!.x).toMatchObject({ value: 0.7 });
    expect(correlations![0]!.figure).toEqual(SUPPRESSED);
  });

  it('agree with the audit, which computes them by other ways, and it finds what is one step off', () => {
    for (const seed of [1, 2, 3]) {
      const { roster, members } = answered(CHECK, 150, seed);
      const rows = members.map((_, row) => row);
      const cell: Cell = {
        ...figuresOf(
          tallyOf(CHECK, roster, rows),
          { group: { key: 'level=facility', where: {} }, version: 'r/level=facility', asOf: '2026-01-01' },
          POLICY,
        ),
        isCarriedForward: false,
      };
      expect(Object.values(cell.reliability!).map(({ state }) => state)).toEqual(
        CHECK.dimensions.map(() => 'published'),
      );
      expect(cell.correlations).toHaveLength(6);
      expect(breaksIn(cell, members)).toEqual([]);

      const wrong = structuredClone(cell) as PublishedCell;
      wrong.reliability!.it = oneStepOff(wrong.reliability!.it!);
      wrong.correlations![2]!.figure = oneStepOff(wrong.correlations![2]!.figure);
      expect(breaksIn(wrong, members)).toEqual([
        expect.stringContaining('reliability of it is not'),
        expect.stringMatching(/correlation of .* is not/),
      ]);
      expect(breaksIn(cell, members.slice(0, 99))).toContainEqual(expect.stringContaining('of 99 participations'));
    }
  });

  const oneStepOff = (figure: Coefficient): Coefficient =>
    figure.state === 'published' ? { ...figure, value: Math.round(figure.value * 10 - 2) / 10 } : figure;

  function breaksIn(cell: PublishedCell, members: Participation[]): string[] {
    const findings = createFindings();
    tryCoefficients(cell, members.length, POLICY, findings);
    tryCoefficientsAgain(cell, members, CHECK, POLICY, findings);
    return findings.breaks.map(({ detail }) => detail);
  }

  it('needs as many as the floor asks for before anything is computed', () => {
    const { roster } = answered(CHECK, 99, 1);
    expect(coefficientsOf(CHECK, roster, [...Array(99).keys()])).toEqual({ reliability: {}, correlations: [] });
  });
});

/** Organisations that answer by a common leaning and their own moods; one answer in forty does not apply. */
function answered(instrument: Instrument, count: number, seed: number): { roster: Roster; members: Participation[] } {
  const random = randomFrom(seed);
  const { dimensions, items } = instrument;
  const answers = new Uint8Array(count * items.length);
  const scores = new Uint8Array(count * (dimensions.length + 1));
  const members = Array.from({ length: count }, (_, row): Participation => {
    const leaning = random();
    const leanings = new Map(dimensions.map(({ id }) => [id, (leaning + random()) / 2]));
    const given = items.map(({ id, dimension }, place) => {
      const level = Math.min(4, Math.floor(5 * (0.6 * leanings.get(dimension)! + 0.4 * random())));
      const isApplicable = random() > 0.01;
      answers[row * items.length + place] = isApplicable ? level : NOT_APPLICABLE;
      return [id, isApplicable ? level : 'na'] as const;
    });
    const points = dimensions.map(({ id }, place) => {
      const score = Math.floor(100 * leanings.get(id)!);
      scores[row * (dimensions.length + 1) + place] = score;
      return [id, score] as const;
    });
    return {
      organisation: `o${row}`,
      submission: `s${row}`,
      conductedOn: '2026-01-15',
      order: '2026-01-15',
      isTrusted: false,
      source: undefined,
      profile: {},
      cohorts: [],
      scores: Object.fromEntries(points),
      answers: Object.fromEntries(given) as Participation['answers'],
    };
  });
  const questions = members.map(() => ({}));
  return { roster: { size: count, answers, scores, questions } as unknown as Roster, members };
}
