import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { demoReceipt } from '#functions/local/demo';
import { freePort } from '../local/free-port.ts';
import { startServer } from '../local/server-process.ts';
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

/**
 * Starts what every test of the site uses: a browser, a service with the demo, and an empty one. They come up while tests
 * of the program run; `when-ready.ts` waits for them.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'site-'));
  const [demoPort, emptyPort] = [await freePort(), await freePort()];
  const demo = startServer(['--port', `${demoPort}`, '--data', join(folder, 'demo')]);
  const empty = startServer(['--port', `${emptyPort}`, '--no-demo', '--data', join(folder, 'empty')]);
  const browser = await chromium.launchServer({
    executablePath: findChromium(),
    args: [
      '--no-sandbox',
      ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync'],
    ],
  });
  project.provide('demoUrl', `http://127.0.0.1:${demoPort}/`);
  project.provide('demoReceipt', demoReceipt(0));
  project.provide('emptyUrl', `http://127.0.0.1:${emptyPort}/`);
  project.provide('browserEndpoint', browser.wsEndpoint());
  return async () => {
    await Promise.all([browser.close(), demo.stop(), empty.stop()]);
    await rm(folder, { recursive: true, force: true });
  };
}
