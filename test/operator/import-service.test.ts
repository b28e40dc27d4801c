import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { serve } from '@hono/node-server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StoredSubmission } from '#contracts/submission';
import { lockDataFolder, writeServer } from '#functions/local/data-folder';
import { createClient, type Engine, startEngine } from '#functions/local/engine';
import { main } from '#functions/operator/import';
import { createApp } from '#functions/service/app';
import { loadInstruments } from '#instruments/load-instruments';
import { createTables } from '#store/create-tables';
import { createInvitationStore } from '#store/dynamo-invitations';
import { createParticipationStore } from '#store/dynamo-participation';
import { createRegistryStore } from '#store/dynamo-registry';
import { createReleaseStore } from '#store/dynamo-releases';
import { createSubmissionLog } from '#store/dynamo-submission-log';
import { organisationOf } from '#store/hashes';
import type { SubmissionLog } from '#store/ports';
import { tableNames } from '#store/tables';
import { readTable, receiptsOf } from './import-run.ts';

/** The import command against the service as it is: the api over the embedded engine, through HTTP. */

const SOURCE_KEY = randomBytes(32).toString('base64url');
const tables = tableNames('import-test');
let engine: Engine;
let client: ReturnType<typeof createClient>;
let submissions: SubmissionLog;
let server: Server;
let url: string;
let logged: string;

beforeAll(async () => {
  engine = await startEngine(null);
  client = createClient(engine.endpoint, { usesOwnCredentials: false });
  await createTables(client, tables);
  submissions = createSubmissionLog(client, tables.submissions);
  const registry = createRegistryStore(client, tables.registry);
  await registry.put({
    id: 'c-0a1b2c3d',
    name: 'Verband A',
    joinCode: 'ABCD-EFG',
    createdAt: '2026-01-01T00:00:00.000Z',
  });
  const app = createApp({
    instruments: await loadInstruments(['test/fixtures/instruments']),
    submissions,
    releases: createReleaseStore(client, tables.releases),
    registry,
    invitations: createInvitationStore(client, tables.invitations),
    participation: createParticipationStore(client, tables.releases),
    files: { get: async () => undefined, list: async () => [] },
    sources: [{ id: 'operator', keyHash: createHash('sha256').update(SOURCE_KEY).digest('hex'), isTrusted: true }],
    now: () => new Date(),
    program: 'test',
    randomBytes,
    log: (entry) => {
      logged += JSON.stringify(entry);
    },
  });
  server = await new Promise((resolve) => {
    const started = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(started as Server));
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  client.destroy();
  await engine.close();
});

let folder: string;
const at = (name: string) => path.join(folder, name);
beforeEach(async () => {
  logged = '';
  folder = await mkdtemp(path.join(tmpdir(), 'import-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function run(options: string[], env: Record<string, string> = {}): Promise<{ code: number; printed: string }> {
  let printed = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      printed += chunk;
      done();
    },
  });
  const files = ['--csv', at('rows.csv'), '--receipts', at('receipts.csv'), '--data', at('data')];
  const code = await main(['--instruments', 'test/fixtures/instruments', ...files, ...options], env, {
    out: stream,
    err: stream,
    signal: new AbortController().signal,
  });
  return { code, printed };
}

async function storedOf(organisation: string): Promise<StoredSubmission[]> {
  const receipt = (await receiptsOf(at('receipts.csv'))).get(organisation) ?? '';
  return submissions.list(organisationOf(receipt));
}

const HEADER = 'organisation,conductedOn,sector,size,region,participation,services,infrastructure,humancapital';
const states = (rows: string[]) => writeFile(at('rows.csv'), `${[HEADER, ...rows].join('\n')}\n`);

describe('the import command against the service', () => {
  it('finds the local server and its source key in the data folder; the rows are admitted as trusted', async () => {
    const lock = await lockDataFolder(at('data'));
    const server = { pid: process.pid, url, endpoint: engine.endpoint, tablePrefix: 'import-test' };
    await writeServer(at('data'), { ...server, isInvented: false });
    await writeFile(at('data/source-key'), `${SOURCE_KEY}\n`);
    await states([
      'AUT,2016-07-01,europe,high,western-europe,88,91,71,84',
      'DEU,2016-07-01,europe,high,western-europe,75,84,73,89',
    ]);
    const { code, printed } = await run(['--instrument', 'egovernment.1']);
    expect({ code, printed }).toEqual({
      code: 0,
      printed: expect.stringContaining('2 rows: 2 went in, 0 were already there, 0 rejected.'),
    });
    expect(await storedOf('AUT')).toMatchObject([
      {
        conductedOn: '2016-07-01',
        admission: 'trusted',
        source: 'import:operator',
        scores: { participation: 88, services: 91, infrastructure: 71, humancapital: 84 },
      },
    ]);
    await writeServer(at('data'), { ...server, isInvented: true });
    for (const address of [[], ['--url', url]])
      expect(await run(['--instrument', 'egovernment.1', ...address])).toEqual({
        code: 1,
        printed: expect.stringContaining('holds the demo, whose releases are marked as invented'),
      });
    await lock.release();
    expect((await run(['--instrument', 'egovernment.1'])).printed).toContain('No local server is running');
  });

  it('A, B, A in three runs are three submissions, the last of which counts; a fourth run adds none', async () => {
    const row = (score: number) => `AUT,2018-07-01,europe,high,western-europe,${score},91,71,84`;
    for (const score of [50, 60, 50, 50]) {
      await states([row(score)]);
      expect((await run(['--instrument', 'egovernment.1', '--url', url])).code).toBe(0);
    }
    const stored = (await storedOf('AUT')).toSorted((a, b) => (a.acceptedAt < b.acceptedAt ? -1 : 1));
    expect(stored.map(({ scores }) => scores?.participation)).toEqual([50, 60, 50]);
    expect(stored.every(({ admission, source }) => admission === 'open' && source === undefined)).toBe(true);
  });

  it('gives the service’s own field errors in the file’s columns, and takes the other rows', async () => {
    const instrument = (await loadInstruments([])).get('digitalcheck.1')!;
    const columns = instrument.items.map(({ id }) => id);
    const region = instrument.profile.find(({ id }) => id === 'region')!.codes[0]!.id;
    await writeFile(
      at('rows.csv'),
      `\ufeff${[
        ['organisation', 'conductedOn', 'sector', 'size', 'region', 'associations', ...columns].join(';'),
        ['Haus Süd', '30.06.2025', 'elder-care', '10-49', region, 'abcdefg', ...columns.map(() => '3')].join(';'),
        ['Haus Nord', '30.06.2025', 'elder-care', '10-49', '', 'abcdefg|wxyz-wxy', ...columns.map(() => 'na')].join(
          ';',
        ),
        ['Haus West', '30.06.2999', 'elder-care', '10-49', region, '', ...columns.map(() => 'dk')].join(';'),
        ['Haus Ost', '30.06.2025', 'elder-care', '10-49', region, 'wxyz-wxy', ...columns.map(() => '1')].join(';'),
      ].join('\r\n')}\r\n`,
    );
    const { code, printed } = await run(['--instrument', 'digitalcheck.1', '--url', url], { SOURCE_KEY });
    expect({ code, printed }).toEqual({
      code: 2,
      printed: expect.stringContaining('4 rows: 1 went in, 0 were already there, 3 rejected.'),
    });
    expect(await storedOf('Haus Süd')).toMatchObject([
      { profile: { level: instrument.profile[0]!.codes[0]!.id }, associations: ['c-0a1b2c3d'], admission: 'trusted' },
    ]);
    const rejects = await readTable(at('rows.rejects.csv'));
    expect(rejects.map(({ line, column, value }) => [line, column, value])).toEqual([
      ['3', 'region', ''],
      ['4', 'conductedOn', '30.06.2999'],
      ['5', 'associations', 'wxyz-wxy'],
    ]);
    for (const receipt of (await receiptsOf(at('receipts.csv'))).values()) {
      expect(`${printed}${logged}`.replaceAll('-', '')).not.toContain(receipt);
    }
    expect(logged).not.toContain('Haus');
  });

  it('stops with one sentence when the service does not know the source key', async () => {
    await states(['AUT,2016-07-01,europe,high,western-europe,88,91,71,84']);
    const { code, printed } = await run(['--instrument', 'egovernment.1', '--url', url], { SOURCE_KEY: 'wrong' });
    expect({ code, printed }).toEqual({ code: 1, printed: expect.stringContaining('(Is the source key right?') });
    expect(await storedOf('AUT')).toEqual([]);
  });
});
