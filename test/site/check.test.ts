import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import type { Instrument } from '#contracts/instrument';
import type { OwnSubmission } from '#contracts/submission';
import type { Lang } from '#contracts/text';
import { proofOfWork } from '#functions/http/proof-of-work';
import { organisationOf } from '#store/hashes';
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
const DRAFT_KEY = 'sektorspiegel.check';
const PROFILE = { level: 'facility', sector: 'elder-care', size: '50-249', region: 'de-nw' };

const LABELS = {
  de: {
    begin: 'Check beginnen',
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

/** Answers the items of the step that is open; null leaves one out. */
async function answer(page: Page, choices: (number | 'na' | 'dk' | null)[]): Promise<void> {
  for (const [index, choice] of choices.entries())
    if (choice !== null) await page.locator('.check__item').nth(index).locator(`input[value="${choice}"]`).check();
}

interface Kept {
  answers?: Record<string, number | string>;
  [field: string]: unknown;
}
const allAnswers = (level: number | string) => Object.fromEntries(instrument.items.map(({ id }) => [id, level]));

/** Opens a step with a draft already in the browser. */
function visitStep<Result>(
  step: string,
  kept: Kept,
  look: (page: Page) => Promise<Result>,
  { path = '/de/check', ...how }: Visit & { path?: string } = {},
): Promise<Result> {
  const fields = { answers: {}, profile: {}, questions: {}, joinCodes: [] };
  const value = JSON.stringify({ format: 1, instrument: 'digitalcheck.1', ...fields, ...kept });
  const origins = [inject('emptyUrl'), inject('demoUrl')].map((url) => ({
    origin: new URL(url).origin,
    localStorage: [{ name: DRAFT_KEY, value }],
  }));
  const options = { storageState: { cookies: [], origins } };
  return visit(`${path}#${step}`, look, { service: 'empty', options, ...how });
}

const keptDraft = (page: Page) => page.evaluate((key) => JSON.parse(localStorage.getItem(key) ?? 'null'), DRAFT_KEY);

/** What the service holds under a code. */
async function stored(receipt: string): Promise<OwnSubmission[]> {
  const response = await fetch(new URL('/v1/submissions', inject('emptyUrl')), {
    headers: { Authorization: `Bearer ${receipt}` },
  });
  return ((await response.json()) as { submissions: OwnSubmission[] }).submissions;
}

/** From the code step to the summary with a new code, which is answered. */
async function takeNewCode(page: Page, lang: Lang = 'de'): Promise<string> {
  const text = LABELS[lang];
  await page.getByRole('radio', { name: text.first }).check();
  const receipt = await page.locator('.receipt').first().innerText();
  await page.getByLabel(text.kept).check();
  await press(page, text.next);
  await press(page, text.toSummary);
  return receipt;
}

/** A complete draft at the summary, with a code. */
function visitSummary<Result>(
  look: (page: Page, receipt: string) => Promise<Result>,
  kept: Kept = {},
): Promise<Result> {
  return visitStep('code', { answers: allAnswers(2), profile: PROFILE, ...kept }, async (page) =>
    look(page, await takeNewCode(page)),
  );
}

describe.each([
  { lang: 'de' as const, how: { width: PHONE } },
  { lang: 'en' as const, how: { width: DESKTOP, isDark: true } },
])('the way through the check: %j', ({ lang, how }) => {
  test('from the first question to "it has arrived", each step accessible', async () => {
    const text = LABELS[lang];
    const requests: string[] = [];
    await visit(
      `/${lang}/check`,
      async (page) => {
        page.on('request', (request) => requests.push(request.url()));
        const sound = async () => {
          expect(await overflow(page)).toBe(0);
          expect(await axeViolations(page)).toEqual([]);
        };
        await sound();
        await press(page, text.begin);
        expect(await heading(page)).toBe(instrument.dimensions[0]!.title[lang]);
        expect(await page.locator('.check__left').innerText()).toContain(
          lang === 'de' ? 'noch etwa 9 Minuten' : 'about 9 minutes left',
        );
        await answer(page, [1, 2, 1, 2, 'dk']);
        await sound();
        for (const [place, levels] of [[2, 2, 'na', 2, 2] as const, [0, 1, 0, 1, 0], [4, 4, 4, 4, 4]].entries()) {
          await page.locator('.check > .buttons .button--primary').click();
          expect(await heading(page)).toBe(instrument.dimensions[place + 1]!.title[lang]);
          await answer(page, [...levels]);
        }
        const feedback = page.locator('.feedback');
        // IT: mean of 1, 2, 1, 2 is 38 points.
        await page.goBack();
        await page.goBack();
        expect(await feedback.innerText()).toContain(lang === 'de' ? 'IT: Aufbau' : 'IT: Developing');
        expect(await feedback.innerText()).toContain(instrument.items[0]!.anchors[2][lang]);
        await sound();
        await page.goForward();
        await page.goForward();
        await page.locator('.check > .buttons .button--primary').click();
        expect(await feedback.count()).toBe(4);
        await sound();
        expect(requests.filter((url) => url.includes('/v1/'))).toEqual([]);

        await press(page, text.onward);
        await press(page, text.toCode);
        expect(await page.locator('.field__fault:visible').count()).toBe(4);
        await sound();
        for (const [attribute, code] of Object.entries(PROFILE).slice(0, 3))
          await page.locator(`#profile-${attribute} input[value="${code}"]`).check();
        await page.locator('#attribute-region').selectOption(PROFILE.region);
        await press(page, text.toCode);
        await press(page, text.next);
        expect(await page.getByRole('alert').innerText()).not.toBe('');
        await page.getByRole('radio', { name: text.first }).check();
        await press(page, text.next);
        await sound();
        const receipt = await page.locator('.receipt').first().innerText();
        await page.getByLabel(text.kept).check();
        await press(page, text.next);
        await page.locator('#question-obstacle').selectOption('time');
        await sound();
        await press(page, text.toSummary);
        await sound();
        await press(page, text.send);
        await page.getByRole('heading', { name: text.sent }).waitFor();
        await sound();

        const [first, ...others] = await stored(receipt);
        expect(others).toEqual([]);
        expect(first).toMatchObject({
          profile: PROFILE,
          scores: { it: 38, processes: 50, leadership: 10, innovation: 100 },
          questions: { obstacle: ['time'], 'lost-code': ['no'] },
        });
        expect((await keptDraft(page)).answers).toEqual({});
        const symbols = receipt.replaceAll('-', '');
        const stores = await page.evaluate(() =>
          JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
        );
        for (const place of [stores, page.url(), ...requests]) {
          expect(place).not.toContain(receipt);
          expect(place).not.toContain(symbols);
        }
      },
      { service: 'empty', ...how },
    );
  });
});

test('by keyboard alone', async () => {
  await visit(
    '/de/check',
    async (page) => {
      let isSending = false;
      for (let presses = 0; presses < 400 && !isSending; presses++) {
        await page.keyboard.press('Tab');
        const at = await page.evaluate(() => {
          const element = document.activeElement as HTMLInputElement;
          const isOnward = element.matches('.check > .buttons > .button--primary');
          if (isOnward) return 'onward';
          if (element.matches('input[type=radio]')) {
            const group = document.querySelectorAll<HTMLInputElement>(`input[name="${element.name}"]`);
            return [...group].some(({ checked }) => checked) ? 'done' : 'radio';
          }
          if (element.matches('.receipt-card input[type=checkbox]')) return element.checked ? 'done' : 'radio';
          return element.matches('#attribute-region') && !element.value ? 'list' : 'other';
        });
        if (at === 'onward') {
          isSending = page.url().endsWith('#summary');
          await page.keyboard.press('Enter');
        }
        if (at === 'radio') await page.keyboard.press('Space');
        if (at === 'list') await page.keyboard.press('ArrowDown');
      }
      await page.getByRole('heading', { name: LABELS.de.sent }).waitFor();
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    },
    { service: 'empty' },
  );
});

describe('every step is accessible and never scrolls sideways', () => {
  test.each(['area-processes', 'overview', 'profile', 'code', 'more', 'summary'])('%s', async (step) => {
    const answers = { ...allAnswers(1), strategy: 'dk', backing: 'dk' };
    const kept = { answers, profile: PROFILE, participation: 'has-code', joinCodes: ['K7M2-P9QX'] };
    await visitStep(step, kept, async (page) => {
      expect(await page.locator('[aria-current=step]').count()).toBe(1);
      await expectSound(page);
    });
  });
});

describe('what is answered stays', () => {
  test('in the browser, when the tab is closed', async () => {
    await visit('/de/check', async (page) => {
      await press(page, LABELS.de.begin);
      await answer(page, [3, 'na']);
      const other = await page.context().newPage();
      await page.close();
      await other.goto('/de/check');
      await islandsReady(other);
      expect(await other.locator('.notice').innerText()).toContain('2 von 20 Fragen sind beantwortet');
      await press(other, 'Weitermachen');
      expect(
        await other
          .locator('input:checked')
          .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value)),
      ).toEqual(['3', 'na']);
    });
  });

  test('in the other language', async () => {
    await visitStep('overview', { answers: allAnswers(3) }, async (page) => {
      await page.locator('.language').click();
      await islandsReady(page);
      expect(await page.locator('.notice').innerText()).toContain('20 of 20 questions are answered');
    });
  });

  test('until it is deleted, after a second question', async () => {
    await visitStep('area-it', { answers: { workplaces: 1 } }, async (page) => {
      await press(page, 'Antworten aus diesem Browser löschen');
      await press(page, 'Behalten');
      expect((await keptDraft(page)).answers).toEqual({ workplaces: 1 });
      await press(page, 'Antworten aus diesem Browser löschen');
      await press(page, 'Ja, alle Antworten löschen');
      expect(await keptDraft(page)).toBeNull();
      expect(await heading(page)).toBe('Digitalisierungscheck');
    });
  });

  test('only as long as the tab where the browser keeps nothing, which is said', async () => {
    await visit('/de/check', async (page) => {
      await page.evaluate(() => {
        Storage.prototype.setItem = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      });
      await press(page, LABELS.de.begin);
      await answer(page, [2]);
      expect(await page.getByRole('status').innerText()).toContain('Ihr Browser hebt nichts auf');
      expect(await page.locator('input:checked').count()).toBe(1);
    });
  });

  test('untouched when it belongs to another questionnaire', async () => {
    await visitStep('start', { instrument: 'digitalcheck.9', answers: { workplaces: 1 } }, async (page) => {
      expect(await page.locator('.notice').innerText()).toContain('Der Fragebogen hat sich geändert');
      expect(await axeViolations(page)).toEqual([]);
      expect((await keptDraft(page)).instrument).toBe('digitalcheck.9');
      await press(page, 'Frühere Antworten löschen');
      expect(await keptDraft(page)).toBeNull();
    });
  });
});

describe('before sending', () => {
  test('an area without a score is said, with the way to the open questions', async () => {
    const answers = { ...allAnswers(2), backing: 'dk', skills: 'dk' };
    await visitStep('summary', { answers, profile: PROFILE, participation: 'first' }, async (page) => {
      expect(await page.locator('.notice').first().innerText()).toMatch(
        /Für einen Bereich gäbe es keinen Wert[\s\S]*Führung/,
      );
      await press(page, 'Rückhalt durch die Leitung');
      expect(await heading(page)).toBe('Führung');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('answer-backing');
    });
  });

  test('nothing can be sent while something required is missing', async () => {
    await visitStep('summary', { answers: allAnswers(2) }, async (page) => {
      expect(await page.getByRole('button', { name: LABELS.de.send }).count()).toBe(0);
      await press(page, 'Zur ersten offenen Stelle');
      expect(await heading(page)).toBe('Mit wem möchten Sie verglichen werden?');
    });
  });
});

describe('the Rückkehr-Code', () => {
  const visitCode = <Result>(look: (page: Page) => Promise<Result>) =>
    visitStep('code', { answers: allAnswers(2), profile: PROFILE }, look);

  test.each([
    ['Kopieren', 'in der Zwischenablage'],
    ['Drucken, zu den Akten', 'Druck wurde geöffnet'],
    ['Als Datei sichern', 'bei Ihren Downloads'],
  ])('lets one go on once it was kept: %s', async (button, note) => {
    await visitCode(async (page) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.evaluate(() => {
        window.print = () => undefined;
      });
      await page.getByRole('radio', { name: LABELS.de.first }).check();
      const receipt = await page.locator('.receipt').first().innerText();
      await press(page, LABELS.de.next);
      expect(await page.getByRole('alert').last().innerText()).toContain('Bitte sichern Sie zuerst den Rückkehr-Code');
      const download = button === 'Als Datei sichern' ? page.waitForEvent('download') : undefined;
      await press(page, button);
      await page.getByText(note).waitFor();
      if (button === 'Kopieren') expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(receipt);
      if (download) {
        const file = await download;
        expect(file.suggestedFilename()).toBe('rueckkehr-code.txt');
        expect(await textOf(await file.createReadStream())).toContain(receipt);
      }
      await press(page, LABELS.de.next);
      expect(await heading(page)).toBe('Noch ein paar freiwillige Fragen');
      await page.goBack();
      expect(await page.locator('.receipt').first().innerText()).toBe(receipt);
    });
  });

  test('is alone on the printed sheet', async () => {
    await visitCode(async (page) => {
      await page.getByRole('radio', { name: LABELS.de.first }).check();
      const receipt = await page.locator('.receipt').first().innerText();
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('body').innerText()).toMatch(/^Sektorspiegel · Zu den Akten/);
      expect(await page.locator('.receipt-sheet__code').innerText()).toBe(receipt);
      expect(await page.locator('h1').isVisible()).toBe(false);
    });
  });

  test('is named a typo when it is one', async () => {
    await visitCode(async (page) => {
      await page.getByRole('radio', { name: LABELS.de.hasCode }).check();
      for (const [written, said] of [
        ['1BC', 'hat 27 Zeichen'],
        ['ABC-DEF-GHJ-KMN-PQR-STV-WXY-Z01-23U', 'Tippfehler an Stelle 1'],
        ['000-000-000-000-000-000-000-000-001', 'Prüfzeichen am Ende passt nicht'],
        ['', 'Bitte geben Sie Ihren Rückkehr-Code ein'],
      ] as const) {
        await page.getByLabel('Rückkehr-Code', { exact: true }).fill(written);
        await press(page, LABELS.de.checkCode);
        await page.locator('#receipt-error', { hasText: said }).waitFor();
        expect(await page.locator('#receipt').getAttribute('aria-invalid')).toBe('true');
      }
      expect(await axeViolations(page)).toEqual([]);
    });
  });

  test('is checked by going on, too: a typo is named at the field, a right one leads to the next step, and is remembered if that was wanted', async () => {
    await visitCode(async (page) => {
      await page.getByRole('radio', { name: LABELS.de.hasCode }).check();
      const field = page.getByLabel('Rückkehr-Code', { exact: true });
      await field.fill('000-000-000-000-000-000-000-000-001');
      await press(page, LABELS.de.next);
      expect(await page.locator('#receipt-error').innerText()).toContain('Prüfzeichen am Ende passt nicht');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('receipt');
      await page.getByLabel(/in diesem Tab merken/).check();
      await field.fill('000-000-000-000-000-000-000-000-000');
      await press(page, LABELS.de.next);
      await page.waitForURL('**#more');
      expect(await page.evaluate(() => Object.values(sessionStorage))).toContain('0'.repeat(27));
    });
  });

  test('is taken as people write it, and asks what was tried since', async () => {
    await visitCode(async (page) => {
      await page.getByRole('radio', { name: LABELS.de.hasCode }).check();
      await page.getByLabel('Rückkehr-Code', { exact: true }).fill('ooo ooo ooo ooo ooo ooo ooo ooo ooo');
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

  test('is counted when it was lost', async () => {
    await visitCode(async (page) => {
      await page.getByRole('radio', { name: LABELS.de.lostCode }).check();
      const receipt = await page.locator('.receipt').first().innerText();
      await page.getByLabel(LABELS.de.kept).check();
      await press(page, LABELS.de.next);
      await press(page, LABELS.de.toSummary);
      await press(page, LABELS.de.send);
      await page.getByRole('heading', { name: LABELS.de.sent }).waitFor();
      expect((await stored(receipt))[0]!.questions).toEqual({ 'lost-code': ['yes'] });
    });
  });

  test('is remembered by the tab only when asked, and forgotten again', async () => {
    await visitCode(async (page) => {
      const remembered = () => page.evaluate(() => sessionStorage.getItem('sektorspiegel.code'));
      await page.getByRole('radio', { name: LABELS.de.first }).check();
      const receipt = await page.locator('.receipt').first().innerText();
      expect(await remembered()).toBeNull();
      await page.getByLabel('Den Code in diesem Tab merken').check();
      expect(await remembered()).toBe(receipt.replaceAll('-', ''));
      await page.reload();
      await islandsReady(page);
      expect(await page.locator('.receipt').first().innerText()).toBe(receipt);
      await page.getByLabel('Den Code in diesem Tab merken').uncheck();
      expect(await remembered()).toBeNull();
    });
  });
});

describe('the result after sending', () => {
  test.each([
    { lang: 'de' as const, how: { width: PHONE }, h1: 'Wo Sie stehen', show: 'Sehen, wo Sie stehen' },
    { lang: 'en' as const, how: { width: DESKTOP, isDark: true }, h1: 'Where you stand', show: 'See where you stand' },
  ])('is shown in the same page, in $lang: the code is in no store and no address', async ({ lang, how, h1, show }) => {
    const kept = { answers: allAnswers(2), profile: PROFILE };
    await visitStep(
      'code',
      kept,
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
        await page.locator('.verdicts').waitFor();
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
    const kept = { answers: allAnswers(1), profile: PROFILE };
    await visitStep(
      'code',
      kept,
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

  test('says so when it cannot be loaded, and the check is stored all the same', async () => {
    await visitSummary(async (page) => {
      await press(page, LABELS.de.send);
      await page.getByRole('heading', { name: LABELS.de.sent }).waitFor();
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
  test('counts while a step with questions is open, over a reload, and is shown and sent', async () => {
    await visitStep('area-it', { profile: PROFILE, secondsAnswering: 0 }, async (page) => {
      await page.clock.install();
      await page.reload();
      await islandsReady(page);
      await answer(page, [1, 2, 3, 2, 1]);
      await page.clock.fastForward(40_000);
      await page.reload();
      await islandsReady(page);
      expect((await keptDraft(page)).secondsAnswering).toBeGreaterThanOrEqual(40);
      await page.clock.fastForward(60_000);
      await page.locator('.check > .buttons .button--quiet').click();
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

  test('stops while the tab is in the background', async () => {
    await visitStep('area-it', { secondsAnswering: 0 }, async (page) => {
      await page.clock.install();
      await page.reload();
      await islandsReady(page);
      await answer(page, [1]);
      const turn = (state: string) =>
        page.evaluate((visibility) => {
          Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
          document.dispatchEvent(new Event('visibilitychange'));
        }, state);
      await turn('hidden');
      await page.clock.fastForward(3_600_000);
      await turn('visible');
      await page.clock.fastForward(10_000);
      await turn('hidden');
      const { secondsAnswering } = (await keptDraft(page)) as { secondsAnswering: number };
      expect(secondsAnswering).toBeGreaterThanOrEqual(10);
      expect(secondsAnswering).toBeLessThan(3600);
    });
  });

  test('leaves nothing behind when the answers are deleted', async () => {
    await visitStep('area-it', { secondsAnswering: 0 }, async (page) => {
      await answer(page, [1]);
      await press(page, 'Antworten aus diesem Browser löschen');
      await press(page, 'Ja, alle Antworten löschen');
      await page.getByRole('button', { name: LABELS.de.begin }).waitFor();
      expect(await keptDraft(page)).toBeNull();
    });
  });

  test('is not sent for a sheet typed in from paper', async () => {
    const kept = { answers: allAnswers(3), secondsAnswering: 5 };
    await visitStep('profile', { ...kept, profile: PROFILE }, async (page) => {
      await page.getByText('Auf Papier oder an einem anderen Tag ausgefüllt?').click();
      await page.getByLabel('Die Antworten standen schon auf Papier').check();
      expect(await axeViolations(page)).toEqual([]);
      await press(page, LABELS.de.toCode);
      const receipt = await takeNewCode(page);
      expect(await page.locator('.summary').innerText()).not.toContain('Zeit für die Fragen');
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

  test('happens once on a double click', async () => {
    await visitSummary(async (page, receipt) => {
      const keys = posts(page);
      await page.getByRole('button', { name: LABELS.de.send }).dblclick();
      await arrived(page);
      expect(keys).toHaveLength(1);
      expect(await stored(receipt)).toHaveLength(1);
    });
  });

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
      const field = page.getByLabel('Rückkehr-Code', { exact: true });
      await field.fill('000-000-000-000-000-000-000-000-000');
      await press(page, LABELS.de.checkCode);
      expect(await page.locator('#receipt-error').innerText()).toContain(
        'nicht der, der in diesem Browser erzeugt wurde',
      );
      await field.fill(receipt.toLowerCase());
      await press(page, LABELS.de.checkCode);
      await press(page, LABELS.de.send);
      await arrived(page);
      expect(new Set(keys).size).toBe(1);
      expect(await stored(receipt)).toHaveLength(1);
    });
  });

  test.each([
    [429, 'Der Dienst ist gerade ausgelastet'],
    [500, 'Im Dienst ist etwas schiefgegangen'],
  ])('says what is wrong on %i, keeps the answers, and goes through later', async (status, said) => {
    await visitSummary(async (page, receipt) => {
      await page.route(
        '/v1/submissions',
        (route) => route.fulfill({ status, headers: { 'Retry-After': '3600', 'X-Request-Id': 'r-17' }, body: '{}' }),
        { times: 1 },
      );
      await press(page, LABELS.de.send);
      await page.getByText(said).waitFor();
      expect(await page.locator('.notice').last().innerText()).toContain('r-17');
      expect(await axeViolations(page)).toEqual([]);
      await press(page, LABELS.de.retry);
      await arrived(page);
      expect(await stored(receipt)).toHaveLength(1);
    });
  });

  test('waits a moment when asked to', async () => {
    await visitSummary(async (page, receipt) => {
      await page.route('/v1/submissions', (route) => route.fulfill({ status: 429, headers: { 'Retry-After': '1' } }), {
        times: 1,
      });
      await press(page, LABELS.de.send);
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
      await answer(page, [4]);
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

  test('with a typo is named before anything is sent', async () => {
    await visitStep('profile', { answers: allAnswers(1) }, async (page) => {
      await page.getByLabel(/Code des Verbands/).fill('0000-0001');
      await press(page, 'Hinzufügen');
      expect(await page.locator('#join-code-error').innerText()).toContain('Tippfehler');
      await page.getByLabel(/Code des Verbands/).fill('0000 0000');
      await press(page, 'Hinzufügen');
      expect(await page.locator('.join-codes').innerText()).toContain('0000 0000');
    });
  });

  test('that nobody knows is named by the service; without it the check goes through', async () => {
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
  await visit('/de/check', async (page) => {
    const paths = await page.evaluate(() =>
      performance.getEntriesByType('resource').flatMap(({ name }) => (name.endsWith('.js') ? [name] : [])),
    );
    expect(paths.length).toBeGreaterThan(0);
    const bodies = await Promise.all([...new Set(paths)].map(async (path) => (await fetch(path)).arrayBuffer()));
    const total = bodies.reduce((sum, body) => sum + gzipSync(new Uint8Array(body)).length, 0);
    expect(total).toBeLessThan(40_000);
  });
});
