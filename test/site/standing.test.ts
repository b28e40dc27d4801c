import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { parse as parseCsv } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import type { Download, Page, Request } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import type { Instrument } from '#contracts/instrument';
import { groupReceipt, parseReceipt } from '#contracts/receipt';
import { DEMO_JOIN_CODE } from '#functions/local/demo';
import { DRAFT_KEY } from '../../web/check/kept-draft.ts';
import { CODE_KEY } from '../../web/kept-code.ts';
import { axeViolations, expectSound, islandsReady, test, visit } from './visit.ts';

const instrument = JSON.parse(await readFile('packages/instruments/digitalcheck.1.json', 'utf8')) as Instrument;
const { items } = instrument;

const LANGS = [
  {
    lang: 'de' as const,
    path: '/de/standort',
    field: 'Rückkehr-Code',
    show: 'Zeigen, wo wir stehen',
    typo: /Tippfehler/,
    unknown: /nichts gespeichert/,
    offline: 'Keine Verbindung',
    busy: 'Gerade ist viel los',
    trouble: 'Im Dienst ist etwas schiefgegangen',
    again: 'Noch einmal versuchen',
    association: 'Ihr Verband',
    noRelease: 'Noch kein Vergleich',
    protectedTitle: 'Zum Schutz nicht veröffentlicht',
    forget: 'Code vergessen und schließen',
    remember: /Bis zum Schließen/,
    exactly: 'Genauer',
    draft: 'Ansehen, ohne zu senden',
    openBoard: 'Vorlage öffnen',
    slides: 'Als Folien sichern (PowerPoint)',
    resolution: 'Beschlussvorschlag',
    finding: /^In Innovation liegen Sie vor der Mitte, in den anderen Bereichen ungefähr in der Mitte\.$/,
  },
  {
    lang: 'en' as const,
    path: '/en/standing',
    field: 'Return code',
    show: 'Show where we stand',
    typo: /A typo/,
    unknown: /Nothing is stored/,
    offline: 'No connection',
    busy: 'Very busy right now',
    trouble: 'Something went wrong in the service',
    again: 'Try again',
    association: 'Your association',
    noRelease: 'No comparison yet',
    protectedTitle: 'Not published, to protect participants',
    forget: 'Forget the code and close',
    remember: /Remember until/,
    exactly: 'More exactly',
    draft: 'Look without sending',
    openBoard: 'Open the paper',
    slides: 'Save as slides (PowerPoint)',
    resolution: 'Draft resolution',
    finding: /^In innovation you are ahead of the middle, in the other areas about in the middle\.$/,
  },
];
type Words = (typeof LANGS)[number];

async function enter(page: Page, words: Words, code = inject('demoReceipt')): Promise<void> {
  await page.getByRole('textbox', { name: words.field }).fill(code);
  await page.getByRole('button', { name: words.show }).click();
}
const shown = (page: Page) => page.locator('#finding').waitFor();
/** The first picture has arrived and can be drawn. */
const pictured = (page: Page) =>
  page
    .locator('.standing-picture img')
    .first()
    .evaluate((img: HTMLImageElement) => img.decode().then(() => img.naturalWidth));

/** A well-formed code under which nothing is stored. */
const UNUSED = '000-000-000-000-000-000-000-000-000';

/** A check of this browser that is not sent: everything at `level`. */
function keepDraft(page: Page, level: number, profile: Record<string, string>): Promise<void> {
  const draft = {
    format: 1,
    instrument: instrument.id,
    answers: Object.fromEntries(items.map(({ id }) => [id, level])),
    profile,
    questions: {},
    joinCodes: [],
  };
  return page.evaluate(([key, text]) => localStorage.setItem(key!, text!), [DRAFT_KEY, JSON.stringify(draft)]);
}

/** A browser that listens elsewhere has its files elsewhere: they come as a stream. */
async function bytesOf(download: Download): Promise<Buffer> {
  return buffer(await download.createReadStream());
}
const textOf = async (download: Download) => (await bytesOf(download)).toString('utf8');

describe.each(LANGS)('where you stand, $lang', (words) => {
  const { lang, path } = words;

  test('with the code: finding, group and picture; the rest behind one "Genauer"; the code is nowhere in the browser', async () => {
    await visit(path, async (page) => {
      const sent: Request[] = [];
      page.on('request', (request) => sent.push(request));
      await enter(page, words);
      await shown(page);
      expect(await pictured(page)).toBe(900);
      // The demo house's own field is too small for verdicts: the next larger group's stand in a line.
      expect(await page.locator('#finding').innerText()).toMatch(/rund 45 Einrichtungen|around 45 facilities/);
      const told = await page.locator('.standing').innerText();
      for (const { title } of instrument.dimensions)
        expect(await page.locator('.standing-picture img').getAttribute('alt')).toContain(title[lang]);
      expect(told).toMatch(/Gesamt: Sie \d+, Mitte \d+ Punkte\.|Overall: you \d+, middle \d+ points\./);
      expect(told).toMatch(/Die Teilnahme ist freiwillig|Taking part is voluntary/);
      expect(told).not.toMatch(/zufällig verschoben|shifted at random|%/);

      await page.getByText(words.exactly, { exact: true }).click();
      expect(await page.locator('details table tbody tr').count()).toBe(5);
      expect(await page.locator('details[open]').innerText()).toMatch(/zufällig verschoben|shifted at random/);
      await page.locator('select#group').selectOption({ index: 2 });
      await page.waitForFunction(() => !/\d/.test(document.querySelector('#finding')?.textContent ?? ''));
      expect(await page.locator('#finding').innerText()).toMatch(words.finding);

      const code = parseReceipt(inject('demoReceipt'));
      const secret = code.ok ? code.receipt : '';
      const left = await page.evaluate(() =>
        JSON.stringify([location.href, document.body.innerHTML, { ...localStorage }, { ...sessionStorage }]),
      );
      for (const writing of [secret, groupReceipt(secret)]) {
        expect(left).not.toContain(writing);
        expect(sent.map((request) => request.url()).join()).not.toContain(writing);
      }
    });
  });

  test('says nothing twice', async () => {
    await visit(path, async (page) => {
      await enter(page, words);
      await pictured(page);
      for (const summary of await page.locator('summary').all()) await summary.click();
      // What may be chosen is named where it is chosen, too.
      await page.locator('select').evaluateAll((all) => all.map((select) => select.remove()));
      const text = await page.locator('.standing').innerText();
      const sentences = text.split(/(?<=[.:])\s+|\n+/).filter((sentence) => sentence.split(' ').length > 4);
      expect(sentences.filter((sentence, index) => sentences.indexOf(sentence) !== index)).toEqual([]);
      expect(sentences.length).toBeGreaterThan(15);
    });
  });

  test('headline and first rows lie within the first screen of a phone', async () => {
    await visit(
      path,
      async (page) => {
        await page.setViewportSize({ width: 360, height: 740 });
        await enter(page, words);
        expect(await pictured(page)).toBe(360);
        const top = await page.evaluate(() => {
          const at = (name: string) => document.querySelector(name)!.getBoundingClientRect();
          return {
            finding: at('#finding').top,
            rows: at('.standing-picture img').top + (2 / 4) * at('.standing-picture img').height,
          };
        });
        expect(top.finding).toBeGreaterThanOrEqual(0);
        // The key and the first two of four rows.
        expect(top.rows).toBeLessThanOrEqual(740);
      },
      { width: 360 },
    );
  });

  test('in the dark the picture is dark at once, and printed light without another request', async () => {
    await visit(
      path,
      async (page) => {
        await enter(page, words);
        await pictured(page);
        const drawn = () =>
          page
            .locator('.standing-picture img')
            .evaluate((img: HTMLImageElement) => decodeURIComponent(img.currentSrc).includes('#14181d'));
        expect(await drawn()).toBe(true);
        const asked: string[] = [];
        page.on('request', (request) => asked.push(request.url()));
        await page.emulateMedia({ media: 'print' });
        await page.waitForFunction(() => {
          const img = document.querySelector<HTMLImageElement>('.standing-picture img')!;
          return !decodeURIComponent(img.currentSrc).includes('#14181d');
        });
        expect(asked.filter((url) => url.startsWith('http'))).toEqual([]);
      },
      { isDark: true },
    );
  });

  test('by keyboard alone, from the field to the result and into what lies behind it', async () => {
    await visit(path, async (page) => {
      await page.getByRole('textbox', { name: words.field }).focus();
      await page.keyboard.type(inject('demoReceipt').toLowerCase().replaceAll('-', ' '));
      await page.keyboard.press('Enter');
      await shown(page);
      await pictured(page);
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('finding');
      const focused = () => page.evaluate(() => document.activeElement?.tagName);
      for (let steps = 0; (await focused()) !== 'SUMMARY' && steps < 9; steps += 1) await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await page.locator('details').first().getAttribute('open')).toBe('');
    });
  });

  test('a typo is named as one, before anything is sent', async () => {
    await visit(path, async (page) => {
      let asked = 0;
      page.on('request', (request) => {
        if (request.url().includes('/v1/')) asked += 1;
      });
      const right = inject('demoReceipt');
      for (const wrong of [`${right.slice(0, -1)}${right.endsWith('0') ? '1' : '0'}`, right.slice(4), 'U', ''])
        await enter(page, words, wrong).then(async () => {
          const fault = await page.locator('.field__fault').innerText();
          expect(fault).toMatch(wrong === '' ? /./ : words.typo);
        });
      expect(asked).toBe(0);
      expect(await page.getByRole('textbox', { name: words.field }).getAttribute('aria-invalid')).toBe('true');
      expect(await axeViolations(page)).toEqual([]);
    });
  });

  test('a code under which nothing is stored', async () => {
    await visit(path, async (page) => {
      await enter(page, words, UNUSED);
      await page.getByText(words.unknown).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.locator('.standing-wait .button').click();
      expect(await page.getByRole('textbox', { name: words.field }).inputValue()).toBe('');
    });
  });

  test.each([
    { failure: 'offline' as const, title: words.offline },
    { failure: 429 as const, title: words.busy },
    { failure: 500 as const, title: words.trouble },
  ])('$failure is told, and the same again goes on', async ({ failure, title }) => {
    await visit(path, async (page) => {
      if (failure === 'offline') await page.context().setOffline(true);
      else
        await page.route('**/v1/standing?*', (route) =>
          route.fulfill({ status: failure, headers: { 'Retry-After': '7' }, body: 'busy' }),
        );
      await enter(page, words);
      await page.getByText(title, { exact: true }).waitFor();
      if (failure === 429) expect(await page.locator('.notice').innerText()).toContain('7 ');
      expect(await axeViolations(page)).toEqual([]);
      await page.context().setOffline(false);
      await page.unroute('**/v1/standing?*');
      await page.getByRole('button', { name: words.again }).click();
      await shown(page);
    });
  });

  test('a lost connection while switching groups keeps what is shown', async () => {
    await visit(path, async (page) => {
      await enter(page, words);
      await pictured(page);
      const before = await page.locator('#finding').innerText();
      await page.context().setOffline(true);
      await page.locator('.group-shown button').first().click();
      await page.getByText(words.offline, { exact: true }).waitFor();
      expect(await page.locator('#finding').innerText()).toBe(before);
    });
  });

  test('a finer group that is published is one tap away', async () => {
    await visit(path, async (page) => {
      await enter(page, words);
      const before = await page.locator('.group-shown p').first().innerText();
      expect(before).toMatch(/die erste der festen Reihenfolge|the first in the fixed order/);
      await page.locator('.group-shown button').first().click();
      await page.waitForFunction((text) => document.querySelector('.group-shown p')?.textContent !== text, before);
      expect(await page.locator('.group-shown p').first().innerText()).toMatch(/wie gewählt|as chosen/);
      await page.getByText(words.exactly, { exact: true }).click();
      expect(await page.locator('details[open]').innerText()).toMatch(/zum Schutz nicht|to protect/);
    });
  });

  test('before the first release: the own results, and why there is no comparison', async () => {
    await visit(
      path,
      async (page) => {
        const { receipt } = (await (await fetch(`${inject('emptyUrl')}v1/receipts`, { method: 'POST' })).json()) as {
          receipt: string;
        };
        const answered = await fetch(`${inject('emptyUrl')}v1/submissions`, {
          method: 'POST',
          headers: {
            Authorization: `Bearer ${receipt}`,
            'Idempotency-Key': 'once',
            'Content-Type': 'application/json',
          },
          body: JSON.stringify({
            instrument: instrument.id,
            profile: { level: 'facility', sector: 'daycare', size: '10-49', region: 'de-he' },
            answers: Object.fromEntries(items.slice(0, 7).map(({ id }) => [id, 3])),
          }),
        });
        expect(answered.status).toBe(201);
        await enter(page, words, receipt);
        await page.locator('.notice__title', { hasText: words.noRelease }).waitFor();
        // Of two questions answered in "processes" no score is made, and that is said.
        expect(await page.locator('.standing').innerText()).toMatch(/2 (von mindestens|of at least) 4/);
        expect(await pictured(page)).toBe(900);
        expect(await axeViolations(page)).toEqual([]);
      },
      { service: 'empty' },
    );
  });

  test('where nothing of the own groups is published, this is explained', async () => {
    await visit(path, async (page) => {
      await page.route('**/v1/standing?*', async (route) => {
        if (route.request().headers().accept !== 'application/json') return route.continue();
        const response = await route.fetch();
        const answer = await response.json();
        const line = {
          state: 'no-comparison',
          range: null,
          verdict: null,
          zone: null,
          cuts: null,
          words: '–',
          detail: '',
        };
        return route.fulfill({
          response,
          json: {
            ...answer,
            state: 'nothing-published',
            notes: [],
            group: {
              ...{ asked: null, shown: null, label: null, participations: null, reason: 'nothing-published' },
              ...{ sentence: 'Warum: Schutz.', alternatives: [], larger: null, ownField: null },
            },
            dimensions: answer.dimensions.map((entry: object) => ({ ...entry, ...line })),
          },
        });
      });
      await enter(page, words);
      await page.getByText(words.protectedTitle, { exact: true }).waitFor();
      expect(await page.locator('.notice').innerText()).toContain('Warum: Schutz.');
      expect(await page.locator('.group-shown').count()).toBe(0);
      expect(await axeViolations(page)).toEqual([]);
    });
  });

  test('a tab remembers the code only when asked to, and forgets it when told to', async () => {
    await visit(path, async (page) => {
      await page.getByLabel(words.remember).check();
      await enter(page, words);
      await shown(page);
      await page.reload();
      await shown(page);
      await page.getByRole('button', { name: words.forget }).click();
      await page.getByRole('textbox', { name: words.field }).waitFor();
      expect(await page.evaluate((key) => sessionStorage.getItem(key), CODE_KEY)).toBeNull();
    });
  });

  test('Vega takes over at the first touch of the picture, and says its values', async () => {
    await visit(path, async (page) => {
      const loaded: string[] = [];
      page.on('request', (request) => loaded.push(request.url()));
      await enter(page, words);
      await pictured(page);
      expect(loaded.filter((url) => /vega|draw-picture/.test(url))).toEqual([]);
      await page.locator('.standing-picture').first().hover();
      await page.locator('[data-is-drawn]').waitFor();
      expect(await page.locator('.standing-picture img').isVisible()).toBe(false);
      const half = page.locator('.live-picture svg .mark-rect path[fill="#e4eaf0"]').nth(1);
      await half.hover({ force: true, position: { x: 3, y: 3 } });
      await page.locator('.live-picture__words').waitFor();
      expect(await page.locator('.live-picture__words').innerText()).toMatch(
        /^IT – (mittlere Hälfte der Gruppe|middle half of the group): \d+–\d+$/,
      );
      expect(await axeViolations(page)).toEqual([]);
    });
  });

  test('the picture and the figures can be saved, without the code in them', async () => {
    await visit(path, async (page) => {
      await enter(page, words);
      await pictured(page);
      await page.getByText(words.exactly, { exact: true }).click();
      const code = inject('demoReceipt');
      const save = async (name: string) => {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.locator('.downloads').first().getByRole('button', { name }).click(),
        ]);
        expect(download.suggestedFilename()).not.toContain(code);
        return download;
      };
      const svg = await textOf(await save('SVG'));
      expect(svg).toMatch(new RegExp(`^<svg lang="${lang}" [^>]*width="900"`));
      const csv = await textOf(await save('CSV'));
      expect(parseCsv(csv, { columns: true })).toHaveLength(5);
      const spec = await textOf(await save('Vega-Lite'));
      // That it is valid is tested where it is made: test/views/pictures.test.ts.
      expect(JSON.parse(spec)).toMatchObject({
        $schema: expect.stringContaining('vega-lite/v6'),
        layer: expect.any(Array),
      });
      for (const text of [svg, csv, spec]) expect(text).not.toContain(code);
      const png = await bytesOf(await save('PNG'));
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      expect(png.readUInt32BE(16)).toBe(2 * 900);
    });
  });

  test('what has changed stands beside the group’s change, with regression to the mean', async () => {
    await visit(path, async (page) => {
      await enter(page, words);
      await pictured(page);
      const section = page.locator('details').nth(1);
      await section.locator('summary').click();
      const sentences = await section.locator('li').allInnerTexts();
      expect(sentences).toHaveLength(5);
      for (const sentence of sentences)
        expect(sentence).toMatch(
          /(\([+−]\d+\)|unverändert \d+ Punkte|unchanged at \d+ points); (die Gruppe|the group) [+−±]\d+\.$/,
        );
      expect(await section.innerText()).toMatch(/Rückkehr zur Mitte|regression to the mean/);
      await section.locator('.standing-picture img').waitFor();
    });
  });

  test('an unsent check is compared here: nothing of it leaves the browser', async () => {
    await visit(path, async (page) => {
      await keepDraft(page, 3, { level: 'facility', sector: 'elder-care', size: '50-249', region: 'de-nw' });
      await page.reload();
      await islandsReady(page);
      const sent: Request[] = [];
      page.on('request', (request) => sent.push(request));
      await page.getByRole('button', { name: words.draft }).click();
      await shown(page);
      expect(await pictured(page)).toBe(900);
      expect(await page.locator('.standing').innerText()).toMatch(/Sie 75, Mitte|you 75, middle/);
      expect(await page.locator('select#group option').count()).toBeGreaterThan(2);
      // The pointer rests where the picture came up: its next move is enough.
      await page.mouse.move(640, 450);
      await page.locator('.standing-picture').hover();
      await page.locator('[data-is-drawn]').waitFor();
      expect(sent.every((request) => request.method() === 'GET' && !request.headers().authorization)).toBe(true);
      expect(
        sent.map((request) => new URL(request.url()).pathname).filter((path) => path.startsWith('/v1/')),
      ).not.toContain('/v1/standing');
      expect(await axeViolations(page)).toEqual([]);
    });
  });

  test('a member reads whom to ask in its association; a check without a code shows nothing of it', async () => {
    const base = inject('demoUrl');
    const send = async (associations: string[]) => {
      const { receipt } = (await (await fetch(`${base}v1/receipts`, { method: 'POST' })).json()) as { receipt: string };
      const sent = await fetch(`${base}v1/submissions`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${receipt}`,
          'Idempotency-Key': 'member',
          'Content-Type': 'application/json',
        },
        body: JSON.stringify({
          instrument: instrument.id,
          profile: { level: 'facility', sector: 'elder-care', size: '50-249', region: 'de-nw' },
          answers: Object.fromEntries(items.map(({ id }) => [id, 2])),
          associations,
        }),
      });
      expect(sent.status).toBe(201);
      return receipt;
    };
    const [member, other] = [await send([DEMO_JOIN_CODE]), await send([])];
    await visit(path, async (page) => {
      const asked = page.waitForRequest((request) => request.url().includes('/v1/associations/'));
      await enter(page, words, member);
      expect(Object.keys(await (await asked).allHeaders())).not.toContain('authorization');
      const block = page.getByRole('region', { name: words.association });
      await block.waitFor();
      expect(await block.innerText()).toContain('Demo-Verband, Telefon 030 000000');
      await expectSound(page, () => pictured(page));
    });
    await visit(path, async (page) => {
      await enter(page, words, other);
      await shown(page);
      await pictured(page);
      expect(await page.getByRole('region', { name: words.association }).count()).toBe(0);
    });
  });

  test('says the same of an unsent check as the service of the same check sent', async () => {
    const base = inject('demoUrl');
    const profile = { level: 'facility', sector: 'elder-care', size: '50-249', region: 'de-nw' };
    const { receipt } = (await (await fetch(`${base}v1/receipts`, { method: 'POST' })).json()) as { receipt: string };
    await fetch(`${base}v1/submissions`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${receipt}`, 'Idempotency-Key': 'same', 'Content-Type': 'application/json' },
      body: JSON.stringify({
        instrument: instrument.id,
        profile,
        answers: Object.fromEntries(items.map(({ id }) => [id, 2])),
      }),
    });
    const read = async (page: Page) => {
      await page.getByText(words.exactly, { exact: true }).click();
      return {
        title: await page.locator('#finding').innerText(),
        group: await page.locator('.group-shown').innerText(),
        figures: await page.locator('details table').innerText(),
        choices: await page.locator('select#group option').allInnerTexts(),
        picture: decodeURIComponent((await page.locator('.standing-picture img').first().getAttribute('src')) ?? ''),
      };
    };
    const fromService = await visit(path, async (page) => {
      await enter(page, words, receipt);
      await pictured(page);
      return read(page);
    });
    const fromDraft = await visit(path, async (page) => {
      await keepDraft(page, 2, profile);
      await page.goto(`${path}#unsent`);
      await page.reload();
      await pictured(page);
      return read(page);
    });
    expect(fromDraft).toEqual(fromService);
  });

  test('a paper for the board: a resolution that can be edited, in the voice of the house, no sentence twice', async () => {
    await visit(path, async (page) => {
      await enter(page, words);
      await pictured(page);
      await page.getByRole('button', { name: words.openBoard }).click();
      const sheets = page.locator('.sheet');
      await page.locator('.sheet__picture').evaluate((img: HTMLImageElement) => img.decode());
      const resolution = page.getByRole('textbox', { name: words.resolution });
      await page.locator('.board-form input[type=text]').nth(1).fill('Ziele schriftlich festhalten');
      expect(await sheets.nth(1).innerText()).toContain('Ziele schriftlich festhalten');
      await resolution.fill(`${await resolution.inputValue()}\n6. Der Beschluss gilt ab heute.`);
      expect(await sheets.nth(1).innerText()).toContain('6. Der Beschluss gilt ab heute.');
      const saving = page.waitForEvent('download');
      await page.getByRole('button', { name: words.slides }).click();
      const slides = unzipSync(await buffer(await (await saving).createReadStream()));
      const decision = Object.entries(slides)
        .filter(([name]) => /^ppt\/slides\/slide\d+\.xml$/.test(name))
        .at(-1)!;
      expect(strFromU8(decision[1])).toContain('6. Der Beschluss gilt ab heute.');
      await page.locator('.sheet__head').evaluateAll((all) => all.map((head) => head.remove()));
      const paper = await page.locator('.paper').innerText();
      expect(paper).not.toContain(inject('demoReceipt'));
      expect(paper).not.toMatch(/\bSie\b|\bIhr|\b[Yy]ou\b|\b[Yy]our\b/);
      expect(paper).toMatch(/unsere Einrichtung|our facility/i);
      const sentences = paper.split(/(?<=[.:])\s+|\n+/).filter((sentence) => sentence.split(' ').length > 4);
      expect(sentences.filter((sentence, index) => sentences.indexOf(sentence) !== index)).toEqual([]);
      expect(await axeViolations(page)).toEqual([]);
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('h1').isVisible()).toBe(false);
      expect(await page.locator('.board-form').isVisible()).toBe(false);
    });
  });

  test('the paper has two pages in every group, and with the longest words', async () => {
    await visit(path, async (page) => {
      await enter(page, words);
      await pictured(page);
      await page.getByRole('button', { name: words.openBoard }).click();
      const margin = { top: '15mm', bottom: '15mm', left: '18mm', right: '18mm' };
      const pages = async () => {
        await page.locator('.sheet__picture').evaluate((img: HTMLImageElement) => img.decode());
        const pdf = await page.pdf({ format: 'A4', margin });
        return pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length;
      };
      expect(await pages()).toBe(2);
      await page.getByText(words.exactly, { exact: true }).click();
      const group = page.locator('select#group');
      const keys = await group
        .locator('option')
        .evaluateAll((all) => all.map((option) => (option as HTMLOptionElement).value));
      expect(keys.length).toBeGreaterThan(3);
      for (const key of keys.slice(1)) {
        const drawn = page.waitForResponse(
          (response) => response.url().includes('setting=board') && response.url().includes(encodeURIComponent(key)),
        );
        await group.selectOption(key);
        await drawn;
        expect(await pages(), key).toBe(2);
      }
      const longest =
        'Trägerorganisationen der Hilfe in besonderen sozialen Situationen mit 1.000 und mehr Beschäftigten';
      await page.locator('.sheet p, .sheet li').evaluateAll((lines, words) => {
        for (const line of lines) line.textContent = line.textContent?.replace(/Einrichtungen|facilities/, words) ?? '';
      }, longest);
      expect(await pages()).toBe(2);
    });
  });

  test('is accessible and never scrolls sideways, from the code to the paper for the board', async () => {
    await visit(path, async (page) => {
      await expectSound(page);
      await enter(page, words);
      await pictured(page);
      for (const summary of await page.locator('summary').all()) await summary.click();
      await page.getByRole('button', { name: words.openBoard }).click();
      await page.locator('.sheet__picture').waitFor();
      await expectSound(page, () => pictured(page));
    });
  });

  test('without JavaScript it says why it needs it, and the code cannot be sent', async () => {
    await visit(
      path,
      async (page) => {
        expect(await page.locator('main').innerText()).toMatch(/braucht JavaScript|needs JavaScript/);
        expect(await page.getByRole('textbox', { name: words.field }).isDisabled()).toBe(true);
      },
      { hasScript: false },
    );
  });
});

test('the result takes no more than 60 KB of JavaScript, gzipped, before the picture is touched', async () => {
  await visit('/de/standort', async (page) => {
    // The first load is part of it.
    const scripts: Promise<readonly [string, number]>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script')
        scripts.push(response.body().then((body) => [response.url(), gzipSync(body).length] as const));
    });
    await page.reload();
    await islandsReady(page);
    await enter(page, LANGS[0]!);
    await pictured(page);
    const sizes = new Map(await Promise.all(scripts));
    const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThan(5_000);
    expect(total).toBeLessThanOrEqual(60 * 1024);
  });
});
