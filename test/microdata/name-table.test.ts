import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NameTable } from '#microdata/name-table';

function numbersOf(table: NameTable, names: string[]): number[] {
  const numbers = new Int32Array(names.length + 1).fill(-1);
  table.numberAll(names, numbers, 1);
  expect(numbers[0]).toBe(-1);
  return [...numbers.subarray(1)];
}

/** Names of few letters, many of them equal, prefixes of others, or equal in all that is hashed. */
const name = fc
  .tuple(
    fc.constantFrom('', 'a', 'sixteen-letters-'),
    fc.string({ unit: fc.constantFrom('a', 'B', '-', '9'), maxLength: 6 }),
  )
  .map(([start, rest]) => start + rest);
const names = fc.array(name, { maxLength: 60 });

describe('NameTable', () => {
  it('numbers names by their first appearance, whichever way they come in', () => {
    fc.assert(
      fc.property(names, names, (first, second) => {
        const table = new NameTable();
        const distinct = [...new Set([...first, ...second])];
        expect(numbersOf(table, first)).toEqual(first.map((text) => distinct.indexOf(text)));
        expect(numbersOf(table, second)).toEqual(second.map((text) => distinct.indexOf(text)));
        expect(table.size).toBe(distinct.length);
        expect(distinct.map((_, number) => table.at(number))).toEqual(distinct);
      }),
    );
  });

  it('gives the numbers in the order of the names', () => {
    fc.assert(
      fc.property(names, (given) => {
        const table = new NameTable();
        numbersOf(table, given);
        expect([...table.inOrder()].map((number) => table.at(number))).toEqual([...new Set(given)].sort());
      }),
    );
  });

  it('keeps every number while it grows', () => {
    const many = Array.from({ length: 5000 }, (_, place) => `${(place * 7919) % 5000}-name`);
    const table = new NameTable();
    const numbers = many.flatMap((text) => numbersOf(table, [text]));
    expect(numbers).toEqual(many.map((_, place) => place));
    expect(numbersOf(table, many)).toEqual(numbers);
  });
});
