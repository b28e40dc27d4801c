import { describe, expect } from 'vitest';
import { type PageName, pathTo, SITE_MAP } from '../../web/site-map.ts';
import { axeViolations, islandsReady, overflow, test, visit } from './visit.ts';

describe('the menu on a phone', () => {
  test.each([
    ['/de/methode', 'Menü', 'Nächster Schritt'],
    ['/en/method', 'Menu', 'Next step'],
  ])('%s: stands in one line, and opens and closes by keyboard', async (path, menu, page5) => {
    await visit(
      path,
      async (page) => {
        const link = page.getByRole('navigation').getByRole('link', { name: page5 });
        for (const width of [320, 360]) {
          await page.setViewportSize({ width, height: 740 });
          expect((await page.locator('.site-header').boundingBox())!.height).toBeLessThan(64);
        }
        expect(await link.count()).toBe(0);
        await page.getByRole('button', { name: menu }).focus();
        await page.keyboard.press('Enter');
        await link.waitFor();
        expect(await overflow(page)).toBe(0);
        expect(await axeViolations(page)).toEqual([]);
        await page.keyboard.press('Escape');
        expect(await link.count()).toBe(0);
        await page.setViewportSize({ width: 1280, height: 740 });
        await link.waitFor();
      },
      { width: 360 },
    );
  });
});

test('on every page fields are large enough for a phone, and on paper nothing can be pressed, filled in or opened', async () => {
  await visit('/de/', async (page) => {
    for (const path of Object.keys(SITE_MAP).map((name) => pathTo(name as PageName, 'de'))) {
      await page.goto(path);
      await islandsReady(page);
      await page.emulateMedia({ media: 'screen' });
      const small = await page
        .locator('input:not([type=radio], [type=checkbox], [type=hidden]), select, textarea')
        .evaluateAll(
          (fields) => fields.filter((field) => Number.parseFloat(getComputedStyle(field).fontSize) < 16).length,
        );
      expect(small, path).toBe(0);
      await page.emulateMedia({ media: 'print' });
      const controls = await page
        .locator('button, input, select, textarea, summary, .button')
        .evaluateAll((all) =>
          all
            .filter((one) => one.checkVisibility() && !one.matches('details[open] > summary'))
            .map((one) => one.outerHTML),
        );
      expect(controls, path).toEqual([]);
    }
  });
});
