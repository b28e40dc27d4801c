import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tooClose } from '#disclosure/nested-groups';
import { POLICY } from '#disclosure/policy';
import { belowThreshold } from '#disclosure/threshold';

describe('belowThreshold', () => {
  it.each([
    [0, 0, 'nobody'],
    [1, 0, 'too-few'],
    [19, 0, 'too-few'],
    [20, 0, null],
    [20, 10, null],
    [20, 11, 'one-source'],
    [100, 90, null],
    [100, 91, 'one-source'],
  ])('of %i, %i of one source, says %s', (n, largestSource, reason) => {
    expect(belowThreshold({ n, largestSource }, POLICY)).toBe(reason);
  });
});

describe('tooClose', () => {
  const chain = (group: number) => Array.from({ length: group }, (_, place) => place);
  const suppressed = (n: number[], isCandidate: (group: number) => boolean = () => true) => [
    ...tooClose(n, isCandidate, chain, 10),
  ];

  it('keeps the larger of two nested groups that differ by less than ten', () => {
    expect(suppressed([60, 50])).toEqual([0, 0]);
    expect(suppressed([60, 51])).toEqual([0, 1]);
    expect(suppressed([60, 60])).toEqual([0, 1]);
  });

  it('looks at published groups alone: one that is not leaves no difference to be told', () => {
    expect(suppressed([60, 55, 48])).toEqual([0, 1, 0]);
    expect(suppressed([60, 55, 48], (group) => group !== 0)).toEqual([0, 0, 1]);
  });

  it('leaves groups alone that do not lie within one another', () => {
    expect([
      ...tooClose(
        [50, 50, 50],
        () => true,
        () => [],
        10,
      ),
    ]).toEqual([0, 0, 0]);
  });

  it('leaves any two nested published groups ten apart, and suppresses none without need', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 20, max: 90 }), { minLength: 1, maxLength: 8 }), (sizes) => {
        const n = sizes.toSorted((a, b) => b - a);
        const flags = suppressed(n);
        const shown = n.filter((_, group) => flags[group] === 0);
        shown.slice(1).forEach((size, place) => {
          expect(shown[place]! - size).toBeGreaterThanOrEqual(10);
        });
        flags.forEach((flag, group) => {
          if (flag === 1)
            expect(chain(group).some((outer) => flags[outer] === 0 && n[outer]! - n[group]! < 10)).toBe(true);
        });
      }),
    );
  });
});
