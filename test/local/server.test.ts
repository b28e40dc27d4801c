import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LocalPlaces, readPlaces } from '#functions/local/configuration';
import { openContext, openExclusiveContext } from '#functions/local/context';
import { lockDataFolder, readServer } from '#functions/local/data-folder';
import { createClient, type Engine, startEngine } from '#functions/local/engine';
import { organisationOf } from '#store/hashes';
import { check, newReceipt } from '../api/test-service.ts';
import { freePort } from './free-port.ts';
import { addressOf, endAll, pause, type ServerProcess, startServer } from './server-process.ts';

let folder: string;
let data: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-'));
  data = join(folder, 'data');
});
afterEach(async () => {
  await endAll();
  await rm(folder, { recursive: true, force: true });
});

const start = (...args: string[]) => startServer(['--port', '0', '--data', data, ...args]);
const places = (): LocalPlaces => readPlaces({ data }, {});

async function submit(url: string, receipt: string, key: string, headers: Record<string, string> = {}) {
  return fetch(`${url}v1/submissions`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${receipt}`,
      'Idempotency-Key': key,
      'Content-Type': 'application/json',
      ...headers,
    },
    body: JSON.stringify(await check(3)),
  });
}

async function own(url: string, receipt: string): Promise<Record<string, unknown>[]> {
  const response = await fetch(`${url}v1/submissions`, { headers: { Authorization: `Bearer ${receipt}` } });
  expect(response.status).toBe(200);
  return ((await response.json()) as { submissions: Record<string, unknown>[] }).submissions;
}

/** Waits until a server has written something into a folder, or a certain file. */
async function written(server: ServerProcess, path: string, name?: string): Promise<void> {
  for (;;) {
    const names = await readdir(path).catch((): string[] => []);
    if (name === undefined ? names.length > 0 : names.includes(name)) return;
    expect(server.child.exitCode, server.err()).toBeNull();
    await pause(5);
  }
}

describe('the local server', () => {
  it('starts with a demo whose printed request works, killed half-way or not, and keeps everything over a restart', async () => {
    const killed = start();
    await killed.printed('Making the demo');
    // Half-way: the first release is being written, the second is still to come.
    await written(killed, join(data, 'files', 'releases'));
    await killed.stop('SIGKILL');
    const first = start();
    const url = await addressOf(first);
    const welcome = first.out();
    const receipt = /Rückkehr-Code\) of an invented house: (\S+)/.exec(welcome)![1]!;
    const [, bearer, address] = /curl -H 'Authorization: (Bearer \S+)' '(\S+)'/.exec(welcome)!;
    // What a person does next comes first.
    const order = [
      'Making the demo',
      `1. Open ${url}`,
      '2. Paste at "Wo Sie stehen"',
      receipt,
      'curl -H',
      'Keys of',
      'Data:',
    ];
    expect(order.map((text) => welcome.indexOf(text))).toEqual(
      order.map((text) => welcome.indexOf(text)).sort((a, b) => a - b),
    );
    expect(order.filter((text) => !welcome.includes(text))).toEqual([]);
    const pages = [...welcome.matchAll(/http:\S+\/de\/[\w-]+/g)].map(([page]) => page);
    expect(pages).toHaveLength(2);
    for (const page of pages) expect((await fetch(page)).status, page).toBe(200);
    const answer = await fetch(address!, { headers: { Authorization: bearer! } });
    expect(answer.status).toBe(200);
    const start1 = await fetch(url);
    expect([start1.status, start1.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect((await own(url, receipt)).length).toBeGreaterThan(1);
    const context = await openContext(places());
    expect((await context.stores.releases.head('digitalcheck.1'))!.releases).toHaveLength(2);
    await context.close();

    const mine = newReceipt();
    expect((await submit(url, mine, 'one')).status).toBe(201);
    expect(await first.stop('SIGINT')).toBe(0);
    expect(await first.isLeft()).toBe(false);
    expect(first.err()).toBe('');
    await expect(fetch(url)).rejects.toThrow();
    expect(await readdir(data)).not.toContain('server.json');
    await (await lockDataFolder(data)).release();

    const second = start();
    const again = await addressOf(second);
    expect(second.out()).toContain(receipt);
    expect(second.out()).not.toContain('Making the demo');
    expect(await own(again, mine)).toHaveLength(1);
    expect((await submit(again, mine, 'one')).headers.get('Idempotent-Replayed')).toBe('true');

    // A receipt that was used is in no line printed and in no file kept.
    const traces = [mine, mine.replaceAll('-', '')];
    const kept = await filesBelow(data);
    for (const trace of traces) {
      expect(first.out() + second.out()).not.toContain(trace);
      for (const [path, bytes] of kept) expect(bytes.includes(trace), path).toBe(false);
    }
    expect(await second.stop('SIGTERM')).toBe(0);
  });

  it('survives SIGKILL: what was accepted is there, and the stale lock is taken over', async () => {
    const first = start('--no-demo');
    const url = await addressOf(first);
    expect(first.out()).not.toContain('Rückkehr-Code');
    const receipts = Array.from({ length: 40 }, newReceipt);
    const answers = await Promise.all(receipts.map((receipt) => submit(url, receipt, 'key')));
    expect(answers.map((answer) => answer.status)).toEqual(receipts.map(() => 201));
    expect(await first.stop('SIGKILL')).toBe('SIGKILL');
    expect(await readdir(data)).toContain('server.json');
    expect(await readServer(data)).toBeUndefined();

    const second = start('--no-demo');
    const again = await addressOf(second);
    for (const receipt of receipts) expect(await own(again, receipt)).toHaveLength(1);
    expect(await second.stop()).toBe(0);
  });

  it('answers that it is starting until it is ready: a page that reloads itself, and problem documents', async () => {
    const port = await freePort();
    const server = start('--port', String(port));
    await server.printed('Making the demo');
    const url = `http://127.0.0.1:${port}/`;
    const page = await fetch(url, { headers: { Accept: 'text/html' } });
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '2']);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('cache-control')).toBe('no-store');
    const html = await page.text();
    for (const text of ['startet gerade', 'is starting', '<meta http-equiv="refresh" content="2">'])
      expect(html).toContain(text);
    expect(html).not.toContain('<script');
    const [, style] = /<style>([\s\S]*)<\/style>/.exec(html)!;
    expect(page.headers.get('content-security-policy')).toContain(
      `style-src 'sha256-${createHash('sha256').update(style!).digest('base64')}'`,
    );

    for (const [path, accept] of [
      ['v1/standing', 'text/html'],
      ['readyz', '*/*'],
    ] as const) {
      const answer = await fetch(`${url}${path}`, { headers: { Accept: accept, 'Accept-Language': 'en' } });
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
      expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(await answer.json()).toMatchObject({ type: '/problems/unavailable', status: 503 });
    }
    expect(server.out()).not.toContain('is running');
    expect(server.out()).not.toContain('Rückkehr-Code');
    // It can be ended on the way.
    expect(await server.stop()).toBe(0);
    expect([await server.isLeft(), server.err()]).toEqual([false, '']);
  });

  it('begins anew with --fresh, and is empty with --no-demo', async () => {
    const first = start('--no-demo');
    const mine = newReceipt();
    await submit(await addressOf(first), mine, 'one');
    await first.stop();
    const second = start('--no-demo', '--fresh');
    expect(await own(await addressOf(second), mine)).toEqual([]);
    await second.stop();
    const context = await openContext(places());
    for await (const item of context.stores.submissions.scan(0, 1)) expect.fail(`left: ${item.kind}`);
    expect(await context.stores.releases.head('digitalcheck.1')).toBeUndefined();
    await context.close();
  });

  it('reads further instruments from --instruments and INSTRUMENTS_DIR', async () => {
    const fixtures = 'test/fixtures/instruments';
    const names = (await readdir(fixtures)).filter((name) => name.endsWith('.json'));
    const { id } = JSON.parse(await readFile(join(fixtures, names[0]!), 'utf8')) as { id: string };
    for (const [args, env] of [
      [['--instruments', fixtures], {}],
      [[], { INSTRUMENTS_DIR: fixtures }],
    ] as const) {
      const server = startServer(['--port', '0', '--data', data, '--no-demo', ...args], { env });
      expect((await fetch(`${await addressOf(server)}v1/instruments/${id}`)).status).toBe(200);
      await server.stop();
    }
  });

  it('prints its options for --help', async () => {
    const server = startServer(['--help']);
    expect(await server.ended).toBe(0);
    for (const option of ['--port', '--data', '--instruments', '--fresh', '--no-demo'])
      expect(server.out()).toContain(option);
  });
});

describe('ending the local server', () => {
  it('lets a request under way hold it up for a while only, and is forced by a second Ctrl-C', async () => {
    for (const isForced of [false, true]) {
      const server = start('--no-demo');
      const { port } = new URL(await addressOf(server));
      const socket = connect(Number(port), '127.0.0.1').on('error', () => {});
      const headers = `Authorization: Bearer ${newReceipt()}\r\nIdempotency-Key: one\r\nContent-Type: application/json`;
      const length = 'Content-Length: 100\r\nExpect: 100-continue';
      socket.write(`POST /v1/submissions HTTP/1.1\r\nHost: x\r\n${headers}\r\n${length}\r\n\r\n{"half":`);
      // The server has the request, and asks for the rest.
      await once(socket, 'data');
      const begun = performance.now();
      const ended = server.stop();
      if (isForced) {
        await pause(600);
        await server.stop();
      }
      // 130: without waiting for the request.
      expect(await ended).toBe(isForced ? 130 : 0);
      if (!isForced) expect(performance.now() - begun).toBeGreaterThan(2_500);
      expect(await server.isLeft()).toBe(false);
      socket.destroy();
    }
  });

  // A script that starts `npm start` and ends it sends the signal to npm alone.
  it.each(['SIGINT', 'SIGTERM'] as const)('works by %s to npm alone', async (signal) => {
    const server = startServer(['--', '--port', '0', '--data', data, '--no-demo'], { command: ['npm', 'start'] });
    await addressOf(server);
    server.child.kill(signal);
    await server.ended;
    expect(await server.isLeft()).toBe(false);
    await (await lockDataFolder(data)).release();
  });
});

describe('what keeps the local server from starting is one sentence and a non-zero exit:', () => {
  let taken: Server;
  let port: number;
  beforeAll(async () => {
    taken = createServer((_, response) => response.end('not a database')).listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    port = (taken.address() as AddressInfo).port;
  });
  afterAll(() => taken.close());

  async function refused(args: string[], env: Record<string, string> = {}): Promise<string> {
    const server = startServer(['--port', '0', '--data', data, '--no-demo', ...args], { env });
    expect(await server.ended).toBe(1);
    expect(server.out()).toBe('');
    expect(server.err()).toMatch(/^[^\n]+[.]\n$/);
    expect(server.err()).not.toMatch(/\bat .*:\d+:\d+/);
    expect(await server.isLeft()).toBe(false);
    return server.err();
  }

  /** A data folder as a server leaves it. */
  async function usedFolder() {
    const context = await openExclusiveContext({ ...places(), isFresh: false });
    await context.close();
  }

  it('a port in use', async () => {
    expect(await refused(['--port', String(port)])).toBe(`Port ${port} is in use; choose another with --port.\n`);
  });

  it('a second server on the same folder', async () => {
    const first = start('--no-demo');
    const url = await addressOf(first);
    expect(await refused([])).toBe(`The data folder ${data} is in use by process ${first.child.pid}.\n`);
    expect(await refused(['--fresh'])).toContain('is in use');
    expect((await fetch(`${url}healthz`)).status).toBe(200);
    await first.stop();
  });

  it('a folder without permission', async () => {
    // Root may write to any folder but the kernel's own.
    const locked = process.getuid?.() === 0 ? '/sys' : join(folder, 'locked');
    if (locked !== '/sys') await mkdir(locked, { mode: 0o555 });
    expect(await refused(['--data', join(locked, 'data')])).toMatch(
      /^The data folder \S+ cannot be read and written \((EACCES|EPERM|EROFS)\)\.\n$/,
    );
  });

  it('a folder below a file, and a folder with other things in it', async () => {
    await writeFile(join(folder, 'file'), '');
    expect(await refused(['--data', join(folder, 'file', 'data')])).toContain('(ENOTDIR)');
    expect(await refused(['--data', folder, '--fresh'])).toContain('holds other files');
    expect(await readdir(folder)).toEqual(['file']);
  });

  it('a DYNAMODB_ENDPOINT that does not answer or is something else', async () => {
    expect(await refused([], { DYNAMODB_ENDPOINT: 'http://127.0.0.1:9' })).toBe(
      'No DynamoDB answers at http://127.0.0.1:9.\n',
    );
    expect(await refused([], { DYNAMODB_ENDPOINT: `http://127.0.0.1:${port}` })).toContain('is no DynamoDB');
  });

  it('a damaged database, mark, demo note or source key', async () => {
    await usedFolder();
    await writeFile(join(data, 'database', 'CURRENT'), 'garbage');
    expect(await refused([])).toContain('is damaged');
    await rm(join(data, 'database'), { recursive: true });

    await writeFile(join(data, 'demo.json'), '{"embedded":');
    const server = startServer(['--port', '0', '--data', data]);
    expect(await server.ended).toBe(1);
    expect(server.err()).toMatch(/demo\.json is damaged; start with --fresh to begin anew\.\n$/);

    await writeFile(join(data, 'source-key'), 'short');
    expect(await refused([])).toContain('source key');
    await writeFile(join(data, 'sektorspiegel.json'), '{"format":1}');
    expect(await refused([])).toMatch(/of another edition .*--data.*--fresh/);
    await writeFile(join(data, 'sektorspiegel.json'), '{"format":');
    expect(await refused([])).toContain('is damaged');
  });

  it('a database that has lost data, and keeps saying so', async () => {
    await usedFolder();
    const database = join(data, 'database');
    const [log] = (await readdir(database)).filter((name) => name.endsWith('.log'));
    const bytes = await readFile(join(database, log!));
    expect(bytes.length).toBeGreaterThan(200);
    await writeFile(join(database, log!), bytes.fill(0x5a, 20, 100));
    for (let time = 0; time < 2; time += 1) expect(await refused([])).toContain('restore a copy');
    const fresh = start('--no-demo', '--fresh');
    await addressOf(fresh);
    expect(await fresh.stop()).toBe(0);
  });

  it('a bad instrument file or folder', async () => {
    const instruments = join(folder, 'instruments');
    expect(await refused(['--instruments', instruments])).toContain('cannot be read');
    await mkdir(instruments);
    await writeFile(join(instruments, 'bad.json'), JSON.stringify({ id: 'bad.1', kind: 'quiz' }));
    expect(await refused([], { INSTRUMENTS_DIR: instruments })).toMatch(/bad\.json, kind: /);
  });

  it('a wrong option', async () => {
    expect(await refused(['--colour'])).toContain('--colour');
  });
});

describe('a disk that is full', () => {
  /** As if the disk held files of so many KB at most. */
  const startWithin = (kilobytes: number, ...args: string[]) =>
    startServer(['--port', '0', '--data', data, ...args], {
      through: ['sh', '-c', `ulimit -f ${kilobytes * 2}; exec "$@"`, 'sh'],
    });
  const noRoom =
    /^There is no room left for the data folder \([\w ]+\)\. Make room and start again; what was acknowledged is kept\.\n$/;

  it('ends the start in a sentence and leaves nothing half started', async () => {
    const full = startWithin(20);
    expect(await full.ended).toBe(1);
    expect(full.err()).toMatch(noRoom);
    expect(full.out()).not.toContain('is running');
    await (await lockDataFolder(data)).release();
    // With room again it starts, and would finish the demo, as after being killed.
    const roomy = start('--no-demo');
    expect((await fetch(new URL('readyz', await addressOf(roomy)))).status).toBe(200);
    expect(await roomy.stop()).toBe(0);
  });

  it('ends the running server in a sentence, and nothing that it acknowledged is lost', async () => {
    const full = startWithin(60, '--no-demo', '--limit', '0');
    const url = await addressOf(full);
    const acknowledged: string[] = [];
    for (;;) {
      const receipt = newReceipt();
      const status = await submit(url, receipt, 'one').then(
        (answer) => answer.status,
        () => undefined,
      );
      if (status === undefined) break;
      expect([201, 500, 503]).toContain(status);
      if (status === 201) acknowledged.push(receipt);
      expect(acknowledged.length).toBeLessThan(1_000);
    }
    expect(await full.ended).toBe(1);
    expect(full.err()).toMatch(noRoom);
    expect(acknowledged.length).toBeGreaterThan(5);
    const roomy = start('--no-demo');
    const again = await addressOf(roomy);
    for (const receipt of acknowledged) expect(await own(again, receipt)).toHaveLength(1);
    expect(await roomy.stop()).toBe(0);
  });
});

describe('another DynamoDB', () => {
  let engine: Engine;
  let client: DynamoDBClient;
  beforeAll(async () => {
    engine = await startEngine(null);
    client = createClient(engine.endpoint, { usesOwnCredentials: false });
  });
  afterAll(async () => {
    client.destroy();
    await engine.close();
  });

  it('is used in place of the embedded one, with the table prefix', async () => {
    const env = { DYNAMODB_ENDPOINT: engine.endpoint, TABLE_PREFIX: 'elsewhere' };
    const first = startServer(['--port', '0', '--data', data, '--no-demo'], { env });
    const mine = newReceipt();
    expect((await submit(await addressOf(first), mine, 'one')).status).toBe(201);
    const { TableNames } = await client.send(new ListTablesCommand({}));
    expect(TableNames).toContain('elsewhere-submissions');
    expect(await readdir(data)).not.toContain('database');
    expect((await readServer(data))?.tablePrefix).toBe('elsewhere');
    await first.stop();

    // The folder has changed nothing: the data are where they were put.
    const second = startServer(['--port', '0', '--data', join(folder, 'other'), '--no-demo'], { env });
    expect(await own(await addressOf(second), mine)).toHaveLength(1);
    await second.stop();
  });
});

describe('operator commands', () => {
  it('attach to the live server, and leave it running', async () => {
    const server = start('--no-demo');
    const url = await addressOf(server);
    const mine = newReceipt();
    await submit(url, mine, 'one');
    const context = await openContext(places());
    expect(context.server).toMatchObject({ pid: server.child.pid, url });
    expect(await context.stores.submissions.list(organisationOf(mine.replaceAll('-', '')))).toHaveLength(1);
    await context.close();
    expect(await own(url, mine)).toHaveLength(1);
    await expect(openContext({ ...places(), dynamodbEndpoint: 'http://127.0.0.1:9' })).rejects.toThrow('stop it first');
    await server.stop();
  });

  it('start the engine themselves when no server lives, and keep others out meanwhile', async () => {
    const server = start('--no-demo');
    const mine = newReceipt();
    await submit(await addressOf(server), mine, 'one');
    await server.stop();
    const context = await openContext(places());
    expect(context.server).toBeUndefined();
    expect(await context.stores.submissions.list(organisationOf(mine.replaceAll('-', '')))).toHaveLength(1);
    await expect(openExclusiveContext({ ...places(), isFresh: false })).rejects.toThrow('is in use by another process');
    await context.close();
    await (await openExclusiveContext({ ...places(), isFresh: false })).close();
  });

  it('wait for a server that is just starting', async () => {
    const server = start('--no-demo');
    await written(server, data, 'sektorspiegel.json');
    const context = await openContext(places());
    expect(context.server?.pid).toBe(server.child.pid);
    await context.close();
    await server.stop();
  });

  it('have a source key that only the owner can read, and that makes a submission trusted', async () => {
    const server = start('--no-demo');
    const url = await addressOf(server);
    const context = await openContext(places());
    expect((await stat(join(data, 'source-key'))).mode & 0o777).toBe(0o600);
    const mine = newReceipt();
    expect((await submit(url, mine, 'one', { 'Source-Key': context.sourceKey })).status).toBe(201);
    expect((await submit(url, newReceipt(), 'one', { 'Source-Key': 'guess' })).status).toBe(401);
    const [stored] = await context.stores.submissions.list(organisationOf(mine.replaceAll('-', '')));
    expect(stored).toMatchObject({ admission: 'trusted', source: 'import:operator' });
    expect(server.out()).not.toContain(context.sourceKey);
    await context.close();
    await server.stop();
  });
});

describe('the embedded engine', () => {
  it('outlives a client that goes away in the middle of a request', async () => {
    const engine = await startEngine(null);
    const { port } = new URL(engine.endpoint);
    for (let time = 0; time < 5; time += 1) {
      const socket = connect(Number(port), '127.0.0.1');
      socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"half":');
      await pause(20);
      socket.destroy();
    }
    await pause(50);
    const client = createClient(engine.endpoint, { usesOwnCredentials: false });
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
    client.destroy();
    await engine.close();
  });
});

async function filesBelow(path: string): Promise<[string, Buffer][]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.map(async (file): Promise<[string, Buffer]> => [file, await readFile(file)]));
}
