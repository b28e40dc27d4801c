import { type Context, Hono } from 'hono';
import { etag } from 'hono/etag';
import type { VNode } from 'preact';
import { berlinDate } from '#contracts/calendar';
import type { Instrument } from '#contracts/instrument';
import { listedIn } from '#contracts/release';
import { seriesOf } from '#contracts/series';
import { Lang } from '#contracts/text';
import type { Instruments } from '#instruments/load-instruments';
import { newestVersion } from '#instruments/newest-version';
import { standingView } from '#views/standing-view';
import { NO_ASSETS } from '#web/site-assets.ts';
import { embedPath, LISTED_PAGES, meantPath, type PageName, pathTo, SITE_MAP } from '#web/site-map.ts';
import { pictureQuery } from '../api/asked-figures.ts';
import type { ApiDependencies } from '../http/dependencies.ts';
import { svgResponse } from '../http/figures-response.ts';
import { negotiateLanguage } from '../http/language.ts';
import { openToOtherSites } from '../http/open-to-other-sites.ts';
import { problem } from '../http/problem.ts';
import { EXAMPLE_PATHS, exampleStanding } from './example.ts';
import type { PageInput } from './page-view.ts';

/**
 * The pages for people, with the language in the path, their pictures and their assets. All are public, the same for
 * everybody, and cached for a short time; assets have hashed names and are cached for ever.
 */
export function siteRoutes({
  instruments,
  releases,
  files,
  operator,
  origin,
  now,
  assets = NO_ASSETS,
}: ApiDependencies) {
  const instrument = siteInstrument(instruments);
  const site = new Hono<{ Variables: { requestId: string } }>();
  const originOf = (c: Context) => origin ?? new URL(c.req.url).origin;

  async function inputFor(c: Context, lang: Lang): Promise<PageInput> {
    const head = await releases.head(seriesOf(instrument.id));
    const [newest] = listedIn(head);
    const manifest = newest === undefined ? undefined : await releases.manifest(newest);
    const { searchParams: query } = new URL(c.req.url);
    const today = berlinDate(now());
    return { lang, query, origin: originOf(c), today, instrument, manifest, head, releases, files, operator };
  }
  // Pages and what draws them are chunks of their own on Lambda: a start that answers a figure need not read them.
  const html = async (c: Context, lang: Lang, page: VNode) => {
    const { renderPage } = await import('#web/render-page.tsx');
    return c.body(renderPage(page, assets, originOf(c)), 200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Language': lang,
      ...PUBLIC,
    });
  };

  // An edge cache ignores Vary, so the one answer that depends on a header is never stored.
  site.get('/', (c) => {
    c.header('Cache-Control', 'no-store');
    return c.redirect(pathTo('start', negotiateLanguage(c.req.header('Accept-Language'))), 302);
  });
  site.get('/robots.txt', (c) => c.text(`User-agent: *\nAllow: /\nSitemap: ${originOf(c)}/sitemap.xml\n`, 200, PUBLIC));
  site.get('/sitemap.xml', (c) =>
    c.body(sitemap(originOf(c)), 200, { 'Content-Type': 'application/xml; charset=utf-8', ...PUBLIC }),
  );
  for (const lang of Lang.options) {
    site.get(`/${lang}`, (c) => c.redirect(pathTo('start', lang), 301));
    for (const page of Object.keys(SITE_MAP) as PageName[])
      site.get(pathTo(page, lang), etag(), async (c) => {
        const { VIEWS } = await import('./views.tsx');
        return html(c, lang, await VIEWS[page](await inputFor(c, lang)));
      });
    site.get(EXAMPLE_PATHS[lang], openToOtherSites, etag(), async (c) => {
      const standing = await exampleStanding(await inputFor(c, lang));
      return svgResponse(c, () => standingView({ ...standing, ...pictureQuery(c, { origin }) }), lang, PUBLIC);
    });
    site.get(embedPath(lang), etag(), async (c) => {
      const { embedView } = await import('./embed.tsx');
      return html(c, lang, await embedView(c, await inputFor(c, lang)));
    });
    for (const prefix of [lang, lang.toUpperCase()])
      site.get(`/${prefix}/*`, (c) => {
        const meant = meantPath(new URL(c.req.url).pathname);
        if (meant === undefined) throw problem('not-found');
        c.header('Cache-Control', 'no-store');
        return c.redirect(meant, 302);
      });
  }
  for (const [path, { body, type }] of assets.files)
    site.get(path, etag(), (c) =>
      c.body(body, 200, {
        'Content-Type': type,
        'Cache-Control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'public, max-age=86400',
      }),
    );
  return site;
}

const PUBLIC = { 'Cache-Control': 'public, max-age=60' };

/** Every listed page in every language, each with its address in the others (sitemaps.org, Google's `xhtml:link`). */
function sitemap(origin: string): string {
  const urls = LISTED_PAGES.flatMap((page) => {
    const alternates = Lang.options.map(
      (lang) => `<xhtml:link rel="alternate" hreflang="${lang}" href="${origin}${pathTo(page, lang)}"/>`,
    );
    return Lang.options.map((lang) => `<url><loc>${origin}${pathTo(page, lang)}</loc>${alternates.join('')}</url>`);
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${urls.join('\n')}
</urlset>
`;
}

/** The check the site is about: the newest version of the first series that asks questions. */
function siteInstrument(instruments: Instruments): Instrument {
  const all = [...instruments.values()].sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
  const first = all.find(({ kind }) => kind === 'questionnaire') ?? all[0];
  const newest = first && newestVersion(instruments, first.id);
  if (!newest) throw new Error('The site needs an instrument.');
  return newest;
}
