import { addDays } from '#contracts/calendar';
import type { QualityPolicy } from '#contracts/policy';
import { REVIEWED_HASH_LENGTH, type Review } from '#contracts/review';
import { clustersIn, isVouchedFor, ownFlags, type QualityFlag } from './quality.ts';
import type { SubmissionTable } from './submission-table.ts';

/** A submission that waits for the operator's decision, or has one. No answers. */
export interface Reviewed {
  organisation: string;
  submission: string;
  conductedOn: string;
  flags: QualityFlag[];
  /** Organisations in its cluster of near-duplicates, itself among them; 0 without one. */
  cluster: number;
  decision: Review['decision'] | null;
}

/** Names one submission of one organisation; a submission's key alone is shared by all who chose the same Idempotency-Key. */
export function contributionKey({ organisation, submission }: Pick<Review, 'organisation' | 'submission'>): string {
  return `${organisation}/${submission}`;
}

/**
 * Looks through all submissions that are complete and not withdrawn.
 *
 * @returns the flagged and the excluded, by organisation and key; and their rows but for those of the admitted
 */
export function reviewedIn(
  table: SubmissionTable,
  quality: QualityPolicy,
  reviews: readonly Review[],
): { reviewed: Reviewed[]; held: Set<number> } {
  const decisions = new Map(reviews.map((review) => [contributionKey(review), review.decision]));
  const decisionOn = (row: number) => {
    if (decisions.size === 0) return null;
    const organisation = table.nameOf(row).slice(0, REVIEWED_HASH_LENGTH);
    return decisions.get(contributionKey({ organisation, submission: table.key[row]! })) ?? null;
  };
  const isFlagging = table.instrument.kind === 'questionnaire';
  const clusters = isFlagging ? clustersIn(table, quality) : new Map<number, number>();
  const reviewed: Reviewed[] = [];
  const held = new Set<number>();
  for (let row = 0; row < table.size; row++) {
    if (!table.isUsable(row)) continue;
    const flags =
      isFlagging && !isVouchedFor(table.admission[row]!)
        ? ownFlags(table.answers.of(row), table.secondsTaken[row], quality)
        : [];
    const cluster = clusters.get(row) ?? 0;
    if (cluster > 0) flags.push('near-duplicate');
    const decision = decisionOn(row);
    if (flags.length === 0 && decision !== 'exclude') continue;
    if (decision !== 'admit') held.add(row);
    const conductedOn = addDays('1970-01-01', table.day[row]!);
    reviewed.push({
      organisation: table.nameOf(row),
      submission: table.key[row]!,
      conductedOn,
      flags,
      cluster,
      decision,
    });
  }
  return { reviewed: reviewed.sort((a, b) => (contributionKey(a) < contributionKey(b) ? -1 : 1)), held };
}
