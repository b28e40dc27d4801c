import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Challenge, Problem } from '#contracts/problem';
import type { Lang, LocalText } from '#contracts/text';
import { DamagedFile } from '#store/released-files';
import { languageOf } from './language.ts';
import { FIELD_RULES, type FieldRule, PROBLEMS, type ProblemName, type WordsOf } from './problem-texts.ts';

/**
 * Makes a problem of the closed catalogue, to be thrown: `throw problem('unknown-group')`,
 * `throw problem('body-too-large', { limit: 65_536 })`. The compiler asks for the words its detail needs.
 */
export function problem<Name extends ProblemName>(
  name: Name,
  ...[words, more]: [WordsOf<Name>] extends [never]
    ? [words?: Record<never, never>, more?: ProblemOptions]
    : [words: Record<WordsOf<Name>, Word>, more?: ProblemOptions]
): ProblemError {
  return new ProblemError(name, (words ?? {}) as Record<string, Word>, more ?? {});
}

/** A request whose `field` (`header:Name` or `query:name`) breaks a rule. */
export const invalidRequest = (...faults: FieldFault[]): ProblemError => problem('invalid-request', {}, { faults });

/** A word of a detail: the same in every language, or one for each. */
export type Word = string | number | LocalText;

/** A failing field before its message has a language. `field`: JSON pointer, `header:Name` or `query:name`. */
export interface FieldFault {
  field: string;
  rule: FieldRule;
  words?: Record<string, Word>;
}

export interface ProblemOptions {
  faults?: FieldFault[];
  headers?: Record<string, string>;
  challenge?: Challenge;
  /** What the log may hold about the cause; never sent. */
  cause?: unknown;
}

export class ProblemError extends Error {
  readonly problemName: ProblemName;
  readonly words: Record<string, Word>;
  readonly faults: FieldFault[];
  readonly headers: Record<string, string>;
  readonly challenge: Challenge | undefined;

  constructor(name: ProblemName, words: Record<string, Word>, options: ProblemOptions) {
    super(name, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ProblemError';
    this.problemName = name;
    this.words = words;
    this.faults = options.faults ?? [];
    this.headers = options.headers ?? {};
    this.challenge = options.challenge;
  }
}

/** The stable type URI, which is also the path of the page that explains the problem. */
export const problemType = (name: ProblemName): string => `/problems/${name}`;

/** The RFC 9457 body of a problem in a language. */
export function problemBody(error: ProblemError, lang: Lang): Problem {
  const entry = PROBLEMS[error.problemName];
  return {
    type: problemType(error.problemName),
    title: entry.title[lang],
    status: entry.status,
    detail: fillIn(entry.detail[lang], error.words, lang),
    ...(error.faults.length === 0
      ? {}
      : {
          errors: error.faults.map(({ field, rule, words }) => ({
            field,
            rule,
            message: fillIn(FIELD_RULES[rule][lang], words ?? {}, lang),
          })),
        }),
    ...(error.challenge === undefined ? {} : { challenge: error.challenge }),
  };
}

/**
 * The one place that answers with a problem. Whatever is not of the catalogue becomes `unavailable` (the store is
 * throttled or away) or `internal`, which repeat nothing of the cause.
 */
export function problemResponse(c: Context, thrown: unknown, requestId: string): Response {
  const error = asProblem(thrown, requestId);
  const lang = languageOf(c);
  const body = problemBody(error, lang);
  return c.body(JSON.stringify(body), body.status as 400, {
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Language': lang,
    'Cache-Control': 'no-store',
    Vary: 'Accept-Language',
    ...error.headers,
  });
}

/** What was thrown as a problem of the catalogue; a page for people tells it in words of its own. */
export function asProblem(thrown: unknown, requestId: string): ProblemError {
  if (thrown instanceof ProblemError) return thrown;
  if (thrown instanceof HTTPException && thrown.status >= 400 && thrown.status < 500) return problem('invalid-request');
  if (thrown instanceof DamagedFile) return problem('damaged-file');
  if (isStoreTrouble(thrown)) return problem('unavailable', {}, { headers: { 'Retry-After': '5' } });
  return problem('internal', { requestId });
}

/** The names under which the SDK reports throttling, and Node a store that cannot be reached. */
function isStoreTrouble(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const code = 'code' in thrown ? String(thrown.code) : '';
  return (
    /^(ProvisionedThroughputExceeded|Throttling|RequestLimitExceeded|ServiceUnavailable|InternalServerError|TimeoutError)/.test(
      thrown.name,
    ) || /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTFOUND|EPIPE)$/.test(code)
  );
}

function fillIn(template: string, words: Record<string, Word>, lang: Lang): string {
  return template.replaceAll(/\{(\w+)\}/g, (whole, key: string) => {
    const word = Object.hasOwn(words, key) ? words[key] : undefined;
    if (word === undefined) return whole;
    return typeof word === 'object' ? word[lang] : String(word);
  });
}
