import { describe, expect, it } from 'vitest';
import { changeFiguresOf, changeOf } from '#disclosure/change';
import { POLICY } from '#disclosure/policy';
import { SUPPRESSED } from '#contracts/suppressed';
import { tryChangeFigures } from '#functions/operator/audit/cell-figures';
import { createFindings } from '#functions/operator/audit/report';

/** 201 counts of the given changes. */
const counts = (changes: number[]) => {
  const histogram = new Array<number>(201).fill(0);
  for (const change of changes) histogram[100 + change]! += 1;
  return histogram;
};
const range = (from: number, count: number) => Array.from({ length: count }, (_, place) => from + place);
const shown = (changes: number[]) => changeOf(counts(changes), changes.length, POLICY);

describe('changeOf', () => {
  it('shows cuts of the individual change, negative ones too, and the share that rose', () => {
    // -10 to 29: quartiles of type 7 at places 9.75, 19.5 and 29.25 of the sorted forty, octiles between them.
    expect(shown(range(-10, 40))).toEqual({
      state: 'published',
      cuts: [125, 250, 375, 500, 625, 750, 875].map((permille) => ({
        permille,
        value: Math.floor(-10 + (39 * permille) / 1000 + 0.5),
      })),
      rose: 80,
    });
  });

  it('says in words that hardly anybody or nearly everybody rose', () => {
    expect(shown([...range(-20, 17), 1, 2, 3])).toMatchObject({ rose: 'almost-none' });
    expect(shown([...range(3, 17), 0, 0, 0])).toMatchObject({ rose: 'almost-all' });
  });

  it('is suppressed where nearly all changed alike, and below ten', () => {
    expect(shown([...new Array(25).fill(0), 5, 6, 7, 8, 9])).toEqual(SUPPRESSED);
    expect(shown([...new Array(24).fill(0), 5, 6, 7, 8, 9, 10])).toEqual(SUPPRESSED);
    expect(shown(range(0, 9))).toEqual(SUPPRESSED);
  });

  it('never tells for certain of one to four between no change and a cut', () => {
    let tried = 0;
    for (const n of [10, 12, 15, 19, 20, 23, 31, 40, 47, 60]) {
      for (let rose = 5; rose <= n - 5; rose++) {
        const figures = shown([...range(-n, n - rose), ...range(1, rose)]);
        if (figures.state === 'suppressed' || typeof figures.rose !== 'number') continue;
        const findings = createFindings();
        const group = { key: 'all', where: {} };
        const change = {
          version: 'r/all',
          asOf: '2026-06-30',
          group,
          isCarriedForward: false,
          state: 'published' as const,
        };
        tryChangeFigures({ ...change, participations: n - (n % 5), dimensions: { x: figures } }, n, POLICY, findings);
        expect(findings.breaks).toEqual([]);
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(100);
  });
});

describe('changeFiguresOf', () => {
  it('rounds n down and withholds the dimensions it is told to', () => {
    const histogram = counts(range(-10, 23));
    const cell = { group: { key: 'all', where: {} }, version: 'r/all,measure=change', asOf: '2026-06-30' };
    const figures = changeFiguresOf({ participations: 23, histograms: { x: histogram, y: histogram } }, cell, POLICY, [
      'y',
    ]);
    expect(figures).toMatchObject({
      ...cell,
      participations: 20,
      dimensions: { x: { state: 'published' }, y: SUPPRESSED },
    });
  });
});
