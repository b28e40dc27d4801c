import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { freePort } from '../local/free-port.ts';

/** A tab of a browser, 360 pixels wide. Scripts are texts and answer plain values, so that one walk fits every engine. */
export interface Tab {
  go(url: string): Promise<void>;
  run<Value>(script: string): Promise<Value>;
  /** What went wrong in the page since the last question: exceptions, breaches of the policy. */
  faults(): Promise<string[]>;
  close(): Promise<void>;
}

export interface Engine {
  name: string;
  /** Programs it needs; those that are missing are named. */
  needs: string[];
  open(): Promise<Tab>;
}

export const WIDTH = 360;
const FIREFOX = '/usr/bin/firefox-esr';
const WEBKIT = ['/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb', '/usr/bin/python3'];

export const ENGINES: Engine[] = [
  { name: 'Firefox', needs: [FIREFOX], open: openFirefox },
  { name: 'WebKit', needs: WEBKIT, open: openWebKit },
];

export const missingFor = ({ needs }: Engine): string[] => needs.filter((path) => !existsSync(path));

async function openFirefox(): Promise<Tab> {
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX, headless: true });
  const page = await browser.newPage();
  await page.setViewport({ width: WIDTH, height: 740 });
  let faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  return {
    go: async (url) => void (await page.goto(url)),
    run: (script) => page.evaluate(script) as Promise<never>,
    faults: async () => {
      const told = faults;
      faults = [];
      return told;
    },
    close: () => browser.close(),
  };
}

/** WebDriver over plain requests: its protocol is small, and a client library would bring its own browsers. */
async function openWebKit(): Promise<Tab> {
  const display = `:${90 + (process.pid % 100)}`;
  const port = await freePort();
  const env = { ...process.env, DISPLAY: display, WINDOW_WIDTH: `${WIDTH}`, GTK_A11Y: 'none', NO_AT_BRIDGE: '1' };
  const started = [
    spawn('/usr/bin/Xvfb', [display, '-screen', '0', '1200x900x24'], { stdio: 'ignore' }),
    spawn('/usr/bin/WebKitWebDriver', [`--port=${port}`], { stdio: 'ignore', env }),
  ];
  const end = () => started.forEach((child) => void child.kill());
  const base = `http://127.0.0.1:${port}/session`;
  const ask = async <Value>(path: string, body?: object, method = 'POST'): Promise<Value> => {
    const response = await fetch(base + path, { method, ...(body && { body: JSON.stringify(body) }) });
    const { value } = (await response.json()) as { value: Value & { message?: string } };
    if (!response.ok) throw new Error(value.message ?? `WebDriver answers ${response.status}`);
    return value;
  };
  try {
    const binary = fileURLToPath(new URL('webkit-window.py', import.meta.url));
    const options = { 'webkitgtk:browserOptions': { binary, args: [] } };
    const { sessionId } = await patiently(() =>
      ask<{ sessionId: string }>('', { capabilities: { alwaysMatch: options } }),
    );
    const run = <Value>(script: string) =>
      ask<Value>(`/${sessionId}/execute/sync`, { script: `return (${script});`, args: [] });
    return {
      go: async (url) => void (await ask(`/${sessionId}/url`, { url })),
      run,
      faults: () => run<string[]>('window.faults.splice(0)'),
      close: async () => {
        // The window ends with its session, before it can answer.
        await ask(`/${sessionId}`, undefined, 'DELETE').catch(() => {});
        end();
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}

/** Until the driver listens. */
async function patiently<Value>(ask: () => Promise<Value>): Promise<Value> {
  for (let attempt = 0; ; attempt++)
    try {
      return await ask();
    } catch (error) {
      if (attempt === 40 || !(error instanceof TypeError)) throw error;
      await wait(250);
    }
}
