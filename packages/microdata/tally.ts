import type { Instrument } from '#contracts/instrument';
import { type CoefficientTally, coefficientsOf } from './coefficients.ts';
import type { Roster } from './fold.ts';
import { SCORE_MAX } from '#statistics/histogram';

/** The counts of one cell, all that its figures are computed from. Plain numbers, so that it can be stored as JSON. */
export interface Tally {
  participations: number;
  /** Dimension id, or "overall", -> 101 counts. */
  histograms: Record<string, number[]>;
  /** Item id -> counts of levels 0 to 4, "does not apply", "don't know" or unanswered. */
  items: Record<string, number[]>;
  /** Question id -> code -> how many chose it. */
  questions: Record<string, Record<string, number>>;
  coefficients: CoefficientTally;
}

/** Counts the given rows of a roster. */
export function tallyOf(instrument: Instrument, roster: Roster, rows: readonly number[]): Tally {
  const items = instrument.items.map(
    ({ id }, i) => [id, countsOf(roster.answers, instrument.items.length, i, rows, 7)] as const,
  );
  const questions = Object.fromEntries(
    instrument.questions.map(({ id, codes }) => [id, Object.fromEntries(codes.map((code) => [code.id, 0]))]),
  );
  for (const [id, counts] of Object.entries(questions))
    for (const row of rows)
      for (const code of roster.questions[row]![id] ?? []) if (counts[code] !== undefined) counts[code] += 1;
  return {
    participations: rows.length,
    histograms: histogramsOf(instrument, roster, rows),
    items: Object.fromEntries(items),
    questions,
    coefficients: coefficientsOf(instrument, roster, rows),
  };
}

/** Dimension id, or "overall", -> 101 counts of the given rows' scores. */
export function histogramsOf(instrument: Instrument, roster: Roster, rows: readonly number[]): Tally['histograms'] {
  const dimensions = [...instrument.dimensions.map(({ id }) => id), 'overall'];
  return Object.fromEntries(
    dimensions.map((id, d) => [id, countsOf(roster.scores, dimensions.length, d, rows, SCORE_MAX + 1)]),
  );
}

/** The counts of a matched change. */
export interface ChangeTally {
  participations: number;
  /** Dimension id, or "overall", -> 201 counts: how many changed by -100, -99, ..., 100 points. */
  histograms: Record<string, number[]>;
}

/** Counts by how much the given rows of a roster, all of them matched, moved from their first to their last submission. */
export function changeTallyOf(instrument: Instrument, roster: Roster, rows: readonly number[]): ChangeTally {
  const dimensions = [...instrument.dimensions.map(({ id }) => id), 'overall'];
  const width = dimensions.length;
  const histograms = dimensions.map((id, d) => {
    const counts = new Array<number>(2 * SCORE_MAX + 1).fill(0);
    for (const row of rows)
      counts[SCORE_MAX + roster.scores[row * width + d]! - roster.firstScores[row * width + d]!]! += 1;
    return [id, counts] as const;
  });
  return { participations: rows.length, histograms: Object.fromEntries(histograms) };
}

/** How often each value stands in one column of the given rows. */
function countsOf(table: Uint8Array, width: number, column: number, rows: readonly number[], values: number): number[] {
  const counts = new Uint32Array(values);
  for (let place = 0; place < rows.length; place++) counts[table[rows[place]! * width + column]!]! += 1;
  return [...counts];
}
