import { buffer } from 'node:stream/consumers';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect } from 'vitest';
import type { AssociationOverview, CampaignPlan } from '#contracts/answers/association';
import { addDays } from '#contracts/calendar';
import { DEMO_JOIN_CODE, demoAssociationKeys } from '#functions/local/demo';
import { invitationHashOf } from '#store/hashes';
import { axeViolations, expectSound, PHONE, test, visit } from './visit.ts';

/** One association so small that protection leaves little, and one large enough to see its members' progress. */
const [SMALL, UMBRELLA] = demoAssociationKeys() as [Demo, Demo];
type Demo = ReturnType<typeof demoAssociationKeys>[number];
type Page = Parameters<Parameters<typeof visit>[1]>[0];
const KEY = SMALL.key;
const ID = KEY.split('.')[0]!;

async function opened(page: Page, { name, key }: Demo = SMALL, label = 'Schlüssel Ihres Verbands') {
  await page.getByLabel(label).fill(key);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name }).waitFor();
}

/** Cells of a table, row by row. */
const rowsOf = (page: Page, caption: string) =>
  page
    .getByRole('table', { name: caption })
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));

/** Prints with the margins that browsers add. */
const printed = async (page: Page) => {
  const margin = { top: '15mm', right: '15mm', bottom: '15mm', left: '15mm' };
  const pdf = await page.pdf({ format: 'A4', margin });
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)!.length;
};

describe('the association’s page', () => {
  test('opens with the key, shows members beside both references, and keeps the key nowhere', async () => {
    await visit('/de/verband', async (page) => {
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      // As a word processor and a chat hand it on: with invisible signs, another dash and a line break.
      await opened(page, { ...SMALL, key: `\u200b${KEY.replaceAll('-', '\u2013')}\u2060\n` });
      await page.getByText('Die Werte als Tabelle').click();
      const text = (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ');
      expect(text).toContain('Noch keine Runde');
      expect(text).toContain('Erfundene Beispieldaten');
      expect(text).toContain('Ganzes Feld');
      expect(text).toContain('Gleich zusammengesetztes Feld');
      expect(text).toContain('Die Teilnahme ist freiwillig');
      expect(text).toContain('zum Schutz zufällig verschoben');
      expect(text).toMatch(
        /Was sich verändert hat Wie sich Ihre Mitglieder verändert haben, ist nicht veröffentlicht\. Dafür müssen/,
      );
      expect(text).toContain('Das gleich zusammengesetzte Feld lässt sich nur bestimmen, wo');
      await page.getByText('Die einzelnen Fragen', { exact: true }).click();
      expect(await page.locator('main').innerText()).toContain(
        'nur für alle Mitglieder zusammen gezeigt, und erst ab 40',
      );
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

  test('shows a large association its members beside the field, its progress and its rounds, filled', async () => {
    await visit('/de/verband', async (page) => {
      await opened(page, UMBRELLA);
      expect(await page.locator('.lead').last().innerText()).toMatch(/Mitglieder.*\.$/);
      await page.getByText('Die Werte als Tabelle').click();
      const compared = await rowsOf(page, 'Mitte (Median) in Punkten von 0 bis 100');
      expect(compared).toHaveLength(5);
      const difference =
        /^([+−±]?\d+ bis [+−±]?\d+|erst ab etwa \d+ zu erkennen \([+−±]?\d+ bis [+−±]?\d+\)|nicht bestimmbar)$/;
      for (const row of compared)
        expect(row.slice(1)).toEqual([
          expect.stringMatching(/^\d+$/),
          expect.stringMatching(/^\d+$/),
          expect.stringMatching(difference),
          expect.stringMatching(/^(etwa \d+|nicht bestimmbar)$/),
          expect.stringMatching(difference),
        ]);
      const progress = await rowsOf(
        page,
        'Mittlere Veränderung vom ersten zum letzten Check derer, die zweimal teilgenommen haben, in Punkten',
      );
      expect(progress).toHaveLength(5);
      for (const [, members, field, apart, ...rose] of progress) {
        for (const side of [members, field]) expect(side).toMatch(/^[+−±]\d+$/);
        expect(apart).toMatch(difference);
        for (const share of rose) expect(share).toMatch(/^(\d*[05]\s%|–)$/);
      }
      expect(await page.locator('main').innerText()).toContain('Rückkehr zur Mitte');
      // A round that is over has a number, one that began lately may have none yet.
      expect(
        (await rowsOf(page, 'Wie viele angesprochen wurden')).map(([, whom, tookPart]) => [whom, tookPart]),
      ).toEqual([
        ['200 Mitglieder', expect.stringMatching(/^rund \d*[05] \(nach dem Ende gezählt am .*\)$/)],
        ['200 Mitglieder', expect.stringMatching(/^(rund \d*[05]|zu wenige für eine Zahl) \(gezählt am .*\)$/)],
      ]);
    });
  });

  test('makes a campaign: days are checked, codes are made here and handed out as file and letters', async () => {
    await visit('/de/verband', async (page) => {
      await opened(page);
      const sent: { url: string; plan: CampaignPlan }[] = [];
      // The demo is everybody's: what the service does with a plan is tested in test/api/campaigns.test.ts.
      await page.route('**/campaigns/*', (route) => {
        const plan = route.request().postDataJSON() as CampaignPlan;
        sent.push({ url: route.request().url(), plan });
        return route.fulfill({ status: 201, json: { id: route.request().url().slice(-10), ...plan } });
      });
      await page.route('**/overview*', async (route) => {
        const overview = (await (await route.fetch()).json()) as AssociationOverview;
        const made = sent.map(({ url, plan: { codes, ...plan } }) => ({
          id: url.slice(-10),
          ...plan,
          ...(codes ? { invitations: codes.length } : {}),
        }));
        await route.fulfill({ json: { ...overview, campaigns: made } });
      });
      await page.getByRole('button', { name: 'Runden' }).click();
      await page.getByText('Neue Runde anlegen').click();
      await page.getByLabel('Letzter Tag').fill('2020-01-01');
      await page.getByRole('button', { name: 'Runde anlegen' }).click();
      await page.getByText('Eine Runde beginnt, endet und hat Ergebnisse, in dieser Reihenfolge.').waitFor();
      const first = await page.getByLabel('Erster Tag').inputValue();
      await page.getByLabel('Letzter Tag').fill(addDays(first, 20));
      await page.getByLabel('Wie viele Organisationen laden Sie ein?').fill('12');
      await page.getByLabel('Jede Organisation bekommt einen eigenen Code').check();
      await page.getByRole('button', { name: 'Runde anlegen' }).click();
      await page.getByText('12 Codes sind gezogen').waitFor();
      expect(sent).toHaveLength(1);

      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Codes als Datei (CSV)' }).click(),
      ]);
      const [head, ...lines] = (await buffer(await file.createReadStream())).toString().trimEnd().split('\r\n');
      expect(head).toBe('\ufeffcode;link');
      const codes = lines.map((line) => line.split(';')[0]!);
      expect(codes).toEqual(codes.toSorted());
      // What the service is sent are the hashes of the codes in the file, and nothing from which they could be found.
      expect(sent[0]!.plan.codes).toEqual(codes.map((code) => invitationHashOf(code.replaceAll('-', ''))));

      await page.evaluate(() => {
        window.print = () => {
          const sheets = [...document.querySelectorAll<HTMLElement>('.print-sheet')];
          Object.assign(window, { printed: sheets.map((sheet) => sheet.textContent) });
        };
      });
      const printedBy = async (button: string) => {
        await page.getByRole('button', { name: button }).click();
        await page.waitForFunction(() => 'printed' in window);
        const texts = await page.evaluate(() => (window as unknown as { printed: string[] }).printed);
        await page.evaluate(() => Reflect.deleteProperty(window, 'printed'));
        return texts;
      };
      const letters = await printedBy('Briefe drucken');
      expect(letters).toHaveLength(12);
      for (const [place, letter] of letters.entries()) expect(letter).toContain(`Ihr Einladungscode: ${codes[place]}`);
      const [poster = ''] = await printedBy('Aushang drucken');
      expect(poster).toContain('Ihr Einladungscode steht in unserem Brief.');
      await page.getByLabel('Für welches Handlungsfeld?').selectOption('Altenhilfe und Pflege');
      expect(await page.getByLabel('So lautet der Text').inputValue()).toContain(
        'dem Handlungsfeld Altenhilfe und Pflege.',
      );

      await page.getByRole('button', { name: 'Tag ändern' }).waitFor();
      await page.getByLabel('Letzter Tag der Runde').fill(addDays(first, 30));
      await page.getByRole('button', { name: 'Tag ändern' }).click();
      await expect.poll(() => sent.length).toBe(2);
      expect(sent[1]).toMatchObject({ url: sent[0]!.url, plan: { closesOn: addDays(first, 30) } });
      expect(sent[1]!.plan).not.toHaveProperty('codes');
      await expectSound(page);
    });
  });

  test('lists obstacles and wishes first, each with its most frequent answer, the rest a click away', async () => {
    await visit('/de/verband', async (page) => {
      await opened(page, UMBRELLA);
      const questions = page.locator('summary').filter({ hasText: 'am häufigsten' });
      const titles = await questions.allInnerTexts();
      expect(titles.length).toBeGreaterThan(0);
      for (const title of titles) expect(title).toMatch(/\s+am häufigsten: .*, \d*[05]\s%$/s);
      const rank = (title: string) => [/^Was hindert/, /^Welche Unterstützung/].findIndex((first) => first.test(title));
      const ranks = titles.map(rank).map((place) => (place < 0 ? 9 : place));
      expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      const answers = page.locator('details', { has: questions.first() }).getByRole('table');
      expect(await answers.isVisible()).toBe(false);
      await questions.first().focus();
      await page.keyboard.press('Enter');
      expect(await answers.isVisible()).toBe(true);
    });
  });

  test('gives each picture as a PNG of twice the size, light whatever the screen shows', async () => {
    await visit(
      '/de/verband',
      async (page) => {
        await opened(page, UMBRELLA);
        await page.getByRole('button', { name: 'Bild als PNG' }).nth(1).waitFor();
        for (const [place, name] of ['Mitglieder und Feld.png', 'Stand je Stichtag.png'].entries()) {
          const [download] = await Promise.all([
            page.waitForEvent('download'),
            page.getByRole('button', { name: 'Bild als PNG' }).nth(place).click(),
          ]);
          expect(download.suggestedFilename()).toBe(name);
          const png = await buffer(await download.createReadStream());
          expect(png.subarray(1, 4).toString()).toBe('PNG');
          expect(png.readUInt32BE(16)).toBe(1800);
          // A picture that failed to draw would be one colour, and pack to a few kilobytes.
          expect(png.length).toBeGreaterThan(20_000);
          const corner = await page.evaluate(async (data) => {
            const bytes = Uint8Array.from(atob(data), (symbol) => symbol.charCodeAt(0));
            const context = new OffscreenCanvas(1, 1).getContext('2d')!;
            context.drawImage(await createImageBitmap(new Blob([bytes], { type: 'image/png' })), 0, 0);
            return [...context.getImageData(0, 0, 1, 1).data];
          }, png.toString('base64'));
          expect(corner).toEqual([255, 255, 255, 255]);
        }
      },
      { isDark: true, width: PHONE },
    );
  });

  test('tells a wrong key in the reader’s language', async () => {
    await visit('/en/association', async (page) => {
      await page.getByRole('button', { name: 'Open' }).click();
      await page.getByText('Please enter your association’s key.').waitFor();
      const enter = async (key: string) => {
        await page.getByLabel('Your association’s key').fill(key);
        await page.keyboard.press('Enter');
      };
      await enter('c-00000000.wrong');
      await page.getByText('This is not a complete key.').waitFor();
      await enter(`c-00000000.${'x'.repeat(43)}`);
      await page.getByRole('alert').filter({ hasText: "association's key is not valid" }).waitFor();
      await page.route('**/v1/associations/**', (route) => route.abort('internetdisconnected'));
      await enter(KEY);
      await page.getByText('No connection').waitFor();
      await page.unroute('**/v1/associations/**');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('heading', { name: SMALL.name }).waitFor();
    });
  });

  test('is accessible and never scrolls sideways, empty and opened', async () => {
    await visit('/de/verband', async (page) => {
      await expectSound(page);
      await opened(page, UMBRELLA);
      await page.getByRole('img').first().waitFor();
      await expectSound(page);
    });
  });

  test.each([SMALL, UMBRELLA])(
    'makes a report of four pages and a Nachweis of one for $name, with the caveats in them',
    async (association) => {
      await visit('/de/verband', async (page) => {
        await opened(page, association);
        await page.getByRole('button', { name: 'Bericht' }).click();
        await page.locator('.report__page img').nth(1).waitFor();
        expect(await page.locator('.report__page').count()).toBe(4);
        const report = await page.locator('.report').innerText();
        expect(report).toMatch(/ganzen Feld.*so zusammengesetzt.*Näherung/s);
        expect(report).toContain('Erfundene Beispieldaten aus einem Probebetrieb.');
        expect(report).toContain('Einrichtungen Ihres Verbands');
        expect(await axeViolations(page)).toEqual([]);
        expect(await printed(page)).toBe(4);
        const [file] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name: 'Als Folien sichern' }).click(),
        ]);
        const slide = unzipSync(await buffer(await file.createReadStream()))['ppt/slides/slide1.xml'];
        const onSlide = strFromU8(slide!).replaceAll(/<[^>]+>/g, ' ');
        expect(onSlide).toContain(association.name);
        for (const shown of ['Mitglieder', 'Feld']) expect(onSlide).toContain(shown);
        await page.getByRole('button', { name: 'Nachweis' }).click();
        expect(await printed(page)).toBe(1);
        const link = page.locator('.report a');
        expect(await link.innerText()).toMatch(/^http.*\/de\/daten#digitalcheck\.1-/);
        await page.evaluate(() => {
          navigator.clipboard.writeText = (text) => {
            document.body.dataset.copied = text;
            return Promise.resolve();
          };
        });
        await page.getByRole('button', { name: 'Text kopieren' }).click();
        await page.getByText('in der Zwischenablage').waitFor();
        const copied = await page.evaluate(() => document.body.dataset.copied);
        expect(copied).toMatch(new RegExp(`Nachweis der Beteiligung\\s+${association.name}`));
        expect(copied).toMatch(/ab 20 Organisationen.*zweimal teilgenommen.*Teilnahme ist freiwillig/s);
        expect(copied).toContain(await link.innerText());
        // Whoever follows the link reads; that of a release since followed by another opens where it is folded away.
        const address = await link.innerText();
        await link.click();
        await page
          .getByRole('table', { name: address.split('#')[1]! })
          .first()
          .waitFor();
        const former = page.locator('details [id^="digitalcheck."]').first();
        expect(await former.isVisible()).toBe(false);
        await page.evaluate((id) => location.assign(`#${id}`), await former.getAttribute('id'));
        await former.waitFor();
      });
    },
  );

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
        const code = page.getByRole('textbox');
        await code.fill('K7M2-P9QQ');
        await page.getByRole('link', { name: go }).click();
        await page
          .getByRole('alert')
          .filter({ hasText: /Tippfehler|typo/ })
          .waitFor();
        await code.fill(DEMO_JOIN_CODE);
        const href = await page.getByRole('link', { name: go }).getAttribute('href');
        expect(href).toBe(`${check}#join=${DEMO_JOIN_CODE}`);
        await expectSound(page);
      },
      { width: PHONE },
    );
  });

  test('says without JavaScript what the association sees', async () => {
    await visit(
      '/de/mitmachen',
      async (page) =>
        expect(await page.locator('main').innerText()).toContain(
          'Eine Liste, wer teilgenommen hat: Die gibt es nicht.',
        ),
      { hasScript: false },
    );
  });
});
