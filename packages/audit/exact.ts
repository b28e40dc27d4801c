import { quantileSorted } from 'simple-statistics';
import { mayShowItems } from '#contracts/group';
import type { AuditLog } from './audit-log.ts';
import type { AuditGroups } from './counted-groups.ts';

/** An organisation's number -> upper and lower half of its record key. */
export type RecordKeys = (organisation: number) => readonly [number, number];

/** Adds a record key to a cell key, modulo 2^64. */
export function addRecordKey(cellKey: Uint32Array, [upper, lower]: readonly [number, number]): void {
  const sum = cellKey[1]! + lower;
  cellKey[0] = cellKey[0]! + upper + (sum >= 2 ** 32 ? 1 : 0);
  cellKey[1] = sum;
}

/** Everything counted of a published group. */
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
 * Counts published groups in one pass.
 *
 * @param firsts beside each row the submission that change is measured from: changes are counted; absent: levels
 * @param recordKeyOf halves of an organisation's record key
 */
export function exactOf(
  log: AuditLog,
  { groups, of }: AuditGroups,
  rows: Int32Array,
  n: Int32Array,
  isPublished: Uint8Array,
  firsts?: Int32Array,
  recordKeyOf?: RecordKeys,
): (Exact | undefined)[] {
  const { dimensions, items, questions } = log.instrument;
  const scored = dimensions.length + 1;
  const points = firsts ? 201 : 101;
  const itemsFrom = scored * points;
  const choicesFrom = itemsFrom + 7 * items.length;
  const exact = groups.map((group, place): Exact | undefined => {
    if (isPublished[place] === 0) return undefined;
    const hasItems = !firsts && mayShowItems(group);
    const all = new Int32Array(hasItems ? choicesFrom + log.choices : itemsFrom);
    const part = (from: number, length: number) => all.subarray(from, from + length);
    return {
      all,
      n: n[place]!,
      scores: Array.from({ length: scored }, (_, d) => part(d * points, points)),
      items: hasItems ? items.map((_, i) => part(itemsFrom + 7 * i, 7)) : [],
      questions: hasItems
        ? questions.map(({ codes }, q) => part(choicesFrom + log.choiceStarts[q]!, codes.length + 1))
        : [],
      cellKey: new Uint32Array(2),
    };
  });
  // Where a row adds one: its scores, then its answers, then its choices.
  const places: number[] = [];
  rows.forEach((row, index) => {
    const own = of(row).flatMap((group) => exact[group] ?? []);
    if (own.length === 0) return;
    places.length = 0;
    for (let d = 0; d < scored; d++)
      places.push(d * points + log.scoreOf(row, d) + (firsts ? 100 - log.scoreOf(firsts[index]!, d) : 0));
    log.answersOf(row).forEach((answer, i) => {
      places.push(itemsFrom + 7 * i + answer);
    });
    for (const place of log.choicesOf(row)) places.push(choicesFrom + place);
    const record = recordKeyOf?.(log.organisationOf(row)) ?? [0, 0];
    for (const { all, cellKey } of own) {
      const length = all.length > itemsFrom ? places.length : scored;
      for (let place = 0; place < length; place++) all[places[place]!]! += 1;
      addRecordKey(cellKey, record);
    }
  });
  return exact;
}

/** Median of the exact overall scores. */
export function exactMedian({ n, scores }: Exact): number {
  const sorted: number[] = [];
  scores.at(-1)!.forEach((count, score) => {
    for (let one = 0; one < count; one++) sorted.push(score);
  });
  return n === 0 ? 0 : quantileSorted(sorted, 0.5);
}
