import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, inject, test as oneAtATime } from 'vitest';
import { inTab } from './tabs.ts';

/** A test of the site: several go on at once, each visit in a tab of its own. */
export const test = oneAtATime.concurrent;

/** How a page is visited. Without wishes: German, 1280 x 900, light, with JavaScript. */
export interface Visit {
  /** Which service: the one with the demo, or the one without a release. */
  service?: 'demo' | 'empty';
  width?: number;
  isDark?: boolean;
  hasScript?: boolean;
  /** What the browser's lasting store holds from an earlier visit. */
  kept?: Record<string, string>;
  /** Of a browser for this visit alone, with nothing in its cache: {} for one as the others. Costs a second. */
  options?: BrowserContextOptions;
}

/** Widths at which every page is looked at, pixels. */
export const PHONE = 320;
export const DESKTOP = 1280;

/**
 * Opens a path as somebody who has never been here, and lets `look` use the page. Fails on whatever a visitor's console
 * would show: exceptions, refused resources, breaches of the Content-Security-Policy.
 */
export async function visit<Result>(
  path: string,
  look: (page: Page) => Promise<Result>,
  { service = 'demo', width = DESKTOP, isDark = false, hasScript = true, kept = {}, options }: Visit = {},
): Promise<Result> {
  const visitor = {
    baseURL: inject(service === 'demo' ? 'demoUrl' : 'emptyUrl'),
    javaScriptEnabled: hasScript,
    locale: path.startsWith('/en') ? 'en-GB' : 'de-DE',
  };
  return inTab(visitor, options, async (page) => {
    await page.setViewportSize({ width, height: 900, ...options?.viewport });
    const colorScheme = isDark ? 'dark' : 'light';
    await page.emulateMedia({ media: null, colorScheme, reducedMotion: 'reduce', forcedColors: 'none' });
    await page.evaluate((kept) => {
      for (const [key, value] of Object.entries(kept)) localStorage.setItem(key, value);
    }, kept);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    await page.goto(path);
    if (hasScript) await islandsReady(page);
    const result = await look(page);
    expect(complaints.filter((complaint) => !EXPECTED.some((expected) => expected.test(complaint)))).toEqual([]);
    return result;
  });
}

/** A status that a test provokes is told by the browser as well. */
const EXPECTED = [
  /Failed to load resource: (the server responded with a status of|net::ERR_(INTERNET_DISCONNECTED|FAILED))/,
];

/** Waits until every island of the page answers; needed again after a test goes to another page. */
export async function islandsReady(page: Page): Promise<void> {
  await page
    .waitForFunction(() => !document.querySelector('[data-island]:not([data-is-ready])'))
    .catch(() => {
      throw new Error('an island was not brought to life');
    });
}

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Every violation of WCAG 2.2 A and AA and of axe's good practice, as `rule: element`.
 *
 * @param rules only these
 */
export async function axeViolations(page: Page, rules?: string[]): Promise<string[]> {
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(await axeSource);
  // What passes is neither described nor brought over: that takes most of the time on a long page.
  const options: RunOptions = {
    resultTypes: ['violations'],
    ...(rules ? { runOnly: { type: 'rule', values: rules } } : {}),
  };
  const violations = await page.evaluate(async (options) => {
    const { axe } = window as unknown as { axe: { run: (options: RunOptions) => Promise<AxeResults> } };
    return (await axe.run(options)).violations;
  }, options);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
  );
}

/** How many pixels the page is wider than the window; 0 when nothing scrolls sideways. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/**
 * Looks at the open page as everybody does who comes: on a phone, on a desk, in the dark, with text at twice its size and in
 * forced colours. The page stays where it is; only the look changes, so that each state is reached once. Nothing may scroll
 * sideways in any; axe runs once in full, and in the dark once more for what the dark changes.
 *
 * @param settled waits for what a changed look loads anew, such as a picture
 */
export async function expectSound(page: Page, settled: () => Promise<unknown> = async () => {}): Promise<void> {
  const before = page.viewportSize()!;
  const height = before.height;
  const scale = (size: string) =>
    page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), size);
  const faults: string[] = [];
  const measured = async (look: string) => {
    await settled();
    const pixels = await overflow(page);
    if (pixels > 0) faults.push(`${look}: ${pixels} pixels wider than the window`);
  };
  await page.setViewportSize({ width: PHONE, height });
  await measured('on a phone');
  faults.push(...(await axeViolations(page)));
  await scale('200%');
  await measured('on a phone, with text at twice its size');
  await page.setViewportSize({ width: DESKTOP, height });
  await measured('on a desk, with text at twice its size');
  await scale('');
  await page.emulateMedia({ colorScheme: 'dark' });
  await measured('on a desk, in the dark');
  faults.push(
    ...(await axeViolations(page, ['color-contrast', 'link-in-text-block'])).map((fault) => `dark: ${fault}`),
  );
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
  await measured('on a desk, in forced colours');
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  await page.setViewportSize(before);
  await settled();
  expect(faults).toEqual([]);
}
