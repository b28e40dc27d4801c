import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { berlinDate } from '#contracts/calendar';
import type { Instrument } from '#contracts/instrument';
import type { Cell } from '#contracts/release';
import { openContext } from '#functions/local/context';
import { loadInstruments } from '#instruments/load-instruments';
import { programOf } from '../local/programs.ts';
import { expectNearMedian } from './within-noise.ts';

/**
 * The whole way, as its users go it: a real server process, real HTTP, the operator's command beside it. From an
 * answered check to "where you stand", and to the withdrawal.
 */
let server: ChildProcess;
let printed = '';
let url: string;
let data: string;
let instrument: Instrument;
const receipts: string[] = [];
const today = berlinDate(new Date());

beforeAll(async () => {
  instrument = (await loadInstruments([])).get('digitalcheck.1')!;
  data = await mkdtemp(join(tmpdir(), 'flow-'));
  server = start('server', '--port', '0', '--no-demo');
  server.stdout!.on('data', (bytes) => {
    printed += bytes;
  });
  server.stderr!.on('data', (bytes) => {
    printed += bytes;
  });
  url = await new Promise<string>((resolve, reject) => {
    server.stdout!.on('data', () => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(printed);
      if (found) resolve(found[0]);
    });
    server.once('exit', () => reject(new Error(printed)));
  });
});
afterAll(() => {
  server.kill('SIGKILL');
});

function start(name: 'server' | 'release', ...argv: string[]): ChildProcess {
  const [node, bundle] = programOf(name);
  return spawn(node, [bundle, '--data', data, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
}

const release = () => command('--instrument', 'digitalcheck.1');

async function command(...argv: string[]) {
  const child = start('release', ...argv);
  let output = '';
  child.stdout!.on('data', (bytes) => {
    output += bytes;
  });
  child.stderr!.on('data', (bytes) => {
    output += bytes;
  });
  const [code] = await once(child, 'close');
  return { code, output };
}

function levelOf(house: number, item: number): number {
  return Math.min(4, Math.max(0, Math.floor(((house * 7) % 10) / 2) + (((item * 5 + house) % 3) - 1)));
}

async function submit(house: number, receipt: string, sector: string) {
  const answers = Object.fromEntries(instrument.items.map(({ id }, item) => [id, levelOf(house, item)]));
  const response = await fetch(`${url}/v1/submissions`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${receipt}`,
      'Idempotency-Key': `flow-${house}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({
      instrument: 'digitalcheck.1',
      profile: { level: 'facility', sector, size: '50-249', region: 'de-nw' },
      conductedOn: yesterday(),
      answers,
    }),
  });
  return { response, body: (await response.json()) as Record<string, unknown>, answers };
}

function yesterday(): string {
  return new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
}

const own = (receipt: string, path: string, accept = 'application/json') =>
  fetch(`${url}${path}`, { headers: { Authorization: `Bearer ${receipt}`, Accept: accept, 'Accept-Language': 'de' } });

describe('from an answered check to where you stand', () => {
  it('takes sixty checks and answers each with its own scores', async () => {
    for (let house = 0; house < 60; house++) {
      const made = await fetch(`${url}/v1/receipts`, { method: 'POST' });
      expect(made.status).toBe(201);
      const { receipt } = (await made.json()) as { receipt: string };
      receipts.push(receipt);
      const { response, body, answers } = await submit(
        house,
        receipt,
        house < 35 ? 'elder-care' : house < 47 ? 'daycare' : 'health',
      );
      expect(response.status).toBe(201);
      const first = instrument.items.filter(({ dimension }) => dimension === 'it').map(({ id }) => answers[id]!);
      const mean = first.reduce((sum, level) => sum + level, 0) / first.length;
      expect((body.scores as Record<string, number>).it).toBe(Math.floor(mean * 25 + 0.5));
    }
  });

  it('gives the own scores before the first release, and says when figures are due', async () => {
    const response = await own(receipts[0]!, '/v1/standing?instrument=digitalcheck.1');
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toContain('no-store');
    const body = (await response.json()) as {
      release: unknown;
      dimensions: { dimension: string; score: number }[];
    };
    expect(body.release).toBeNull();
    const scored = body.dimensions.filter(({ score }) => Number.isInteger(score)).map(({ dimension }) => dimension);
    expect(scored).toEqual(['it', 'processes', 'leadership', 'innovation', 'overall']);
  });

  it('publishes beside the running server', async () => {
    const { code, output } = await release();
    expect(output).toMatch(/level=facility +n = +60 +published/);
    expect(output).toMatch(/level=facility,sector=elder-care +n = +35 +published/);
    expect(output).toMatch(/level=facility,sector=daycare +n = +12 +suppressed \(too-few\)/);
    expect(output).toMatch(/size=50-and-more +n = +60 +suppressed \(too-close\)/);
    expect(code).toBe(0);
  });

  it('shows the field, with medians moved at random but near those of an independent computation', async () => {
    const response = await fetch(`${url}/v1/figures?instrument=digitalcheck.1&group=all`);
    expect(response.status).toBe(200);
    const { cell } = (await response.json()) as { cell: Extract<Cell, { state: 'published' }> };
    expect(cell).toMatchObject({ state: 'published', participations: 60 });
    for (const { id } of instrument.dimensions) {
      const scores = Array.from({ length: 60 }, (_, house) => {
        const levels = instrument.items.flatMap(({ dimension }, item) =>
          dimension === id ? [levelOf(house, item)] : [],
        );
        return Math.floor((levels.reduce((sum, level) => sum + level, 0) / levels.length) * 25 + 0.5);
      });
      expectNearMedian(cell.dimensions[id]!.find(({ permille }) => permille === 500)!.value, scores);
    }
    const again = await fetch(`${url}/v1/figures?instrument=digitalcheck.1&group=all`, {
      headers: { 'If-None-Match': response.headers.get('etag')! },
    });
    expect(again.status).toBe(304);
  });

  it('tells one house where it stands, as figures, picture, specification and table', async () => {
    const path = '/v1/standing?instrument=digitalcheck.1';
    const json = await own(receipts[0]!, path);
    const { dimensions } = (await json.json()) as {
      dimensions: { sentence: string; score: number; cuts: unknown[] }[];
    };
    expect(dimensions).toHaveLength(instrument.dimensions.length + 1);
    for (const { sentence, cuts } of dimensions) expect([sentence.length > 20, cuts.length]).toEqual([true, 1]);
    const svg = await own(receipts[0]!, path, 'image/svg+xml');
    expect(svg.headers.get('content-type')).toContain('image/svg+xml');
    expect(await svg.text()).toMatch(/^<svg/);
    const spec = await own(receipts[0]!, path, 'application/vnd.vegalite+json');
    expect(await spec.json()).toHaveProperty('$schema');
    const csv = await own(receipts[0]!, path, 'text/csv');
    expect((await csv.text()).split('\n').length).toBeGreaterThan(4);
  });

  it('shows a larger group in place of one that shows nothing, and never ends there', async () => {
    const response = await own(receipts[40]!, '/v1/standing?instrument=digitalcheck.1&group=sector=daycare');
    expect(response.status).toBe(200);
    expect(JSON.stringify(await response.json())).not.toMatch(/"participations":1\d/);
  });

  it('does not move while others submit: query, submit, query gives the same bytes', async () => {
    const ask = async () => (await own(receipts[0]!, '/v1/standing?instrument=digitalcheck.1')).text();
    const before = await ask();
    const made = (await (await fetch(`${url}/v1/receipts`, { method: 'POST' })).json()) as { receipt: string };
    receipts.push(made.receipt);
    expect((await submit(60, made.receipt, 'elder-care')).response.status).toBe(201);
    expect(await ask()).toBe(before);
  });

  it('replays a retry, refuses another body, and forgets after a withdrawal', async () => {
    const { response } = await submit(0, receipts[0]!, 'elder-care');
    expect(response.headers.get('idempotent-replayed')).toBe('true');
    expect((await submit(0, receipts[0]!, 'daycare')).response.status).toBe(422);
    const gone = await fetch(`${url}/v1/submissions`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${receipts[0]}` },
    });
    expect(gone.status).toBe(200);
    expect((await submit(0, receipts[0]!, 'elder-care')).response.status).toBe(410);
    expect(await (await own(receipts[0]!, '/v1/submissions')).text()).not.toContain('"scores"');
  });

  it('takes the release down, which the running server notices', async () => {
    const path = '/v1/figures?instrument=digitalcheck.1';
    const { releaseId } = (await (await fetch(`${url}${path}`)).json()) as { releaseId: string };
    const { code, output } = await command('--take-down', releaseId);
    expect([code, output]).toEqual([0, expect.stringContaining('within a minute')]);
    expect((await fetch(`${url}${path}`)).status).not.toBe(200);
    const standing = await own(receipts[1]!, '/v1/standing?instrument=digitalcheck.1');
    expect(((await standing.json()) as { release: unknown }).release).toBeNull();
  });

  it('has printed and stored no receipt', async () => {
    server.kill('SIGINT');
    const [code] = await once(server, 'exit');
    expect(code).toBe(0);
    const secrets = receipts.flatMap((receipt) => [receipt, receipt.replaceAll('-', '')]);
    const texts = [printed];
    for (const entry of await readdir(data, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) texts.push(await readFile(join(entry.parentPath, entry.name), 'latin1'));
    const context = await openContext({ dataFolder: data, instrumentFolders: [], tablePrefix: 'sektorspiegel' });
    for await (const item of context.stores.submissions.scan(0, 1)) texts.push(JSON.stringify(item));
    await context.close();
    expect(texts.length).toBeGreaterThan(61);
    for (const secret of secrets) expect(texts.some((text) => text.includes(secret))).toBe(false);
  });
});
