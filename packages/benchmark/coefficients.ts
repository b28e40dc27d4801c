import type { Instrument } from '#contracts/instrument';
import type { Policy } from '#contracts/policy';
import type { CellVersion, Coefficient, DimensionFigures } from '#contracts/release';
import { SUPPRESSED } from '#contracts/suppressed';
import { NOT_APPLICABLE, type Roster } from './fold.ts';
import { POLICY } from './policy.ts';
import { rankCorrelation } from './rank-correlation.ts';
import { omega } from './reliability.ts';

/** Coefficients of one cell before rounding; null where the data determine none. */
export interface CoefficientTally {
  /** Dimension id -> omega, and the participations it is computed from: those that answered every item of it. */
  reliability: Record<string, { answered: number; omega: number | null }>;
  correlations: { first: string; second: string; value: number | null }[];
}

/** Reliability of each dimension and rank correlations between them, over the given rows of a roster. */
export function coefficientsOf(instrument: Instrument, roster: Roster, rows: readonly number[]): CoefficientTally {
  const tally: CoefficientTally = { reliability: {}, correlations: [] };
  // No policy shows more than the floor does.
  if (rows.length < POLICY.coefficientsFromN) return tally;
  const { dimensions, items } = instrument;
  for (const { id } of dimensions) {
    const places = items.flatMap(({ dimension }, place) => (dimension === id ? [place] : []));
    if (places.length >= 3) tally.reliability[id] = reliabilityOf(roster.answers, items.length, places, rows);
  }
  const width = dimensions.length + 1;
  const columns = dimensions.map((_, place) => columnOf(roster.scores, width, place, rows));
  dimensions.forEach(({ id: first }, one) => {
    dimensions.slice(one + 1).forEach(({ id: second }, further) => {
      tally.correlations.push({ first, second, value: rankCorrelation(columns[one]!, columns[one + 1 + further]!) });
    });
  });
  return tally;
}

function columnOf(table: Uint8Array, width: number, column: number, rows: readonly number[]): Uint8Array {
  const values = new Uint8Array(rows.length);
  for (let place = 0; place < rows.length; place++) values[place] = table[rows[place]! * width + column]!;
  return values;
}

/** Of those who gave a level to every item; "does not apply" and "don't know" have none. */
function reliabilityOf(answers: Uint8Array, width: number, places: readonly number[], rows: readonly number[]) {
  const size = places.length;
  const sums = new Float64Array(size);
  const products = new Float64Array(size * size);
  let answered = 0;
  const levels = new Uint8Array(size);
  for (const row of rows) {
    let isComplete = true;
    for (let item = 0; item < size; item++) {
      levels[item] = answers[row * width + places[item]!]!;
      if (levels[item]! >= NOT_APPLICABLE) isComplete = false;
    }
    if (!isComplete) continue;
    answered += 1;
    for (let item = 0; item < size; item++) {
      sums[item]! += levels[item]!;
      for (let other = 0; other < size; other++) products[item * size + other]! += levels[item]! * levels[other]!;
    }
  }
  if (answered < 2) return { answered, omega: null };
  const covariances = Array.from({ length: size }, (_, item) =>
    Array.from(
      { length: size },
      (_, other) => (products[item * size + other]! - (sums[item]! * sums[other]!) / answered) / (answered - 1),
    ),
  );
  return { answered, omega: omega(covariances) };
}

/**
 * What a cell shows of its coefficients: in steps of 0.1, from `coefficientsFromN` participations on, and only of dimensions
 * that are shown themselves. One that would read 1 is withheld: it would tell one answer from another.
 */
export function coefficientFigures(
  tally: CoefficientTally,
  dimensions: Record<string, DimensionFigures>,
  n: number,
  policy: Policy,
): Pick<CellVersion, 'reliability' | 'correlations'> {
  if (n < policy.coefficientsFromN) return {};
  const isShown = (id: string) => dimensions[id]?.state === 'published';
  return {
    reliability: Object.fromEntries(
      Object.entries(tally.reliability).map(([id, { answered, omega: value }]) => [
        id,
        answered < policy.coefficientsFromN || !isShown(id) ? SUPPRESSED : shown(value),
      ]),
    ),
    correlations: tally.correlations.map(({ first, second, value }) => ({
      first,
      second,
      figure: isShown(first) && isShown(second) ? shown(value) : SUPPRESSED,
    })),
  };
}

function shown(value: number | null): Coefficient {
  if (value === null) return SUPPRESSED;
  const tenths = Math.sign(value) * Math.floor(Math.abs(value) * 10 + 0.5);
  // Adding 0 makes a rounded -0 a 0.
  return Math.abs(tenths) >= 10 ? SUPPRESSED : { state: 'published', value: tenths / 10 + 0 };
}
