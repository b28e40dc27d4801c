import type { QualityPolicy } from '#contracts/policy';
import { REVIEWED_HASH_LENGTH, type Review } from '#contracts/review';
import type { AuditLog } from './audit-log.ts';

const HIGHEST_LEVEL = 4;

/**
 * Which submissions may not count (rule 11): those that look careless or invented and are not admitted, and those that the
 * operator excluded.
 *
 * @returns 1 for each such row
 */
export function keptOut(log: AuditLog, quality: QualityPolicy, reviews: readonly Review[]): Uint8Array {
  const held = new Uint8Array(log.size);
  if (log.instrument.kind === 'questionnaire') {
    for (let row = 0; row < log.size; row++)
      if (isLookedAt(log, row) && looksCareless(log, row, quality)) held[row] = 1;
    markNearDuplicates(log, quality, held);
  }
  const byKey = new Map<string, Review[]>();
  for (const review of reviews) byKey.set(review.submission, [...(byKey.get(review.submission) ?? []), review]);
  for (let row = 0; byKey.size > 0 && row < log.size; row++) {
    const organisation = log.organisations[log.organisationOf[row]!]!.slice(0, REVIEWED_HASH_LENGTH);
    const review = byKey.get(log.keyOf[row]!)?.findLast((one) => one.organisation === organisation);
    if (review && log.isCompleteOf[row]!) held[row] = review.decision === 'exclude' ? 1 : 0;
  }
  return held;
}

/** Open ones, and those with a join code, which many know. */
const isLookedAt = (log: AuditLog, row: number) =>
  (log.admissionOf[row] === 'open' || log.admissionOf[row] === 'invited') &&
  log.isCompleteOf[row]! &&
  !log.isWithdrawn(row);

function looksCareless(log: AuditLog, row: number, quality: QualityPolicy): boolean {
  const levels = log.answersOf(row).filter((answer) => answer <= HIGHEST_LEVEL);
  const isStraight = levels.length >= quality.straightLineFromItems && levels.every((level) => level === levels[0]);
  const seconds = log.secondsOf[row] ?? Number.POSITIVE_INFINITY;
  return isStraight || seconds < levels.length * quality.minSecondsPerItem;
}

/** Marks organisations of one profile with the same answers outside one dimension, found by sorting hashes of both. */
function markNearDuplicates(log: AuditLog, quality: QualityPolicy, held: Uint8Array): void {
  const { items } = log.instrument;
  const ids = [...new Set(items.map(({ dimension }) => dimension))];
  for (const leftOut of ids.length > 1 ? ids : [undefined]) {
    const kept = items.flatMap(({ dimension }, place) => (dimension === leftOut ? [] : [place]));
    const hashes = new Float64Array(log.size).fill(-1);
    for (let row = 0; row < log.size; row++) if (isLookedAt(log, row)) hashes[row] = hashOf(log, row, kept);
    const sorted = hashes.toSorted();
    const often = new Set<number>();
    for (let place = quality.duplicateCluster - 1; place < sorted.length; place++)
      if (sorted[place]! >= 0 && sorted[place] === sorted[place - quality.duplicateCluster + 1])
        often.add(sorted[place]!);
    const clusters = new Map<string, number[]>();
    for (let row = 0; often.size > 0 && row < log.size; row++) {
      if (!often.has(hashes[row]!)) continue;
      const answers = kept.map((item) => log.answersOf(row)[item]!);
      if (answers.filter((answer) => answer <= HIGHEST_LEVEL).length < quality.duplicateFromItems) continue;
      const name = `${log.codesOf[row]};${answers}`;
      clusters.set(name, clusters.get(name) ?? []);
      clusters.get(name)!.push(row);
    }
    for (const rows of clusters.values())
      if (new Set(rows.map((row) => log.organisationOf[row])).size >= quality.duplicateCluster)
        for (const row of rows) held[row] = 1;
  }
}

/** 53 bits of profile and answers. */
function hashOf(log: AuditLog, row: number, items: readonly number[]): number {
  const answers = log.answersOf(row);
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  const mix = (byte: number) => {
    low = Math.imul(low ^ byte, 0x01000193);
    high = Math.imul(high ^ byte, 0x85ebca6b) ^ (high >>> 15);
  };
  for (const code of log.codesOf[row]!) mix(code);
  for (const item of items) mix(answers[item]! + 7);
  return (low >>> 0) * 2 ** 21 + (high >>> 11);
}
