import type { Instrument } from '#contracts/instrument';
import type { QualityPolicy } from '#contracts/policy';
import type { Admission, StoredSubmission } from '#contracts/submission';
import type { SubmissionTable } from './submission-table.ts';

/** What makes a submission wait for the operator's review. */
export type QualityFlag = 'straight-lining' | 'too-fast' | 'near-duplicate';

const HIGHEST_LEVEL = 4;

/**
 * What can be seen in one submission by itself. Straight-lining: one level throughout (long-string index, Meade & Craig
 * 2012, Psychological Methods 17, 437-455). Too fast: fewer seconds for each item answered with a level than reading takes.
 *
 * @param answers levels 0 to 4; anything else is no level
 * @param secondsTaken undefined where nobody measured it: unknown is no flag
 */
export function ownFlags(
  answers: Iterable<unknown>,
  secondsTaken: number | undefined,
  quality: QualityPolicy,
): QualityFlag[] {
  let levels = 0;
  let first: number | undefined;
  let isStraight = true;
  for (const answer of answers) {
    if (!isLevel(answer)) continue;
    levels += 1;
    first ??= answer;
    if (answer !== first) isStraight = false;
  }
  const flags: QualityFlag[] = [];
  if (isStraight && levels >= quality.straightLineFromItems) flags.push('straight-lining');
  if (secondsTaken !== undefined && secondsTaken < levels * quality.minSecondsPerItem) flags.push('too-fast');
  return flags;
}

/** Its source is trusted, or its code is nobody else's: no flags are looked for. A code that many know proves nothing. */
export const isVouchedFor = (admission: Admission) => admission === 'trusted' || admission === 'single-use';

/**
 * The own flags of a submission as the log holds it; scores have none. Near-duplicates show only beside all others, when a
 * release is made.
 */
export function flagsOf(
  instrument: Pick<Instrument, 'kind'>,
  submission: Pick<StoredSubmission, 'admission' | 'answers' | 'secondsTaken'>,
  quality: QualityPolicy,
): QualityFlag[] {
  if (instrument.kind !== 'questionnaire' || isVouchedFor(submission.admission)) return [];
  return ownFlags(Object.values(submission.answers ?? {}), submission.secondsTaken, quality);
}

/** A row is kept in mind by so many counters of one byte, so that few rows meet by chance. */
const SLOTS_PER_ROW = 8;

/**
 * Near-duplicates among the submissions that nobody vouches for: of different organisations, with the same profile and the
 * same answers to all items outside one dimension (all items, where there is only one), of which at least
 * `duplicateFromItems` are levels.
 *
 * A first pass counts hashes in bytes; only rows whose counter fills up are compared byte by byte, so that no two submissions
 * are ever taken for equal because their hashes are.
 *
 * @returns row -> organisations in its largest cluster, where one reaches `duplicateCluster`
 */
export function clustersIn(table: SubmissionTable, quality: QualityPolicy): Map<number, number> {
  const { items } = table.instrument;
  const rows: number[] = [];
  for (let row = 0; row < table.size; row++)
    if (!isVouchedFor(table.admission[row]!) && table.isUsable(row)) rows.push(row);
  const dimensions = [...new Set(items.map(({ dimension }) => dimension))];
  const found = new Map<number, number>();
  const slots = 2 ** Math.ceil(Math.log2(SLOTS_PER_ROW * rows.length + 1));
  for (const leftOut of dimensions.length > 1 ? dimensions : [undefined]) {
    const kept = items.flatMap(({ dimension }, place) => (dimension === leftOut ? [] : [place]));
    const counters = new Uint8Array(slots);
    const slotOf = Int32Array.from(rows, (row) => {
      const slot = hashOf(table, row, kept) & (slots - 1);
      if (counters[slot]! < 255) counters[slot]! += 1;
      return slot;
    });
    const clusters = new Map<string, number[]>();
    for (const [place, row] of rows.entries()) {
      if (counters[slotOf[place]!]! < Math.min(quality.duplicateCluster, 255)) continue;
      const answers = table.answers.of(row);
      const shared = kept.map((item) => answers[item]!);
      if (shared.filter(isLevel).length < quality.duplicateFromItems) continue;
      const text = String.fromCharCode(...table.codes.of(row), ...shared);
      const cluster = clusters.get(text);
      if (cluster) cluster.push(row);
      else clusters.set(text, [row]);
    }
    for (const cluster of clusters.values()) {
      const organisations = new Set(cluster.map((row) => table.organisation[row]!)).size;
      if (organisations < quality.duplicateCluster) continue;
      for (const row of cluster) found.set(row, Math.max(found.get(row) ?? 0, organisations));
    }
  }
  return found;
}

/** FNV-1a of profile and answers, 32 bits, the upper bits mixed into the lower ones. */
function hashOf(table: SubmissionTable, row: number, items: readonly number[]): number {
  const answers = table.answers.of(row);
  let hash = 0x811c9dc5;
  for (const code of table.codes.of(row)) hash = Math.imul(hash ^ code, 0x01000193);
  for (let place = 0; place < items.length; place++) hash = Math.imul(hash ^ answers[items[place]!]!, 0x01000193);
  return hash ^ (hash >>> 15);
}

const isLevel = (answer: unknown): answer is number => typeof answer === 'number' && answer <= HIGHEST_LEVEL;
