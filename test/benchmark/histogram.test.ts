import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addScore, emptyHistogram, type Histogram, mergeHistograms, participationsIn } from '#statistics/histogram';

const scores = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 300 });
const histogramOf = (values: number[]): Histogram => {
  const histogram = emptyHistogram();
  for (const value of values) addScore(histogram, value);
  return histogram;
};
const histograms = scores.map(histogramOf);

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

describe('mergeHistograms', () => {
  it('commutes', () => {
    fc.assert(
      fc.property(histograms, histograms, (a, b) => {
        expect(mergeHistograms(a, b)).toEqual(mergeHistograms(b, a));
      }),
    );
  });

  it('associates', () => {
    fc.assert(
      fc.property(histograms, histograms, histograms, (a, b, c) => {
        expect(mergeHistograms(mergeHistograms(a, b), c)).toEqual(mergeHistograms(a, mergeHistograms(b, c)));
      }),
    );
  });

  it('has the empty histogram as neutral element', () => {
    fc.assert(
      fc.property(histograms, (a) => {
        expect(mergeHistograms(a, emptyHistogram())).toEqual(a);
      }),
    );
  });

  it('combined equals whole', () => {
    fc.assert(
      fc.property(scores, fc.nat(300), (values, at) => {
        const [first, second] = [histogramOf(values.slice(0, at)), histogramOf(values.slice(at))];
        expect(mergeHistograms(first, second)).toEqual(histogramOf(values));
      }),
    );
  });

  it('leaves its arguments alone', () => {
    const [a, b] = [histogramOf([1, 2]), histogramOf([2])];
    mergeHistograms(a, b);
    expect([a, b]).toEqual([histogramOf([1, 2]), histogramOf([2])]);
  });
});
