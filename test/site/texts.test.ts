import { describe, expect, inject } from 'vitest';
import { axeViolations, DESKTOP, expectSound, overflow, PHONE, test, visit } from './visit.ts';

/** The pages that are mostly text, words that must be on them, and whether they tell of a release. */
const PAGES = [
  { path: '/de/daten', words: ['percentiles.csv', 'CC BY 4.0', 'Frühere Veröffentlichungen'], hasRelease: true },
  { path: '/en/data', words: ['percentiles.csv', 'CC BY 4.0', 'Earlier releases'], hasRelease: true },
  {
    path: '/de/methode',
    words: ['ab 20 Teilnahmen gezeigt', 'Nicht zugesichert', 'Wie Veränderung gemessen wird', 'Zensus 2022'],
    hasRelease: true,
  },
  {
    path: '/en/method',
    words: ['from 20 participations', 'Not assured', 'How change is measured', 'census of 2022'],
    hasRelease: true,
  },
  { path: '/de/datenschutz', words: ['60 Monate', 'SHA-256', 'Ihre Rechte', '766 Tage', '35 Tagen'] },
  { path: '/en/privacy', words: ['60 months', 'SHA-256', 'Your rights', '766 days', '35 days'] },
  { path: '/de/verbaende', words: ['Mitgliedergruppe', 'Was Verbände nie erhalten'] },
  { path: '/en/associations', words: ['What associations never get'] },
  { path: '/de/impressum', words: ['Noch nicht eingetragen'] },
  { path: '/en/imprint', words: ['Not filled in yet'] },
];

describe.each(PAGES)('$path', ({ path, words, hasRelease }) => {
  test('reads without JavaScript', async () => {
    const html = await (await fetch(new URL(path, inject('demoUrl')))).text();
    const text = /<main.*<\/main>/s.exec(html)![0].replaceAll(/<script.*?<\/script>|<[^>]+>/gs, ' ');
    expect(words.filter((word) => !text.includes(word))).toEqual([]);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  });

  test('is accessible and never scrolls sideways', async () => {
    await visit(path, expectSound);
  });

  test(hasRelease ? 'so it is before the first release' : 'is the same before the first release', async () => {
    if (hasRelease) return visit(path, expectSound, { service: 'empty' });
    const [one, other] = await Promise.all(
      [inject('demoUrl'), inject('emptyUrl')].map(async (base) =>
        (await (await fetch(new URL(path, base))).text()).replaceAll(new URL(base).origin, ''),
      ),
    );
    expect(other).toBe(one);
  });
});

test('the method names the numbers of the release in force', async () => {
  const { releases } = (await (await fetch(`${inject('demoUrl')}v1/releases`)).json()) as {
    releases: { releaseId: string; cutoffOn: string }[];
  };
  const manifest = (await (await fetch(`${inject('demoUrl')}v1/releases/${releases[0]!.releaseId}`)).json()) as {
    cells: { state: string }[];
    policy: { minParticipations: number; minNestedDifference: number; itemsFromN: number; verdictFromN: number };
    leftOut: { unitType: string; incomplete: number; underReview: number }[];
  };
  const published = manifest.cells.filter(({ state }) => state === 'published').length;
  const { policy } = manifest;
  await visit('/de/methode', async (page) => {
    const text = await page.locator('main').innerText();
    expect(text).toContain(`Von ${manifest.cells.length} Gruppen des Katalogs sind darin ${published} zu sehen.`);
    expect(text).toContain(`ab ${policy.minParticipations} Teilnahmen gezeigt`);
    expect(text).toContain(`um mindestens ${policy.minNestedDifference} unterscheiden`);
    expect(text).toContain(`ab ${policy.itemsFromN} Teilnahmen, nur von Gruppen`);
    expect(text).toContain(`weniger als ${policy.verdictFromN} Teilnahmen`);
    expect(text).toContain('In diesem Probebetrieb ist der Abstand zweier Stichtage frei');
    const { incomplete, underReview } = manifest.leftOut[0]!;
    expect(text).toContain(
      `Einrichtungen: rund ${incomplete} unvollständig, rund ${underReview} in Prüfung oder ausgeschlossen`,
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

// Its length makes axe slow: one look for each language, as the two differ in words alone.
test.each([
  { path: '/docs/api', width: PHONE, words: 'Braucht den Schlüssel des Verbands' },
  { path: '/docs/api?lang=en', width: DESKTOP, isDark: true, words: 'Needs the association’s key' },
])('the reference of the api is accessible and never scrolls sideways: %j', async ({ path, words, ...how }) => {
  await visit(
    path,
    async (page) => {
      const association = page.locator('article', { hasText: '/v1/associations/{id}/figures' }).first();
      expect(await association.innerText()).toContain(words);
      expect(await overflow(page)).toBe(0);
      expect(await axeViolations(page)).toEqual([]);
    },
    how,
  );
});
