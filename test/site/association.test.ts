import { describe, expect, test } from 'vitest';
import { DEMO_JOIN_CODE, demoAssociationKey } from '#functions/local/demo';
import { axeViolations, overflow, PHONE, visit } from './visit.ts';

const KEY = demoAssociationKey();
const ID = KEY.split('.')[0]!;

async function opened(page: Parameters<Parameters<typeof visit>[1]>[0], label = 'Schlüssel Ihres Verbands') {
  await page.getByLabel(label).fill(KEY);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Demo-Verband' }).waitFor();
}

describe('the association’s page', () => {
  test('opens with the key, shows members beside both references, and keeps the key nowhere', async () => {
    await visit('/de/verband', async (page) => {
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await opened(page);
      const text = (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ');
      expect(text).toMatch(/Mindestens \d+ von 45 Mitgliedern/);
      expect(text).toContain('Ganzes Feld');
      expect(text).toContain('Gleich zusammengesetztes Feld');
      expect(text).toContain('eine Zufallsstichprobe');
      expect(text).toMatch(/Fortschritt.*(ersten zum letzten Check|noch nicht veröffentlicht)/);
      await page.getByRole('img').first().waitFor();
      expect(asked.join()).not.toContain(KEY.split('.')[1]!);
      const kept = await page.evaluate(() =>
        JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
      );
      expect(kept).not.toContain(KEY.split('.')[1]!);
      await page.reload();
      await page.getByLabel('Schlüssel Ihres Verbands').waitFor();
    });
  });

  test('tells a wrong key in the reader’s language', async () => {
    await visit('/en/association', async (page) => {
      await page.getByLabel("Your association's key").fill('c-00000000.wrong');
      page.removeAllListeners('console');
      await page.keyboard.press('Enter');
      expect(await page.getByRole('alert').innerText()).toContain(
        'This association’s key is not valid'.replace('’', "'"),
      );
    });
  });

  test('is accessible and fits a phone, empty and opened', async () => {
    await visit(
      '/de/verband',
      async (page) => {
        expect(await axeViolations(page)).toEqual([]);
        await opened(page);
        await page.getByRole('img').first().waitFor();
        expect(await overflow(page)).toBe(0);
        expect(await axeViolations(page)).toEqual([]);
      },
      { width: PHONE },
    );
  });

  test('makes a report of four pages and a Nachweis, with the caveats in them', async () => {
    await visit('/de/verband', async (page) => {
      await opened(page);
      await page.getByRole('button', { name: 'Bericht' }).click();
      await page.locator('.report__page img').nth(1).waitFor();
      expect(await page.locator('.report__page').count()).toBe(4);
      expect(await page.locator('.report').innerText()).toMatch(/Näherung/);
      expect(await axeViolations(page)).toEqual([]);
      const pdf = await page.pdf({ format: 'A4' });
      expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(4);
      await page.getByRole('button', { name: 'Nachweis' }).click();
      const link = page.locator('.report a');
      expect(await link.innerText()).toMatch(/^http.*\/v1\/releases\/digitalcheck\.1-/);
      await page.evaluate(() => {
        navigator.clipboard.writeText = (text) => {
          document.body.dataset.copied = text;
          return Promise.resolve();
        };
      });
      await page.getByRole('button', { name: 'Text kopieren' }).click();
      await page.getByText('in der Zwischenablage').waitFor();
      const copied = await page.evaluate(() => document.body.dataset.copied);
      expect(copied).toContain('Nachweis der Beteiligung: Demo-Verband');
      expect(copied).toContain(await link.innerText());
    });
  });

  test('before the first release says so', async () => {
    await visit(
      '/de/verband',
      async (page) => {
        expect(await page.locator('h1').innerText()).toBe('Ihre Mitglieder im Überblick');
      },
      { service: 'empty' },
    );
  });
});

describe('the join page', () => {
  test.each([
    { path: '/de/mitmachen', go: 'Mit diesem Code zum Check', check: '/de/check' },
    { path: '/en/join', go: 'To the check with this code', check: '/en/check' },
  ])('$path carries the code in the fragment alone', async ({ path, go, check }) => {
    await visit(
      `${path}#association=${ID}&join=${DEMO_JOIN_CODE}`,
      async (page) => {
        await page.getByText('Demo-Verband, Telefon').waitFor();
        const href = await page.getByRole('link', { name: go }).getAttribute('href');
        expect(href).toBe(`${check}#join=${DEMO_JOIN_CODE}`);
        expect(await overflow(page)).toBe(0);
        expect(await axeViolations(page)).toEqual([]);
      },
      { width: PHONE },
    );
  });

  test('says without JavaScript what the association sees', async () => {
    await visit(
      '/de/mitmachen',
      async (page) => expect(await page.locator('main').innerText()).toContain('Ob Ihre Organisation teilgenommen hat'),
      { hasScript: false },
    );
  });
});
