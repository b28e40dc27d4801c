import { quantileSorted } from 'simple-statistics';
import { mayShowItems } from '#contracts/group';
import type { AuditLog } from './audit-log.ts';
import type { AuditGroups } from './counted-groups.ts';

/** Everything counted of a published group. */
export interface Exact {
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
  counts: { n: Int32Array; isPublished: Uint8Array; itemsFromN: number },
  firsts?: Int32Array,
  recordKeyOf?: (organisation: number) => readonly [number, number],
): (Exact | undefined)[] {
  const { dimensions, items, questions } = log.instrument;
  const scored = dimensions.length + 1;
  const exact = groups.map((group, place): Exact | undefined => {
    if (counts.isPublished[place] === 0) return undefined;
    const hasItems = !firsts && mayShowItems(group) && counts.n[place]! >= counts.itemsFromN;
    return {
      n: counts.n[place]!,
      scores: Array.from({ length: scored }, () => new Int32Array(firsts ? 201 : 101)),
      items: hasItems ? items.map(() => new Int32Array(7)) : [],
      questions: hasItems ? questions.map(({ codes }) => new Int32Array(codes.length + 1)) : [],
      cellKey: new Uint32Array(2),
    };
  });
  rows.forEach((row, place) => {
    const own = of(row).flatMap((group) => exact[group] ?? []);
    if (own.length === 0) return;
    const first = firsts?.[place];
    const points = Array.from({ length: scored }, (_, d) =>
      first === undefined ? log.scoreOf(row, d) : 100 + log.scoreOf(row, d) - log.scoreOf(first, d),
    );
    const [upper, lower] = recordKeyOf?.(log.organisationOf(row)) ?? [0, 0];
    const answers = log.answersOf(row);
    for (const cell of own) {
      for (let d = 0; d < scored; d++) cell.scores[d]![points[d]!]! += 1;
      for (let i = 0; i < cell.items.length; i++) cell.items[i]![answers[i]!]! += 1;
      for (let q = 0; q < cell.questions.length; q++) {
        const chosen = cell.questions[q]!;
        for (let code = 0; code < chosen.length; code++) if (log.hasChosen(row, q, code)) chosen[code]! += 1;
      }
      const sum = cell.cellKey[1]! + lower;
      cell.cellKey[0] = cell.cellKey[0]! + upper + (sum >= 2 ** 32 ? 1 : 0);
      cell.cellKey[1] = sum;
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
