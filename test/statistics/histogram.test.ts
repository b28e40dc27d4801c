import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addScore, emptyHistogram, type Histogram, participationsIn } from '#statistics/histogram';

const scores = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 300 });
const histogramOf = (values: number[]): Histogram => {
  const histogram = emptyHistogram();
  for (const value of values) addScore(histogram, value);
  return histogram;
};

describe('histogram', () => {
  it('has one count for each score from 0 to 100', () => {
    const histogram = emptyHistogram();
    expect(histogram).toHaveLength(101);
    expect(participationsIn(histogram)).toBe(0);
    addScore(histogram, 0);
    addScore(histogram, 100);
    addScore(histogram, 100);
    expect([histogram[0], histogram[100], participationsIn(histogram)]).toEqual([1, 2, 3]);
  });

  it('refuses what is no score', () => {
    for (const score of [-1, 101, 50.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => addScore(emptyHistogram(), score)).toThrow(RangeError);
    }
  });

  it('holds the sample, in any order', () => {
    fc.assert(
      fc.property(scores, (values) => {
        const histogram = histogramOf(values);
        const expanded = Array.from(histogram).flatMap((count, score) => Array<number>(count).fill(score));
        expect(expanded).toEqual(values.toSorted((a, b) => a - b));
        expect(participationsIn(histogram)).toBe(values.length);
      }),
    );
  });
});
