import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checksumFile } from '#datasets/checksums';
import { buildPartner } from '#functions/operator/build-partner';
import { receiptsOf, type Workplace, workplace } from './import-run.ts';

/** The partners' program as a partner has it: packed, unpacked in an empty folder, run with Node alone. */

let place: Workplace;
let program: string;
const at = (name: string) => place.at(name);

beforeAll(async () => {
  place = await workplace();
  await buildPartner(at('built'));
  await mkdir(at('empty'));
  const packed = await promisify(execFile)(
    'npm',
    ['pack', '--silent', '--offline', '--pack-destination', place.folder],
    {
      cwd: at('built'),
    },
  );
  await promisify(execFile)('tar', ['xzf', at(packed.stdout.trim()), '-C', at('empty')]);
  program = at('empty/package/sektorspiegel.mjs');
});
afterAll(() => place.remove());

function start(...argv: string[]): { child: ChildProcess; ended: Promise<{ code: number | null; printed: string }> } {
  const child = spawn(process.execPath, [program, ...argv], { cwd: at('empty'), env: { LANG: 'de_DE.UTF-8' } });
  const printed = Promise.all([text(child.stdout), text(child.stderr)]);
  const ended = once(child, 'close').then(async ([code]) => ({
    code: code as number | null,
    printed: (await printed).join(''),
  }));
  return { child, ended };
}
const run = (...argv: string[]) => start(...argv).ended;

/** What a service has of submissions: each key once. Answers after `delayMs`. */
class Service {
  readonly keys = new Set<string>();
  replays = 0;
  delayMs = 0;
  readonly #server: Server = createServer((request, response) => {
    request.resume();
    if (request.method === 'GET') return void response.end('{}');
    const key = `${request.headers.authorization} ${request.headers['idempotency-key']}`;
    request.on('end', () => {
      const isReplay = this.keys.has(key);
      if (isReplay) this.replays += 1;
      this.keys.add(key);
      const answer = () => response.writeHead(201, isReplay ? { 'idempotent-replayed': 'true' } : {}).end('{}');
      if (this.delayMs === 0) answer();
      else setTimeout(answer, this.delayMs);
    });
  });
  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }
  close = () => this.#server.closeAllConnections();
}

const check = (key: string) => `${key};2026-06-30;elder-care;50-249;de-nw;3;3;3;3`;
const checks = (count: number) =>
  ['organisation;conductedOn;sector;size;region;workplaces;systems;security;data']
    .concat(Array.from({ length: count }, (_, index) => check(`Haus ${index}`)))
    .join('\r\n');
const importing = (csv: string, receipts: string, url: string) => [
  ...['import', '--instrument', 'digitalcheck.1', '--csv', at(csv), '--receipts', at(receipts), '--url', url],
];

it('runs from its package with Node alone, in the caller’s language', async () => {
  expect(await readdir(at('empty/package'))).toEqual(
    expect.arrayContaining(['LICENSE', 'README.md', 'import.md', 'package.json', 'prebuilds', 'sektorspiegel.mjs']),
  );
  const manifest = JSON.parse(await readFile(at('empty/package/package.json'), 'utf8'));
  expect(manifest).toMatchObject({ bin: { sektorspiegel: 'sektorspiegel.mjs' } });
  expect(manifest.dependencies).toBeUndefined();
  expect(await run('import', '--help')).toMatchObject({
    code: 0,
    printed: expect.stringMatching(/^sektorspiegel import --instrument ID --csv DATEI/),
  });
  const cases = path.join(import.meta.dirname, 'import-cases/31-checks.xlsx');
  const files = ['--receipts', at('dry.csv'), '--rejects', at('dry.rejects.csv')];
  const dry = await run('import', '--instrument', 'digitalcheck.1', '--csv', cases, ...files, '--dry-run');
  expect(dry).toMatchObject({
    code: 2,
    printed: expect.stringContaining('6 Zeilen: 4 können gesendet werden, 2 nicht.'),
  });
});

describe('several imports at once from one receipts file', () => {
  it.each(['no lock', 'a lock of a process that was killed'])('let one through at a time, with %s', async (before) => {
    const service = new Service();
    const url = await service.open();
    const receipts = `race-${before.length}.csv`;
    await writeFile(at('race.csv'), checks(40));
    if (before !== 'no lock') {
      service.delayMs = 60_000;
      const { child, ended } = start(...importing('race.csv', receipts, url));
      await expect.poll(() => service.keys.size, { timeout: 60_000 }).toBeGreaterThan(0);
      child.kill('SIGKILL');
      await ended;
    }
    service.delayMs = 20;
    const runs = await Promise.all(Array.from({ length: 4 }, () => run(...importing('race.csv', receipts, url))));
    for (const { code, printed } of runs) {
      if (code === 0) expect(printed).toContain('40 Zeilen: ');
      else
        expect({ code, printed }).toEqual({ code: 1, printed: expect.stringContaining('Ein anderer Import benutzt') });
    }
    expect(runs.some(({ code }) => code === 0)).toBe(true);
    expect(service.keys.size).toBe(40);
    const known = [...(await receiptsOf(at(receipts))).values()];
    expect(new Set(known)).toEqual(new Set([...service.keys].map((key) => key.split(' ')[1])));
    service.close();
  });
});

it('20,000 rows that were killed on the way go on where they were', async () => {
  const service = new Service();
  const url = await service.open();
  await writeFile(at('large.csv'), checks(20_000));
  let before = 0;
  for (const more of [600, 1_200]) {
    const { child, ended } = start(...importing('large.csv', 'large-receipts.csv', url));
    await expect.poll(() => service.keys.size, { timeout: 120_000, interval: 20 }).toBeGreaterThan(more);
    child.kill('SIGKILL');
    const { printed } = await ended;
    const [, settled] =
      /Der vorige Lauf wurde unterbrochen; (\d+) von 20000 Zeilen sind schon gespeichert/.exec(printed) ?? [];
    // All that the service has, but for what was under way.
    if (before > 0) expect(Number(settled)).toBeGreaterThanOrEqual(before - 8);
    before = service.keys.size;
  }
  // What was sent is not sent again, but for what was under way.
  expect(service.replays).toBeLessThanOrEqual(8);
  expect(new Set([...service.keys].map((key) => key.split(' ')[1])).size).toBe(service.keys.size);
  service.close();
});

describe('verify', () => {
  const files = ['figures.csv', 'README.md'].map((name) => ({
    path: name,
    bytes: new TextEncoder().encode(`of ${name}`),
    mediaType: 'text/plain',
  }));

  it('tells a release that is as it was published from one that is not: folder, zip, address', async () => {
    const sums = await checksumFile(files);
    await mkdir(at('release'));
    for (const { path: name, bytes } of [...files, sums]) await writeFile(at(`release/${name}`), bytes);
    const entries = Object.fromEntries([...files, sums].map(({ path: name, bytes }) => [`r-1/${name}`, bytes]));
    await writeFile(at('release.zip'), zipSync(entries));
    const server = createServer(async (request, response) => {
      const name = request.url?.replace('/files/', '') ?? '';
      const bytes = await readFile(at(`release/${name}`)).catch(() => null);
      response.writeHead(bytes ? 200 : 404).end(bytes);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/files`;
    for (const where of [at('release'), at('release.zip'), address])
      expect(await run('verify', where)).toMatchObject({
        code: 0,
        printed: expect.stringContaining('Alle 2 Dateien sind'),
      });

    await writeFile(at('release/figures.csv'), 'of figures,csv');
    await writeFile(at('release/more.csv'), 'x');
    const { code, printed } = await run('verify', at('release'), '--lang', 'en');
    expect(code).toBe(2);
    expect(printed).toBe(
      'CHANGED   figures.csv\nsound     README.md\nUNLISTED  more.csv\n2 of 3 files are not as they should be.\n',
    );
    expect(await run('verify', address)).toMatchObject({ code: 2, printed: expect.stringContaining('GEÄNDERT') });
    await writeFile(at('release/SHA256SUMS'), 'nonsense\n');
    expect(await run('verify', at('release'))).toMatchObject({
      code: 1,
      printed: expect.stringContaining('ist beschädigt'),
    });
    expect(await run('verify', at('none'))).toMatchObject({
      code: 1,
      printed: expect.stringContaining('kann nicht gelesen'),
    });
    server.closeAllConnections();
    server.close();
  });
});
