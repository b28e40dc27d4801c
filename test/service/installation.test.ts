import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as requestTls } from 'node:https';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import pMap from 'p-map';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeReceipt } from '#contracts/receipt';
import type { StoredSubmission } from '#contracts/submission';
import { createSubmissionLog } from '#store/dynamo-submission-log';
import { tableNames } from '#store/tables';
import { checked } from '../publish/checked.ts';
import { compose, containerfile, HAS_PROXY, installation, type Part, until } from './installation.ts';

describe('the files of selfhost/', () => {
  const { engine, proxy, ...servers } = compose.services;

  it('start nothing as root, and nothing that writes but to its volume', () => {
    for (const file of ['Containerfile', 'Containerfile.engine'])
      expect(containerfile(`selfhost/${file}`).user).toMatch(/^[1-9]\d{4}:[1-9]\d{4}$/);
    for (const service of Object.values(compose.services)) {
      expect(service.read_only).toBe(true);
      expect(service.cap_drop).toEqual(['ALL']);
    }
    expect(containerfile('selfhost/Containerfile').copies).toEqual([['dist/server/server.mjs', '/app/server.mjs']]);
  });

  it('let the proxy alone be reached from outside, and the servers alone reach the database', () => {
    expect(compose.networks.store).toEqual({ internal: true });
    expect([engine.networks, proxy.networks]).toEqual([['store'], ['front']]);
    for (const server of Object.values(servers)) {
      expect(server.networks).toEqual(['store', 'front']);
      expect(server.ports).toBeUndefined();
    }
    expect(engine.ports).toBeUndefined();
  });

  it('keep no address: the proxy logs nothing and hands none on', () => {
    const conf = readFileSync('selfhost/proxy.conf', 'utf8');
    expect(conf).toContain('access_log off;');
    expect(conf).toContain('error_log stderr emerg;');
    expect(conf).toContain('proxy_set_header X-Forwarded-For "";');
    expect(conf).not.toMatch(/\$(remote_addr|proxy_add_x_forwarded_for)\b/);
  });
});

describe(`an installation as its files say${HAS_PROXY ? '' : ' (the proxy NOT RUN: no nginx here)'}`, () => {
  let made: Awaited<ReturnType<typeof installation>>;
  let engine: { stop: () => Promise<unknown> };
  let servers: Record<'server-1' | 'server-2', Part>;
  const receipts: string[] = [];

  beforeAll(async () => {
    made = await installation();
    engine = await made.startEngine();
    const [one, two] = await Promise.all([made.startServer('server-1'), made.startServer('server-2')]);
    servers = { 'server-1': one, 'server-2': two };
    await made.startProxy();
  }, 240_000);
  afterAll(async () => {
    await made?.end();
    await engine?.stop();
  });

  const log = () =>
    createSubmissionLog(
      new DynamoDBClient({
        endpoint: `http://127.0.0.1:${made.ports.engine}`,
        region: 'eu-central-1',
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      }),
      tableNames('sektorspiegel').submissions,
    );
  const stored = async () => {
    const items: StoredSubmission[] = [];
    for await (const item of log().scan(0, 1)) if (item.kind === 'submission') items.push(item);
    return items;
  };

  it('loses nothing and doubles nothing when a server is killed under load', async () => {
    const { instrument, profile, conductedOn, answers } = checked(1);
    const body = JSON.stringify({ instrument, profile, conductedOn, answers });
    let acknowledged = 0;
    await pMap(
      Array.from({ length: 40 }, () => ({ receipt: makeReceipt(randomBytes), key: randomUUID() })),
      async ({ receipt, key }) => {
        const headers = {
          authorization: `Bearer ${receipt}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        };
        for (let attempt = 0; ; attempt += 1) {
          const status = await ask('/v1/submissions', { method: 'POST', headers, body }, attempt).catch(() => ({
            status: 0,
            body: '',
          }));
          if (status.status === 201 || status.status === 200) break;
          if (attempt === 30) throw new Error(`not taken: ${status.status} ${status.body}`);
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
        receipts.push(receipt);
        acknowledged += 1;
        if (acknowledged === 12) servers['server-1'].process.kill('SIGKILL');
      },
      { concurrency: 6 },
    );
    const items = await stored();
    expect(items).toHaveLength(40);
    expect(new Set(items.map(({ organisation }) => organisation)).size).toBe(40);
    expect(JSON.parse((await ask('/readyz')).body)).toEqual({ status: 'ready' });
    const [, ...check] = compose.services['server-2'].healthcheck!.test;
    const health = made.start(check.map((word) => word.replace(':8080', `:${made.ports['server-2']}`)));
    await until(() => health.process.exitCode !== null);
    expect(health.process.exitCode).toBe(0);
  }, 120_000);

  it('publishes a release in earnest, once, though two ask for it', async () => {
    for (const submission of Array.from({ length: 40 }, (_, place) => checked(place))) await log().put(submission);
    const event = { instrument: 'digitalcheck.1', scheduledAt: '2026-02-01T03:00:00.000Z' };
    const asked = [made.task(event), made.task(event)];
    await until(() => asked.every(({ process: { exitCode } }) => exitCode !== null), 120);
    const said = asked.map((part) => part.out()).join('');
    expect(said.match(/"state":"published"/g), said).toHaveLength(1);
    expect(said).toMatch(/already-published|Another publisher is at work/);
    const { releases } = JSON.parse((await ask('/v1/releases?instrument=digitalcheck.1')).body);
    expect(releases).toHaveLength(1);
    expect(releases[0].marks).toMatchObject({ isInvented: false, isTrial: false });
  }, 180_000);

  it('stops gently: no longer ready, still answering, then gone with nothing cut off', async () => {
    const server = servers['server-2'];
    const own = (path: string) => fetch(`http://127.0.0.1:${made.ports['server-2']}${path}`);
    const ended = server.stop('SIGTERM');
    await until(async () => (await own('/readyz')).status === 503, 10);
    expect((await own('/healthz')).status).toBe(200);
    expect(await ended).toBe(0);
  }, 60_000);

  it('says in its logs what was asked, and never by whom', () => {
    for (const server of Object.values(servers)) {
      const lines = server
        .out()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      const requests = lines.filter(({ event }) => event === 'request');
      expect(requests.length).toBeGreaterThan(5);
      for (const one of requests)
        expect(
          Object.keys(one).filter((field) => !/^(event|method|route|status|ms|requestId|problem)$/.test(field)),
        ).toEqual([]);
      expect(JSON.stringify(requests)).not.toMatch(/127\.0\.0\.1|::1/);
    }
  });

  it('comes back from its backup: the same submissions and the same bytes of a release', async () => {
    if (!made.hasDatabaseFile) throw new Error('Without the engine of compose.yaml there is no file to back up.');
    const before = (await stored()).length;
    await engine.stop();
    const backup = join(made.folder, 'backup');
    for (const [name, place] of Object.entries(made.places)) {
      made.copy(place, join(backup, name));
      rmSync(place, { recursive: true });
      made.copy(join(backup, name), place);
    }
    engine = await made.startEngine();
    servers['server-2'] = await made.startServer('server-2');
    expect(await stored()).toHaveLength(before);
    const own = JSON.parse(
      (await ask('/v1/submissions', { headers: { authorization: `Bearer ${receipts[0]}` } })).body,
    );
    expect(own.submissions).toHaveLength(1);
  }, 120_000);

  it('moves to another service that is empty, and to no other', async () => {
    const target = join(made.folder, 'target.env');
    const other = made.environmentOf('server-2', { TABLE_PREFIX: 'moved', FILES_DIR: join(made.folder, 'moved') });
    writeFileSync(
      target,
      Object.entries(other)
        .map(([name, value]) => `${name}='${value}'`)
        .join('\n'),
    );
    const copy = () => made.start([...made.entrypoint(), '--copy-to', target], made.environmentOf('server-2'));
    const first = copy();
    await until(() => first.process.exitCode !== null, 60);
    const copied = JSON.parse(first.out()) as Record<string, number>;
    expect(copied['sektorspiegel-submissions']).toBe((await stored()).length);
    expect(copied.files).toBeGreaterThan(3);
    const again = copy();
    await until(() => again.process.exitCode !== null, 60);
    expect(again.out()).toMatch(/moved-submissions of the target is not empty; nothing was copied/);
  }, 120_000);

  /** Through the proxy, where there is one; else of the servers in turn. */
  function ask(
    path: string,
    init: { method?: string; headers?: Record<string, string>; body?: string } = {},
    turn = 1,
  ) {
    if (HAS_PROXY) return askTls(path, init);
    const port = made.ports[turn % 2 === 0 ? 'server-1' : 'server-2'];
    return fetch(`http://127.0.0.1:${port}${path}`, init).then(async (answer) => ({
      status: answer.status,
      body: await answer.text(),
    }));
  }

  function askTls(
    path: string,
    { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string },
  ) {
    return new Promise<{ status: number; body: string }>((resolve, reject) => {
      // The certificate of the test is its own.
      const asked = requestTls(
        {
          host: '127.0.0.1',
          port: made.ports.https,
          path,
          method,
          headers: { ...headers, ...(body ? { 'content-length': Buffer.byteLength(body) } : {}) },
          rejectUnauthorized: false,
        },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (part) => {
            text += part;
          });
          answer.on('end', () => resolve({ status: answer.statusCode!, body: text }));
          answer.on('error', reject);
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });
  }
});
