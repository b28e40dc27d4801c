import * as z from 'zod';
import { InstrumentId } from './instrument-id.ts';
import { Code, Instant, IsoDate } from './text.ts';

/** A level 0 to 4, "does not apply" (leaves the denominator) or "don't know" (unanswered). */
export const Answer = z.union([z.literal([0, 1, 2, 3, 4]), z.literal(['na', 'dk'])]);
export type Answer = z.infer<typeof Answer>;

/**
 * The shape of a submission's body, before an instrument is known. The api narrows it to the named instrument's
 * items and codes (functions/api/submissions.ts).
 */
export const SubmissionBody = z.strictObject({
  instrument: InstrumentId,
  profile: z.record(z.string(), Code),
  /** The day the check was made, Europe/Berlin; today if absent. */
  conductedOn: IsoDate.optional(),
  /** Item id -> answer, for instruments of kind "questionnaire". Items left out are unanswered. */
  answers: z.record(z.string(), Answer).optional(),
  /** Dimension id -> integer 0 to 100, for instruments of kind "scores". */
  scores: z.record(z.string(), z.int().min(0).max(100)).optional(),
  /** Question id -> one code, or several where the question allows it. */
  questions: z.record(z.string(), z.union([Code, z.array(Code).min(1).max(12)])).optional(),
  /** Join codes of associations (Mitgliedergruppen), up to three. */
  associations: z.array(z.string().min(1).max(40)).max(3).optional(),
  /** A secret shared by the houses of one Träger: they count as one source (docs/method.md, rule 4). Stored as a hash. */
  carrierSecret: z.string().min(8).max(100).optional(),
  /** Whole seconds spent on the check, where the client measured them; at most a day. Absent: unknown. */
  secondsTaken: z.int().min(0).max(86_400).optional(),
});
export type SubmissionBody = z.infer<typeof SubmissionBody>;

/**
 * How a submission came in. `invited`: with an association's join code, which many know; `single-use`: with a code that one
 * organisation used up; `trusted`: from a source the operator trusts.
 */
export const Admission = z.enum(['open', 'invited', 'single-use', 'trusted']);
export type Admission = z.infer<typeof Admission>;

/** What the log holds of one submission. Nothing in it names the organisation. */
export interface StoredSubmission {
  kind: 'submission';
  /** SHA-256 of the receipt, base64url (43 characters). */
  organisation: string;
  /** SHA-256 of (instrument, Idempotency-Key), base64url. */
  key: string;
  instrument: InstrumentId;
  conductedOn: IsoDate;
  acceptedAt: Instant;
  admission: Admission;
  /** Who vouches for several submissions at once: `import:<id>`, `carrier:<hash>`; absent: the organisation itself. */
  source?: string;
  profile: Record<string, string>;
  answers?: Record<string, Answer>;
  scores?: Record<string, number>;
  questions?: Record<string, string[]>;
  /** Seconds spent on the check; absent: unknown. */
  secondsTaken?: number;
  /** Ids of the associations (not the join codes). */
  associations?: string[];
  /** SHA-256 of the canonical body, base64url: tells a replay from another body under the same key. */
  bodyHash: string;
  /** Epoch seconds after which the fold ignores the item and TTL removes it. */
  expiresAt: number;
}

/** What remains after a withdrawal: no answers, no profile. */
export interface Tombstone {
  kind: 'tombstone';
  organisation: string;
  key: string;
  withdrawnAt: Instant;
  expiresAt: number;
}

/**
 * The atomic point of a withdrawal of several submissions: from this one put on, all `keys` count as withdrawn for
 * every reader, whether or not their tombstones have been written yet. Its sort key is `WITHDRAWAL_KEY`.
 */
export interface Withdrawal {
  kind: 'withdrawal';
  organisation: string;
  keys: string[];
  withdrawnAt: Instant;
  expiresAt: number;
}
export const WITHDRAWAL_KEY = 'withdrawal';
export type LogItem = StoredSubmission | Tombstone | Withdrawal;

/** Scores by dimension: an integer 0 to 100, or null where too little was answered. */
export type DimensionScores = Record<string, number | null>;

/** One own submission as its owner reads it back. */
export const OwnSubmission = z.strictObject({
  instrument: InstrumentId,
  conductedOn: IsoDate,
  acceptedAt: Instant,
  admission: Admission,
  profile: z.record(z.string(), Code),
  answers: z.record(z.string(), Answer).optional(),
  questions: z.record(z.string(), z.array(Code)).optional(),
  secondsTaken: z.int().min(0).optional(),
  /** It is looked at before it may count in a release (docs/method.md, "Review"). */
  isReviewedFirst: z.boolean(),
  scores: z.record(z.string(), z.int().min(0).max(100).nullable()),
  /** Mean of all dimension scores; null unless every dimension has one. */
  overall: z.int().min(0).max(100).nullable(),
  /** Ids of the dimensions with the lowest score, shown beside the overall score. */
  weakest: z.array(Code),
  associations: z.array(z.string()).optional(),
});
export type OwnSubmission = z.infer<typeof OwnSubmission>;
