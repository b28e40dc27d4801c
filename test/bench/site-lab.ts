import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { CODE_KEY } from '../../web/kept-code.ts';
import { addressOf, startServer } from '../local/server-process.ts';
import { findChromium } from '../site/find-chromium.ts';
import { say, show } from './measure.ts';

const ROUNDS = 7;
/** A cheap phone against this machine, as Lighthouse assumes it. */
const CPU_SLOWDOWN = 4;
const PAGE = '/de/standort';
/** After the picture, so that long tasks that follow it count as well. */
const SETTLE_MS = 1500;

interface Lab {
  /** First contentful paint, milliseconds after navigation. */
  fcp: number;
  /** Total blocking time: what tasks after it take beyond 50 ms each. */
  tbt: number;
  /** Until the first picture is there. */
  picture: number;
  /** Script before interaction, gzipped, KB. */
  script: number;
}

/**
 * The result page as a lab run: processor slowed down four times, empty cache, a remembered code, so that the page goes
 * straight to the result. Against it the same page with vega-embed loaded eagerly, which draws the picture in place.
 */
export async function siteLab(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'site-lab-'));
  const server = startServer(['--port', '0', '--data', folder]);
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const url = await addressOf(server);
    const code = /Rückkehr-Code\) of an invented house: (\S+)/.exec(server.out())![1]!;
    const eager = await eagerScript(code);
    const runs: Record<string, Lab[]> = { 'this site': [], 'vega-embed eagerly': [] };
    for (let round = 0; round < ROUNDS; round++) {
      runs['this site']!.push(await visitOnce(browser, url, code));
      runs['vega-embed eagerly']!.push(await visitOnce(browser, url, code, eager));
    }
    for (const [name, labs] of Object.entries(runs)) {
      say(`${name}:`);
      say(
        `  first contentful paint ${show(
          labs.map(({ fcp }) => fcp),
          'ms',
        )}`,
      );
      say(
        `  total blocking time    ${show(
          labs.map(({ tbt }) => tbt),
          'ms',
        )}`,
      );
      say(
        `  picture                ${show(
          labs.map(({ picture }) => picture),
          'ms',
        )}`,
      );
      say(
        `  script, gzipped        ${show(
          labs.map(({ script }) => script),
          'KB',
        )}`,
      );
    }
    const [ours, theirs] = [runs['this site']!, runs['vega-embed eagerly']!];
    for (const [what, part] of [
      ['first contentful paint', 'fcp'],
      ['total blocking time', 'tbt'],
      ['picture', 'picture'],
      ['script, gzipped', 'script'],
    ] as const) {
      const ratio = ours.map((lab, round) => lab[part] / theirs[round]![part]);
      say(`${what}, this site / vega-embed eagerly: ${show(ratio, 'times', 2)}`);
    }
  } finally {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const EAGER_PATH = '/assets/eager.js';

async function visitOnce(browser: Browser, url: string, code: string, eager?: string): Promise<Lab> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 900 }, locale: 'de-DE' });
  try {
    const page = await context.newPage();
    const scripts: Promise<number>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script')
        scripts.push(response.body().then((body) => gzipSync(body).length));
    });
    await page.addInitScript(watch, [CODE_KEY, code] as const);
    if (eager !== undefined) await withEager(page, eager);
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
    await page.goto(PAGE);
    const drawn = eager === undefined ? '.standing-picture img' : '#eager svg, #eager canvas';
    await page.waitForSelector(drawn);
    const picture = await page.evaluate(() => performance.now());
    await page.waitForTimeout(SETTLE_MS);
    const { fcp, tbt } = await page.evaluate(() => {
      const { long } = globalThis as unknown as { long: { start: number; duration: number }[] };
      const fcp = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN;
      const blocking = long.filter(({ start, duration }) => start + duration > fcp);
      return { fcp, tbt: blocking.reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0) };
    });
    const script = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0) / 1024;
    return { fcp, tbt, picture, script };
  } finally {
    await context.close();
  }
}

/** In the page, before anything else: remembers the code as a visitor would, and notes long tasks. */
function watch([key, code]: readonly [string, string]): void {
  sessionStorage.setItem(key, code);
  const long: { start: number; duration: number }[] = [];
  Object.assign(globalThis, { long });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) long.push({ start: startTime, duration });
  }).observe({ type: 'longtask', buffered: true });
}

/** The same page with one more script in its head, and a place for its drawing. */
async function withEager(page: Page, eager: string): Promise<void> {
  await page.route(`**${EAGER_PATH}`, (route) => route.fulfill({ contentType: 'text/javascript', body: eager }));
  await page.route(`**${PAGE}`, async (route) => {
    const response = await route.fetch();
    const html = (await response.text())
      .replace('</head>', `<script type="module" src="${EAGER_PATH}"></script></head>`)
      .replace('</main>', '<div id="eager"></div></main>');
    await route.fulfill({ response, body: html });
  });
}

/** vega-embed with all it brings, drawing the same spec; interpreted, as the policy forbids `eval`. */
async function eagerScript(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      resolveDir: process.cwd(),
      contents: `
        import embed from 'vega-embed';
        import { expressionInterpreter } from 'vega-interpreter';
        const headers = { Authorization: 'Bearer ${code}', Accept: 'application/vnd.vegalite.v6+json' };
        const spec = await (await fetch('/v1/standing?instrument=digitalcheck.1', { headers })).json();
        await embed('#eager', spec, { ast: true, expr: expressionInterpreter, actions: false, defaultStyle: false });
      `,
    },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    mainFields: ['module', 'main'],
    write: false,
  });
  return outputFiles[0]!.text;
}
