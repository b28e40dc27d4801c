import { gzipSync } from 'node:zlib';
import { describe, expect, inject } from 'vitest';
import { axeViolations, expectSound, test, visit } from './visit.ts';

describe.each([
  {
    path: '/de/',
    question: 'Wo stehen wir digital?',
    check: 'Check machen',
    other: '/en/',
    next: /(ab|möglich seit) \d+\. \p{L}+ \d{4}/u,
  },
  {
    path: '/en/',
    question: 'Where do we stand digitally?',
    check: 'Take the check',
    other: '/de/',
    next: /(from|possible since) \d+ \w+ \d{4}/,
  },
])('the start page $path', ({ path, question, check, other, next }) => {
  test('says what it is, for whom, how many took part and when the next release is due', async () => {
    await visit(path, async (page) => {
      expect(await page.locator('h1').innerText()).toBe(question);
      const facts = await page.locator('.edition').innerText();
      expect(facts).toMatch(/(mindestens|at least) \d+ (Einrichtungen|facilities)/);
      expect(facts).toMatch(next);
      expect(facts).toMatch(/Erfundene Beispieldaten aus einem Probebetrieb|Invented sample data of a trial/);
      const picture = await page
        .locator('.figure img')
        .evaluate((img: HTMLImageElement) => img.decode().then(() => img.naturalWidth));
      expect(picture).toBeGreaterThan(300);
      expect(await page.getByRole('link', { name: check }).getAttribute('href')).toBe(`${path}check`);
    });
  });

  test.each(['demo', 'empty'] as const)('is accessible and never scrolls sideways (%s)', async (service) => {
    await visit(path, expectSound, { service });
  });

  test('reads without JavaScript, and loads none', async () => {
    await visit(
      path,
      async (page) => {
        expect(await page.locator('h1').innerText()).toBe(question);
        expect(await page.locator('script').count()).toBe(0);
      },
      { hasScript: false },
    );
  });

  test('is light: page, style and icon, zipped, without the picture that comes later', async () => {
    const base = inject('demoUrl');
    const html = await (await fetch(new URL(path, base))).text();
    const parts = [...html.matchAll(/<link rel="(?:stylesheet|icon)" href="([^"]+)"/g)].map(([, href]) => href!);
    expect(parts).toHaveLength(2);
    const bodies = await Promise.all(parts.map(async (href) => (await fetch(new URL(href, base))).text()));
    const kilobytes = [html, ...bodies].reduce((sum, body) => sum + gzipSync(body).length, 0) / 1000;
    expect(kilobytes).toBeLessThan(25);
  });

  test('is used by keyboard: the skip link comes first and leads to the content', async () => {
    await visit(path, async (page) => {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip-link');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(check);
    });
  });

  test('the language switch leads to the same page', async () => {
    await visit(path, async (page) => {
      await page.locator('.language').click();
      expect(new URL(page.url()).pathname).toBe(other);
    });
  });
});

test('the bare address leads to the language of the browser, German for all others', async () => {
  const follow = async (accept: string) =>
    (await fetch(inject('demoUrl'), { headers: { 'Accept-Language': accept }, redirect: 'manual' })).headers.get(
      'Location',
    );
  expect(await follow('en-GB,en;q=0.9')).toBe('/en/');
  expect(await follow('de-AT')).toBe('/de/');
  expect(await follow('fr')).toBe('/de/');
});

test('before the first release the start page says so', async () => {
  await visit(
    '/de/',
    async (page) => {
      expect(await page.locator('.edition').innerText()).toMatch(/Noch keine Ausgabe\s+Die erste erscheint/);
      expect(await page.locator('figcaption').innerText()).toContain('und die Verteilung sind erfunden');
    },
    { service: 'empty' },
  );
});

test('an unknown page is told as a page', async () => {
  await visit('/de/gibt-es-nicht', async (page) => {
    expect(await page.locator('h1').innerText()).toBe('Diese Seite gibt es nicht');
    expect(await axeViolations(page)).toEqual([]);
  });
});
