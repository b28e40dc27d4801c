import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { demoReceipt } from '#functions/local/demo';
import { pathTo } from '#web/site-map.ts';
import { freePort } from '../local/free-port.ts';
import { startServer } from '../local/server-process.ts';
import { ENGINES, missingFor, type Tab, WIDTH } from './engines.ts';

/**
 * `npm run test:browsers`: the main ways in Firefox and WebKit, beside Chromium, in which all tests run. A smoke of seconds:
 * pages come up, do not scroll sideways on a phone, and islands work. A browser that is missing is told, and fails with
 * `--required`, as in CI.
 */

const PAGES = ['start', 'check', 'standing', 'nextStep', 'field', 'clearance', 'method', 'association'] as const;

/** Asks until the page says so; a walk that hangs ends after half a minute. */
async function until(tab: Tab, script: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (await tab.run<boolean>(script)) return;
    await wait(100);
  }
  throw new Error(`It never came to pass: ${script}`);
}

async function expectSound(tab: Tab, where: string): Promise<void> {
  const faults = await tab.faults();
  if (faults.length > 0) throw new Error(`${where}: ${faults.join('; ')}`);
  const width = await tab.run<number>('document.documentElement.scrollWidth');
  if (width > WIDTH) throw new Error(`${where} scrolls sideways: ${width} of ${WIDTH} px`);
}

const ISLANDS_LIVE = `document.readyState === 'complete' && !document.querySelector('[data-island]:not([data-is-ready])')`;
const press = (selector: string) => `(document.querySelector(${JSON.stringify(selector)}).click(), true)`;

/** Every page, then the ways: a question answered, the result by its code, on to the next step. */
async function walk(tab: Tab, url: string): Promise<void> {
  for (const page of PAGES) {
    await tab.go(new URL(pathTo(page, 'de'), url).href);
    await until(tab, ISLANDS_LIVE);
    await expectSound(tab, page);
  }
  await tab.go(new URL(pathTo('check', 'de'), url).href);
  await until(tab, ISLANDS_LIVE);
  await tab.run(press('main .buttons button'));
  await until(tab, `document.querySelectorAll('main input[type=radio]').length > 4`);
  await tab.run(press('main input[type=radio]'));
  await until(tab, `document.querySelector('main input[type=radio]').checked`);
  await expectSound(tab, 'a question');

  await tab.go(new URL(pathTo('standing', 'de'), url).href);
  await until(tab, ISLANDS_LIVE);
  await tab.run(`(() => {
    const field = document.querySelector('.code-field');
    field.value = ${JSON.stringify(demoReceipt(0))};
    return field.dispatchEvent(new Event('input', { bubbles: true }));
  })()`);
  await tab.run(`(document.querySelector('.code-field').form.requestSubmit(), true)`);
  await until(tab, `document.querySelector('.standing-picture img')?.complete === true`);
  const drawn = await tab.run<number>(`document.querySelector('.standing-picture img').naturalWidth`);
  if (drawn < 300) throw new Error(`The picture of the result is ${drawn} px wide.`);
  await expectSound(tab, 'the result');
  await tab.run(press('.standing > div > .buttons button'));
  await until(tab, `document.querySelectorAll('.measure').length > 2`);
  await expectSound(tab, 'the measures');
}

const { values } = parseArgs({ options: { required: { type: 'boolean', default: false } } });
const folder = await mkdtemp(join(tmpdir(), 'browsers-'));
const port = await freePort();
const command = [process.execPath, 'functions/local/start.mjs'];
const server = startServer(['--port', `${port}`, '--data', folder], { command });
let failed = 0;
try {
  await server.printed('Sektorspiegel is running');
  for (const engine of ENGINES) {
    const missing = missingFor(engine);
    if (missing.length > 0) {
      process.stderr.write(
        `NOT TESTED in ${engine.name}: ${missing.join(', ')} missing (CONTRIBUTING.md, "Other browsers").\n`,
      );
      if (values.required) failed += 1;
      continue;
    }
    const began = performance.now();
    const tab = await engine.open();
    try {
      await walk(tab, `http://127.0.0.1:${port}/`);
      process.stdout.write(`${engine.name}: sound, ${Math.round((performance.now() - began) / 100) / 10} s\n`);
    } catch (error) {
      failed += 1;
      process.stderr.write(`${engine.name}: ${(error as Error).message}\n`);
    } finally {
      await tab.close();
    }
  }
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;
