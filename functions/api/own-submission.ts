import type { AcceptedSubmission } from '#contracts/answers/submission';
import type { Instrument } from '#contracts/instrument';
import type { OwnSubmission, StoredSubmission } from '#contracts/submission';
import type { LocalText } from '#contracts/text';
import { POLICY } from '#disclosure/policy';
import { flagsOf } from '#microdata/quality';
import { missingFor, overallOf, scoresOf, weakestOf } from '#microdata/score';

/** A pure function of the stored item and its immutable instrument: a replay gives the same bytes. */
export function acceptedSubmission(instrument: Instrument, stored: StoredSubmission): AcceptedSubmission {
  const { profile: _, answers = {}, questions: __, secondsTaken: ___, ...own } = ownSubmission(instrument, stored);
  const { scores, overall } = own;
  return {
    ...own,
    maturity: Object.fromEntries(
      Object.entries({ ...scores, overall }).map(([id, score]) => [id, maturityOf(instrument, score)]),
    ),
    missing: missingFor(instrument, answers),
    isComplete: overall !== null,
  };
}

/** By what shows in the submission itself; near-duplicates show only beside others, when a release is made. */
const isReviewedFirst = (instrument: Instrument, stored: StoredSubmission) =>
  flagsOf(instrument, stored, POLICY.quality).length > 0;

/** The instrument's word for a score: of the half-open band it lies in. */
function maturityOf(instrument: Instrument, score: number | null): LocalText | null {
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
