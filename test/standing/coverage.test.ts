import { describe, expect, it } from 'vitest';
import { POLICY } from '#disclosure/policy';
import {
  associationPower,
  BASES,
  changePower,
  cutCoverage,
  housePower,
  movedCoverage,
  rangeCoverage,
  SHAPES,
  SHARE_KINDS,
  SHARES,
  shareCoverage,
  smallestConstant,
} from './coverage.ts';

/** Of 95 % claimed, chance of the reduced simulation aside; `npm run coverage` has the full one. */
const LEAST = 0.94;
const SAMPLES = 600;
const { rangeConstant } = POLICY;

describe.each(Object.keys(SHAPES))('in a field that is %s', (shape) => {
  it.each([20, 40, 60, 200])('what is told from the published cuts of %i holds as often as it claims', (n) => {
    const range = rangeCoverage(shape, n, SAMPLES);
    // Not on average alone: also for the score that fares worst.
    expect(range.worst(rangeConstant).share).toBeGreaterThanOrEqual(LEAST);
    const [median, moved] = [cutCoverage(shape, n, 'median', SAMPLES), movedCoverage(shape, n, SAMPLES)];
    if (n === 20) expect([median, moved]).toEqual([null, null]);
    else expect(Math.min(median!, moved!)).toBeGreaterThanOrEqual(LEAST);
    // Of 40 the outer cuts are the outermost there are: nothing bounds them.
    const others = cutCoverage(shape, n, 'others', SAMPLES);
    if (n <= 40) expect(others).toBeNull();
    else expect(others).toBeGreaterThanOrEqual(LEAST);
  });
});

describe.each(SHARE_KINDS)('the interval of a share (%s)', (kind) => {
  it.each(BASES)('holds as often as it claims, of %i', (base) => {
    const coverage = SHARES.map((share) => shareCoverage(kind, base, share, base > 500 ? 300 : SAMPLES));
    if (kind === 'question' && base < POLICY.questionsFromBase)
      return expect(new Set(coverage)).toEqual(new Set([null]));
    // Chance of 300 samples: a true 96 % is seen below 93 % once in a hundred times.
    expect(Math.min(...coverage.map((share) => share!))).toBeGreaterThanOrEqual(base > 500 ? 0.92 : LEAST);
  });
});

it('the constant of the policy is the smallest, in steps of 0.5, with 95 % for the score that fares worst', () => {
  // The narrowest field at the fewest quartiles is what fares worst of all shapes and sizes.
  expect(smallestConstant([rangeCoverage('narrow', 40, 6000)])).toBe(rangeConstant);
});

it('a range that is too short is found out', () => {
  const range = rangeCoverage('narrow', 40, SAMPLES);
  expect(range.worst(0.5).share).toBeLessThan(0.95);
  expect(() => smallestConstant([{ ...range, worst: () => ({ share: 0.9, at: 0 }) }])).toThrow(RangeError);
});

describe('a difference that is there is told, and none that is not', () => {
  it('of a house 15 points from the middle', () => {
    expect(housePower(50, 15, SAMPLES)).toBeGreaterThan(0.35);
    expect(housePower(60, 15, SAMPLES)).toBeGreaterThan(0.65);
    expect(housePower(150, -15, SAMPLES)).toBeGreaterThan(0.95);
  });

  it('of an association: 82 of 504, 15 points ahead, in at least 85 %; equal ones in at most 5 % either way', () => {
    const told = (ahead: number) => associationPower({ members: 82, field: 504, ahead, samples: SAMPLES });
    expect(told(15).ahead).toBeGreaterThanOrEqual(0.85);
    // Also between two points of the grid, which may put equal middles on either side, and of very many.
    for (const equal of [
      told(0),
      associationPower({ members: 82, field: 504, ahead: 0, centre: 47.5, samples: SAMPLES }),
      associationPower({ members: 1000, field: 5000, ahead: 0, centre: 47.5, samples: 200 }),
    ]) {
      expect(equal.ahead).toBeLessThanOrEqual(0.05);
      expect(equal.behind).toBeLessThanOrEqual(0.05);
      expect(equal['no-difference']).toBeGreaterThan(0.9);
    }
  });

  it('of change: without any, "no difference" in at least 93 %; 8 points in 60 matched mostly seen', () => {
    // Of fewer the median alone is published.
    expect(changePower(59, 0, SAMPLES)['not-determinable']).toBeCloseTo(1, 9);
    for (const matched of [60, 200]) expect(changePower(matched, 0, SAMPLES)['no-difference']).toBeGreaterThan(0.93);
    expect(changePower(60, 8, SAMPLES).rose).toBeGreaterThan(0.6);
  });
});
