import * as z from 'zod/mini';
import type { Instrument } from '#contracts/instrument';
import { plainCode } from '#contracts/plain-code';
import type { Answer } from '#contracts/submission';

/** Item id -> level, "na" or "dk". */
export const Answers = z.record(z.string(), z.literal([0, 1, 2, 3, 4, 'na', 'dk']));
const Day = z.iso.date();
const Codes = z.record(z.string(), z.string());
const ChosenCodes = z.record(z.string(), z.array(z.string()));
const JoinCodes = z.array(z.string()).check(z.maxLength(3));

/** What the page shows of the service's answer to a submission. */
export const Sent = z.object({
  conductedOn: Day,
  acceptedAt: z.string(),
  scores: z.record(z.string(), z.nullable(z.number())),
  maturity: z.record(z.string(), z.nullable(z.object({ de: z.string(), en: z.string() }))),
  isComplete: z.boolean(),
  isReviewedFirst: z.boolean(),
  associations: z.exactOptional(z.array(z.string())),
});
export type Sent = z.infer<typeof Sent>;

/** A submission under way: the same key and body for every attempt, over reloads. */
export const Sending = z.strictObject({
  idempotencyKey: z.string(),
  body: z.strictObject({
    instrument: z.string(),
    profile: Codes,
    conductedOn: z.exactOptional(Day),
    answers: Answers,
    questions: z.exactOptional(ChosenCodes),
    associations: z.exactOptional(JoinCodes),
    secondsTaken: z.exactOptional(z.number()),
  }),
});
export type Sending = z.infer<typeof Sending>;

/** Took part never, before and has the code, or before and lost it. */
export const Participation = z.literal(['first', 'has-code', 'lost-code']);
export type Participation = z.infer<typeof Participation>;

/**
 * A check in progress: what the visitor has answered so far. It is kept in this browser and nowhere else, and never holds
 * the Rückkehr-Code. Every function here returns a new draft and leaves the given one alone.
 */
export const Draft = z.strictObject({
  format: z.literal(1),
  instrument: z.string(),
  answers: Answers,
  /** Attribute id -> code. */
  profile: Codes,
  /** Question id -> codes. */
  questions: ChosenCodes,
  /** Association codes as typed. */
  joinCodes: JoinCodes,
  /** Where the check was made on another day than it is sent, e.g. on paper. */
  conductedOn: z.exactOptional(Day),
  /** The answers stood on paper before, so that the time of typing says nothing. */
  isFromPaper: z.exactOptional(z.boolean()),
  /** For how long the questions were before the visitor's eyes; absent for the answers of a team round. */
  secondsAnswering: z.exactOptional(z.number().check(z.nonnegative())),
  /** Asked together with the Rückkehr-Code. There is a mark only after that. */
  participation: z.exactOptional(Participation),
  /** Tells the code that was made or entered from another one without giving it away, see `receiptMark`. */
  receiptMark: z.exactOptional(z.string()),
  /** Whether that code was printed, saved, shared, copied, written down, or entered from where it was kept. */
  isReceiptSaved: z.exactOptional(z.boolean()),
  sending: z.exactOptional(Sending),
  /** After sending: the answers themselves are gone from the browser then. */
  sent: z.exactOptional(Sent),
});
export type Draft = z.infer<typeof Draft>;

/** The unscored question that counts lost codes, where an instrument has it. */
const LOST_CODE_QUESTION = 'lost-code';
export const MAX_JOIN_CODES = 3;

export function emptyDraft(instrument: Instrument): Draft {
  return {
    format: 1,
    instrument: instrument.id,
    answers: {},
    profile: {},
    questions: {},
    joinCodes: [],
    secondsAnswering: 0,
  };
}

export function isEmpty(draft: Draft): boolean {
  return Object.keys(draft.answers).length === 0 && Object.keys(draft.profile).length === 0;
}

export function withAnswer(draft: Draft, item: string, answer: Answer): Draft {
  return { ...draft, answers: { ...draft.answers, [item]: answer } };
}

export function withProfile(draft: Draft, attribute: string, code: string): Draft {
  return { ...draft, profile: { ...draft.profile, [attribute]: code } };
}

/** Chooses the codes of an unscored question; none takes the answer back. */
export function withQuestion(draft: Draft, question: string, codes: string[]): Draft {
  const { [question]: _former, ...others } = draft.questions;
  return { ...draft, questions: codes.length === 0 ? others : { ...others, [question]: codes } };
}

/**
 * The codes after one of a question was ticked or cleared: a code that excludes the others replaces them and is replaced
 * by them, a single choice replaces the former one, and nothing goes beyond `maxChoices`.
 */
export function toggledCodes(
  question: { maxChoices: number; exclusive?: string | undefined },
  chosen: string[],
  code: string,
): string[] {
  if (chosen.includes(code)) return chosen.filter((entry) => entry !== code);
  if (code === question.exclusive || question.maxChoices === 1) return [code];
  const kept = chosen.filter((entry) => entry !== question.exclusive);
  return kept.length >= question.maxChoices ? kept : [...kept, code];
}

/** Notes whether the house took part before, and counts a lost code where the instrument asks for it. */
export function withParticipation(draft: Draft, instrument: Instrument, participation: Participation): Draft {
  const counted = { first: ['no'], 'lost-code': ['yes'], 'has-code': [] }[participation];
  const isAsked = instrument.questions.some(({ id }) => id === LOST_CODE_QUESTION);
  const returning = participation === 'has-code';
  // What is asked of returning houses alone must not be sent by others.
  const dropped = instrument.questions.filter((question) => question.returningOnly && !returning).map(({ id }) => id);
  const kept = dropped.reduce((next, id) => withQuestion(next, id, []), draft);
  return { ...(isAsked ? withQuestion(kept, LOST_CODE_QUESTION, counted) : kept), participation };
}

/** The unscored questions to show: not the one asked with the code, and some only to those who return. */
export function questionsToAsk(draft: Draft, instrument: Instrument): Instrument['questions'] {
  return instrument.questions.filter(
    ({ id, returningOnly }) => id !== LOST_CODE_QUESTION && (!returningOnly || draft.participation === 'has-code'),
  );
}

/** Adds an association's code unless it is there already; compared as the service does, without case, spaces and hyphens. */
export function withJoinCode(draft: Draft, joinCode: string): Draft {
  const written = joinCode.trim();
  const isKnown = draft.joinCodes.some((entry) => comparable(entry) === comparable(written));
  if (written === '' || isKnown || draft.joinCodes.length >= MAX_JOIN_CODES) return draft;
  return { ...draft, joinCodes: [...draft.joinCodes, written] };
}
const comparable = (joinCode: string) => plainCode(joinCode).toUpperCase().replaceAll('-', '');

export function withoutJoinCode(draft: Draft, joinCode: string): Draft {
  return { ...draft, joinCodes: draft.joinCodes.filter((entry) => entry !== joinCode) };
}

/** The ids of the required profile attributes that are not answered yet. */
export function missingProfile(draft: Draft, instrument: Instrument): string[] {
  return instrument.profile
    .filter(({ id, required }) => required && draft.profile[id] === undefined)
    .map((attribute) => attribute.id);
}

/**
 * Adds time to that spent on the questions, where it is measured. Before the first answer there is nothing to keep; a clock
 * that was set back adds nothing.
 */
export function withSeconds(draft: Draft, seconds: number): Draft {
  if (draft.secondsAnswering === undefined || isEmpty(draft)) return draft;
  return { ...draft, secondsAnswering: Math.round((draft.secondsAnswering + Math.max(0, seconds)) * 10) / 10 };
}

/**
 * Whole seconds spent on the questions, at most a day as the service takes it; undefined where they were not answered here
 * and now: on paper, on another day, in a team round.
 */
export function secondsTaken({ secondsAnswering, isFromPaper, conductedOn }: Draft): number | undefined {
  if (secondsAnswering === undefined || isFromPaper || conductedOn !== undefined) return undefined;
  return Math.min(Math.round(secondsAnswering), 86_400);
}

/** What the service is sent. Empty parts are left out. */
export function submissionOf(draft: Draft): Sending['body'] {
  const seconds = secondsTaken(draft);
  const { instrument, profile, answers, questions, joinCodes, conductedOn } = draft;
  return {
    instrument,
    profile,
    ...(conductedOn ? { conductedOn } : {}),
    answers,
    ...(Object.keys(questions).length > 0 ? { questions } : {}),
    ...(joinCodes.length > 0 ? { associations: joinCodes } : {}),
    ...(seconds === undefined ? {} : { secondsTaken: seconds }),
  };
}

/**
 * Makes the draft ready to be sent. The same body keeps its key, so that a second click, a reload or a dropped connection
 * stores nothing twice; a changed body is a new submission and gets a new key. Only to have looked at the questions once
 * more changes nothing.
 */
export function readyToSend(draft: Draft, newKey: () => string): Draft & { sending: Sending } {
  const body = submissionOf(draft);
  const isSame = draft.sending !== undefined && said(draft.sending.body) === said(body);
  return { ...draft, sending: draft.sending && isSame ? draft.sending : { idempotencyKey: newKey(), body } };
}

/** What a submission says, without the time it took. */
const said = ({ secondsTaken: _, ...body }: Sending['body']) => canonical(body);

/** JSON with sorted keys: the order in which questions were answered makes no other body. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, entry) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  );
}

/** After the service has taken it in: only its answer stays in the browser, no answers and no profile. */
export function afterSending(instrument: Instrument, sent: Sent): Draft {
  return { ...emptyDraft(instrument), sent };
}

/**
 * A kept draft as today's instrument asks it. Within a series (`digitalcheck.1` and `digitalcheck.1.1`) items and codes are
 * the same; what is not in the instrument is left out. A submission under way keeps its own instrument.
 *
 * @returns undefined for the answers to another check: they do not fit
 */
export function adapted(draft: Draft, instrument: Instrument): Draft | undefined {
  if (!isSameSeries(draft.instrument, instrument.id)) return undefined;
  const { items, profile, questions } = instrument;
  const has = (list: { id: string; codes: { id: string }[] }[], id: string, code: string) =>
    list.some((entry) => entry.id === id && entry.codes.some((known) => known.id === code));
  return {
    ...draft,
    instrument: instrument.id,
    answers: filtered(draft.answers, (id) => items.some((item) => item.id === id)),
    profile: filtered(draft.profile, (id, code) => has(profile, id, code)),
    questions: filtered(draft.questions, (id, codes) => codes.every((code) => has(questions, id, code))),
  };
}

export const filtered = <V>(entries: Record<string, V>, isKept: (id: string, value: V) => boolean) =>
  Object.fromEntries(Object.entries(entries).filter(([id, value]) => isKept(id, value)));

/**
 * Whether two versions ask the same questions, as `digitalcheck.1` and `digitalcheck.1.1` do. (The contract's own
 * `seriesOf` would bring its schema library along.)
 */
export function isSameSeries(one: string, other: string): boolean {
  const seriesOf = (instrumentId: string) => instrumentId.split('.').slice(0, 2).join('.');
  return seriesOf(one) === seriesOf(other);
}
