import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import type { Page } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import type { Instrument } from '#contracts/instrument';
import { makeReceipt } from '#contracts/receipt';
import { axeViolations, islandsReady, PHONE, test, visit } from './visit.ts';

const instrument = JSON.parse(await readFile('packages/instruments/digitalcheck.1.json', 'utf8')) as Instrument;

/** Sends a complete check to the service with the demo, as a visitor's browser would. */
async function send(receipt: string, conductedOn: string): Promise<{ acceptedAt: string }> {
  const response = await fetch(`${inject('demoUrl')}v1/submissions`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${receipt}`,
      'Idempotency-Key': conductedOn,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({
      instrument: 'digitalcheck.1',
      profile: { level: 'facility', sector: 'health', size: '1-9', region: 'de-hb' },
      conductedOn,
      answers: Object.fromEntries(instrument.items.map(({ id }) => [id, 2])),
    }),
  });
  expect(response.status).toBe(201);
  return (await response.json()) as { acceptedAt: string };
}

async function enter(page: Page, code: string): Promise<void> {
  await page.getByLabel('Rückkehr-Code', { exact: true }).fill(code);
  await page.getByRole('button', { name: 'Nachsehen, was gespeichert ist' }).click();
}

describe('withdrawing with the code', () => {
  test('shows what is stored, gives it out as a file, and deletes it after a second press; the code is nowhere kept', async () => {
    const receipt = makeReceipt(randomBytes);
    await send(receipt, '2026-02-03');
    await send(receipt, '2026-05-06');
    await visit(
      '/de/datenschutz',
      async (page) => {
        await enter(page, receipt.toLowerCase().replaceAll('-', ' \u2013\u200b'));
        await page.getByText('Unter diesem Code sind 2 Checks gespeichert').waitFor();
        expect(await page.locator('.notice--warning').innerText()).toMatch(
          /3\. Februar 2026.*6\. Mai 2026|6\. Mai 2026.*3\. Februar 2026/,
        );
        expect(await axeViolations(page)).toEqual([]);
        const waiting = page.waitForEvent('download');
        await page.getByRole('button', { name: 'Alles Gespeicherte als Datei' }).click();
        const download = await waiting;
        expect(download.suggestedFilename()).toBe('sektorspiegel-gespeichert.json');
        const text = (await buffer(await download.createReadStream())).toString('utf8');
        const stored = { profile: { sector: 'health' }, answers: { workplaces: 2 } };
        expect(JSON.parse(text)).toMatchObject({ submissions: [stored, stored] });
        expect(text).not.toContain(receipt);
        await page.getByRole('button', { name: 'Doch nicht' }).click();
        await enter(page, receipt);
        await page.getByRole('button', { name: 'Alles endgültig zurückziehen' }).click();
        await page.getByText('2 Checks sind gelöscht').waitFor();
        expect(await axeViolations(page)).toEqual([]);
        const traces = await page.evaluate(() =>
          JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]),
        );
        expect(traces.replaceAll(/[\s-]/g, '').toUpperCase()).not.toContain(receipt.replaceAll('-', ''));
      },
      { width: PHONE },
    );
    const after = await fetch(`${inject('demoUrl')}v1/submissions`, {
      headers: { Authorization: `Bearer ${receipt}` },
    });
    expect(((await after.json()) as { submissions: unknown[] }).submissions).toEqual([]);
  });

  test('forgets the code that the tab remembers and the scores of the check that arrived, but not those of another', async () => {
    const receipt = makeReceipt(randomBytes);
    const other = makeReceipt(randomBytes).replaceAll('-', '');
    const { acceptedAt } = await send(receipt, '2026-03-04');
    await send(other, '2026-03-05');
    const sentDraft = (at: string) => ({
      ...{ format: 1, instrument: 'digitalcheck.1', answers: {}, profile: {}, questions: {}, joinCodes: [] },
      sent: {
        acceptedAt: at,
        conductedOn: '2026-03-04',
        scores: { it: 50 },
        maturity: {},
        isComplete: true,
        isReviewedFirst: false,
      },
    });
    const lay = (page: Page, code: string, at: string) =>
      page.evaluate(
        ([kept, draft]) => {
          sessionStorage.setItem('sektorspiegel.code', kept!);
          localStorage.setItem('sektorspiegel.check', draft!);
        },
        [code, JSON.stringify(sentDraft(at))],
      );
    const left = (page: Page) => page.evaluate(() => [sessionStorage.length, localStorage.length]);
    const withdraw = async (page: Page) => {
      await page.getByRole('button', { name: 'Alles endgültig zurückziehen' }).click();
      await page.getByText('Ein Check ist gelöscht').waitFor();
    };
    await visit('/de/datenschutz', async (page) => {
      await lay(page, receipt.replaceAll('-', ''), acceptedAt);
      await enter(page, other);
      await withdraw(page);
      expect(await left(page)).toEqual([1, 1]);
      await page.reload();
      await islandsReady(page);
      await enter(page, receipt);
      await withdraw(page);
      expect(await left(page)).toEqual([0, 0]);
    });
  });

  test('names a typo without asking the service, and tells a right code apart that has nothing; by keyboard alone', async () => {
    await visit('/de/datenschutz', async (page) => {
      let asked = 0;
      await page.route('**/v1/submissions', (route) => {
        asked += 1;
        return route.continue();
      });
      for (const { code, fault } of [
        { code: '', fault: 'Bitte geben Sie Ihren Rückkehr-Code ein.' },
        { code: '34G-514', fault: 'mehr oder weniger' },
        { code: 'U4G-514-YRD-KZK-2SJ-ZKE-FWG-SP8-09M', fault: 'Tippfehler an Stelle 1' },
        { code: '43G-514-YRD-KZK-2SJ-ZKE-FWG-SP8-09M', fault: 'Das Prüfzeichen am Ende passt nicht' },
      ]) {
        await enter(page, code);
        await page.getByRole('alert').filter({ hasText: fault }).waitFor();
        expect(await page.getByLabel('Rückkehr-Code', { exact: true }).getAttribute('aria-invalid')).toBe('true');
      }
      expect(await axeViolations(page)).toEqual([]);
      expect(asked).toBe(0);
      await page.getByLabel('Rückkehr-Code', { exact: true }).fill('');
      await page.getByLabel('Rückkehr-Code', { exact: true }).focus();
      await page.keyboard.insertText(makeReceipt(randomBytes));
      await page.keyboard.press('Enter');
      await page.getByText('Unter diesem Code ist nichts gespeichert').waitFor();
      expect(asked).toBe(1);
    });
  });

  test('tells what is wrong with the network or the service, and keeps the code for another try', async () => {
    const receipt = makeReceipt(randomBytes);
    await visit('/de/datenschutz', async (page) => {
      for (const { trouble, title } of [
        { trouble: null, title: 'Keine Verbindung' },
        { trouble: 429, title: 'Gerade ist viel los' },
        { trouble: 500, title: 'Im Dienst ist etwas schiefgegangen' },
      ]) {
        await page.route('**/v1/submissions', (route) =>
          trouble === null ? route.abort('internetdisconnected') : route.fulfill({ status: trouble, json: {} }),
        );
        await enter(page, receipt);
        await page.getByText(title).waitFor();
        expect(await page.getByLabel('Rückkehr-Code', { exact: true }).inputValue()).toBe(receipt);
        await page.unroute('**/v1/submissions');
      }
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Noch einmal versuchen' }).click();
      await page.getByText('Unter diesem Code ist nichts gespeichert').waitFor();
    });
  });

  test('says what is needed without JavaScript', async () => {
    const html = await (await fetch(new URL('/de/datenschutz', inject('demoUrl')))).text();
    expect(html).toMatch(/<noscript>.*DELETE \(zurückziehen\) an \/v1\/submissions.*<\/noscript>/s);
  });
});
