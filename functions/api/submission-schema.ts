import * as z from 'zod';
import type { Instrument, ProfileAttribute, Question } from '#contracts/instrument';
import { Answer, SubmissionBody } from '#contracts/submission';
import { IsoDate } from '#contracts/text';
import type { Instruments } from '#instruments/load-instruments';
import { pointerTo } from '../http/json-body.ts';
import type { FieldFault, Word } from '../http/problem.ts';
import type { FieldRule } from '../http/problem-texts.ts';
import { breaks, faultsOf, plainText, reach } from './field-faults.ts';

/** A body narrowed to its instrument: every item, code and field in it exists there. */
export interface ParsedSubmission extends Omit<SubmissionBody, 'questions'> {
  questions?: Record<string, string[]> | undefined;
}

export type SubmissionParse =
  | { ok: true; instrument: Instrument; submission: ParsedSubmission }
  | { ok: false; faults: FieldFault[] };

const EARLIEST_DATE = '2000-01-01';
const MAX_ASSOCIATIONS = 3;

/**
 * The parser of submissions. Each instrument's schema is built once, when first asked for; a parse names every failing field at once.
 *
 * @param today the date in Berlin, asked for at each parse
 */
export function submissionParser(instruments: Instruments, today: () => string) {
  const schemas = new Map<string, z.ZodType>();
  const schemaOf = (instrument: Instrument) => {
    const schema = schemas.get(instrument.id) ?? schemaFor(instrument, today);
    schemas.set(instrument.id, schema);
    return schema;
  };

  return function parseSubmission(body: unknown): SubmissionParse {
    const id = isRecord(body) && Object.hasOwn(body, 'instrument') ? body.instrument : undefined;
    const instrument = typeof id === 'string' ? instruments.get(id) : undefined;
    if (instrument) {
      const parsed = schemaOf(instrument).safeParse(body);
      if (parsed.success) return { ok: true, instrument, submission: parsed.data as ParsedSubmission };
      return { ok: false, faults: parsed.error.issues.flatMap((issue) => submissionFaults(issue, body, instrument)) };
    }
    const general = SubmissionBody.safeParse(body);
    const faults = general.success
      ? []
      : general.error.issues.flatMap((issue) => submissionFaults(issue, body, undefined));
    const isNamed = faults.some((fault) => fault.field === '/instrument' || fault.field === '');
    return { ok: false, faults: isNamed ? faults : [{ field: '/instrument', rule: 'unknown-instrument' }, ...faults] };
  };
}

function schemaFor(instrument: Instrument, today: () => string) {
  const isQuestionnaire = instrument.kind === 'questionnaire';
  const answered: { id: string }[] = isQuestionnaire ? instrument.items : instrument.dimensions;
  const values = z
    .strictObject(byId(answered, () => (isQuestionnaire ? Answer : z.int().min(0).max(100)).optional()))
    .refine((given) => Object.keys(given).length > 0, breaks('too-few', { minimum: 1 }));
  const notWanted = z.undefined().optional();
  return z.strictObject({
    instrument: z.literal(instrument.id),
    profile: z.strictObject(byId(instrument.profile, attributeSchema)),
    conductedOn: IsoDate.refine((date) => date >= EARLIEST_DATE, breaks('date-too-early', { earliest: EARLIEST_DATE }))
      .refine((date) => date <= today(), breaks('date-in-future'))
      .optional(),
    answers: isQuestionnaire ? values : notWanted,
    scores: isQuestionnaire ? notWanted : values,
    questions: z.strictObject(byId(instrument.questions, questionSchema)).optional(),
    associations: z.array(plainText(1, 40)).max(MAX_ASSOCIATIONS).optional(),
    carrierSecret: plainText(8, 100).optional(),
    secondsTaken: SubmissionBody.shape.secondsTaken,
  });
}

const byId = <T extends { id: string }>(entries: T[], schemaOf: (entry: T) => z.ZodType) =>
  Object.fromEntries(entries.map((entry) => [entry.id, schemaOf(entry)]));

function attributeSchema(attribute: ProfileAttribute): z.ZodType {
  const code = z.enum(attribute.codes.map((entry) => entry.id));
  return attribute.required ? code : code.optional();
}

/** One code, or a list of up to `maxChoices` different ones; always a list afterwards. */
function questionSchema(question: Question): z.ZodType {
  const list = z
    .array(z.enum(question.codes.map((entry) => entry.id)))
    .min(1)
    .max(question.maxChoices)
    .refine((codes) => new Set(codes).size === codes.length, breaks('repeated-code'));
  const { exclusive } = question;
  const checked = exclusive
    ? list.refine(
        (codes) => codes.length === 1 || !codes.includes(exclusive),
        breaks('exclusive-code', { code: exclusive }),
      )
    : list;
  return z.preprocess((given) => (typeof given === 'string' ? [given] : given), checked).optional();
}

/** Faults of a submission: as everywhere, but for what its parts are called and may hold. */
function submissionFaults(issue: z.core.$ZodIssue, body: unknown, instrument: Instrument | undefined): FieldFault[] {
  const { path, value } = reach(body, issue.path);
  const section = String(path[0] ?? '');
  const isOfValue = issue.code !== 'unrecognized_keys' && issue.code !== 'custom' && value !== undefined;
  const fault = (rule: FieldRule, words: Record<string, Word> = {}): FieldFault[] => [
    { field: pointerTo(path), rule, words },
  ];
  if (isOfValue && instrument && section === (instrument.kind === 'questionnaire' ? 'scores' : 'answers'))
    return fault('not-for-this-instrument', { expected: section === 'scores' ? 'answers' : 'scores' });
  if (isOfValue && path.length === 2 && section === 'answers') return fault('invalid-answer');
  if (isOfValue && path.length === 2 && section === 'scores') return fault('invalid-score');
  return faultsOf(issue, body, UNKNOWN_KEY[section]);
}

const UNKNOWN_KEY: Record<string, FieldRule> = {
  answers: 'unknown-item',
  scores: 'unknown-dimension',
  questions: 'unknown-question',
  profile: 'unknown-attribute',
};

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
