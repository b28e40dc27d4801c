import { describe, expect, it } from 'vitest';
import { holmAdjusted, itemFairness } from '#statistics/item-fairness';
import { logisticFit } from '#statistics/logistic-regression';
import { correlation, cronbachAlpha } from '#statistics/reliability';
import { randomFrom } from '../bench/synthetic.ts';

describe('logisticFit', () => {
  it('gives the log odds of a mean, and of a table of two by two', () => {
    expect(logisticFit([[1], [1], [1], [1]], [true, true, true, false]).coefficients[0]).toBeCloseTo(Math.log(3), 4);
    const rows = [...Array(30).fill([1, 0]), ...Array(30).fill([1, 1])] as number[][];
    const yes = [...Array(30).keys()]
      .map((place) => place < 10)
      .concat([...Array(30).keys()].map((place) => place < 20));
    const [base, more] = logisticFit(rows, yes).coefficients;
    expect(base).toBeCloseTo(Math.log(0.5), 4);
    expect(more).toBeCloseTo(Math.log(4), 4);
    expect(() => logisticFit([], [])).toThrow(RangeError);
  });
});

describe('itemFairness', () => {
  const random = randomFrom(11);
  const cases = (shift: number) =>
    Array.from({ length: 600 }, (_, place) => {
      const rest = 4 * random();
      const isOfGroup = place % 4 === 0;
      return { rest, isOfGroup, isHigh: random() < 1 / (1 + Math.exp(-(2 * (rest - 2) + (isOfGroup ? shift : 0)))) };
    });

  it('tells an item that is easier for a group from one that is not', () => {
    expect(itemFairness(cases(2))).toMatchObject({ isEasier: true, size: expect.stringMatching(/moderate|large/) });
    expect(itemFairness(cases(-2))).toMatchObject({ isEasier: false });
    expect(itemFairness(cases(0))).toMatchObject({ size: 'negligible' });
    expect(itemFairness(cases(0).slice(0, 60))).toBeNull();
  });
});

it('p values are held against all comparisons, reliability and correlation follow their formulas', () => {
  expect(holmAdjusted([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
  expect(
    cronbachAlpha([
      [0, 0],
      [2, 2],
      [4, 4],
    ]),
  ).toBeCloseTo(1, 12);
  expect(cronbachAlpha([[1, 2]])).toBeNull();
  expect(
    correlation([
      [1, 2],
      [2, 4],
      [3, 6],
    ]),
  ).toBeCloseTo(1, 12);
  expect(
    correlation([
      [1, 2],
      [1, 4],
    ]),
  ).toBeNull();
});
