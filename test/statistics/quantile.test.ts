import fc from 'fast-check';
import { quantileSorted } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { addScore, emptyHistogram, type Histogram } from '#statistics/histogram';
import { quantile } from '#statistics/quantile';

const histogramOf = (values: number[]): Histogram => {
  const histogram = emptyHistogram();
  for (const value of values) addScore(histogram, value);
  return histogram;
};
// Uniform samples and samples with many ties.
const samples = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 400 }),
  fc.array(fc.constantFrom(0, 25, 40, 45, 100), { minLength: 1, maxLength: 60 }),
);
const permille = fc.integer({ min: 0, max: 1000 });

describe('quantile', () => {
  it.each([
    { values: [50], p: 500, expected: 50 },
    { values: [10, 20], p: 250, expected: 12.5 },
    { values: [1, 2, 3, 3, 4], p: 750, expected: 3 },
    { values: [0, 0, 0, 0, 100], p: 900, expected: 60 },
    { values: [25, 25, 50, 50, 50, 75, 75, 75, 75, 100], p: 900, expected: 77.5 },
    { values: Array<number>(12).fill(40), p: 100, expected: 40 },
    { values: [12, 18, 25, 31, 37, 44, 50, 56, 62, 69, 81, 94], p: 750, expected: 63.75 },
    { values: [3, 6, 7, 8, 8, 9, 10, 13, 15, 16, 20], p: 500, expected: 9 },
  ])('at $p permille of $values is $expected', ({ values, p, expected }) => {
    expect(quantile(histogramOf(values), p)).toBe(expected);
  });

  it('agrees with simple-statistics on the expanded sample', () => {
    fc.assert(
      fc.property(samples, permille, (values, p) => {
        const sorted = values.toSorted((a, b) => a - b);
        expect(quantile(histogramOf(values), p)).toBeCloseTo(quantileSorted(sorted, p / 1000), 9);
      }),
      { numRuns: 2000 },
    );
  });

  it('is exact: the nearest double to the fraction of whole numbers', () => {
    fc.assert(
      fc.property(samples, permille, (values, p) => {
        const sorted = values.toSorted((a, b) => a - b);
        const place = BigInt(sorted.length - 1) * BigInt(p);
        const [k, r] = [Number(place / 1000n), Number(place % 1000n)];
        const next = sorted[Math.min(k + 1, sorted.length - 1)]!;
        expect(quantile(histogramOf(values), p)).toBe((sorted[k]! * 1000 + (next - sorted[k]!) * r) / 1000);
      }),
      { numRuns: 500 },
    );
  });

  it('never falls when p rises, and stays within the sample', () => {
    fc.assert(
      fc.property(samples, permille, permille, (values, a, b) => {
        const histogram = histogramOf(values);
        const [low, high] = [quantile(histogram, Math.min(a, b)), quantile(histogram, Math.max(a, b))];
        expect(low).toBeLessThanOrEqual(high);
        expect(quantile(histogram, 0)).toBe(Math.min(...values));
        expect(quantile(histogram, 1000)).toBe(Math.max(...values));
      }),
    );
  });

  it('refuses an empty histogram and a permille out of range', () => {
    expect(() => quantile(emptyHistogram(), 500)).toThrow(RangeError);
    for (const p of [-1, 1001, 0.5, Number.NaN]) expect(() => quantile(histogramOf([1]), p)).toThrow(RangeError);
  });
});
