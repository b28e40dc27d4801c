import type { Context } from 'hono';
import type { VNode } from 'preact';
import type { Lang } from '#contracts/text';
import { NO_ASSETS, type SiteAssets } from '#web/site-assets.ts';

/** A page. What draws it is a chunk of its own on Lambda: a start that answers a figure need not read it. */
export async function htmlResponse(
  c: Context,
  page: VNode,
  assets: SiteAssets = NO_ASSETS,
  { lang, status = 200, headers }: { lang: Lang; status?: number; headers: Record<string, string> },
): Promise<Response> {
  const { renderPage } = await import('#web/render-page.tsx');
  return c.body(renderPage(page, assets), status as 200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Language': lang,
    ...headers,
  });
}
