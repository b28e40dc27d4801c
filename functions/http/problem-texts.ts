import type { LocalText } from '#contracts/text';
import texts from './problems.json' with { type: 'json' };

/**
 * The closed catalogue of problems (problems.json), by name: `/problems/<name>` is the type URI and the page that explains
 * it. A name, once published, keeps its meaning and status.
 */
export const PROBLEMS = texts.problems as Record<ProblemName, ProblemText>;
export type ProblemName = keyof typeof texts.problems;

export interface ProblemText {
  status: 400 | 401 | 403 | 404 | 405 | 406 | 409 | 410 | 413 | 415 | 422 | 428 | 429 | 500 | 503;
  title: LocalText;
  /** `{words}` are filled in by who throws. */
  detail: LocalText;
  /** What to do about it; shown on the problem's page. */
  remedy: LocalText;
}

/** The words that a detail needs. */
export const PROBLEM_WORDS = {
  'submission-too-large': ['size', 'limit'],
  'receipt-mistyped': ['reason'],
  'too-many-requests': ['seconds'],
  'body-too-large': ['limit'],
  'method-not-allowed': ['allowed'],
  'not-acceptable': ['available'],
  'release-replaced': ['successor'],
  internal: ['requestId'],
} as const satisfies Partial<Record<ProblemName, string[]>>;
export type WordsOf<Name extends ProblemName> = Name extends keyof typeof PROBLEM_WORDS
  ? (typeof PROBLEM_WORDS)[Name][number]
  : never;

/** The rules that a single field can break; `{words}` as above. */
export const FIELD_RULES: Record<FieldRule, LocalText> = texts.rules;
export type FieldRule = keyof typeof texts.rules;
