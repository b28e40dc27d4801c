import { buffer } from 'node:stream/consumers';
import type { Page } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import type { FirstExperiment } from '#contracts/instrument';
import { builtInInstruments } from '#instruments/built-in-instruments';
import { DRAFT_KEY } from '../../web/check/kept-draft.ts';
import { readExperiment } from '../../web/next-step/experiment.ts';
import { STEPS_KEY } from '../../web/next-step/kept-steps.ts';
import { axeViolations, expectSound, islandsReady, test, visit } from './visit.ts';

const [, instrument] = builtInInstruments.at(-1)!;

const LANGS = [
  {
    lang: 'de' as const,
    standing: '/de/standort',
    path: '/de/naechster-schritt',
    show: 'Zeigen, wo wir stehen',
    choose: 'Einen nächsten Schritt wählen',
    pick: 'Diesen Schritt wählen',
    experiments: 'Experimente für den Anfang',
    pickExperiment: 'Dieses Experiment wählen',
    pickOwn: 'Eigenes Experiment schreiben',
    very: 'sehr',
    much: 'viel',
    little: 'wenig',
    best: /ein guter Anfang/,
    peers: /rund \d+ .+, die danach gefragt wurden.*\d+ bis \d+\u00a0%/s,
    idea: 'Eine eigene Idee',
    addIdea: 'Idee dazuschreiben',
    enough: /Zwanzig eigene Ideen/,
    strike: 'Idee streichen',
    withWhom: 'Mit wem',
    sign: 'Woran wir es merken',
    sponsor: 'Rückhalt an der Spitze',
    until: 'Rückblick am',
    complete: /Alles steht auf der Karte/,
    calendar: 'Rückblick in den Kalender',
    save: 'Als Datei sichern',
    review: 'Rückblick beginnen',
    seen: 'Was war zu sehen?',
    adapt: 'Anpassen',
    end: 'Beenden',
    finish: 'Rückblick abschließen',
    noDay: /Der Kalender braucht einen Tag/,
    noDecision: /Die Entscheidung fehlt noch.*„Entscheiden“ Beenden, Anpassen oder Ausweiten/,
    past: 'Bisherige Experimente',
    drop: 'Karte verwerfen und neu wählen',
    dropYes: 'Ja, verwerfen',
    open: /experiment\.json/,
    noCard: /keine Karte/,
    cannotFail: 'Ein Experiment kann nicht scheitern',
    notKept: 'Ihr Browser merkt sich nichts',
    offline: 'Keine Verbindung',
    again: 'Noch einmal versuchen',
    fits: 'Vorschläge, die zu Ihnen passen',
  },
  {
    lang: 'en' as const,
    standing: '/en/standing',
    path: '/en/next-step',
    show: 'Show where we stand',
    choose: 'Choose a next step',
    pick: 'Choose this step',
    experiments: 'Experiments to begin with',
    pickExperiment: 'Choose this experiment',
    pickOwn: 'Write your own experiment',
    very: 'high',
    much: 'high',
    little: 'low',
    best: /a good place to start/,
    peers: /around \d+ .+ who were asked.*\d+ to \d+%/s,
    idea: 'An idea of your own',
    addIdea: 'Add the idea',
    enough: /twenty ideas of your own/,
    strike: 'Remove the idea',
    withWhom: 'With whom',
    sign: 'How we will know',
    sponsor: 'Backed at the top by',
    until: 'Review on',
    complete: /Everything is on the card/,
    calendar: 'Put the review in the calendar',
    save: 'Save as a file',
    review: 'Begin the review',
    seen: 'What did we see?',
    adapt: 'Adapt it',
    end: 'End it',
    finish: 'Finish the review',
    noDay: /The calendar needs a day/,
    noDecision: /The decision is still missing.*“Act” to end, adapt or extend/,
    past: 'Past experiments',
    drop: 'Discard the card and choose again',
    dropYes: 'Yes, discard',
    open: /experiment\.json/,
    noCard: /not a card/,
    cannotFail: 'An experiment cannot fail',
    notKept: 'Your browser keeps nothing',
    offline: 'No connection',
    again: 'Try again',
    fits: 'Suggestions that fit you',
  },
];
type Words = (typeof LANGS)[number];

/** From the result to the list of measures, as a visitor goes. */
async function comeFromResult(page: Page, words: Words): Promise<void> {
  await page.locator('.code-field').fill(inject('demoReceipt'));
  await page.getByRole('button', { name: words.show }).click();
  await page.getByRole('button', { name: words.choose }).click();
  await page.locator('.measure').first().waitFor();
}
const pickFirst = (page: Page, words: Words) => page.getByRole('button', { name: words.pick }).first().click();
const idOf = (title: string) => instrument.items.find((item) => Object.values(item.title).includes(title))!.id;
const titlesOf = (page: Page) => page.locator('.measure__title').allInnerTexts();

async function withIdea(page: Page, words: Words, idea = 'Dienstpläne am Tablet'): Promise<void> {
  await page.getByRole('textbox', { name: words.idea }).fill(idea);
  await page.getByRole('button', { name: words.addIdea }).click();
}

async function openFile(page: Page, words: Words, text: string): Promise<void> {
  await page
    .getByLabel(words.open)
    .setInputFiles({ name: 'experiment.json', mimeType: 'application/json', buffer: Buffer.from(text) });
}

async function downloaded(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name, exact: true }).click(),
  ]);
  return (await buffer(await download.createReadStream())).toString('utf8');
}

describe.each(LANGS)('next step, $lang', (words) => {
  const { path, standing } = words;

  test('from the result: measures that fit the house; importance sorts them, a rating names the best; one becomes a card that is kept, saved, put in the calendar and opened again', async () => {
    await visit(standing, async (page) => {
      await comeFromResult(page, words);
      expect(new URL(page.url()).pathname).toBe(path);
      expect(page.url()).not.toContain('#');
      expect((await titlesOf(page)).length).toBeGreaterThanOrEqual(3);
      const fieldset = page.locator('.importance fieldset').nth(3);
      await fieldset.getByRole('radio', { name: words.very }).check();
      const measure = page.locator('.measure').nth(1);
      await measure.locator('fieldset').nth(0).getByRole('radio', { name: words.much }).check();
      await measure.locator('fieldset').nth(1).getByRole('radio', { name: words.little }).check();
      expect(await measure.innerText()).toMatch(words.best);
      const kept = await page.evaluate((key) => localStorage.getItem(key), STEPS_KEY);
      expect(JSON.parse(kept!)).toMatchObject({ importance: { innovation: 3 } });
      expect(kept).not.toMatch(/answers|score/);
      await expectSound(page);

      // What peers intend next: of how many, and within which range.
      const plans = await page.locator('section[aria-labelledby=peers]').innerText();
      expect(plans).toMatch(words.peers);
      expect(await page.locator('section[aria-labelledby=peers] tbody tr').count()).toBe(5);
      const [title] = await titlesOf(page);
      await page.locator('.measure').first().getByRole('button', { name: words.pickOwn }).click();
      expect(await page.locator('.experiment').innerText()).toContain(words.cannotFail);
      expect(await page.getByRole('textbox', { name: words.withWhom }).inputValue()).toBe('');
      await page.getByRole('button', { name: words.drop }).click();
      await page.getByRole('button', { name: words.dropYes }).click();

      await page.locator('.measure').first().getByText(words.experiments).click();
      await expectSound(page);
      await page.getByRole('button', { name: words.pickExperiment }).first().click();
      const [{ withWhom, sign }] = instrument.firstExperiments[idOf(title!)] as [FirstExperiment];
      expect(await page.getByRole('textbox', { name: words.withWhom }).inputValue()).toBe(withWhom[words.lang]);
      expect(await page.getByRole('textbox', { name: words.sign }).inputValue()).toBe(sign[words.lang]);
      await page.getByRole('textbox', { name: words.withWhom }).fill('Team Nord; Frau Ünal, Küche');
      await page.getByRole('textbox', { name: words.sign }).fill('Niemand fragt mehr nach dem Plan');
      await page.getByRole('textbox', { name: words.sponsor }).fill('Vorstand');
      await page.getByLabel(words.until).fill('2031-03-31');
      expect(await page.locator('.experiment__missing').innerText()).toMatch(words.complete);

      const calendar = await downloaded(page, words.calendar);
      expect(calendar).toContain('DTSTART;VALUE=DATE:20310331\r\n');
      expect(calendar.replaceAll('\r\n ', '')).toContain('Team Nord\\; Frau Ünal\\, Küche');
      const file = await downloaded(page, words.save);
      expect(readExperiment(file)).toMatchObject({ title, plan: { until: '2031-03-31', sponsor: 'Vorstand' } });
      for (const text of [calendar, file]) expect(text).not.toContain(inject('demoReceipt'));

      await page.reload();
      await islandsReady(page);
      expect(await page.getByRole('textbox', { name: words.sponsor }).inputValue()).toBe('Vorstand');

      await page.getByRole('button', { name: words.drop }).click();
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: words.dropYes }).click();
      await page.locator('.measure').first().waitFor();
      await openFile(page, words, file);
      await page.getByRole('textbox', { name: words.sponsor }).waitFor();
      expect(await page.getByRole('textbox', { name: words.sponsor }).inputValue()).toBe('Vorstand');
    });
  });

  test('without a code it begins with an own idea; what is no card is refused; twenty ideas fill the list, which says so', async () => {
    await visit(path, async (page) => {
      await page.getByText(words.fits).waitFor();
      expect(await page.locator('.measure').count()).toBe(0);
      await openFile(page, words, '{"a":1}');
      await page.getByText(words.noCard).waitFor();
      expect(await page.evaluate((key) => localStorage.getItem(key), STEPS_KEY)).toBeNull();
      await withIdea(page, words, '<b>Idee</b>');
      expect(await titlesOf(page)).toEqual(['<b>Idee</b>']);
      expect(await axeViolations(page)).toEqual([]);
      for (let number = 2; number <= 20; number++) await withIdea(page, words, `Idee ${number}`);
      await page.getByText(words.enough).waitFor();
      expect(await page.getByRole('textbox', { name: words.idea }).count()).toBe(0);
      await page.getByRole('button', { name: words.strike }).first().click();
      await withIdea(page, words, 'Idee 21');
      expect((await titlesOf(page)).filter((title) => title.startsWith('Idee'))).toHaveLength(20);
    });
  });

  test('calendar and review say what is missing; adapting lays out the next card, ending leads back to the list', async () => {
    await visit(path, async (page) => {
      await withIdea(page, words);
      await pickFirst(page, words);
      await page.getByLabel(words.until).fill('');
      await page.getByRole('button', { name: words.calendar }).click();
      await page.getByText(words.noDay).waitFor();
      await page.getByLabel(words.until).fill('2031-03-31');
      expect(await page.getByText(words.noDay).count()).toBe(0);
      expect(await downloaded(page, words.calendar)).toContain('20310331');

      const review = async (decision: string, check: () => Promise<void>) => {
        await page.getByRole('button', { name: words.review }).click();
        await page.getByRole('textbox', { name: words.seen }).fill('Weniger Rückfragen');
        await check();
        await page.getByRole('radio', { name: new RegExp(`^${decision}`) }).check();
        expect(await page.getByText(words.noDecision).count()).toBe(0);
        await page.getByRole('button', { name: words.finish }).click();
        await page.getByRole('heading', { name: words.past }).waitFor();
      };
      await page.getByRole('textbox', { name: words.sponsor }).fill('Vorstand');
      await review(words.adapt, async () => {
        await page.getByRole('button', { name: words.finish }).click();
        await page.getByText(words.noDecision).waitFor();
        await expectSound(page);
      });
      // The plan went along; the review of the new card is empty.
      expect(await page.getByRole('textbox', { name: words.sponsor }).inputValue()).toBe('Vorstand');
      expect(await page.getByRole('textbox', { name: words.seen }).count()).toBe(0);
      await review(words.end, async () => {});
      await page.getByRole('textbox', { name: words.idea }).waitFor();
      expect(await page.locator('section[aria-labelledby=past] details').count()).toBe(2);
      expect(await page.locator('main').innerText()).not.toMatch(/gescheitert|misslungen|failed|failure/i);
      expect(await axeViolations(page)).toEqual([]);
    });
  });

  test('an unsent check gives the own lowest anchors', async () => {
    await visit(path, async (page) => {
      const answers = Object.fromEntries(instrument.items.map(({ id }) => [id, id === 'backing' ? 0 : 2]));
      const draft = { format: 1, instrument: instrument.id, answers, profile: {}, questions: {}, joinCodes: [] };
      await page.evaluate(([key, text]) => localStorage.setItem(key!, text!), [DRAFT_KEY, JSON.stringify(draft)]);
      await page.reload();
      await page.locator('.measure').first().waitFor();
      expect((await titlesOf(page))[0]).toBe(instrument.items.find(({ id }) => id === 'backing')!.title[words.lang]);
    });
  });

  test('a browser that keeps nothing is told of, and the card works on', async () => {
    await visit(path, async (page) => {
      await page.addInitScript(() => {
        Storage.prototype.setItem = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      });
      await page.reload();
      await islandsReady(page);
      await withIdea(page, words);
      await page.getByText(words.notKept).waitFor();
      await pickFirst(page, words);
      expect(readExperiment(await downloaded(page, words.save))).toMatchObject({ title: 'Dienstpläne am Tablet' });
      expect(await axeViolations(page)).toEqual([]);
    });
  });

  test('without a connection own ideas still work, and measures come when it is back', async () => {
    await visit(standing, async (page) => {
      await page.route('**/v1/instruments/*', (route) => route.abort('internetdisconnected'));
      await page.locator('.code-field').fill(inject('demoReceipt'));
      await page.getByRole('button', { name: words.show }).click();
      await page.getByRole('button', { name: words.choose }).click();
      await page.getByText(words.offline, { exact: true }).waitFor();
      await withIdea(page, words);
      expect(await page.locator('.measure').count()).toBe(1);
      expect(await axeViolations(page)).toEqual([]);
      await page.unroute('**/v1/instruments/*');
      await page.getByRole('button', { name: words.again }).click();
      await page.locator('.measure').nth(2).waitFor();
    });
  });

  test('by keyboard alone an idea is written, rated and picked; its card prints on one page', async () => {
    await visit(path, async (page) => {
      await page.getByRole('textbox', { name: words.idea }).focus();
      await page.keyboard.type('Tablets im Nachtdienst');
      await page.keyboard.press('Enter');
      await page.locator('.measure input').first().focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      expect(await page.locator('.measure').innerText()).toMatch(words.best);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.locator('.experiment').waitFor();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('plan');

      const pdf = await page.pdf({
        format: 'A4',
        margin: { top: '15mm', bottom: '15mm', left: '18mm', right: '18mm' },
      });
      expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.sheet').innerText()).toContain('Tablets im Nachtdienst');
      expect(await page.locator('textarea').first().isVisible()).toBe(false);
    });
  });

  test('without JavaScript it says why it needs it', async () => {
    const html = await (await fetch(new URL(path, inject('demoUrl')))).text();
    expect(html).toMatch(/<noscript>.*(braucht JavaScript|needs JavaScript)/s);
  });
});
