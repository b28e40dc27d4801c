import { describe, expect, inject, test } from 'vitest';
import { axeViolations, DESKTOP, overflow, PHONE, visit } from './visit.ts';

/** The pages that are mostly text, and words that must be on them. */
const PAGES = [
  { path: '/de/daten', words: ['percentiles.csv', 'CC BY 4.0', 'Frühere Veröffentlichungen'] },
  { path: '/en/data', words: ['percentiles.csv', 'CC BY 4.0', 'Former releases'] },
  { path: '/de/methode', words: ['mindestens 10 Teilnahmen', 'Nicht zugesichert'] },
  { path: '/en/method', words: ['at least 10 participations', 'Not assured'] },
  { path: '/de/datenschutz', words: ['60 Monate', 'SHA-256', 'Ihre Rechte'] },
  { path: '/en/privacy', words: ['60 months', 'SHA-256', 'Your rights'] },
  { path: '/de/verbaende', words: ['Mitgliedergruppe', 'Was Verbände nie erhalten'] },
  { path: '/en/associations', words: ['What associations never get'] },
  { path: '/de/impressum', words: ['Noch nicht eingetragen'] },
  { path: '/en/imprint', words: ['Not filled in yet'] },
];

describe.each(PAGES)('$path', ({ path, words }) => {
  test('reads without JavaScript', async () => {
    await visit(
      path,
      async (page) => {
        const text = await page.locator('main').innerText();
        expect(words.filter((word) => !text.includes(word))).toEqual([]);
        expect(text).not.toMatch(/undefined|NaN|\[object/);
      },
      { hasScript: false },
    );
  });

  test.each([
    { width: PHONE },
    { width: DESKTOP, isDark: true },
    { width: DESKTOP, service: 'empty' as const },
    { width: PHONE, hasLargeText: true },
  ])('is accessible and never scrolls sideways: %j', async (how) => {
    await visit(
      path,
      async (page) => {
        expect(await overflow(page)).toBe(0);
        expect(await axeViolations(page)).toEqual([]);
      },
      how,
    );
  });
});

test('the method names the numbers of the release in force', async () => {
  const { releases } = (await (await fetch(`${inject('demoUrl')}v1/releases`)).json()) as {
    releases: { releaseId: string; cutoffOn: string }[];
  };
  const manifest = (await (await fetch(`${inject('demoUrl')}v1/releases/${releases[0]!.releaseId}`)).json()) as {
    cells: { state: string }[];
    policy: { minDaysBetweenReleases: number; homogeneityPercent: number };
  };
  const published = manifest.cells.filter(({ state }) => state === 'published').length;
  await visit('/de/methode', async (page) => {
    const text = await page.locator('main').innerText();
    expect(text).toContain(`Von ${manifest.cells.length} Gruppen des Katalogs sind darin ${published} zu sehen.`);
    expect(text).toContain(`mindestens ${manifest.policy.minDaysBetweenReleases} Tage`);
    expect(text).toContain(`mehr als ${manifest.policy.homogeneityPercent} Prozent`);
  });
});

test('every file of a release can be loaded from the data page', async () => {
  await visit('/de/daten', async (page) => {
    const links = await page
      .locator('a[href*="/files/"]')
      .evaluateAll((all: HTMLAnchorElement[]) => all.map(({ href }) => href));
    expect(links.length).toBeGreaterThan(30);
    const statuses = await Promise.all(links.map(async (href) => (await fetch(href, { method: 'HEAD' })).status));
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});
