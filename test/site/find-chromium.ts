import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

// The shell has no window to draw: it starts and paints in a fraction of the time.
const NAMES = [
  'chromium-headless-shell',
  'chrome-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
const PLACES = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/**
 * The path of a Chromium: `CHROMIUM`, one that is installed, Playwright's own, or else Debian's (as root or with sudo) or
 * Playwright's, which are installed then. Throws when there is none: a test of the site is never passed over.
 */
export function findChromium(): string {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const found = installed();
  if (found) return found;
  const failures = [() => installDebians(), () => installPlaywrights()].map(attempt);
  const now = installed();
  if (now) return now;
  throw new Error(
    `The tests of the site need Chromium, and it could not be installed. Install it, or name one by CHROMIUM.\n${failures.join('\n')}`,
  );
}

function installed(): string | undefined {
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...PLACES, ...playwrights()].find((path) => existsSync(path));
}

/** Where Playwright keeps its own: the shell beside the whole browser. */
function playwrights(): string[] {
  const whole = chromium.executablePath();
  const [, cache, revision] = /^(.*)chromium-(\d+)/.exec(whole) ?? [];
  const folder = `${cache}chromium_headless_shell-${revision}`;
  const shells = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /(^|[/\\])(chrome-)?headless[-_]shell(\.exe)?$/.test(name))
        .map((name) => join(folder, name))
    : [];
  return [...shells, whole];
}

function installDebians(): void {
  const [program, ...before] = process.getuid?.() === 0 ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
  const run = (...args: string[]) =>
    execFileSync(program!, [...before, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  run('update', '-q');
  run('install', '-q', '-y', '--no-install-recommends', 'chromium-headless-shell', 'fonts-liberation');
}

function installPlaywrights(): void {
  if (installed()) return;
  execFileSync(process.execPath, ['node_modules/playwright-core/cli.js', 'install', '--only-shell', 'chromium'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

function attempt(install: () => void): string {
  try {
    install();
    return '';
  } catch (error) {
    return String((error as Error).message).slice(0, 500);
  }
}
