import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { addressOf, startServer } from '../local/server-process.ts';
import { findChromium } from './find-chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A service with the demo: two releases of an invented sector. Ends with a slash, as the next. */
    demoUrl: string;
    /** The receipt of the demo's house. */
    demoReceipt: string;
    /** A service without any release. */
    emptyUrl: string;
    /** Where the browser listens. */
    browserEndpoint: string;
  }
}

/** Starts what every test of the site uses: a browser, a service with the demo, and an empty one. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'site-'));
  // The empty one builds the site where it must be built; the other finds it built.
  const empty = startServer(['--port', '0', '--no-demo', '--data', join(folder, 'empty')]);
  const emptyUrl = await addressOf(empty);
  const demo = startServer(['--port', '0', '--data', join(folder, 'demo')]);
  const browser = await chromium.launchServer({
    executablePath: findChromium(),
    args: [
      '--no-sandbox',
      ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync'],
    ],
  });
  project.provide('demoUrl', await addressOf(demo));
  project.provide('demoReceipt', /Rückkehr-Code\) of an invented house: (\S+)/.exec(demo.out())![1]!);
  project.provide('emptyUrl', emptyUrl);
  project.provide('browserEndpoint', browser.wsEndpoint());
  return async () => {
    await Promise.all([browser.close(), demo.stop(), empty.stop()]);
    await rm(folder, { recursive: true, force: true });
  };
}
