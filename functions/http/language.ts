import type { Context } from 'hono';
import { parseAccept } from 'hono/utils/accept';
import { Lang } from '#contracts/text';

/**
 * The language the caller prefers, by Accept-Language with its q-values (RFC 9110, 12.5.4); regions count as their
 * language, `*` stands for the languages not named, `q=0` refuses one. German where nothing fits.
 */
export function negotiateLanguage(acceptLanguage: string | undefined): Lang {
  const weights = new Map<string, number>();
  for (const { type, q } of parseAccept(acceptLanguage ?? '')) {
    const language = type.toLowerCase().split('-')[0]!;
    weights.set(language, Math.max(weights.get(language) ?? 0, q));
  }
  const rest = weights.get('*') ?? 0;
  const german = weights.get('de') ?? rest;
  const english = weights.get('en') ?? rest;
  return english > german ? 'en' : 'de';
}

/** The language of an answer: `lang` in the query where it is given, since edges ignore `Vary`; else Accept-Language. */
export function languageOf(c: Context): Lang {
  const chosen = Lang.safeParse(c.req.query('lang'));
  return chosen.success ? chosen.data : negotiateLanguage(c.req.header('Accept-Language'));
}
