import * as z from 'zod';
import type { Instrument } from '#contracts/instrument';
import { OwnSubmission, type StoredSubmission } from '#contracts/submission';
import { Code, LocalText } from '#contracts/text';
import { POLICY } from '#disclosure/policy';
import { flagsOf } from '#microdata/quality';
import { missingFor, overallOf, scoresOf, weakestOf } from '#microdata/score';

/** What is missing for a dimension's score: `needed` levels of `applicable` items, `answered` so far. */
export const MissingScore = z.strictObject({
  dimension: Code,
  answered: z.int().min(0),
  applicable: z.int().min(0),
  needed: z.int().min(0).meta({ description: 'More than `applicable`: too many items do not apply for a score.' }),
  unanswered: z.array(Code).meta({ description: 'Items unanswered or "don\'t know".' }),
});

/** The answer to a submission: everything its organisation may know at once, before any comparison. */
export const AcceptedSubmission = z.strictObject({
  instrument: OwnSubmission.shape.instrument,
  conductedOn: OwnSubmission.shape.conductedOn,
  acceptedAt: OwnSubmission.shape.acceptedAt,
  admission: OwnSubmission.shape.admission,
  scores: OwnSubmission.shape.scores.meta({
    description: 'Dimension id -> 0 to 100; null where too little was answered.',
  }),
  overall: OwnSubmission.shape.overall,
  weakest: OwnSubmission.shape.weakest.meta({
    description: 'Dimensions with the lowest score; shown beside `overall`.',
  }),
  maturity: z.record(z.string(), LocalText.nullable()).meta({
    description: 'Dimension id, or "overall", -> the word for its score.',
  }),
  missing: z.array(MissingScore).meta({ description: 'Dimensions of a questionnaire without a score.' }),
  isComplete: z.boolean().meta({ description: 'Only submissions with every score enter a release.' }),
  isReviewedFirst: z.boolean().meta({
    description: 'The operator looks at it before it may count in a release; its own result is not affected.',
  }),
  associations: z.array(z.string()).optional().meta({ description: 'Ids of the associations joined.' }),
});
export type AcceptedSubmission = z.infer<typeof AcceptedSubmission>;

/** A pure function of the stored item and its immutable instrument: a replay gives the same bytes. */
export function acceptedSubmission(instrument: Instrument, stored: StoredSubmission): AcceptedSubmission {
  const scores = scoresOf(instrument, stored);
  const overall = overallOf(scores);
  return {
    instrument: stored.instrument,
    conductedOn: stored.conductedOn,
    acceptedAt: stored.acceptedAt,
    admission: stored.admission,
    scores,
    overall,
    weakest: weakestOf(scores),
    maturity: Object.fromEntries(
      [...Object.entries(scores), ['overall', overall] as const].map(([id, score]) => [
        id,
        maturityOf(instrument, score),
      ]),
    ),
    missing: missingFor(instrument, stored.answers ?? {}),
    isComplete: overall !== null,
    isReviewedFirst: isReviewedFirst(instrument, stored),
    ...(stored.associations ? { associations: stored.associations } : {}),
  };
}

/** By what shows in the submission itself; near-duplicates show only beside others, when a release is made. */
const isReviewedFirst = (instrument: Instrument, stored: StoredSubmission) =>
  flagsOf(instrument, stored, POLICY.quality).length > 0;

/** The instrument's word for a score: of the half-open band it lies in. */
export function maturityOf(instrument: Instrument, score: number | null): LocalText | null {
  if (score === null) return null;
  return instrument.maturityBands.findLast((band) => band.from <= score)?.label ?? null;
}

/** A stored submission as its owner reads it back. An instrument no longer served leaves only scores that were sent. */
export function ownSubmission(instrument: Instrument | undefined, stored: StoredSubmission): OwnSubmission {
  const scores = instrument ? scoresOf(instrument, stored) : (stored.scores ?? {});
  return {
    instrument: stored.instrument,
    conductedOn: stored.conductedOn,
    acceptedAt: stored.acceptedAt,
    admission: stored.admission,
    profile: stored.profile,
    ...(stored.answers ? { answers: stored.answers } : {}),
    ...(stored.questions ? { questions: stored.questions } : {}),
    ...(stored.secondsTaken === undefined ? {} : { secondsTaken: stored.secondsTaken }),
    isReviewedFirst: instrument !== undefined && isReviewedFirst(instrument, stored),
    scores,
    overall: instrument ? overallOf(scores) : null,
    weakest: weakestOf(scores),
    ...(stored.associations ? { associations: stored.associations } : {}),
  };
}

/** Newest first: by the day of the check, then by arrival, then by key, as the fold orders them. */
export function newestFirst(a: StoredSubmission, b: StoredSubmission): number {
  return orderOf(a) < orderOf(b) ? 1 : -1;
}
const orderOf = (stored: StoredSubmission) => `${stored.conductedOn} ${stored.acceptedAt} ${stored.key}`;
