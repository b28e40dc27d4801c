import { type Context, Hono } from 'hono';
import { etag } from 'hono/etag';
import type { VNode } from 'preact';
import { renderPage } from '#web/render-page.tsx';
import { NO_ASSETS } from '#web/site-assets.ts';
import type { ApiDependencies } from './dependencies.ts';
import { problem } from './problem.ts';
import { ProblemPage, ProblemsPage } from './problem-page.tsx';
import { PROBLEMS, type ProblemName } from './problem-texts.ts';
import { publicLanguage } from './public-language.ts';

/** The api's own pages: its reference and its problems. `?lang=en` is English, since a type URI has no language. */
export function pageRoutes({ assets = NO_ASSETS }: Pick<ApiDependencies, 'assets'>) {
  const html = (c: Context, page: VNode) =>
    c.body(renderPage(page, assets), 200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Language': publicLanguage(c),
      'Cache-Control': 'public, max-age=60',
    });
  return new Hono()
    .get('/docs/api', etag(), async (c) => {
      // Loaded when asked for: it brings the api's whole description along.
      const { ReferencePage } = await import('./reference-page.tsx');
      return html(c, <ReferencePage lang={publicLanguage(c)} />);
    })
    .get('/problems', etag(), (c) => html(c, <ProblemsPage lang={publicLanguage(c)} />))
    .get('/problems/:name', etag(), (c) => {
      const lang = publicLanguage(c);
      const name = c.req.param('name');
      if (!Object.hasOwn(PROBLEMS, name)) throw problem('not-found');
      return html(c, <ProblemPage lang={lang} name={name as ProblemName} />);
    });
}
