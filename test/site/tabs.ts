import { type Browser, type BrowserContextOptions, type CDPSession, chromium, type Page } from 'playwright-core';
import { afterAll, inject } from 'vitest';

/**
 * Lends a page to a visitor who has never been here. A tab that was used before is cleared and lent again: its process has
 * read the site's scripts and axe already, and takes a third of the processor time of a new one.
 *
 * @param options of a browser for this visit alone
 */
export async function inTab<Result>(
  visitor: Visitor,
  options: BrowserContextOptions | undefined,
  use: (page: Page) => Promise<Result>,
): Promise<Result> {
  const kind = JSON.stringify(visitor);
  const tab = (options ? undefined : idle.get(kind)?.pop()) ?? (await open({ ...visitor, ...options }));
  let isReusable = false;
  try {
    const result = await use(tab.page);
    isReusable = !options && !tab.isSpoilt && !tab.page.isClosed();
    if (isReusable) await clear(tab);
    return result;
  } finally {
    if (isReusable) idle.set(kind, [...(idle.get(kind) ?? []), tab]);
    else await tab.page.context().close();
  }
}

/** Visitors alike use the same tabs, one after another. */
export interface Visitor {
  baseURL: string;
  locale: string;
  javaScriptEnabled: boolean;
}

interface Tab {
  page: Page;
  devtools: CDPSession;
  origin: string;
  /** Something was changed that cannot be changed back. */
  isSpoilt: boolean;
}

const idle = new Map<string, Tab[]>();

let shared: Promise<Browser> | undefined;
afterAll(async () => {
  await (await shared)?.close();
});

async function open(visitor: Visitor & BrowserContextOptions): Promise<Tab> {
  shared ??= chromium.connect(inject('browserEndpoint'));
  const context = await (await shared).newContext(visitor);
  // What is not there fails soon, also where a slow machine needs long for a whole test.
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const tab = {
    page,
    devtools: await context.newCDPSession(page),
    origin: new URL(visitor.baseURL).origin,
    isSpoilt: false,
  };
  const spoiling = <Use extends (...args: never[]) => unknown>(use: Use) =>
    ((...args) => {
      tab.isSpoilt = true;
      return use(...args);
    }) as Use;
  page.addInitScript = spoiling(page.addInitScript.bind(page));
  page.clock.install = spoiling(page.clock.install.bind(page.clock));
  await page.goto(NOWHERE);
  return tab;
}

/** A page of the site without script, style or links. */
const NOWHERE = '/healthz';

/** Leaves nothing of a visit: no page, store, cookie, right or history, and nobody who listens. */
async function clear({ page, devtools, origin }: Tab): Promise<void> {
  const context = page.context();
  await Promise.all(context.pages().map((other) => other === page || other.close()));
  for (const event of [
    'console',
    'pageerror',
    'request',
    'requestfinished',
    'requestfailed',
    'response',
    'dialog',
  ] as const)
    page.removeAllListeners(event);
  await Promise.all([page.unrouteAll(), context.unrouteAll(), context.setOffline(false), context.clearPermissions()]);
  await page.goto(NOWHERE);
  await page.evaluate(() => sessionStorage.clear());
  await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await devtools.send('Page.resetNavigationHistory');
}
