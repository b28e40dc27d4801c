import { expect, test } from 'vitest';
import type { Cell, PublishedCell, PublishedChange } from '#contracts/release';
import {
  changeOf,
  cutsOf,
  isPublished,
  itemOf,
  medianChangeOf,
  medianOf,
  quartilesOf,
  questionOf,
} from '#contracts/released-cell';

const group = { key: 'all', where: {} };
const cuts = (...values: [number, number][]) => values.map(([permille, value]) => ({ permille, value }));
const small: PublishedCell = {
  group,
  state: 'published',
  participations: 20,
  dimensions: { it: cuts([500, 45]) },
};
const large: PublishedCell = {
  ...small,
  participations: 40,
  dimensions: { it: cuts([250, 30], [500, 45], [750, 60]) },
  items: { backing: { atLeast: [80, 60, 40, 0], notApplicable: 0, dontKnow: 5 } },
  questions: { obstacle: { base: 40, shares: { time: 30 } } },
};
const suppressed: Cell = { group, state: 'suppressed', reason: 'protection' };

test('a group that a release does not hold is suppressed', () => {
  expect([small, suppressed, undefined].map((cell) => isPublished(cell))).toEqual([true, false, false]);
});
test('every published cell has a median, larger ones the middle half', () => {
  expect([medianOf(small, 'it'), quartilesOf(small, 'it')]).toEqual([45, null]);
  expect([medianOf(large, 'it'), quartilesOf(large, 'it')]).toEqual([45, { lower: 30, upper: 60 }]);
});
test('what is not shown is null, and never 0', () => {
  expect([itemOf(small, 'backing'), questionOf(small, 'obstacle')]).toEqual([null, null]);
  expect(itemOf(large, 'backing')!.atLeast[3]).toBe(0);
  expect(questionOf(large, 'support')).toBeNull();
});
test('a dimension that does not exist is an error', () => {
  expect(() => cutsOf(small, 'processes')).toThrow(RangeError);
  expect(() => cutsOf(small, 'constructor')).toThrow(RangeError);
});
test('changes are read alike', () => {
  const change: PublishedChange = {
    group,
    state: 'published',
    participations: 20,
    dimensions: { it: { cuts: cuts([500, -5]) } },
  };
  expect(medianChangeOf(change, 'it')).toBe(-5);
  expect(changeOf(change, 'it').shares).toBeUndefined();
});
