import { Hono } from 'hono';
import { etag } from 'hono/etag';
import type { Child } from 'hono/jsx';
import { panelIdOf } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import type { ApiDependencies } from './dependencies.ts';
import { PAGE_STYLE } from './page-style.ts';
import { problem } from './problem.ts';
import { ProblemPage, ProblemsPage } from './problem-page.tsx';
import { PROBLEMS, type ProblemName } from './problem-texts.ts';
import { publicLanguage } from './public-language.ts';
import { ReferencePage } from './reference-page.tsx';
import { type PanelInForce, StartPage } from './start-page.tsx';

/** The pages for people. All are public, without scripts, and cached for a short time; `?lang=en` is English. */
export function pageRoutes(deps: ApiDependencies) {
  return new Hono()
    .get('/', etag(), async (c) => {
      const lang = publicLanguage(c);
      const panels = await panelsInForce(deps);
      return c.body(
        render(<StartPage lang={lang} panels={panels} origin={new URL(c.req.url).origin} />),
        200,
        htmlIn(lang),
      );
    })
    .get('/docs/api', etag(), (c) => {
      const lang = publicLanguage(c);
      return c.body(render(<ReferencePage lang={lang} />), 200, htmlIn(lang));
    })
    .get('/problems', etag(), (c) => {
      const lang = publicLanguage(c);
      return c.body(render(<ProblemsPage lang={lang} />), 200, htmlIn(lang));
    })
    .get('/problems/:name', etag(), (c) => {
      const lang = publicLanguage(c);
      const name = c.req.param('name');
      if (!Object.hasOwn(PROBLEMS, name)) throw problem('not-found');
      return c.body(render(<ProblemPage lang={lang} name={name as ProblemName} />), 200, htmlIn(lang));
    })
    .get('/assets/page.css', etag(), (c) =>
      c.body(PAGE_STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'public, max-age=3600' }),
    );
}

const render = (page: Child) => `<!doctype html>${page}`;

const htmlIn = (lang: Lang) => ({
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Language': lang,
  'Cache-Control': 'public, max-age=60',
});

/** Each panel once, by its newest instrument version, with the manifest of the release in force. */
async function panelsInForce({ instruments, releases }: ApiDependencies): Promise<PanelInForce[]> {
  const versions = [...instruments.values()].sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
  const newest = new Map(versions.map((instrument) => [panelIdOf(instrument.id), instrument]));
  return Promise.all(
    [...newest].map(async ([panel, instrument]) => {
      const head = await releases.head(panel);
      const inForce = head?.releases[0];
      return { instrument, manifest: inForce ? await releases.manifest(inForce) : undefined };
    }),
  );
}
