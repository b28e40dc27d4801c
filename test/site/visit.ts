import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, expect, inject } from 'vitest';

/** How a page is visited. Without wishes: German, 1280 x 900, light, with JavaScript. */
export interface Visit {
  /** Which service: the one with the demo, or the one without a release. */
  service?: 'demo' | 'empty';
  width?: number;
  isDark?: boolean;
  hasScript?: boolean;
  hasForcedColours?: boolean;
  isPrint?: boolean;
  /** Text at twice its size. */
  hasLargeText?: boolean;
  options?: BrowserContextOptions;
}

/** Widths at which every page is looked at, pixels. */
export const PHONE = 320;
export const DESKTOP = 1280;

let shared: Promise<Browser> | undefined;
const browser = () => {
  shared ??= chromium.connect(inject('browserEndpoint'));
  return shared;
};
afterAll(async () => {
  await (await shared)?.close();
});

/**
 * Opens a path in a browser context of its own, and lets `look` use the page. Fails on whatever a visitor's console would
 * show: exceptions, refused resources, breaches of the Content-Security-Policy.
 */
export async function visit<Result>(
  path: string,
  look: (page: Page) => Promise<Result>,
  { service = 'demo', width = DESKTOP, isDark = false, hasScript = true, options, ...more }: Visit = {},
): Promise<Result> {
  const context = await (await browser()).newContext({
    baseURL: inject(service === 'demo' ? 'demoUrl' : 'emptyUrl'),
    viewport: { width, height: 900 },
    colorScheme: isDark ? 'dark' : 'light',
    forcedColors: more.hasForcedColours ? 'active' : 'none',
    reducedMotion: 'reduce',
    javaScriptEnabled: hasScript,
    locale: path.startsWith('/en') ? 'en-GB' : 'de-DE',
    ...options,
  });
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    if (more.isPrint) await page.emulateMedia({ media: 'print' });
    await page.goto(path);
    if (more.hasLargeText) await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    if (hasScript) await islandsReady(page);
    const result = await look(page);
    expect(complaints.filter((complaint) => !EXPECTED.some((expected) => expected.test(complaint)))).toEqual([]);
    return result;
  } finally {
    await context.close();
  }
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

/** Every violation of WCAG 2.2 A and AA and of axe's good practice, as `rule: element`. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(await axeSource);
  // What passes is neither described nor brought over: that takes most of the time on a long page.
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: RunOptions) => Promise<AxeResults> } };
    return (await axe.run({ resultTypes: ['violations'] })).violations;
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
  );
}

/** How many pixels the page is wider than the window; 0 when nothing scrolls sideways. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
