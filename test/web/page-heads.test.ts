import { describe, expect, test } from 'vitest';
import { Lang } from '#contracts/text';
import { LISTED_PAGES, type PageName, pathTo, SITE_MAP } from '#web/site-map.ts';
import { testService } from '../api/test-service.ts';

const service = await testService();
const PAGES = [
  ...(Object.keys(SITE_MAP) as PageName[]).flatMap((page) =>
    Lang.options.map((lang) => ({ path: pathTo(page, lang), lang })),
  ),
  { path: '/docs/api', lang: 'de' },
  { path: '/docs/api?lang=en', lang: 'en' },
  { path: '/problems/not-found', lang: 'de' },
];

describe.each(PAGES)('$path', ({ path, lang }) => {
  test('says its language, title and gist, and names itself in the other language', async () => {
    const response = await service.send(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Language')).toBe(lang);
    const html = await response.text();
    expect(html).toMatch(new RegExp(`^<!doctype html><html lang="${lang}">`));
    const content = (name: string) => new RegExp(`(?:name|property)="${name}" content="([^"]+)"`).exec(html)?.[1];
    const title = /<title>([^<]+)<\/title>/.exec(html)![1]!;
    expect(title).toContain('Sektorspiegel');
    expect(title).toContain(content('og:title')!);
    expect(content('description')!.length).toBeGreaterThan(40);
    expect(content('og:description')).toBe(content('description'));
    const alternates = [...html.matchAll(/rel="alternate" hreflang="([^"]+)" href="([^"]+)"/g)];
    expect(alternates.map(([, hreflang]) => hreflang)).toEqual(['de', 'en', 'x-default']);
    for (const [, hreflang, href] of alternates) {
      const other = await service.send(href!.replaceAll('&amp;', '&'));
      expect(other.headers.get('Content-Language')).toBe(hreflang === 'x-default' ? 'de' : hreflang);
    }
  });

  test('runs nothing of third parties and nothing inline, by its policy and in fact', async () => {
    const response = await service.send(path);
    const policy = response.headers.get('Content-Security-Policy')!;
    expect(policy).not.toMatch(/unsafe|https?:|\*|blob:/);
    for (const directive of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'"])
      expect(policy).toContain(directive);
    const html = await response.text();
    expect(html).not.toMatch(/\sstyle="|<style|\son\w+="/);
    expect(html).not.toMatch(/<script(?! type="(module|application\/json)")/);
    expect(html).not.toMatch(/(?:src|srcset)="(?:https?:)?\/\//);
    expect(html).not.toMatch(/<link[^>]+href="(?:https?:)?\/\//);
  });
});

test.each([
  ['/de/mitmachen%23association=c-0a1b2c3d&join=K7M2-P9QX', '/de/mitmachen#association=c-0a1b2c3d&join=K7M2-P9QX'],
  ['/de/mitmachen/', '/de/mitmachen'],
  ['/de/mitmachen.', '/de/mitmachen'],
  ['/DE/MITMACHEN', '/de/mitmachen'],
  ['/en/Join/', '/en/join'],
])('a link that a mail program has changed leads to its page: %s', async (changed, meant) => {
  const response = await service.send(changed);
  expect([response.status, response.headers.get('Location')]).toEqual([302, meant]);
});

test('a page has the same parts in both languages', async () => {
  const partsOf = async (path: string) =>
    [...(await (await service.send(path)).text()).matchAll(/<(?:h[1-6]|p|li|t[dhr]|a|summary|option)\b/g)].map(String);
  for (const page of Object.keys(SITE_MAP) as PageName[])
    expect(await partsOf(pathTo(page, 'en')), page).toEqual(await partsOf(pathTo(page, 'de')));
});

test('search engines are led to the pages for everybody, in both languages, and to nothing else', async () => {
  const robots = await (await service.send('http://spiegel.example.org/robots.txt')).text();
  expect(robots).toBe('User-agent: *\nAllow: /\nSitemap: http://spiegel.example.org/sitemap.xml\n');
  const response = await service.send('http://spiegel.example.org/sitemap.xml');
  expect(response.headers.get('Content-Type')).toBe('application/xml; charset=utf-8');
  const xml = await response.text();
  const listed = [...xml.matchAll(/<loc>http:\/\/spiegel\.example\.org([^<]*)<\/loc>/g)].map(([, path]) => path!);
  expect(listed).toEqual(LISTED_PAGES.flatMap((page) => Lang.options.map((lang) => pathTo(page, lang))));
  for (const path of listed) expect(await (await service.send(path)).text()).not.toContain('content="noindex"');
});
