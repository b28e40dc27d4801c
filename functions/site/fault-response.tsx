import type { Context } from 'hono';
import { parseAccept } from 'hono/utils/accept';
import { Lang } from '#contracts/text';
import type { SiteAssets } from '#web/site-assets.ts';
import { htmlResponse } from '../api/html-response.ts';
import { languageOf } from '../http/language.ts';
import { asProblem, problemBody } from '../http/problem.ts';

/** Whether somebody looks at this address in a browser: a page of the site, or what is no data and was asked for as HTML. */
export function isForPeople(c: Context): boolean {
  const { path } = c.req;
  if (pageLanguage(path)) return true;
  if (path.startsWith('/v1/')) return false;
  return parseAccept(c.req.header('Accept') ?? '').some(({ type, q }) => type === 'text/html' && q > 0);
}

/** What went wrong as a page, in the language of its address; the api's `problemResponse` for people. */
export async function faultResponse(c: Context, thrown: unknown, assets: SiteAssets): Promise<Response> {
  const requestId: string = c.get('requestId') ?? '';
  const error = asProblem(thrown, requestId);
  const lang = pageLanguage(c.req.path) ?? languageOf(c);
  const { status } = problemBody(error, lang);
  const seconds = Number(error.headers['Retry-After']);
  const kind =
    status === 429 || status === 503
      ? 'busy'
      : status >= 500
        ? 'trouble'
        : error.problemName === 'not-found'
          ? 'unknown'
          : 'wrong';
  const { FaultPage } = await import('#web/pages/fault.tsx');
  const page = <FaultPage lang={lang} kind={kind} seconds={seconds > 0 ? seconds : null} requestId={requestId} />;
  return htmlResponse(c, page, assets, { lang, status, headers: { 'Cache-Control': 'no-store', ...error.headers } });
}

const pageLanguage = (path: string): Lang | undefined => Lang.options.find((lang) => path.startsWith(`/${lang}/`));
