import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { Instrument } from '#contracts/instrument';
import { axeViolations, expectSound, test, visit } from './visit.ts';

/** An operator who says as much as fits the page. */
const WORDY =
  'Verarbeitung im berechtigten Interesse nach Art. 6 Abs. 1 Buchst. f DSGVO, für kirchliche Träger nach § 6 DSG-EKD und § 6 KDG.';

test.each([
  ['/de/duerfen-wir', /Mitarbeitervertretung/],
  ['/en/may-we', /staff council/],
])('what has to be agreed to beforehand is one printed page: %s', async (path, council) => {
  await visit(path, async (page) => {
    await expectSound(page);
    expect(await page.locator('main').innerText()).toMatch(council);
    const pages = async () => {
      const pdf = await page.pdf({
        format: 'A4',
        margin: { top: '15mm', bottom: '15mm', left: '18mm', right: '18mm' },
      });
      return pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length;
    };
    expect(await pages()).toBe(1);
    for (const place of [7, 10])
      await page.locator(`.clearance > div:nth-child(${place}) dd`).evaluate((dd, words) => {
        dd.textContent = words;
      }, WORDY);
    expect(await pages()).toBe(1);
  });
});

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
