import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import type { Instrument } from '#contracts/instrument';
import { DRAFT_KEY } from '../../web/check/kept-draft.ts';
import { KEPT_ROUND } from '../../web/check/team.ts';
import { axeViolations, expectSound, islandsReady, PHONE, test, visit } from './visit.ts';

const instrument = JSON.parse(await readFile('packages/instruments/digitalcheck.1.json', 'utf8')) as Instrument;

/** A draft as the check saves it: level 2 everywhere, but for what is said. */
const draftFile = (name: string, changed: Record<string, number | string> = {}, file: object = {}) => ({
  name: `${name}.json`,
  mimeType: 'application/json',
  buffer: Buffer.from(
    JSON.stringify({
      kind: 'sektorspiegel-team-draft',
      format: 1,
      instrument: 'digitalcheck.1',
      name,
      answers: { ...Object.fromEntries(instrument.items.map(({ id }) => [id, 2])), ...changed },
      ...file,
    }),
  ),
});

const choose = (page: Page, ...files: ReturnType<typeof draftFile>[]) =>
  page.locator('input[type=file]').setInputFiles(files);
const themes = (page: Page) => page.locator('h3 ~ .check__item .check__theme').allInnerTexts();

describe.each([
  { lang: 'de' as const, path: '/de/teamrunde' },
  { lang: 'en' as const, path: '/en/team-round' },
])('a team round at $path', ({ lang, path }) => {
  test('is collected from files and a sheet, compared, agreed on and taken over', async () => {
    const title = (id: string) => instrument.items.find((item) => item.id === id)!.title[lang];
    await visit(
      path,
      async (page) => {
        const requests: string[] = [];
        page.on('request', (request) => requests.push(request.url()));
        expect(await axeViolations(page)).toEqual([]);
        await choose(page, draftFile('A', { data: 0, trials: 3 }), draftFile('B', { data: 4, skills: 'na' }));
        await page.locator('.members li').nth(1).waitFor();
        // Wide differences on top, the widest first; then small ones.
        expect((await themes(page)).map((theme) => theme.replace(/^\d+\. /, ''))).toEqual([
          title('data'),
          title('skills'),
          title('trials'),
        ]);
        const names = page.locator('#item-data .radio-card', { has: page.locator('input[value="4"]') });
        expect(await names.locator('.agreement__name').allInnerTexts()).toEqual(['B']);
        expect(await page.getByRole('status').innerText()).toMatch(/^17 (von|of) 20/);

        await page.locator('#sheet-name').fill('C');
        await page.keyboard.press('Enter');
        await page.locator('.sheet-entry input').first().waitFor();
        await page.locator('input[name="sheet-2-workplaces"]').first().check();
        expect((await themes(page))[1]).toContain(title('workplaces'));
        expect(await page.getByRole('status').innerText()).toMatch(/^16 (von|of) 20/);
        await page.locator('.disclosure summary').first().click();
        await expectSound(page);

        for (const [id, level] of Object.entries({ data: 1, skills: 2, trials: 2, workplaces: 'dk' }))
          await page.locator(`#item-${id} .radio-cards input[value="${level}"]`).check();
        expect(await page.getByRole('status').innerText()).toMatch(/^20 (von|of) 20/);
        await page.reload();
        await islandsReady(page);
        expect(await page.locator('.members li').count()).toBe(3);
        await page.locator('.check > .buttons .button--primary').click();
        await page.waitForURL(/check#overview$/);
        await islandsReady(page);
        const kept = await page.evaluate(() => JSON.parse(localStorage.getItem('sektorspiegel.check')!));
        expect(kept.answers).toMatchObject({ data: 1, skills: 2, trials: 2, workplaces: 'dk', systems: 2 });
        expect(requests.filter((url) => url.includes('/v1/'))).toEqual([]);
      },
      { width: PHONE },
    );
  });
});

test('a file that is no draft is named with its reason, and the others are taken', async () => {
  await visit('/de/teamrunde', async (page) => {
    const files = [
      draftFile('Leitung'),
      { ...draftFile('foto'), buffer: Buffer.from('GIF89a') },
      draftFile('alt', {}, { instrument: 'digitalcheck.9' }),
      draftFile('leer', {}, { answers: {} }),
    ];
    await choose(page, ...files);
    const alert = await page.getByRole('alert').innerText();
    expect(alert).toContain('foto.json: Das ist kein Teamentwurf aus dem Check.');
    expect(alert).toContain('alt.json: Dieser Entwurf gehört zu einem anderen Fragebogen.');
    expect(alert).toContain('leer.json: Dieser Entwurf enthält keine Antworten.');
    expect(await page.locator('.members li').allInnerTexts()).toHaveLength(1);
    expect(await axeViolations(page)).toEqual([]);
  });
});

test('has room for six, is readable with answers open, and forgets one and all', async () => {
  await visit('/de/teamrunde', async (page) => {
    await choose(
      page,
      draftFile('Einrichtungsleitung Seniorenzentrum', { data: 0 }),
      ...['B', 'C', 'D', 'E', 'F', 'G'].map((name) => draftFile(name)),
    );
    expect(await page.getByRole('alert').innerText()).toContain('G.json: Es sind schon sechs Entwürfe da.');
    expect(await page.locator('.members li').count()).toBe(6);
    expect(await page.locator('input[type=file]').count()).toBe(0);
    await page.getByRole('button', { name: 'Antworten ansehen und ändern Einrichtungsleitung' }).click();
    await expectSound(page);
    await page.getByRole('button', { name: 'Entfernen F' }).click();
    expect(await page.locator('.members li').count()).toBe(5);
    await page.getByRole('button', { name: 'Teamrunde löschen' }).click();
    expect(await page.evaluate(() => localStorage.getItem('sektorspiegel.team'))).toBeNull();
  });
});

test('a round that is damaged or belongs to another questionnaire is set aside with a sentence, and none of it shown', async () => {
  const round = { format: 1, instrument: 'digitalcheck.9', members: [{ name: 'Leitung', answers: {} }], agreed: {} };
  const kept = { [KEPT_ROUND.key]: JSON.stringify(round) };
  await visit(
    '/de/teamrunde',
    async (page) => {
      expect(await page.locator('.notice').innerText()).toContain('Der Fragebogen hat sich geändert');
      const damaged = JSON.stringify({ ...round, instrument: 'digitalcheck.1', members: 'none' });
      await page.evaluate(([key, text]) => localStorage.setItem(key!, text!), [KEPT_ROUND.key, damaged]);
      await page.reload();
      await islandsReady(page);
      expect(await page.locator('.notice').innerText()).toContain('Die Antworten in diesem Browser sind beschädigt');
      expect(await page.locator('.members li').count()).toBe(0);
      expect(await axeViolations(page)).toEqual([]);
      // The first change begins anew.
      await choose(page, draftFile('Leitung'));
      await page.locator('.members li').waitFor();
      expect(await page.locator('.notice').count()).toBe(0);
    },
    { kept },
  );
});

test('the file comes from the check, and holds answers and a name alone', async () => {
  const draft = {
    format: 1,
    instrument: 'digitalcheck.1',
    answers: { workplaces: 3 },
    profile: {},
    questions: {},
    joinCodes: [],
  };
  await visit(
    '/de/check#overview',
    async (page) => {
      await page.getByText('Für eine Teamrunde sichern').click();
      await page.getByLabel(/Ihre Rolle oder ein Kürzel/).fill('Leitung');
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Antworten als Datei sichern' }).click();
      const chunks = await (await (await download).createReadStream()).toArray();
      expect(JSON.parse(Buffer.concat(chunks).toString())).toEqual({
        kind: 'sektorspiegel-team-draft',
        format: 1,
        instrument: 'digitalcheck.1.1',
        name: 'Leitung',
        answers: { workplaces: 3 },
      });
    },
    { kept: { [DRAFT_KEY]: JSON.stringify(draft) } },
  );
});
