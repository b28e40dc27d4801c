import type { Context } from 'hono';
import { Lang } from '#contracts/text';
import { invalidRequest } from './problem.ts';

/**
 * The language of a public, cacheable answer: `lang` in the query alone, German without it.
 *
 * @throws ProblemError `invalid-request` for a language the service does not speak
 */
export function publicLanguage(c: Context): Lang {
  const asked = c.req.query('lang');
  const lang = Lang.safeParse(asked ?? 'de');
  if (lang.success) return lang.data;
  throw invalidRequest({ field: 'query:lang', rule: 'invalid-value', words: { expected: 'de, en' } });
}
