import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import type { Download, Page } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import type { Instrument } from '#contracts/instrument';
import { groupReceipt, makeReceipt } from '#contracts/receipt';
import type { OwnSubmission } from '#contracts/submission';
import type { Lang } from '#contracts/text';
import { proofOfWork } from '#functions/http/proof-of-work';
import { organisationOf } from '#store/hashes';
import { DRAFT_KEY } from '../../web/check/kept-draft.ts';
import { receiptMark } from '../../web/check/receipt-mark.ts';
import {
  axeViolations,
  DESKTOP,
  expectSound,
  islandsReady,
  overflow,
  PHONE,
  test,
  type Visit,
  visit,
} from './visit.ts';

const instrument = JSON.parse(await readFile('packages/instruments/digitalcheck.1.json', 'utf8')) as Instrument;
const PROFILE = { level: 'facility', sector: 'elder-care', size: '50-249', region: 'de-nw' };

const LABELS = {
  de: {
    begin: 'Check beginnen',
    resume: 'Weitermachen',
    open: 'Diese Frage ist noch offen',
    skip: 'Frage überspringen',
    look: 'Alle Bereiche ansehen',
    onward: 'Weiter zum Vergleich',
    toCode: 'Weiter zum Rückkehr-Code',
    next: 'Weiter',
    toSummary: 'Weiter: prüfen und abschicken',
    send: 'Jetzt abschicken',
    sent: 'Angekommen. Vielen Dank!',
    first: 'Nein, zum ersten Mal',
    hasCode: 'Ja, und der Rückkehr-Code liegt vor',
    lostCode: /^Ja, aber der Rückkehr-Code ist verloren/,
    kept: 'Der Code ist gesichert oder abgeschrieben.',
    checkCode: 'Code prüfen',
    retry: 'Noch einmal versuchen',
  },
  en: {
    begin: 'Begin the check',
    resume: 'Continue',
    open: 'This question is still open',
    skip: 'Skip this question',
    look: 'Look at all areas',
    onward: 'Go on to the comparison',
    toCode: 'Go on to the return code',
    next: 'Continue',
    toSummary: 'Next: check and send',
    send: 'Send now',
    sent: 'It has arrived. Thank you!',
    first: 'No, for the first time',
    hasCode: 'Yes, and the return code is at hand',
    lostCode: /^Yes, but the return code is lost/,
    kept: 'The code is saved or written down.',
    checkCode: 'Check the code',
    retry: 'Try again',
  },
};

const heading = (page: Page) => page.locator('h1').innerText();
const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name }).click();
const choose = (page: Page, answer: number | string) => page.locator(`.check input[value="${answer}"]`).check();
const onward = (page: Page) => page.locator('.check .buttons .button--primary').last().click();

interface Kept {
  answers?: Record<string, number | string>;
  [field: string]: unknown;
}
const allAnswers = (level: number | string) => Object.fromEntries(instrument.items.map(({ id }) => [id, level]));
const complete = { answers: allAnswers(2), profile: PROFILE };
const draftText = (kept: Kept) => {
  const fields = { answers: {}, profile: {}, questions: {}, joinCodes: [] };
  return JSON.stringify({ format: 1, instrument: 'digitalcheck.1', ...fields, ...kept });
};

/** Opens a step with a draft already in the browser. */
function visitStep<Result>(
  step: string,
  kept: Kept,
  look: (page: Page) => Promise<Result>,
  { path = '/de/check', ...how }: Visit & { path?: string } = {},
): Promise<Result> {
  return visit(`${path}#${step}`, look, { service: 'empty', kept: { [DRAFT_KEY]: draftText(kept) }, ...how });
}

/** The same page with another draft. */
async function reopen(page: Page, step: string, text: string): Promise<void> {
  await page.evaluate(
    ([key, value, step]) => {
      localStorage.setItem(key!, value!);
      history.replaceState(null, '', `#${step}`);
    },
    [DRAFT_KEY, text, step],
  );
  await page.reload();
  await islandsReady(page);
}

const keptText = (page: Page) => page.evaluate((key) => localStorage.getItem(key), DRAFT_KEY);
const keptDraft = async (page: Page) => JSON.parse((await keptText(page)) ?? 'null');

/** What the service holds under a code. */
async function stored(receipt: string): Promise<OwnSubmission[]> {
  const response = await fetch(new URL('/v1/submissions', inject('emptyUrl')), {
    headers: { Authorization: `Bearer ${receipt}` },
  });
  return ((await response.json()) as { submissions: OwnSubmission[] }).submissions;
}

const newReceipt = () => groupReceipt(makeReceipt(randomBytes).replaceAll('-', ''));
const codeField = (page: Page) => page.getByLabel('Rückkehr-Code', { exact: true });
const withCode = (receipt: string, kept: Kept = {}): Kept => ({
  ...complete,
  participation: 'first',
  questions: { 'lost-code': ['no'] },
  receiptMark: receiptMark(receipt.replaceAll('-', '')),
  isReceiptSaved: true,
  ...kept,
});

/** A complete draft at the summary, with a new code that was entered. */
function visitSummary<Result>(look: (page: Page, receipt: string) => Promise<Result>, kept: Kept = {}) {
  const receipt = newReceipt();
  return visitStep('summary', withCode(receipt, kept), async (page) => {
    await codeField(page).fill(receipt);
    await press(page, LABELS.de.checkCode);
    return look(page, receipt);
  });
}

/** From the code step to the summary with a new code. */
async function takeNewCode(page: Page, lang: Lang = 'de'): Promise<string> {
  const text = LABELS[lang];
  await page.getByRole('radio', { name: text.first }).check();
  const receipt = await page.locator('.receipt').first().innerText();
  await page.getByLabel(text.kept).check();
  await press(page, text.next);
  await press(page, text.toSummary);
  return receipt;
}

describe.each([
  { lang: 'de' as const, how: { width: PHONE } },
  { lang: 'en' as const, how: { width: DESKTOP, isDark: true } },
])('the way through the check: %j', ({ lang, how }) => {
  test('from the first question to "it has arrived", each step accessible', async () => {
    const text = LABELS[lang];
    // In German each screen is seen as everybody sees it; in English it is looked at once.
    const sound = async (page: Page) => {
      if (lang === 'de') return expectSound(page);
      expect(await overflow(page)).toBe(0);
      expect(await axeViolations(page)).toEqual([]);
    };
    const [first, second, ...others] = instrument.items.filter(({ dimension }) => dimension === 'it');
    const answers = {
      ...allAnswers(2),
      ...Object.fromEntries(others.map(({ id }, place) => [id, [1, 2, 'dk'][place]!])),
    };
    const { [first!.id]: _, [second!.id]: __, ...begun } = answers;
    for (const [id, level] of Object.entries({
      ownership: 'na',
      strategy: 0,
      backing: 1,
      resources: 0,
      skills: 1,
      teamwork: 0,
    }))
      begun[id] = level;
    for (const { id, dimension } of instrument.items) if (dimension === 'innovation') begun[id] = 4;
    await visitStep(
      'start',
      { answers: begun },
      async (page) => {
        const requests: string[] = [];
        page.on('request', (request) => requests.push(request.url()));
        const step = (screen: number) =>
          page
            .locator('.progress', { hasText: lang === 'de' ? `Schritt ${screen} von 28` : `Step ${screen} of 28` })
            .waitFor();
        await sound(page);
        await press(page, text.resume);
        await step(1);
        expect(await heading(page)).toBe(first!.question[lang]);
        expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
        await press(page, text.next);
        expect(await page.getByRole('alert').innerText()).toContain(text.open);
        await sound(page);
        await choose(page, 1);
        expect(await page.getByRole('alert').count()).toBe(0);
        await onward(page);
        await step(2);
        await press(page, text.next);
        await press(page, text.skip);
        await page.goBack();
        await choose(page, 2);
        for (const screen of [3, 4, 5, 6]) {
          await onward(page);
          await step(screen);
        }
        // IT: mean of 1, 2, 1, 2 is 38 points.
        const feedback = page.locator('.feedback');
        expect(await feedback.innerText()).toContain(lang === 'de' ? 'IT: Aufbau' : 'IT: Developing');
        expect(await feedback.innerText()).toContain(first!.anchors[2]![lang]);
        await sound(page);
        await press(page, text.look);
        expect(await feedback.count()).toBe(4);
        await step(24);
        await sound(page);
        expect(requests.filter((url) => url.includes('/v1/'))).toEqual([]);

        await press(page, text.onward);
        await press(page, text.toCode);
        expect(await page.locator('.field__fault:visible').count()).toBe(4);
        await sound(page);
        for (const [attribute, code] of Object.entries(PROFILE).slice(0, 3))
          await page.locator(`#profile-${attribute} input[value="${code}"]`).check();
        await page.locator('#attribute-region').selectOption(PROFILE.region);
        await press(page, text.toCode);
        await press(page, text.next);
        expect(await page.getByRole('alert').innerText()).not.toBe('');
        await page.getByRole('radio', { name: text.first }).check();
        await press(page, text.next);
        await sound(page);
        const receipt = await page.locator('.receipt').first().innerText();
        await page.getByLabel(text.kept).check();
        await press(page, text.next);
        await page.locator('#question-obstacle').selectOption('time');
        await sound(page);
        await press(page, text.toSummary);
        await step(28);
        await sound(page);
        const posts = () => requests.filter((url) => url.endsWith('/v1/submissions'));
        await page.getByRole('button', { name: text.send }).dblclick();
        await page.getByRole('heading', { name: text.sent }).waitFor();
        expect(posts()).toHaveLength(1);
        await sound(page);

        const [only, ...more] = await stored(receipt);
        expect(more).toEqual([]);
        expect(only).toMatchObject({
          profile: PROFILE,
          scores: { it: 38, processes: 50, leadership: 10, innovation: 100 },
          questions: { obstacle: ['time'], 'lost-code': ['no'] },
        });
        expect((await keptDraft(page)).answers).toEqual({});
        const stores = await page.evaluate(() =>
          JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
        );
        for (const place of [stores, page.url(), ...requests])
          expect(place.replaceAll('-', '')).not.toContain(receipt.replaceAll('-', ''));
      },
      { path: `/${lang}/check`, ...how },
    );
  });
});

test('on a phone every question is seen at once with its five descriptions, in German', async () => {
  await visit(
    '/de/check',
    async (page) => {
      await page.evaluate(() => document.documentElement.style.setProperty('--sans', 'Arial, "Liberation Sans"'));
      for (const { id, question, anchors } of instrument.items) {
        await page.evaluate((step) => {
          location.hash = step;
        }, `item-${id}`);
        await page.getByRole('heading', { name: question.de }).waitFor();
        const cards = await page.locator('.radio-card:not(.radio-card--aside)').all();
        expect(cards).toHaveLength(anchors.length);
        const [heading, last] = [await page.locator('h1').boundingBox(), await cards.at(-1)!.boundingBox()];
        expect(heading!.y, id).toBeGreaterThan(0);
        expect(last!.y + last!.height, id).toBeLessThanOrEqual(740);
      }
    },
    { options: { viewport: { width: 360, height: 740 } } },
  );
});

test('by keyboard alone', async () => {
  await visit(
    '/de/check',
    async (page) => {
      let isSending = false;
      for (let presses = 0; presses < 600 && !isSending; presses++) {
        await page.keyboard.press('Tab');
        const at = await page.evaluate(() => {
          const element = document.activeElement as HTMLInputElement;
          if (element.matches('.check .buttons > .button--primary')) return 'onward';
          if (element.matches('input[type=radio]')) {
            const group = document.querySelectorAll<HTMLInputElement>(`input[name="${element.name}"]`);
            if ([...group].some(({ checked }) => checked)) return 'done';
            return element.name.startsWith('answer-') ? 'question' : 'radio';
          }
          if (element.matches('.receipt-card input[type=checkbox]')) return element.checked ? 'done' : 'radio';
          return element.matches('#attribute-region') && !element.value ? 'list' : 'other';
        });
        if (at === 'onward') {
          // The first main button of the code's card copies the code, which keeps it as well.
          isSending = page.url().endsWith('#summary');
          await page.keyboard.press('Enter');
        }
        if (at === 'radio') await page.keyboard.press('Space');
        if (at === 'list') await page.keyboard.press('ArrowDown');
        if (at === 'question') {
          await page.keyboard.press('Space');
          await page.keyboard.press('Enter');
        }
      }
      await page.getByRole('heading', { name: LABELS.de.sent }).waitFor();
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    },
    { service: 'empty' },
  );
});

describe('what is answered stays', () => {
  test('in the browser and in the other language, until it is deleted after a second question', async () => {
    await visit('/de/check', async (page) => {
      await press(page, LABELS.de.begin);
      await choose(page, 3);
      await onward(page);
      await choose(page, 'na');
      const other = await page.context().newPage();
      await page.close();
      await other.goto('/de/check');
      await islandsReady(other);
      expect(await other.locator('.notice').innerText()).toContain('2 von 20 Fragen sind beantwortet');
      await press(other, LABELS.de.resume);
      expect(await heading(other)).toBe(instrument.items[2]!.question.de);
      await other.locator('.language').click();
      await islandsReady(other);
      expect(await other.locator('.notice').innerText()).toContain('2 of 20 questions are answered');
      await press(other, LABELS.en.resume);
      await press(other, 'Delete the answers from this browser');
      await press(other, 'Keep them');
      expect((await keptDraft(other)).answers).toEqual({ workplaces: 3, systems: 'na' });
      await press(other, 'Delete the answers from this browser');
      await press(other, 'Yes, delete all answers');
      await other.getByRole('button', { name: LABELS.en.begin }).waitFor();
      expect(await keptDraft(other)).toBeNull();
    });
  });

  test('only as long as the tab where the browser keeps nothing, which is said', async () => {
    await visit('/de/check', async (page) => {
      const answered = async () => {
        await press(page, LABELS.de.begin);
        await choose(page, 2);
        expect(await page.getByRole('status').innerText()).toContain('Ihr Browser hebt nichts auf');
        expect(await page.locator('input:checked').count()).toBe(1);
      };
      await page.evaluate(() => {
        Storage.prototype.setItem = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      });
      await answered();
      // Some web views have no store at all.
      await page.addInitScript(() => Object.defineProperty(window, 'localStorage', { value: null }));
      await page.goto('/de/check');
      await islandsReady(page);
      await answered();
    });
  });

  test('untouched when it is damaged or belongs to another questionnaire: a sentence, no half of it, and a file', async () => {
    await visitStep('start', { instrument: 'digitalcheck.9', answers: { workplaces: 1 } }, async (page) => {
      const notice = page.locator('.notice');
      expect(await notice.innerText()).toContain('Der Fragebogen hat sich geändert');
      expect(await axeViolations(page)).toEqual([]);
      for (const [step, text] of [
        ['item-data', '{"format":1,"instrument":"digitalcheck.1","ans'],
        ['overview', draftText({ answers: { workplaces: 9 } })],
        ['summary', draftText({ ...complete, sent: { scores: {}, maturity: {} } })],
      ] as const) {
        await reopen(page, step, text);
        expect(await page.locator('h1').isVisible()).toBe(true);
        expect(await notice.first().innerText()).toContain('Die Antworten in diesem Browser sind beschädigt');
        expect(await keptText(page)).toBe(text);
      }
      const text = await keptText(page);
      const download = page.waitForEvent('download');
      await press(page, 'Frühere Antworten als Datei sichern');
      expect(await textOf(await (await download).createReadStream())).toBe(text);
      await press(page, 'Frühere Antworten löschen');
      expect(await keptText(page)).toBeNull();
    });
  });
});

test('before sending it is said what is missing, with the way there', async () => {
  const answers = { ...allAnswers(2), backing: 'dk', skills: 'dk' };
  await visitStep('summary', { answers, profile: PROFILE, participation: 'first' }, async (page) => {
    expect(await page.locator('.notice').first().innerText()).toMatch(
      /Für einen Bereich gäbe es keinen Wert[\s\S]*Führung/,
    );
    await press(page, 'Rückhalt durch die Leitung');
    expect(await heading(page)).toBe(instrument.items.find(({ id }) => id === 'backing')!.question.de);
    await reopen(page, 'summary', draftText({ answers: allAnswers(2) }));
    expect(await page.getByRole('button', { name: LABELS.de.send }).count()).toBe(0);
    await press(page, 'Zur ersten offenen Stelle');
    expect(await heading(page)).toBe('Mit wem möchten Sie verglichen werden?');
  });
});

describe('the Rückkehr-Code', () => {
  const remembered = (page: Page) => page.evaluate(() => sessionStorage.getItem('sektorspiegel.code'));
  const REMEMBER = 'Code merken, solange dieser Tab offen ist';

  test('is copied, shared, saved or printed before one can go on, and remembered by the tab only when asked', async () => {
    await visitStep('code', complete, async (page) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.evaluate(() => {
        window.print = () => undefined;
        navigator.share = async ({ text } = {}) => {
          if (document.title === 'off') throw new DOMException('called off', 'AbortError');
          document.title = text!;
        };
      });
      await page.getByRole('radio', { name: LABELS.de.first }).check();
      const receipt = await page.locator('.receipt').first().innerText();
      const ways = page.locator('.receipt-card .buttons button');
      expect(await ways.allInnerTexts()).toEqual([
        'Code kopieren',
        'Teilen',
        'Als Datei sichern',
        'Für die Akten drucken',
      ]);
      const isSaved = page.getByLabel(LABELS.de.kept);
      await page.evaluate(() => {
        document.title = 'off';
      });
      await press(page, 'Teilen');
      await press(page, LABELS.de.next);
      expect(await page.getByRole('alert').last().innerText()).toContain('Bitte sichern Sie zuerst den Rückkehr-Code');
      await page.evaluate(() => {
        document.title = 'on';
      });
      let file: Download | undefined;
      page.once('download', (download) => {
        file = download;
      });
      for (const [place, note] of [
        'in der Zwischenablage',
        'ist weitergegeben',
        'bei Ihren Downloads',
        'Druck wurde geöffnet',
      ].entries()) {
        await ways.nth(place).click();
        await page.getByText(note).waitFor();
        expect(await isSaved.isChecked()).toBe(true);
        await isSaved.uncheck();
      }
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(receipt);
      expect(await page.title()).toContain(receipt);
      expect(file!.suggestedFilename()).toBe('rueckkehr-code.txt');
      expect(await textOf(await file!.createReadStream())).toContain(receipt);

      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('body').innerText()).toMatch(/^Sektorspiegel · Für die Akten/);
      expect(await page.locator('.receipt-sheet__code').innerText()).toBe(receipt);
      expect(await page.locator('h1').isVisible()).toBe(false);
      await page.emulateMedia({ media: 'screen' });

      await isSaved.check();
      await press(page, LABELS.de.next);
      expect(await heading(page)).toBe('Noch ein paar freiwillige Fragen');
      await page.goBack();
      expect(await page.locator('.receipt').first().innerText()).toBe(receipt);

      expect(await remembered(page)).toBeNull();
      await page.getByLabel(REMEMBER).check();
      expect(await remembered(page)).toBe(receipt.replaceAll('-', ''));
      await page.reload();
      await islandsReady(page);
      expect(await page.locator('.receipt').first().innerText()).toBe(receipt);
      await page.getByLabel(REMEMBER).uncheck();
      expect(await remembered(page)).toBeNull();
    });
  });

  test('is named a typo when it is one, is taken as people write it, and asks what was tried since', async () => {
    await visitStep('code', complete, async (page) => {
      await page.getByRole('radio', { name: LABELS.de.hasCode }).check();
      for (const [written, said] of [
        ['1BC', 'hat 27 Zeichen'],
        ['ABC-DEF-GHJ-KMN-PQR-STV-WXY-Z01-23U', 'Tippfehler an Stelle 1'],
        ['', 'Bitte geben Sie Ihren Rückkehr-Code ein'],
      ] as const) {
        await codeField(page).fill(written);
        await press(page, LABELS.de.checkCode);
        await page.locator('#receipt-error', { hasText: said }).waitFor();
        expect(await page.locator('#receipt').getAttribute('aria-invalid')).toBe('true');
      }
      expect(await axeViolations(page)).toEqual([]);
      // Going on checks it, too.
      await codeField(page).fill('000-000-000-000-000-000-000-000-001');
      await press(page, LABELS.de.next);
      expect(await page.locator('#receipt-error').innerText()).toContain('Prüfzeichen am Ende passt nicht');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('receipt');
      await page.getByLabel(REMEMBER).check();
      await codeField(page).fill('000-000-000-000-000-000-000-000-000');
      await press(page, LABELS.de.next);
      await page.waitForURL('**#more');
      expect(await remembered(page)).toBe('0'.repeat(27));
      await page.goBack();
      await press(page, 'Einen anderen Code eingeben');
      await codeField(page).fill('ooo ooo ooo ooo ooo ooo ooo ooo ooo');
      await page.keyboard.press('Enter');
      await page.getByText('ist richtig geschrieben').waitFor();
      await press(page, LABELS.de.next);
      const tried = page.getByRole('group', { name: /etwas Neues ausprobiert/ });
      for (const name of ['Arbeitsplätze und Internet', 'Digitale Ziele', 'Lernen und Können'])
        await tried.getByLabel(name).check();
      expect(await tried.getByLabel('Neues ausprobieren').isDisabled()).toBe(true);
      expect(await axeViolations(page)).toEqual([]);
      await tried.getByLabel('Nichts davon').check();
      expect(await tried.locator('input:checked').count()).toBe(1);
    });
  });
});

describe('the result after sending', () => {
  test.each([
    { lang: 'de' as const, how: { width: PHONE }, h1: 'Wo Sie stehen', show: 'Sehen, wo Sie stehen' },
    { lang: 'en' as const, how: { width: DESKTOP, isDark: true }, h1: 'Where you stand', show: 'See where you stand' },
  ])('is shown in the same page, in $lang: the code is in no store and no address', async ({ lang, how, h1, show }) => {
    await visitStep(
      'code',
      complete,
      async (page) => {
        const places: string[] = [];
        page.on('request', (request) => places.push(request.url()));
        page.on('framenavigated', (frame) => places.push(frame.url()));
        const receipt = await takeNewCode(page, lang);
        const traces = async () => {
          const stores = await page.evaluate(() =>
            JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state, location.href]),
          );
          return [stores, ...places].join(' ').replaceAll('-', '');
        };
        await press(page, LABELS[lang].send);
        await page.getByRole('heading', { name: LABELS[lang].sent }).waitFor();
        await press(page, show);
        await page.locator('.standing-picture').first().waitFor();
        expect(await heading(page)).toBe(h1);
        expect(
          await page
            .locator('.standing h2')
            .first()
            .evaluate((h2) => h2 === document.activeElement),
        ).toBe(true);
        await page.locator('.standing-picture img').first().waitFor();
        expect(await axeViolations(page)).toEqual([]);
        expect(await overflow(page)).toBe(0);
        expect(await traces()).not.toContain(receipt.replaceAll('-', ''));

        // The way back, forward by hand again, and forgotten in the check as well.
        await page.goBack();
        await page.getByRole('heading', { name: LABELS[lang].sent }).waitFor();
        await press(page, show);
        await page.locator('.standing__leave button').click();
        await page.getByRole('heading', { name: LABELS[lang].sent }).waitFor();
        expect(await page.getByRole('link', { name: show }).count()).toBe(1);
        expect(await traces()).not.toContain(receipt.replaceAll('-', ''));
      },
      { service: 'demo', path: `/${lang}/check`, ...how },
    );
  });

  test('prints as the two pages for the board, and goes on to the next step', async () => {
    await visitStep(
      'code',
      complete,
      async (page) => {
        await takeNewCode(page);
        await press(page, LABELS.de.send);
        await press(page, 'Sehen, wo Sie stehen');
        await press(page, 'Vorlage öffnen');
        await page.locator('.sheet__picture').evaluate((img: HTMLImageElement) => img.decode());
        const margin = { top: '15mm', bottom: '15mm', left: '18mm', right: '18mm' };
        const pdf = await page.pdf({ format: 'A4', margin });
        expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(2);
        await press(page, 'Einen nächsten Schritt wählen');
        await page.locator('.measure').first().waitFor();
      },
      { service: 'demo' },
    );
  });

  test('says so when it cannot be loaded; the check is stored all the same, and a lost code is counted', async () => {
    await visitStep('code', complete, async (page) => {
      await page.getByRole('radio', { name: LABELS.de.lostCode }).check();
      const receipt = await page.locator('.receipt').first().innerText();
      await page.getByLabel(LABELS.de.kept).check();
      for (const name of [LABELS.de.next, LABELS.de.toSummary, LABELS.de.send]) await press(page, name);
      await page.getByRole('heading', { name: LABELS.de.sent }).waitFor();
      expect((await stored(receipt))[0]!.questions).toEqual({ 'lost-code': ['yes'] });
      await page.route(/\/standing-[^/]+\.js$/, (route) => route.abort('internetdisconnected'));
      await press(page, 'Sehen, wo Sie stehen');
      await page.getByText('Der Vergleich ließ sich gerade nicht laden').waitFor();
      expect(await axeViolations(page)).toEqual([]);
    });
  });
});

describe('where the service asks for work', () => {
  test('it is done unasked and without a widget, by keyboard, while the page says that it is sending', async () => {
    const given = { now: () => new Date(), randomBytes };
    const work = proofOfWork({ secret: 'a secret of the tests, long enough to be one' }, given);
    const proofs: (string | undefined)[] = [];
    await visitSummary(async (page, receipt) => {
      page.removeAllListeners('console'); // 428 is written there
      await page.route('**/v1/submissions', async (route) => {
        const { 'proof-of-work': proof, 'idempotency-key': key = '' } = route.request().headers();
        const of = [organisationOf(receipt), key] as const;
        proofs.push(proof);
        if (proof !== undefined && (await work.isProven(proof, ...of))) return route.continue();
        const problem = { type: '/problems/proof-of-work', title: 'x', status: 428, detail: 'x' };
        return route.fulfill({ status: 428, json: { ...problem, challenge: await work.challenge(...of) } });
      });
      await page.getByRole('button', { name: LABELS.de.send }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('status').getByText('Ihr Check wird abgeschickt').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('heading', { name: LABELS.de.sent }).waitFor();
      expect(proofs).toEqual([undefined, expect.any(String)]);
      expect(await stored(receipt)).toHaveLength(1);
    });
  });
});

describe('the time with the questions in view', () => {
  test('counts while a question is open and the tab in front, over a reload, and is shown and sent', async () => {
    const { [instrument.items.at(-1)!.id]: _, ...answers } = allAnswers(2);
    await visitStep('item-new-technology', { answers, profile: PROFILE, secondsAnswering: 0 }, async (page) => {
      await page.clock.install();
      await page.reload();
      await islandsReady(page);
      await choose(page, 1);
      await page.clock.fastForward(40_000);
      await page.reload();
      await islandsReady(page);
      expect((await keptDraft(page)).secondsAnswering).toBeGreaterThanOrEqual(40);
      const turn = (state: string) =>
        page.evaluate((visibility) => {
          Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
          document.dispatchEvent(new Event('visibilitychange'));
        }, state);
      await turn('hidden');
      await page.clock.fastForward(3_600_000);
      await turn('visible');
      await page.clock.fastForward(60_000);
      await onward(page);
      // The overview is no question.
      await page.clock.fastForward(3_600_000);
      await press(page, LABELS.de.onward);
      await press(page, LABELS.de.toCode);
      const receipt = await takeNewCode(page);
      expect(await page.locator('.summary').innerText()).toMatch(/Zeit für die Fragen\s+etwa 2 Minuten/);
      await press(page, LABELS.de.send);
      await page.getByRole('heading', { name: LABELS.de.sent }).waitFor();
      const [{ secondsTaken }] = (await stored(receipt)) as [OwnSubmission];
      expect(secondsTaken).toBeGreaterThanOrEqual(100);
      expect(secondsTaken).toBeLessThan(3600);
    });
  });

  test('is not sent for a sheet typed in from paper', async () => {
    const receipt = newReceipt();
    await visitStep('profile', withCode(receipt, { secondsAnswering: 5 }), async (page) => {
      await page.getByText('Auf Papier oder an einem anderen Tag ausgefüllt?').click();
      await page.getByLabel('Die Antworten standen schon auf Papier').check();
      expect(await axeViolations(page)).toEqual([]);
      await reopen(page, 'summary', (await keptText(page))!);
      expect(await page.locator('.summary').innerText()).not.toContain('Zeit für die Fragen');
      await codeField(page).fill(receipt);
      await press(page, LABELS.de.checkCode);
      await press(page, LABELS.de.send);
      await page.getByRole('heading', { name: LABELS.de.sent }).waitFor();
      expect((await stored(receipt))[0]).not.toHaveProperty('secondsTaken');
    });
  });
});

describe('sending', () => {
  const posts = (page: Page) => {
    const keys: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') keys.push(request.headers()['idempotency-key'] ?? '');
    });
    return keys;
  };
  const arrived = (page: Page) => page.getByRole('heading', { name: LABELS.de.sent }).waitFor();

  test('waits without a network and goes on by itself', async () => {
    await visitSummary(async (page, receipt) => {
      await page.context().setOffline(true);
      await press(page, LABELS.de.send);
      await page.getByText('Keine Verbindung').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      expect((await keptDraft(page)).answers).toEqual(allAnswers(2));
      await page.context().setOffline(false);
      await arrived(page);
      expect(await stored(receipt)).toHaveLength(1);
    });
  });

  test('survives a lost answer and a reload: the code is asked for again, and stored is one', async () => {
    await visitSummary(async (page, receipt) => {
      const keys = posts(page);
      await page.route('/v1/submissions', async (route) => {
        await route.fetch();
        await route.abort();
      });
      const lost = page.waitForEvent('requestfailed');
      await press(page, LABELS.de.send);
      await lost;
      await page.unroute('/v1/submissions');
      await page.reload();
      await islandsReady(page);
      expect(await page.locator('.notice').last().innerText()).toContain('Das Abschicken wurde unterbrochen');
      expect(await axeViolations(page)).toEqual([]);
      await codeField(page).fill('000-000-000-000-000-000-000-000-000');
      await press(page, LABELS.de.checkCode);
      expect(await page.locator('#receipt-error').innerText()).toContain(
        'nicht der, der in diesem Browser erzeugt wurde',
      );
      await codeField(page).fill(receipt.toLowerCase());
      await press(page, LABELS.de.checkCode);
      await press(page, LABELS.de.send);
      await arrived(page);
      expect(new Set(keys).size).toBe(1);
      expect(await stored(receipt)).toHaveLength(1);
    });
  });

  test('says what is wrong on 429 and 500, keeps the answers, waits a moment when asked to, and goes through later', async () => {
    await visitSummary(async (page, receipt) => {
      const refuse = (status: number, seconds: string) =>
        page.route(
          '/v1/submissions',
          (route) => route.fulfill({ status, headers: { 'Retry-After': seconds, 'X-Request-Id': 'r-17' }, body: '{}' }),
          { times: 1 },
        );
      await refuse(429, '3600');
      await press(page, LABELS.de.send);
      await page.getByText('Gerade ist viel los').waitFor();
      expect(await page.locator('.notice').last().innerText()).toContain('r-17');
      expect(await axeViolations(page)).toEqual([]);
      await refuse(500, '3600');
      await press(page, LABELS.de.retry);
      await page.getByText('Im Dienst ist etwas schiefgegangen').waitFor();
      expect((await keptDraft(page)).answers).toEqual(allAnswers(2));
      await refuse(429, '1');
      await press(page, LABELS.de.retry);
      await arrived(page);
      expect(await stored(receipt)).toHaveLength(1);
    });
  });

  test('a corrected check is a new submission', async () => {
    await visitSummary(async (page, receipt) => {
      await page.route('/v1/submissions', async (route) => {
        await route.fetch();
        await route.fulfill({ status: 500, headers: { 'Retry-After': '3600' }, body: '{}' });
      });
      await press(page, LABELS.de.send);
      await page.getByText('Im Dienst ist etwas schiefgegangen').waitFor();
      await page.unroute('/v1/submissions');
      await press(page, 'Ändern IT');
      expect(await heading(page)).toBe(instrument.items[0]!.question.de);
      await choose(page, 4);
      await page.goBack();
      await press(page, LABELS.de.send);
      await arrived(page);
      expect((await stored(receipt)).map(({ scores }) => scores.it).sort()).toEqual([50, 60]);
    });
  });
});

describe('an invitation', () => {
  test('brings the association code, says what the association sees, and leaves the address', async () => {
    await visit('/de/check#join=0000-0000', async (page) => {
      expect(await page.locator('.notice').innerText()).toMatch(
        /0000-0000[\s\S]*ab 20 Organisationen[\s\S]*nie Ihre Antworten, und keine Liste, wer teilgenommen hat/,
      );
      expect(page.url()).not.toContain('0000');
      expect((await keptDraft(page)).joinCodes).toEqual(['0000-0000']);
      expect(await axeViolations(page)).toEqual([]);
    });
  });

  test('that nobody knows is named by the service, one with a typo before; without it the check goes through', async () => {
    await visitSummary(
      async (page, receipt) => {
        await press(page, LABELS.de.send);
        await page.getByText('Ein Verbandscode stimmt nicht').waitFor();
        expect(await page.locator('.notice').last().innerText()).toContain(
          '0000-0000: Diesen Verbandscode gibt es nicht',
        );
        expect(await axeViolations(page)).toEqual([]);
        expect(await stored(receipt)).toEqual([]);
        await press(page, 'Verbandscode ändern');
        await press(page, /^Entfernen/);
        await page.getByLabel(/Code des Verbands/).fill('0000-0001');
        await press(page, 'Hinzufügen');
        expect(await page.locator('#join-code-error').innerText()).toContain('Tippfehler');
        await page.getByLabel(/Code des Verbands/).fill('0000 0000');
        await press(page, 'Hinzufügen');
        expect(await page.locator('.join-codes').innerText()).toContain('0000 0000');
        await press(page, /^Entfernen/);
        for (const step of ['Weiter zum Rückkehr-Code', LABELS.de.next, LABELS.de.toSummary, LABELS.de.send])
          await press(page, step);
        await page.getByRole('heading', { name: LABELS.de.sent }).waitFor();
        expect(await stored(receipt)).toHaveLength(1);
      },
      { joinCodes: ['0000-0000'] },
    );
  });
});

test('without JavaScript the page says what the check is and leads to paper', async () => {
  await visit(
    '/de/check',
    async (page) => {
      expect(await heading(page)).toBe('Digitalisierungscheck');
      expect(await page.locator('main').innerText()).toContain('Zum Ausfüllen braucht diese Seite JavaScript');
      expect(await page.getByRole('link', { name: /Fragebogen/ }).getAttribute('href')).toBe('/de/fragebogen');
    },
    { hasScript: false },
  );
});

test('costs little: at most 40 KB of script, compressed', async () => {
  await visit(
    '/de/check',
    async (page) => {
      const paths = await page.evaluate(() =>
        performance.getEntriesByType('resource').flatMap(({ name }) => (name.endsWith('.js') ? [name] : [])),
      );
      expect(paths.length).toBeGreaterThan(0);
      const bodies = await Promise.all([...new Set(paths)].map(async (path) => (await fetch(path)).arrayBuffer()));
      const total = bodies.reduce((sum, body) => sum + gzipSync(new Uint8Array(body)).length, 0);
      expect(total).toBeLessThan(40_000);
    },
    { options: {} },
  );
});
