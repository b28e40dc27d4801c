import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { Instrument } from '#contracts/instrument';
import { axeViolations, expectSound, test, visit } from './visit.ts';

const instrument = JSON.parse(await readFile('packages/instruments/digitalcheck.1.json', 'utf8')) as Instrument;

describe.each([
  { lang: 'de' as const, path: '/de/fragebogen' },
  { lang: 'en' as const, path: '/en/questionnaire' },
])('the blank questionnaire $path', ({ lang, path }) => {
  test('holds every question, anchor and code, without JavaScript', async () => {
    await visit(
      path,
      async (page) => {
        const text = (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ');
        const expected = [
          ...instrument.items.flatMap(({ title, question, anchors }) => [title, question, ...anchors]),
          ...instrument.profile.flatMap(({ question, why, codes }) => [
            question,
            why,
            ...codes.map(({ label }) => label),
          ]),
        ];
        expect(expected.filter((entry) => !text.includes(entry[lang]))).toEqual([]);
      },
      { hasScript: false },
    );
  });

  test('is accessible and never scrolls sideways, and on paper', async () => {
    await visit(path, async (page) => {
      await expectSound(page);
      await page.emulateMedia({ media: 'print' });
      expect(await axeViolations(page)).toEqual([]);
    });
  });

  test('prints at the press of a button', async () => {
    await visit(path, async (page) => {
      await page.evaluate(() => {
        window.print = () => document.body.setAttribute('data-printed', '');
      });
      await page.getByRole('button', { name: lang === 'de' ? 'Drucken' : 'Print' }).click();
      expect(await page.locator('body').getAttribute('data-printed')).toBe('');
    });
  });
});
