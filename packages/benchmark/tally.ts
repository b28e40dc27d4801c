import type { Instrument } from '#contracts/instrument';
import type { Roster } from './fold.ts';

/** The counts of one cell, all that its figures are computed from. Plain numbers, so that it can be stored as JSON. */
export interface Tally {
  participations: number;
  /** Dimension id, or "overall", -> 101 counts. */
  histograms: Record<string, number[]>;
  /** Item id -> counts of levels 0 to 4, "does not apply", "don't know" or unanswered. */
  items: Record<string, number[]>;
  /** Question id -> code -> how many chose it. */
  questions: Record<string, Record<string, number>>;
}

/** Counts the given rows of a roster. */
export function tallyOf(instrument: Instrument, roster: Roster, rows: Iterable<number>): Tally {
  const dimensions = [...instrument.dimensions.map(({ id }) => id), 'overall'];
  const histograms = dimensions.map(() => new Array<number>(101).fill(0));
  const items = instrument.items.map(() => new Array<number>(7).fill(0));
  const questions = Object.fromEntries(
    instrument.questions.map(({ id, codes }) => [id, Object.fromEntries(codes.map((code) => [code.id, 0]))]),
  );
  let participations = 0;
  for (const row of rows) {
    participations += 1;
    histograms.forEach((histogram, d) => {
      histogram[roster.scores[row * dimensions.length + d]!]! += 1;
    });
    items.forEach((counts, i) => {
      counts[roster.answers[row * items.length + i]!]! += 1;
    });
    for (const [id, codes] of Object.entries(roster.questions[row]!)) {
      const counts = questions[id];
      if (counts) for (const code of codes) if (counts[code] !== undefined) counts[code] += 1;
    }
  }
  return {
    participations,
    histograms: Object.fromEntries(dimensions.map((id, d) => [id, histograms[d]!])),
    items: Object.fromEntries(instrument.items.map(({ id }, i) => [id, items[i]!])),
    questions,
  };
}
