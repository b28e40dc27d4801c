import { describe, expect, inject, test } from 'vitest';
import { axeViolations, DESKTOP, overflow, PHONE, visit } from './visit.ts';

/** The pages that are mostly text, and words that must be on them. */
const PAGES = [
  { path: '/de/daten', words: ['percentiles.csv', 'CC BY 4.0', 'Frühere Veröffentlichungen'] },
  { path: '/en/data', words: ['percentiles.csv', 'CC BY 4.0', 'Former releases'] },
  {
    path: '/de/methode',
    words: ['mindestens 10 Teilnahmen', 'Nicht zugesichert', 'Wie Veränderung gemessen wird', 'Korrelation'],
  },
  { path: '/en/method', words: ['at least 10 participations', 'Not assured', 'How change is measured', 'correlation'] },
  { path: '/de/datenschutz', words: ['60 Monate', 'SHA-256', 'Ihre Rechte', '400 Tage', '35 Tagen'] },
  { path: '/en/privacy', words: ['60 months', 'SHA-256', 'Your rights', '400 days', '35 days'] },
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
    policy: { minDaysBetweenReleases: number; homogeneityPercent: number; minOpenParticipations: number };
    heldBack: { state: 'not-enough' } | { state: 'counted'; atLeast: number };
  };
  const published = manifest.cells.filter(({ state }) => state === 'published').length;
  await visit('/de/methode', async (page) => {
    const text = await page.locator('main').innerText();
    expect(text).toContain(`Von ${manifest.cells.length} Gruppen des Katalogs sind darin ${published} zu sehen.`);
    expect(text).toContain(`mindestens ${manifest.policy.minDaysBetweenReleases} Tage`);
    expect(text).toContain(`mehr als ${manifest.policy.homogeneityPercent} Prozent`);
    expect(text).toContain(`braucht sie ${manifest.policy.minOpenParticipations}.`);
    const { heldBack } = manifest;
    expect(text).toContain(
      heldBack.state === 'counted' ? `mindestens ${heldBack.atLeast} deshalb` : 'weniger als 10 deshalb',
    );
  });
});

test('every file of a release is described on the data page and can be loaded from there', async () => {
  await visit('/de/daten', async (page) => {
    const contents = await page.locator('main table tbody tr td:nth-child(2)').allTextContents();
    expect(contents.length).toBeGreaterThan(30);
    expect(contents.filter((content) => content.trim() === '')).toEqual([]);
    const citation = await page.locator('.citation').first().innerText();
    const address = /http\S+$/.exec(citation)![0];
    expect(new URL(address).origin).toBe(new URL(page.url()).origin);
    expect((await fetch(address)).status).toBe(200);
    const links = await page
      .locator('a[href*="/files/"]')
      .evaluateAll((all: HTMLAnchorElement[]) => all.map(({ href }) => href));
    expect(links.length).toBeGreaterThan(30);
    const statuses = await Promise.all(links.map(async (href) => (await fetch(href, { method: 'HEAD' })).status));
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});

test.each([
  { path: '/docs/api', width: PHONE, words: 'Braucht den Schlüssel des Verbands' },
  { path: '/docs/api?lang=en', width: DESKTOP, isDark: true, words: 'Needs the association’s key' },
])('the reference of the api is accessible and never scrolls sideways: %j', async ({ path, words, ...how }) => {
  await visit(
    path,
    async (page) => {
      const association = page.locator('article', { hasText: '/v1/association/{id}/figures' }).first();
      expect(await association.innerText()).toContain(words);
      expect(await overflow(page)).toBe(0);
      expect(await axeViolations(page)).toEqual([]);
    },
    how,
  );
});
