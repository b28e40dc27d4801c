import type { Instrument } from '#contracts/instrument';
import { scoredIds } from '#contracts/scored-ids';
import type { Participations } from './participations.ts';
import { DONT_KNOW, NOT_APPLICABLE } from './submission-table.ts';

const SCORE_MAX = 100;

const ANSWER_PLACES = DONT_KNOW + 1;

/** The counts of one group, all that its figures are drawn from. Exact: they stay in memory. */
export interface LevelCounts {
  /** By dimension, and last the overall score: how many scores lie on each multiple of the step, 0 to 100. */
  scores: Int32Array[];
  /** By item: levels 0 to 4, "does not apply", "don't know" or unanswered. Undefined where none are counted. */
  items?: Int32Array[];
  /** By question: how many chose each code, and last how many chose any. */
  questions?: Int32Array[];
}
export interface ChangeCounts {
  /** By dimension, and last the overall score: changes on each multiple of the step, -100 to 100. */
  changes: Int32Array[];
  /** By dimension: how many rose, stayed and fell, by the exact difference. */
  directions: Int32Array[];
}

/** What is counted of a group: nothing, its scores, or items and questions too. */
export const NOTHING = 0;
export const SCORES = 1;
export const SCORES_AND_ITEMS = 2;

/** The multiple of the step nearest to a difference or score, half up, counted in steps. */
export const stepsOf = (value: number, step: number) => Math.floor(value / step + 0.5);

/**
 * Counts the groups of a release in one pass over the participations.
 *
 * @param groupsOf places of the groups of a row
 * @param wanted what is counted of each group
 * @returns the counts of a group of which scores are wanted
 */
export function tallyLevels(
  instrument: Instrument,
  participations: Participations,
  groupsOf: (row: number) => readonly number[],
  wanted: Uint8Array,
): (group: number) => LevelCounts {
  const { items, questions, scoreStep } = instrument;
  const dimensions = instrument.dimensions.length + 1;
  const points = SCORE_MAX / scoreStep + 1;
  const itemsFrom = dimensions * points;
  const questionsFrom = itemsFrom + items.length * ANSWER_PLACES;
  const starts: number[] = [];
  let end = questionsFrom;
  for (const { codes } of questions) {
    starts.push(end);
    end += codes.length + 1;
  }
  const codePlaces = questions.map(({ codes }) => new Map(codes.map(({ id }, place) => [id, place])));
  const offsets = offsetsOf(wanted, (what) => (what === SCORES ? itemsFrom : end));
  const counts = new Int32Array(offsets.at(-1)!);
  const places = new Int32Array(end);

  for (let row = 0; row < participations.size; row++) {
    const groups = groupsOf(row).filter((group) => wanted[group] !== NOTHING);
    if (groups.length === 0) continue;
    // The places that this row adds one to, first those of scores.
    let filled = 0;
    for (let d = 0; d < dimensions; d++)
      places[filled++] = d * points + stepsOf(participations.scores[row * dimensions + d]!, scoreStep);
    if (groups.some((group) => wanted[group] === SCORES_AND_ITEMS)) {
      for (let i = 0; i < items.length; i++)
        places[filled++] = itemsFrom + i * ANSWER_PLACES + participations.answers[row * items.length + i]!;
      const chosen = participations.questions[row]!;
      for (let q = 0; q < questions.length; q++) {
        const before = filled;
        for (const code of new Set(chosen[questions[q]!.id])) {
          const place = codePlaces[q]!.get(code);
          if (place !== undefined) places[filled++] = starts[q]! + place;
        }
        if (filled > before) places[filled++] = starts[q]! + questions[q]!.codes.length;
      }
    }
    for (const group of groups) {
      const offset = offsets[group]!;
      const last = wanted[group] === SCORES ? dimensions : filled;
      for (let at = 0; at < last; at++) counts[offset + places[at]!]! += 1;
    }
  }

  return (group) => {
    const cell = counts.subarray(offsets[group]!, offsets[group + 1]!);
    const scores = Array.from({ length: dimensions }, (_, d) => cell.subarray(d * points, (d + 1) * points));
    if (wanted[group] !== SCORES_AND_ITEMS) return { scores };
    return {
      scores,
      items: items.map((_, i) => cell.subarray(itemsFrom + i * ANSWER_PLACES, itemsFrom + (i + 1) * ANSWER_PLACES)),
      questions: questions.map(({ codes }, q) => cell.subarray(starts[q], starts[q]! + codes.length + 1)),
    };
  };
}

/** The same of matched change, over the rows that have a first submission. */
export function tallyChanges(
  instrument: Instrument,
  { size, scores, firsts, firstScores }: Participations,
  groupsOf: (row: number) => readonly number[],
  wanted: Uint8Array,
): (group: number) => ChangeCounts {
  const { scoreStep } = instrument;
  const dimensions = scoredIds(instrument).length;
  const points = (2 * SCORE_MAX) / scoreStep + 1;
  const width = points + 3;
  const offsets = offsetsOf(wanted, () => dimensions * width);
  const counts = new Int32Array(offsets.at(-1)!);
  for (let row = 0; row < size; row++) {
    if (firsts[row] === null) continue;
    for (const group of groupsOf(row)) {
      if (wanted[group] === NOTHING) continue;
      for (let d = 0; d < dimensions; d++) {
        const change = scores[row * dimensions + d]! - firstScores[row * dimensions + d]!;
        const start = offsets[group]! + d * width;
        counts[start + SCORE_MAX / scoreStep + stepsOf(change, scoreStep)]! += 1;
        counts[start + points + (change > 0 ? 0 : change === 0 ? 1 : 2)]! += 1;
      }
    }
  }
  return (group) => {
    const start = (d: number) => offsets[group]! + d * width;
    const each = (from: number, to: number) =>
      Array.from({ length: dimensions }, (_, d) => counts.subarray(start(d) + from, start(d) + to));
    return { changes: each(0, points), directions: each(points, width) };
  };
}

/** Where each group's counts begin in one array, and last where they end. */
function offsetsOf(wanted: Uint8Array, widthOf: (what: number) => number): Float64Array {
  const offsets = new Float64Array(wanted.length + 1);
  for (let group = 0; group < wanted.length; group++)
    offsets[group + 1] = offsets[group]! + (wanted[group] === NOTHING ? 0 : widthOf(wanted[group]!));
  return offsets;
}

/** How many participations are at a level or above. */
export function atLeast(counts: Int32Array, level: number): number {
  let sum = 0;
  for (let at = level; at < NOT_APPLICABLE; at++) sum += counts[at]!;
  return sum;
}
