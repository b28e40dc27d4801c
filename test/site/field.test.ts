import { describe, expect, inject } from 'vitest';
import { expectSound, test, visit } from './visit.ts';

interface Benchmark {
  cell: { items: Record<string, { atLeast: number[] }> };
  dimensions: { title: string; sentence: string }[];
}

/** Pages show shares in steps of five. */
const percent = (share: number) => `${Math.round(share / 5) * 5}\u00a0%`;

/** What the api says of a group: the page must say the same. */
async function published(group: string): Promise<Benchmark> {
  const query = new URLSearchParams({ instrument: 'digitalcheck.1', group });
  return (await (await fetch(`${inject('demoUrl')}v1/figures?${query}`)).json()) as Benchmark;
}

const ELDER_CARE = 'level=facility,sector=elder-care';

describe('the field', () => {
  test('shows the whole of the first unit type: pictures, every item, and its way over the releases', async () => {
    const { cell } = await published('all');
    await visit(
      '/de/feld',
      async (page) => {
        const pictures = await page
          .locator('.figure img')
          .evaluateAll((all: HTMLImageElement[]) =>
            Promise.all(all.map((img) => img.decode().then(() => img.naturalWidth))),
          );
        // The overview, the group and its way over the releases.
        expect(pictures).toHaveLength(3);
        expect(Math.min(...pictures)).toBeGreaterThan(300);
        expect(await page.locator('.levels').count()).toBe(Object.keys(cell.items).length);
        const first = await page
          .locator('tr', { hasText: 'Arbeitsplätze und Internet' })
          .locator('.levels svg')
          .first()
          .getAttribute('aria-label');
        expect(first).toContain(`Stufe 4: ${percent(cell.items.workplaces!.atLeast[3]!)}`);
        // Every published group stands in the overview and leads into itself.
        const groups = page.locator('.overview tbody a');
        expect(await groups.count()).toBeGreaterThan(5);
        await groups.last().click();
        expect(await page.locator('h2').first().innerText()).toMatch(/^Rund \d+ Einrichtungen .+/);
        await page.getByRole('link', { name: 'Alle Gruppen im Überblick' }).click();
        await page.locator('.overview').waitFor();
        await page.setViewportSize({ width: 360, height: 740 });
        await page.locator('.overview__tabs').getByRole('link', { name: 'Führung' }).click();
        expect(await page.locator('.overview [aria-current]').innerText()).toBe('Führung');
        const shown = await page.locator('.overview img').evaluate((img: HTMLImageElement) => img.currentSrc);
        expect(shown).toMatch(/dimension=leadership.*layout=narrow/);
      },
      { hasScript: false },
    );
  });

  test('a group is chosen by a form, without JavaScript; the figures are the api’s', async () => {
    const { dimensions } = await published(ELDER_CARE);
    await visit(
      '/de/feld',
      async (page) => {
        await page.getByLabel('Gruppe', { exact: true }).selectOption(ELDER_CARE);
        await page.getByRole('button', { name: 'Anzeigen' }).click();
        expect(await page.locator('h2').first().innerText()).toMatch(
          /^Rund \d+ Einrichtungen der Altenhilfe und Pflege$/,
        );
        await page.getByText('Dasselbe als Tabelle').click();
        const table = await page.locator('.disclosure[open] table').innerText();
        for (const { title, sentence } of dimensions) {
          expect(table).toContain(sentence.replace(`${title}: `, '').replace(/\.$/, ''));
        }
      },
      { hasScript: false },
    );
  });

  test('two groups of one unit type stand side by side', async () => {
    await visit(
      `/de/feld?${new URLSearchParams({ group: ELDER_CARE, with: 'level=facility,size=50-and-more' })}`,
      async (page) => {
        expect(await page.locator('h2').first().innerText()).toBe('Zwei Gruppen nebeneinander');
        const beside = page.locator('section[aria-labelledby=figures]');
        expect(await beside.locator('table').first().locator('thead th').count()).toBe(3);
        expect(await beside.locator('.figure img').count()).toBe(4);
        const { cell } = await published(ELDER_CARE);
        const bars = beside.locator('tr', { hasText: 'Arbeitsplätze und Internet' }).locator('svg');
        expect(await bars.first().getAttribute('aria-label')).toContain(percent(cell.items.workplaces!.atLeast[3]!));
        await expectSound(page);
      },
    );
  });

  test('how the same organisations moved is shown where it is published, else said; the figures are the api’s', async () => {
    const query = new URLSearchParams({ instrument: 'digitalcheck.1', group: 'all' });
    const { change } = (await (await fetch(`${inject('demoUrl')}v1/changes?${query}`)).json()) as {
      change: { participations: number; dimensions: Record<string, { cuts: { permille: number; value: number }[] }> };
    };
    const middle = change.dimensions.it!.cuts.find(({ permille }) => permille === 500)!.value;
    await visit('/de/feld', async (page) => {
      const text = await page.locator('main').innerText();
      expect(text).toContain(`bei rund ${change.participations}, die zweimal teilgenommen haben`);
      expect(text).toContain('Rückkehr zur Mitte');
      const row = page.locator('table', { hasText: 'Veränderung in Punkten' }).locator('tr', { hasText: 'IT' });
      expect(await row.locator('td').first().innerText()).toBe(
        middle > 0 ? `+${middle}` : `${middle || '±0'}`.replace('-', '−'),
      );
    });
    await visit(`/en/field?${new URLSearchParams({ group: 'level=facility,sector=daycare' })}`, async (page) =>
      expect(await page.locator('main').innerText()).toContain(
        'For this group it is not published, to protect participants',
      ),
    );
  });

  test('the language switch keeps the groups that were chosen', async () => {
    await visit(`/de/feld?${new URLSearchParams({ group: ELDER_CARE, with: 'level=facility' })}`, async (page) => {
      await page.locator('.language').click();
      expect(new URL(page.url()).pathname).toBe('/en/field');
      expect(await page.locator('h2').first().innerText()).toBe('Two groups side by side');
      expect(await page.locator('.main-nav a[aria-current=page]').innerText()).toBe('The field');
    });
  });

  test('unit types are never put side by side', async () => {
    await visit('/de/feld?group=level%3Dfacility&with=level%3Dcarrier', async (page) => {
      expect(await page.locator('main').innerText()).toContain('nie nebeneinandergestellt');
      expect(await page.locator('h2#figures').innerText()).toMatch(/^Rund \d+ Einrichtungen$/);
    });
  });

  test('what is not published is explained, with a way on', async () => {
    await visit('/de/feld?group=sector%3Delder-care%2Csize%3D1-9', async (page) => {
      const group = 'Einrichtungen der Altenhilfe und Pflege mit 1 bis 9 Beschäftigten';
      const notice = page.locator('.notice--warning');
      expect(await notice.innerText()).toContain(`${group}: zum Schutz nicht veröffentlicht`);
      expect(await page.locator('.figure').count()).toBe(0);
      expect(await page.getByLabel('Gruppe', { exact: true }).locator('option:checked').innerText()).toBe(
        `${group} (zum Schutz nicht veröffentlicht)`,
      );
      await expectSound(page);
      await page.locator('.notice--warning li a').first().click();
      expect(await page.locator('h2').first().innerText()).toContain('Rund');
    });
  });

  test('a group that does not exist is told as a page', async () => {
    await visit('/en/field?group=sector%3Dnobody', async (page) => {
      expect(await page.locator('h1').innerText()).toBe('There is nothing of that kind');
    });
  });

  test('says that nothing is published before the first release', async () => {
    await visit(
      '/de/feld',
      async (page) => {
        expect(await page.locator('main').innerText()).toContain('Noch ist nichts veröffentlicht');
        await expectSound(page);
      },
      { service: 'empty' },
    );
  });

  test.each(['/de/feld', '/en/field'])(
    'is accessible and never scrolls sideways with all of it open: %s',
    async (path) => {
      await visit(path, async (page) => {
        for (const summary of await page.locator('summary').all()) await summary.click();
        await expectSound(page);
      });
    },
  );
});
