import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '#functions/operator/import';
import { programOf } from '../local/programs.ts';
import { FakeService } from './fake-service.ts';
import { SCORES } from './import-instruments.ts';

let folder: string;
let service: FakeService;
let url: URL;
const at = (name: string) => path.join(folder, name);

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'import-'));
  await mkdir(at('instruments'));
  await writeFile(at('instruments/scorecheck.1.json'), JSON.stringify(SCORES));
  service = new FakeService();
  url = await service.start();
});
afterEach(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

function start(options: string[], env: Record<string, string> = {}): { child: ChildProcess; printed: () => string } {
  const [node, bundle] = programOf('import');
  const child = spawn(node, [bundle, ...options], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  child.stdout?.on('data', (chunk) => {
    written += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    written += chunk;
  });
  return { child, printed: () => written };
}

async function run(options: string[], env: Record<string, string> = {}): Promise<{ code: number; printed: string }> {
  const { child, printed } = start(options, env);
  const [code] = await once(child, 'close');
  return { code, printed: printed() };
}

const usual = () => [
  ...['--instrument', 'scorecheck.1', '--instruments', at('instruments'), '--data', at('data')],
  ...['--csv', at('rows.csv'), '--receipts', at('receipts.csv'), '--url', url.href],
];
const writeRows = (count: number, extra: string[] = []) =>
  writeFile(
    at('rows.csv'),
    [
      '\ufefforganisation;conductedOn;sector;size;it;culture',
      ...Array.from({ length: count }, (_, index) => `Träger ${index};2026-06-30;youth;1-9;${index % 101};50`),
      ...extra,
    ].join('\r\n'),
  );

describe('npm run import', () => {
  it('killed in the middle and run again ends with every row in exactly once', async () => {
    await writeRows(200);
    service.interfere = async () => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      return false;
    };
    const { child } = start(usual());
    await expect.poll(() => service.stored.size, { timeout: 200_000 }).toBeGreaterThan(60);
    child.kill('SIGKILL');
    await once(child, 'close');
    const afterKill = service.stored.size;
    expect(afterKill).toBeLessThan(200);
    service.interfere = () => false;

    const second = await run(usual());
    expect(second).toMatchObject({ code: 0, printed: expect.stringContaining('0 rejected') });
    expect(service.stored.size).toBe(200);
    expect(new Set([...service.stored.values()].map((row) => row.receipt)).size).toBe(200);
    const third = await run(usual());
    expect(third.printed).toContain('200 rows: 0 went in, 200 were already there, 0 rejected.');
    expect(service.stored.size).toBe(200);
  });

  it('stops on Ctrl-C with a sentence and without a lock left behind', async () => {
    await writeRows(200);
    service.interfere = async () => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      return false;
    };
    const { child, printed } = start(usual());
    await expect.poll(() => service.stored.size, { timeout: 200_000 }).toBeGreaterThan(20);
    child.kill('SIGINT');
    const [code] = await once(child, 'close');
    expect(code).toBe(1);
    expect(printed()).toMatch(/Stopped\. \d+ of 200 rows were dealt with; run the same command again/);
    expect((await run(usual())).code).toBe(0);
  });

  it('exits with 2 when rows are rejected, and names the file; receipts and keys are never printed', async () => {
    await writeRows(3, ['Träger x;2026-06-30;youth;1-9;"3,5";50']);
    const { code, printed } = await run(usual(), { SOURCE_KEY: 'the-secret-key' });
    expect(code).toBe(2);
    expect(printed).toContain('4 rows: 3 went in, 0 were already there, 1 rejected.');
    expect(printed).toContain(at('rows.rejects.csv'));
    expect(await readFile(at('rows.rejects.csv'), 'utf8')).toContain('5,Träger x,it,"3,5",not a whole number');
    expect(service.seen.every((request) => request.sourceKey === 'the-secret-key')).toBe(true);
    const compact = printed.replaceAll('-', '');
    for (const request of service.seen) expect(compact).not.toContain(request.receipt);
    expect(printed).not.toContain('the-secret-key');
  });

  it('exits with 1 and one plain sentence when it cannot run', async () => {
    await writeRows(1);
    const replace = (option: string, value: string) =>
      usual().map((part, index, all) => (all[index - 1] === option ? value : part));
    const withoutUrl = usual().slice(0, -2);
    const elsewhere = new FakeService();
    const deserted = await elsewhere.start();
    await elsewhere.stop();
    const attempts: [string[], RegExp][] = [
      [['--instrument', 'x'], /^--csv is missing\./],
      [['--typo'], /Unknown option '--typo'/],
      [
        replace('--instrument', 'other.1'),
        /^The instrument other\.1 is unknown\. Known: digitalcheck\.1, digitalcheck\.1\.1, scorecheck\.1/,
      ],
      [replace('--csv', at('none.csv')), /^.*none\.csv cannot be read \(ENOENT\)\.$/m],
      [replace('--url', 'http://example.org/'), /is not encrypted/],
      [replace('--url', 'nonsense'), /"nonsense" is not an address/],
      [
        replace('--url', deserted.href),
        /^http:\/\/127\.0\.0\.1:\d+ does not answer \(ECONNREFUSED\)\. Nothing was sent\.$/m,
      ],
      [withoutUrl, /^No local server is running on the data folder .*: start one with "npm start"/],
    ];
    const inProcess = async (options: string[]) => {
      const out = new PassThrough();
      const code = await main(options, {}, { out, err: out });
      out.end();
      return { code, printed: await text(out) };
    };
    for (const [place, [options, message]] of attempts.entries()) {
      // One as a program; the others the same way in this process, which starts quicker.
      const { code, printed } = await (place === 0 ? run(options) : inProcess(options));
      expect({ code, printed }).toEqual({ code: 1, printed: expect.stringMatching(message) });
      expect(printed).not.toMatch(/^\s+at /m);
    }
    expect(service.seen).toHaveLength(0);
  });
});
