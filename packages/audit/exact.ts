import { quantileSorted } from 'simple-statistics';
import { mayShowItems } from '#contracts/group';
import type { GroupRef } from '#contracts/release';
import { type AuditLog, DK } from './audit-log.ts';
import type { CountedRows } from './counted.ts';
import type { AuditGroups } from './counted-groups.ts';

/** An organisation's number -> upper and lower half of its record key. */
export type RecordKeys = (organisation: number) => readonly [number, number];

/** Adds a record key to a cell key, modulo 2^64. */
export function addRecordKey(cellKey: Uint32Array, [upper, lower]: readonly [number, number]): void {
  const sum = cellKey[1]! + lower;
  cellKey[0] = cellKey[0]! + upper + (sum >= 2 ** 32 ? 1 : 0);
  cellKey[1] = sum;
}

/** Everything counted of a group. */
export interface Exact {
  /** All counts; the following are parts of it. */
  all: Int32Array;
  n: number;
  /** By dimension, the overall score last: how often each score 0 to 100, or each change -100 to 100. */
  scores: Int32Array[];
  /** By item: levels 0 to 4, "does not apply", "don't know". */
  items: Int32Array[];
  /** By question: each code, and last how many chose any. */
  questions: Int32Array[];
  /** Upper and lower half of the sum of record keys; 0 without a key. */
  cellKey: Uint32Array;
}

/**
 * Counts groups in one pass.
 *
 * @param kind whether scores, items and questions are counted, or how far scores changed
 * @param isWanted which groups
 */
export function exactOf(
  log: AuditLog,
  { groups, of }: AuditGroups,
  { rows, firsts, kind }: CountedRows & { kind: 'level' | 'change' },
  { isWanted, recordKeyOf }: { isWanted: (group: GroupRef) => boolean; recordKeyOf: RecordKeys | undefined },
): (Exact | undefined)[] {
  const points = kind === 'change' ? 201 : 101;
  const scored = log.instrument.dimensions.length + 1;
  const exact = groups.map((group) => (isWanted(group) ? nothingOf(log, group, points) : undefined));
  // Where a row adds one: its scores, then its answers, then its choices.
  const places: number[] = [];
  for (const [place, row] of rows.entries()) {
    const own = of(row).filter((group) => exact[group] !== undefined);
    if (own.length === 0) continue;
    places.length = 0;
    const scores = log.scoresOf(row);
    const before = kind === 'change' ? log.scoresOf(firsts[place]!) : undefined;
    for (let d = 0; d < scored; d++) places.push(d * points + scores[d]! + (before ? 100 - before[d]! : 0));
    let start = scored * points;
    for (const answer of before ? [] : log.answersOf(row)) {
      places.push(start + answer);
      start += DK + 1;
    }
    if (!before) for (const choice of log.choicesOf[row]!) places.push(start + choice);
    const record = recordKeyOf?.(log.organisationOf[row]!);
    for (const group of own) {
      const cell = exact[group]!;
      cell.n += 1;
      const length = cell.items.length + cell.questions.length === 0 ? scored : places.length;
      for (let at = 0; at < length; at++) cell.all[places[at]!]! += 1;
      if (record) addRecordKey(cell.cellKey, record);
    }
  }
  return exact;
}

function nothingOf(log: AuditLog, group: GroupRef, points: number): Exact {
  const { dimensions, items, questions } = log.instrument;
  const scored = dimensions.length + 1;
  const hasItems = points === 101 && mayShowItems(group);
  const itemsFrom = scored * points;
  const choicesFrom = itemsFrom + (DK + 1) * items.length;
  const all = new Int32Array(hasItems ? choicesFrom + log.choices : itemsFrom);
  const part = (from: number, length: number) => all.subarray(from, from + length);
  return {
    all,
    n: 0,
    scores: Array.from({ length: scored }, (_, d) => part(d * points, points)),
    items: hasItems ? items.map((_, i) => part(itemsFrom + (DK + 1) * i, DK + 1)) : [],
    questions: hasItems
      ? questions.map(({ codes }, q) => part(choicesFrom + log.choiceStarts[q]!, codes.length + 1))
      : [],
    cellKey: new Uint32Array(2),
  };
}

/** Median of the exact overall scores. */
export function exactMedian({ n, scores }: Exact): number {
  const sorted: number[] = [];
  scores.at(-1)!.forEach((count, score) => {
    for (let one = 0; one < count; one++) sorted.push(score);
  });
  return n === 0 ? 0 : quantileSorted(sorted, 0.5);
}
