import { type Context, Hono } from 'hono';
import { etag } from 'hono/etag';
import type { VNode } from 'preact';
import { NO_ASSETS } from '#web/site-assets.ts';
import type { ApiDependencies } from '../http/dependencies.ts';
import { problem } from '../http/problem.ts';
import { PROBLEMS, type ProblemName } from '../http/problem-texts.ts';
import { publicLanguage } from '../http/public-language.ts';

/** The api's own pages: its reference and its problems, each loaded when asked for. `?lang=en` is English, since a type URI has no language. */
export function pageRoutes({ origin, assets = NO_ASSETS }: Pick<ApiDependencies, 'assets' | 'origin'>) {
  const html = async (c: Context, page: VNode) => {
    const { renderPage } = await import('#web/render-page.tsx');
    return c.body(renderPage(page, assets), 200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Language': publicLanguage(c),
      'Cache-Control': 'public, max-age=60',
    });
  };
  return new Hono()
    .get('/docs/api', etag(), async (c) => {
      const { ReferencePage } = await import('./reference-page.tsx');
      return html(c, <ReferencePage lang={publicLanguage(c)} origin={origin ?? new URL(c.req.url).origin} />);
    })
    .get('/problems', etag(), async (c) => {
      const { ProblemsPage } = await import('./problem-page.tsx');
      return html(c, <ProblemsPage lang={publicLanguage(c)} />);
    })
    .get('/problems/:name', etag(), async (c) => {
      const lang = publicLanguage(c);
      const name = c.req.param('name');
      if (!Object.hasOwn(PROBLEMS, name)) throw problem('not-found');
      const { ProblemPage } = await import('./problem-page.tsx');
      return html(c, <ProblemPage lang={lang} name={name as ProblemName} />);
    });
}
