import * as z from 'zod';
import type { Instrument, ProfileAttribute, Question } from '#contracts/instrument';
import { Answer, SubmissionBody } from '#contracts/submission';
import { IsoDate } from '#contracts/text';
import type { Instruments } from '#instruments/load-instruments';
import { pointerTo } from '../http/json-body.ts';
import type { FieldFault, Word } from '../http/problem.ts';
import type { FieldRule } from '../http/problem-texts.ts';

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
      return { ok: false, faults: parsed.error.issues.flatMap((issue) => faultsOf(issue, body, instrument)) };
    }
    const general = SubmissionBody.safeParse(body);
    const faults = general.success ? [] : general.error.issues.flatMap((issue) => faultsOf(issue, body, undefined));
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

/** Text without control characters and lone surrogates. */
const plainText = (minimum: number, maximum: number) =>
  z
    .string()
    .min(minimum)
    .max(maximum)
    .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), breaks('invalid-text'));

/** Parameters of a zod check that carry the catalogue's rule instead of a message. */
const breaks = (rule: FieldRule, words: Record<string, Word> = {}) => ({ params: { rule, words } });

/** Translates a zod issue into faults of the catalogue, by where it is and what is there. */
function faultsOf(issue: z.core.$ZodIssue, body: unknown, instrument: Instrument | undefined): FieldFault[] {
  const { path, value } = reach(body, issue.path);
  const field = pointerTo(path);
  const section = path[0];
  const fault = (rule: FieldRule, words: Record<string, Word> = {}): FieldFault[] => [{ field, rule, words }];

  if (issue.code === 'unrecognized_keys') {
    const rule = UNKNOWN_KEY[String(section ?? '')] ?? 'unknown-field';
    return issue.keys.map((key) => ({ field: pointerTo([key], field), rule }));
  }
  if (issue.code === 'custom' && issue.params?.rule) return fault(issue.params.rule, issue.params.words);
  if (value === undefined) return fault('required');
  if (instrument && section === (instrument.kind === 'questionnaire' ? 'scores' : 'answers')) {
    return fault('not-for-this-instrument', { expected: section === 'scores' ? 'answers' : 'scores' });
  }
  if (path.length === 2 && section === 'answers') return fault('invalid-answer');
  if (path.length === 2 && section === 'scores') return fault('invalid-score');
  switch (issue.code) {
    case 'invalid_type':
      return fault('wrong-type', { expected: JSON_TYPES[issue.expected] ?? issue.expected });
    case 'invalid_value':
      return fault('unknown-code', { codes: issue.values.map(String).join(', ') });
    case 'too_big':
      return fault(issue.origin === 'string' ? 'too-long' : 'too-many', { maximum: Number(issue.maximum) });
    case 'too_small':
      return fault(issue.origin === 'string' ? 'too-short' : 'too-few', { minimum: Number(issue.minimum) });
    case 'invalid_format':
      if (section === 'conductedOn') return fault('invalid-date');
      return fault(section === 'instrument' ? 'unknown-instrument' : 'invalid-text');
    default:
      return fault('invalid-text');
  }
}

const UNKNOWN_KEY: Record<string, FieldRule> = {
  answers: 'unknown-item',
  scores: 'unknown-dimension',
  questions: 'unknown-question',
  profile: 'unknown-attribute',
};

const JSON_TYPES: Record<string, Word> = {
  object: { de: 'ein Objekt', en: 'an object' },
  record: { de: 'ein Objekt', en: 'an object' },
  array: { de: 'eine Liste', en: 'a list' },
  string: { de: 'ein Text', en: 'a text' },
  number: { de: 'eine Zahl', en: 'a number' },
  int: { de: 'eine ganze Zahl', en: 'a whole number' },
};

/** Follows a path as far as the body has it: one code stands for a list of one, so `/questions/a/0` may be `/questions/a`. */
function reach(body: unknown, path: PropertyKey[]): { path: PropertyKey[]; value: unknown } {
  let value = body;
  for (const [depth, key] of path.entries()) {
    if (typeof value !== 'object' || value === null) return { path: path.slice(0, depth), value };
    value = Object.hasOwn(value, key) ? (value as Record<PropertyKey, unknown>)[key] : undefined;
  }
  return { path, value };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
