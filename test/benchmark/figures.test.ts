import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cumulativeShares, cutsOf, figuresOf } from '#disclosure/figures';
import { POLICY, shownCuts } from '#disclosure/policy';
import type { Tally } from '#microdata/tally';

const histogramOf = (scores: number[]) => {
  const counts = new Array<number>(101).fill(0);
  for (const score of scores) counts[score]! += 1;
  return counts;
};

describe('cutsOf', () => {
  it('rounds type-7 quantiles half up to whole points', () => {
    const scores = [12, 18, 25, 31, 37, 44, 50, 56, 62, 69, 81, 94, 12, 18, 25, 31, 37, 44, 50, 56];
    const sorted = [...scores].sort((a, b) => a - b);
    const figures = cutsOf(histogramOf(scores), scores.length, POLICY);
    const at = (p: number) => {
      const place = (sorted.length - 1) * p;
      const low = Math.floor(place);
      return Math.floor(sorted[low]! + ((sorted[low + 1] ?? 0) - sorted[low]!) * (place - low) + 0.5);
    };
    expect(figures).toEqual({
      state: 'published',
      cuts: [
        { permille: 250, value: at(0.25) },
        { permille: 500, value: at(0.5) },
        { permille: 750, value: at(0.75) },
      ],
    });
  });

  it('suppresses a dimension in which one value is held by over 80 %', () => {
    expect(cutsOf(histogramOf([...Array(17).fill(40), 10, 90, 95]), 20, POLICY).state).toBe('suppressed');
    expect(cutsOf(histogramOf([...Array(16).fill(40), 10, 20, 90, 95]), 20, POLICY).state).toBe('suppressed');
    expect(cutsOf(histogramOf([...Array(8).fill(40), 10, 20]), 10, POLICY).state).toBe('published');
    expect(cutsOf(histogramOf([...Array(9).fill(40), 10]), 10, POLICY).state).toBe('suppressed');
  });

  it('never shows more cuts than n allows, and none below the first rung', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 600 }), (scores) => {
        const figures = cutsOf(histogramOf(scores), scores.length, POLICY);
        if (figures.state === 'published')
          expect(figures.cuts.map(({ permille }) => permille)).toEqual(shownCuts(scores.length, POLICY));
        else if (scores.length >= 10) expect(new Set(scores).size).toBeLessThan(scores.length);
      }),
    );
  });
});

describe('cumulativeShares', () => {
  it('shows steps of five percent, and words at the ends', () => {
    expect(cumulativeShares([97, 60, 21, 4], 100, POLICY)).toEqual(['almost-all', 60, 20, 'almost-none']);
  });

  it.each([
    [12, 50],
    [25, 20],
    [34, 20],
    [50, 10],
    [100, 5],
    [1000, 5],
  ])('at n = %i steps of %i %%, so that no count can be read off', (n, step) => {
    for (let count = 5; count <= n - 5; count++) {
      const [share] = cumulativeShares([count, 0, 0, 0], n, POLICY);
      expect(Number(share) % step).toBe(0);
      const same = Array.from({ length: n - 9 }, (_, place) => place + 5).filter(
        (other) => cumulativeShares([other, 0, 0, 0], n, POLICY)[0] === share,
      );
      expect(same.length).toBeGreaterThanOrEqual(2);
    }
  });

  it('leaves out a share that would enclose one to four organisations with its neighbour', () => {
    expect(cumulativeShares([60, 57, 30, 0], 100, POLICY)).toEqual([60, null, 30, 'almost-none']);
    expect(cumulativeShares([60, 30, 7, 4], 100, POLICY)).toEqual([60, 30, null, 'almost-none']);
  });

  it('shows equal neighbours: they enclose nobody', () => {
    expect(cumulativeShares([60, 60, 30, 30], 100, POLICY)).toEqual([60, 60, 30, 30]);
  });

  it('encloses nobody or five between any two shown numbers', () => {
    const falling = fc
      .tuple(fc.integer({ min: 10, max: 300 }), fc.array(fc.nat(300), { minLength: 4, maxLength: 4 }))
      .map(([n, counts]) => ({ n, counts: counts.map((count) => count % (n + 1)).sort((a, b) => b - a) }));
    fc.assert(
      fc.property(falling, ({ n, counts }) => {
        const shares = cumulativeShares(counts, n, POLICY);
        const shown = counts.filter((_, place) => typeof shares[place] === 'number');
        [n, ...shown, 0].reduce((former, count) => {
          expect(former === count || former - count >= POLICY.minSlice).toBe(true);
          return count;
        });
      }),
    );
  });
});

describe('figuresOf', () => {
  it('shows n rounded down to five, questions as shares, and nothing else', () => {
    const tally: Tally = {
      participations: 34,
      histograms: { x: histogramOf(Array.from({ length: 34 }, (_, place) => place * 2)) },
      items: { i: [4, 10, 10, 5, 5, 0, 0] },
      questions: { q: { money: 20, time: 3 } },
      coefficients: { reliability: {}, correlations: [] },
    };
    const figures = figuresOf(
      tally,
      { group: { key: 'all', where: {} }, version: 'r/all', asOf: '2026-01-01' },
      POLICY,
    );
    expect(figures.participations).toBe(30);
    expect(figures.items.i).toEqual({
      state: 'published',
      atLeast: ['almost-all', 60, 20, 20],
      notApplicable: 'almost-none',
      dontKnow: 'almost-none',
    });
    expect(figures.questions.q).toEqual({ state: 'published', shares: { money: 60, time: 'almost-none' } });
    expect(JSON.stringify(figures)).not.toMatch(/mean|min|max|deviation|histogram/);
  });
});
