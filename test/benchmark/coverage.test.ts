import { describe, expect, it } from 'vitest';
import { standingOf } from '#standing/place-score';
import { coverageOf, FIELDS } from './coverage.ts';

/** Of 95 % claimed, chance of the simulation aside. */
const LEAST = 0.94;
const SAMPLES = 1000;
/** A median alone, quartiles, octiles, every 5 % and every 1 %; n rounded down by 0 to 4. */
const SIZES = [10, 24, 44, 100, 504];

describe.each(Object.keys(FIELDS))('in a field that is %s', (field) => {
  it.each(SIZES)('every interval told from the published cuts of %i holds the truth as often as it claims', (n) => {
    const { standing, quantiles, difference } = coverageOf(field, n, SAMPLES);
    // Not on average alone: also for the score that fares worst.
    expect(standing.worst).toBeGreaterThanOrEqual(LEAST);
    for (const share of Object.values(quantiles)) expect(share).toBeGreaterThanOrEqual(LEAST);
    expect(difference ?? 1).toBeGreaterThanOrEqual(LEAST);
    if (n >= 24) expect(quantiles).toHaveProperty('500');
    if (n >= 100) expect(difference).not.toBeNull();
  });
});

it('an interval that is too short is found out', () => {
  const band = (score: number, cuts: Parameters<typeof standingOf>[1], n: number) => {
    const { bandFrom, bandTo } = standingOf(score, cuts, n);
    return { lower: bandFrom, upper: bandTo };
  };
  expect(coverageOf('bell', 100, 300, band).standing.worst).toBeLessThan(0.8);
});
