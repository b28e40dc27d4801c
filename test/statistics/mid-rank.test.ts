import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addScore, emptyHistogram, type Histogram } from '#statistics/histogram';
import { midRank } from '#statistics/mid-rank';

const histogramOf = (values: number[]): Histogram => {
  const histogram = emptyHistogram();
  for (const value of values) addScore(histogram, value);
  return histogram;
};
const points = fc.integer({ min: 0, max: 100 });
const samples = fc.array(fc.oneof(points, fc.constantFrom(40, 45, 50)), { minLength: 1, maxLength: 200 });

describe('midRank', () => {
  it.each([
    { values: [50], score: 50, expected: 50 },
    { values: [10, 20], score: 20, expected: 75 },
    { values: [1, 2, 3, 3, 4], score: 3, expected: 60 },
    { values: [0, 0, 0, 0, 100], score: 0, expected: 40 },
    { values: [25, 25, 50, 50, 50, 75, 75, 75, 75, 100], score: 75, expected: 70 },
    { values: Array<number>(12).fill(40), score: 40, expected: 50 },
    { values: [12, 18, 25, 31, 37, 44, 50, 56, 62, 69, 81, 94], score: 60, expected: 66.6667 },
    { values: [3, 6, 7, 8, 8, 9, 10, 13, 15, 16, 20], score: 8, expected: 36.3636 },
  ])('of $score in $values is $expected', ({ values, score, expected }) => {
    expect(midRank(histogramOf(values), score)).toBeCloseTo(expected, 4);
  });

  it('agrees with counting one by one', () => {
    fc.assert(
      fc.property(samples, points, (values, score) => {
        let halves = 0;
        for (const value of values) halves += value < score ? 2 : value === score ? 1 : 0;
        expect(midRank(histogramOf(values), score)).toBeCloseTo((100 * halves) / 2 / values.length, 10);
      }),
      { numRuns: 1000 },
    );
  });

  it('never falls when the score rises, and averages 50 over the sample', () => {
    fc.assert(
      fc.property(samples, points, points, (values, a, b) => {
        const histogram = histogramOf(values);
        expect(midRank(histogram, Math.min(a, b))).toBeLessThanOrEqual(midRank(histogram, Math.max(a, b)));
        const total = values.reduce((sum, value) => sum + midRank(histogram, value), 0);
        expect(total / values.length).toBeCloseTo(50, 9);
      }),
    );
  });

  it('refuses an empty histogram and what is no score', () => {
    expect(() => midRank(emptyHistogram(), 50)).toThrow(RangeError);
    for (const score of [-1, 101, 1.5]) expect(() => midRank(histogramOf([1]), score)).toThrow(RangeError);
  });
});
