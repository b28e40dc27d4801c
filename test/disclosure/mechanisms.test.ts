import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addRecord, cellKeyAt, cellKeyOf, emptyCellKeys, recordKey, uniform } from '#disclosure/cell-keys';
import { exponentialCut } from '#disclosure/exponential';
import {
  baseStatistic,
  codeStatistic,
  cutStatistic,
  directionStatistic,
  itemStatistic,
  namePrefix,
} from '#disclosure/figure-names';
import { geometric } from '#disclosure/geometric';
import { nonIncreasing } from '#disclosure/isotonic';

const key = Uint8Array.from({ length: 32 }, (_, place) => place);
const hex = ([upper, lower]: readonly number[]) =>
  upper!.toString(16).padStart(8, '0') + lower!.toString(16).padStart(8, '0');
/** Scores put to the nearest multiple of the step, half up, and counted. */
const onGrid = (scores: number[], step: number) => {
  const counts = new Int32Array(100 / step + 1);
  for (const score of scores) counts[Math.floor(score / step + 0.5)]! += 1;
  return counts;
};

describe('keys', () => {
  it('are those of the method', () => {
    expect(hex(recordKey(key, 'a'))).toBe('cc6109f4e0ac1298');
    expect(hex(recordKey(key, 'b'))).toBe('1c6f0626d1bfaf25');
    expect(cellKeyOf(key, ['a', 'b'])).toBe('e8d0101bb26bc1bd');
    expect(cellKeyOf(key, [])).toBe('0000000000000000');
  });

  it('are the sum of record keys modulo 2^64, in any order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 30 }), (names) => {
        const sum = names.reduce(
          (total, name) =>
            total + createHmac('sha256', key).update(`record|${name}`).digest().subarray(0, 8).readBigUInt64BE(),
          0n,
        );
        expect(cellKeyOf(key, names)).toBe((sum % 2n ** 64n).toString(16).padStart(16, '0'));
        expect(cellKeyOf(key, names.toReversed())).toBe(cellKeyOf(key, names));
      }),
    );
  });

  it('carry from the lower half to the upper', () => {
    const cells = emptyCellKeys(2);
    addRecord(cells, 1, [0xffffffff, 0xffffffff]);
    addRecord(cells, 1, [0, 2]);
    expect([cellKeyAt(cells, 0), cellKeyAt(cells, 1)]).toEqual(['0000000000000000', '0000000000000001']);
  });
});

describe('names and uniform numbers', () => {
  const instrument = { id: 'digitalcheck.1' };
  const level = namePrefix(instrument, 'facility', 'level', '2026-06-30');
  const change = namePrefix(instrument, 'facility', 'change', '2026-06-30');

  it.each([
    [`${level}|${cutStatistic('it', 500)}`, 0.7048416701067783],
    [`${level}|${itemStatistic('backing', 'ge1')}`, 0.7373736289584494],
    [`${change}|${cutStatistic('it', 500)}`, 0.2789020759845214],
  ])('of %s is %f', (name, u) => {
    expect(uniform(key, '00000000000000ff', name)).toBe(u);
  });

  it('are spelled as the list says, a minor version under the name of its series', () => {
    expect(namePrefix({ id: 'digitalcheck.1.2' }, undefined, 'left-out', '2026-06-30')).toBe(
      'digitalcheck.1|all|left-out|2026-06-30',
    );
    expect([
      level,
      itemStatistic('backing', 'dk'),
      baseStatistic('obstacle'),
      codeStatistic('obstacle', 'time'),
      directionStatistic('it', 'fell'),
    ]).toEqual(['digitalcheck.1|facility|level|2026-06-30', 'backing|dk', 'obstacle|base', 'obstacle|time', 'it|fell']);
  });
});

describe('geometric', () => {
  it.each([
    [0.001, -12],
    [0.05, -5],
    [0.377, -1],
    [0.378, 0],
    [0.62, 0],
    [0.95, 5],
    [0.999, 12],
  ])('at %f is %i', (u, z) => {
    expect(geometric(u, 0.5)).toBe(z);
  });

  it('ends at both ends of what a uniform number can be', () => {
    expect(geometric(2 ** -54, 0.5)).toBeLessThan(-70);
    expect(geometric(1, 0.5)).toBeGreaterThan(70);
  });

  it('is distributed as it should be: chi-square over 200,000 draws of keyed uniforms', () => {
    const draws = 200_000;
    const alpha = Math.exp(-0.5);
    const observed = new Map<number, number>();
    for (let place = 0; place < draws; place++) {
      const z = Math.max(-12, Math.min(12, geometric(uniform(key, '00000000000000ff', String(place)), 0.5)));
      observed.set(z, (observed.get(z) ?? 0) + 1);
    }
    let chiSquare = 0;
    for (let z = -12; z <= 12; z++) {
      const tail = Math.abs(z) === 12 ? 1 / (1 - alpha) : 1;
      const expected = draws * ((1 - alpha) / (1 + alpha)) * alpha ** Math.abs(z) * tail;
      chiSquare += ((observed.get(z) ?? 0) - expected) ** 2 / expected;
    }
    // 24 degrees of freedom: 51.2 is the 99.9 % quantile. The key is fixed, so the test cannot fail by chance.
    expect(chiSquare).toBeLessThan(51.2);
  });
});

describe('exponentialCut', () => {
  const D = [25, 25, 50, 50, 50, 75, 75, 75, 75, 100];
  const spread = Array.from({ length: 30 }, (_, place) => 10 + 2 * place);
  it.each([
    ['D', D, 5, 500, 0.01, 10],
    ['D', D, 5, 500, 0.25, 55],
    ['D', D, 5, 500, 0.5, 60],
    ['D', D, 5, 500, 0.75, 70],
    ['D', D, 5, 500, 0.99, 95],
    ['D', D, 5, 250, 0.5, 40],
    ['D', D, 5, 750, 0.5, 75],
    ['10, 12 ... 68', spread, 5, 500, 0.01, 30],
    ['10, 12 ... 68', spread, 5, 500, 0.25, 35],
    ['10, 12 ... 68', spread, 5, 500, 0.5, 40],
    ['10, 12 ... 68', spread, 5, 500, 0.99, 50],
    ['10, 12 ... 68', spread, 1, 500, 0.01, 28],
    ['10, 12 ... 68', spread, 1, 500, 0.25, 37],
    ['10, 12 ... 68', spread, 1, 500, 0.5, 39],
    ['10, 12 ... 68', spread, 1, 500, 0.99, 50],
    ['5000 times 52', new Array<number>(5000).fill(52), 5, 500, 0.5, 50],
  ])('of %s, step %#', (_, scores, step, permille, u, points) => {
    expect(step * exponentialCut(onGrid(scores, step), permille, 0.7, u)).toBe(points);
  });

  it('is distributed as its weights: chi-square over 50,000 draws of keyed uniforms', () => {
    const draws = 50_000;
    const counts = onGrid(D, 5);
    const observed = new Array<number>(counts.length).fill(0);
    for (let place = 0; place < draws; place++)
      observed[exponentialCut(counts, 250, 0.7, uniform(key, '00000000000000ff', `it|${place}`))]! += 1;
    const weights = observed.map((_, place) => {
      const [below, upto] = [D.filter((score) => score < 5 * place), D.filter((score) => score <= 5 * place)];
      return Math.exp((-0.7 * Math.max(0, below.length - 2.5, 2.5 - upto.length)) / 1.5);
    });
    const sum = weights.reduce((a, b) => a + b);
    const chiSquare = observed.reduce((total, found, place) => {
      const expected = (draws * weights[place]!) / sum;
      return total + (found - expected) ** 2 / expected;
    }, 0);
    // 20 degrees of freedom: 45.3 is the 99.9 % quantile.
    expect(chiSquare).toBeLessThan(45.3);
  });

  it('never leaves the grid', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(40), { minLength: 2, maxLength: 201 }).filter((counts) => counts.some((count) => count > 0)),
        fc.integer({ min: 1, max: 999 }),
        fc.constantFrom(2 ** -54, 0.3, 0.999999, 1),
        (counts, permille, u) => {
          const place = exponentialCut(counts, permille, 0.7, u);
          expect(place).toBeGreaterThanOrEqual(0);
          expect(place).toBeLessThan(counts.length);
        },
      ),
    );
  });
});

describe('nonIncreasing', () => {
  const means = (values: number[]) => nonIncreasing(values).map(({ sum, size }) => sum / size);

  it('pools neighbours that rise', () => {
    expect(means([4, 3, 2, 1])).toEqual([4, 3, 2, 1]);
    expect(means([3, 5, 1])).toEqual([4, 4, 1]);
    expect(means([1, 2, 6])).toEqual([3, 3, 3]);
    expect(means([5, 1, 3, 4])).toEqual([5, 8 / 3, 8 / 3, 8 / 3]);
  });

  it('is the nearest non-increasing sequence: no other one is nearer', () => {
    const distance = (a: number[], b: number[]) => a.reduce((sum, value, place) => sum + (value - b[place]!) ** 2, 0);
    fc.assert(
      fc.property(
        fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(20), { minLength: 4, maxLength: 4 }),
        (values, other) => {
          const pooled = means(values);
          expect(pooled).toEqual(pooled.toSorted((a, b) => b - a));
          const falling = other.toSorted((a, b) => b - a).slice(0, values.length);
          expect(distance(values, pooled)).toBeLessThanOrEqual(distance(values, falling) + 1e-9);
        },
      ),
    );
  });
});
