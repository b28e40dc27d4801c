import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, berlinDate } from '#contracts/calendar';
import { fileListPath, filePath, type ReleaseFile } from '#contracts/release-file';
import { checkedPolicy } from '#disclosure/checked-policy';
import { publish } from '#functions/publish/publish';
import { createApp } from '#functions/service/app';
import { readProgram } from '#functions/service/program';
import { loadInstruments } from '#instruments/load-instruments';
import { createInvitationStore } from '#store/dynamo-invitations';
import { createParticipationStore } from '#store/dynamo-participation';
import { createRegistryStore } from '#store/dynamo-registry';
import { createReleaseStore } from '#store/dynamo-releases';
import { createSubmissionLog } from '#store/dynamo-submission-log';
import { invitationHashOf, sha256Hex } from '#store/hashes';
import { createS3Files } from '#store/s3-files';
import openApi from '../../functions/api/openapi.json' with { type: 'json' };
import { associations, check, newReceipt } from '../api/test-service.ts';
import { syntheticLog } from '../bench/synthetic.ts';
import { type Deployed, deployed } from './deployed.ts';
import { callThroughHttpApi, eventOf, type HttpAnswer, type HttpCall } from './http-api.ts';
import { type Lambda, MAX_ANSWER_BYTES } from './lambda.ts';

/**
 * What CDK uploads, run as Lambda runs it: through the Runtime API, with events of the HTTP API, under the grants,
 * environment and timeouts of the template, against the program in process.
 */
let cloud: Deployed;
let api: Lambda;
let stores: ReturnType<typeof storesOf>;
const bucket = 'sektorspiegel-dev-files-000000000000';
const yesterday = addDays(berlinDate(new Date()), -1);

beforeAll(async () => {
  cloud = await deployed();
  stores = storesOf(cloud);
  const instruments = await loadInstruments([]);
  const log = syntheticLog(instruments.get('digitalcheck.1')!, {
    submissions: 150,
    organisations: 120,
    lastDay: addDays(yesterday, -1),
    days: 300,
    admission: 'invited',
  });
  await Promise.all([...log].map((entry) => stores.submissions.put({ ...entry, bodyHash: entry.key })));
  api = await cloud.start('api');
});
afterAll(() => cloud.close());

const ask = (call: HttpCall, fn = api): Promise<HttpAnswer> =>
  callThroughHttpApi(fn, { ...call, headers: { 'x-origin-secret': cloud.secret, ...call.headers } });

describe('the bundle of the api', () => {
  it('reads at most 480 KB before it can answer; charts, pages, the SDK and the description come later', () => {
    const { eagerBytes, lazyBytes } = cloud.sizes.api;
    expect(eagerBytes).toBeLessThanOrEqual(480_000);
    // Were something left out or bundled twice, this would tell: Vega alone is more than half a megabyte.
    expect(lazyBytes).toBeGreaterThan(1_000_000);
  });

  it('carries the description as it was written, and not what it is written from', async () => {
    const folder = cloud.bundles.api;
    const chunks = (await readdir(folder)).filter((name) => name.endsWith('.mjs'));
    const texts = await Promise.all(chunks.map((name) => readFile(join(folder, name), 'utf8')));
    const describing = texts.filter((text) => text.includes('operationId:'));
    expect(describing).toEqual([expect.stringContaining('openapi:"3.1.0"')]);
  });
});

describe('publishing', () => {
  it('takes over from one that was killed in process, removes what it left, and carries an event out once', async () => {
    const publisher = await cloud.start('publish');
    const tenMinutesAgo = new Date(Date.now() - 600_000);
    let isDead = false;
    const dying = <Store extends object>(store: Store): Store =>
      new Proxy(store, {
        get(target, name) {
          if (name === 'putInForce') isDead = true;
          return isDead ? () => Promise.reject(new Error('the power fails')) : Reflect.get(target, name);
        },
      });
    const inProcess = publish(
      {
        ...stores,
        releases: dying(stores.releases),
        files: dying(stores.files),
        instruments: await loadInstruments([]),
        policy: checkedPolicy(),
        isInvented: false,
        codeVersion: 'test',
        now: () => tenMinutesAgo,
        randomBytes,
        settleMinutes: 15,
        segments: 8,
        facts: { publisher: { name: 'Sektorspiegel (test)' } },
        log: () => {},
      },
      { instrument: 'digitalcheck.1', cutoffOn: yesterday },
    );
    await expect(inProcess).rejects.toThrow('the power fails');
    const { attempt } = await stores.releases.seriesState('digitalcheck.1');
    expect((await stores.files.list(`releases/${attempt!.releaseId}/`)).length).toBeGreaterThan(8);
    expect(await stores.releases.head('digitalcheck.1')).toBeUndefined();

    const event = { instrument: 'digitalcheck.1', scheduledAt: new Date().toISOString() };
    const invocation = await publisher.invoke(event);
    expect(publisher.log()).not.toMatch(/Error/);
    expect(invocation).toMatchObject({ state: 'answered', payload: { state: 'published' } });
    for (const line of ['attempt-outlived', 'leftovers']) expect(publisher.log()).toContain(`"event":"${line}"`);
    const { head, abandoned } = await stores.releases.seriesState('digitalcheck.1');
    const [released, ...more] = head.releases;
    expect([more, abandoned]).toEqual([[], []]);
    expect(released!.releaseId).not.toBe(attempt!.releaseId);
    const folders = (await stores.files.list('')).map((path) => path.split('/').slice(0, 2).join('/'));
    expect([...new Set(folders)]).toEqual([`releases/${released!.releaseId}`]);

    expect(await publisher.invoke(event)).toMatchObject({
      payload: { state: 'already-published', releaseId: released!.releaseId },
    });
    const erratum = { instrument: 'digitalcheck.1', replaces: released!.releaseId, drawsAnew: true, isDryRun: true };
    expect(await publisher.invoke(erratum)).toMatchObject({ payload: { state: 'dry-run' } });
    expect(await publisher.invoke({ task: 'participation' })).toMatchObject({ payload: { state: 'counted' } });
    expect(await publisher.invoke({ task: 'leftovers' })).toMatchObject({ payload: { state: 'removed' } });
  });

  it('refuses what it may not do with the sentence, and leaves the release in force', async () => {
    const publisher = await cloud.start('publish');
    const before = await stores.releases.head('digitalcheck.1');
    expect(await publisher.invoke({ instrument: 'digitalcheck.1', cutoffOn: '2099-01-01' })).toMatchObject({
      state: 'failed',
      errorMessage: expect.stringContaining('is not past'),
    });
    expect(await stores.releases.head('digitalcheck.1')).toEqual(before);
  });
});

describe('the api', () => {
  it('answers every route of its description byte for byte as in process, warm and cold', async () => {
    const inProcess = createApp({
      instruments: await loadInstruments([]),
      ...stores,
      submissions: createSubmissionLog(cloud.client, cloud.tables.submissions),
      sources: [],
      program: readProgram(),
      now: () => new Date(),
      randomBytes,
      log: () => {},
    });
    const releaseId = (await stores.releases.head('digitalcheck.1'))!.releases[0]!.releaseId;
    const files = JSON.parse(
      Buffer.from((await stores.files.get(fileListPath(releaseId)))!).toString(),
    ) as ReleaseFile[];
    const invitation = '0000-0000-0000-0011';
    const today = berlinDate(new Date());
    await stores.invitations.put({
      codeHash: invitationHashOf(invitation.replaceAll('-', '')),
      association: associations[0]!.id,
      campaign: 'k-00000001',
      opensOn: today,
    });
    const receipt = newReceipt();
    const own = { authorization: `Bearer ${receipt}` };
    const json = { ...own, 'idempotency-key': 'k', 'content-type': 'application/json' };
    const body = JSON.stringify({ ...(await check(3)), conductedOn: yesterday });
    const joining = JSON.stringify({ ...(await check(2)), associations: ['ABCD-EFG', invitation] });
    await stores.registry.put(associations[0]!);
    const calls: HttpCall[] = [
      { method: 'POST', path: '/v1/submissions', headers: json, body },
      { method: 'POST', path: '/v1/submissions', headers: json, body },
      { method: 'POST', path: '/v1/submissions', headers: { ...json, 'idempotency-key': 'joins' }, body: joining },
      { method: 'POST', path: '/v1/submissions', headers: json, body: '{"instrument":"digitalcheck.1"}' },
      { method: 'POST', path: '/v1/submissions', headers: json, body: 'ä{' },
      { method: 'POST', path: '/v1/submissions', headers: json, body: 'x'.repeat(100_000) },
      { method: 'POST', path: '/v1/submissions', body },
      { method: 'GET', path: '/v1/submissions', headers: own },
      ...['application/json', 'text/csv', 'image/svg+xml', 'application/vnd.vegalite.v6+json', 'text/plain'].map(
        (accept) => ({ method: 'GET', path: '/v1/standing?instrument=digitalcheck.1', headers: { ...own, accept } }),
      ),
      ...files.map(({ name }) => ({ method: 'GET', path: `/v1/releases/${releaseId}/files/${name}` })),
      ...publicPaths(releaseId).map((path) => ({ method: 'GET', path })),
      { method: 'GET', path: '/v1/figures?instrument=digitalcheck.1&group=sector%3Delder-care&lang=en' },
      { method: 'GET', path: '/v1/figures?instrument=nothing' },
      { method: 'PUT', path: '/v1/releases' },
      { method: 'GET', path: '/nowhere' },
      { method: 'GET', path: '/de/' },
      { method: 'GET', path: '/en/' },
      { method: 'DELETE', path: '/v1/submissions', headers: own },
    ];
    expect(files.some(({ name }) => name.endsWith('.parquet')) && files.some(({ name }) => name.endsWith('.zip'))).toBe(
      true,
    );

    for (const call of calls) {
      // What is written is written by the bundle; the program then meets the same key and replays the answer.
      const there = await ask(call);
      const here = await inProcess.request(`https://spiegel.example${call.path}`, {
        method: call.method,
        headers: call.headers ?? {},
        ...(call.body === undefined ? {} : { body: call.body }),
      });
      const isWrite = call.method === 'POST' && there.status === 201;
      const said = `${call.method} ${call.path} ${call.headers?.accept ?? ''}`;
      expect(there.status, said).toBe(isWrite ? 201 : here.status);
      const bytes = Buffer.from(await here.arrayBuffer());
      if (call.path.startsWith('/de/') || call.path.startsWith('/en/') || /^\/(docs|problems)/.test(call.path)) {
        // Only the bundle knows the names of the built styles.
        expect(there.body.toString()).toContain('/assets/site-');
      } else if (call.method !== 'DELETE') {
        expect(there.body.equals(bytes), said).toBe(true);
        expect(comparable(there.headers), said).toEqual(comparable(Object.fromEntries(here.headers)));
      }
    }
    expect(api.starts()).toBe(1);

    const cold = await cloud.start('api');
    const path = '/v1/figures.svg?instrument=digitalcheck.1';
    const [first, second] = [await ask({ method: 'GET', path }, cold), await ask({ method: 'GET', path }, cold)];
    expect([first.status, first.body.equals(second.body), cold.starts()]).toEqual([200, true, 1]);
    const beside = await Promise.all([ask({ method: 'GET', path }, cold), ask({ method: 'GET', path }, cold)]);
    expect([beside.every(({ body }) => body.equals(first.body)), cold.starts()]).toEqual([true, 2]);
  });

  it('logs one line a request, without receipt, address or browser', async () => {
    const fresh = await cloud.start('api');
    const receipt = newReceipt();
    await ask(
      { method: 'GET', path: '/v1/submissions?x=secret', headers: { authorization: `Bearer ${receipt}` } },
      fresh,
    );
    const lines = fresh.log().trim().split('\n');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({ event: 'request', route: '/v1/submissions', status: 200 });
    expect(lines[0]).not.toMatch(new RegExp(`${receipt}|192\\.0\\.2|a-browser|secret|x=`));
  });

  it('answers its own edge only', async () => {
    const path = '/healthz';
    expect((await ask({ method: 'GET', path })).status).toBe(200);
    for (const wrong of [{}, { 'x-origin-secret': '' }, { 'x-origin-secret': `${cloud.secret}x` }]) {
      const answer = await callThroughHttpApi(api, { method: 'GET', path, headers: wrong });
      expect([answer.status, answer.body.length]).toEqual([403, 0]);
    }
  });

  it('names itself by the address of the service', async () => {
    const named = await cloud.start('api', { environment: { SERVICE_URL: 'https://mirror.example' } });
    for (const path of ['/docs/api', '/robots.txt', '/sitemap.xml']) {
      const text = (await ask({ method: 'GET', path }, named)).body.toString();
      expect(text).toContain('https://mirror.example/');
      expect(text).not.toContain('spiegel.example');
    }
  });

  it('sends a larger file to where it lies, and stays below what Lambda may answer', async () => {
    const releaseId = (await stores.releases.head('digitalcheck.1'))!.releases[0]!.releaseId;
    const place = fileListPath(releaseId);
    const list = JSON.parse(Buffer.from((await stores.files.get(place))!).toString()) as ReleaseFile[];
    const large = Buffer.alloc(7_000_000, 'Anteile;');
    const entry = { name: 'large.csv', bytes: large.length, sha256: sha256Hex(large), mediaType: 'text/csv' };
    const smaller = Buffer.alloc(3_000_000, '"\n');
    const inside = { ...entry, name: 'inside.csv', bytes: smaller.length, sha256: sha256Hex(smaller) };
    await stores.files.put(filePath(releaseId, entry.name), large);
    await stores.files.put(filePath(releaseId, inside.name), smaller);
    await stores.files.put(place, Buffer.from(JSON.stringify([...list, entry, inside])));

    const answer = await ask({ method: 'GET', path: `/v1/releases/${releaseId}/files/large.csv` });
    expect([answer.status, answer.headers['cache-control']]).toEqual([307, 'no-store']);
    const given = await fetch(answer.headers.location!);
    expect(Buffer.from(await given.arrayBuffer()).equals(large)).toBe(true);
    expect(given.headers.get('content-disposition')).toContain(`${releaseId}-large.csv`);

    const call = { method: 'GET', path: `/v1/releases/${releaseId}/files/inside.csv` };
    const invocation = await api.invoke(eventOf({ ...call, headers: { 'x-origin-secret': cloud.secret } }));
    if (invocation.state !== 'answered') expect.fail(JSON.stringify(invocation));
    expect(invocation.bytes).toBeGreaterThan(5_000_000);
    expect(invocation.bytes).toBeLessThan(MAX_ANSWER_BYTES);
    await stores.files.put(place, Buffer.from(JSON.stringify(list)));
  });

  it('tells a store that does not answer as a problem, and is killed and started anew when it hangs itself', async () => {
    const patient = await cloud.start('api');
    const hasty = await cloud.start('api');
    const call = { method: 'GET', path: '/v1/releases' };
    expect((await ask(call, hasty)).status).toBe(200);
    // Less than the store's own limits come to. It has started already, however long that took.
    const soon: Lambda = { ...hasty, invoke: (event) => hasty.invoke(event, 3_000) };
    cloud.dynamodb.isHanging = true;
    try {
      const [told, cut] = await Promise.all([ask(call, patient), ask(call, soon)]);
      expect([told.status, told.headers['content-type']]).toEqual([503, 'application/problem+json; charset=utf-8']);
      expect(told.headers['retry-after']).toBe('5');
      expect(JSON.parse(cut.body.toString())).toEqual({ message: 'Service Unavailable' });
    } finally {
      cloud.dynamodb.isHanging = false;
    }
    expect((await ask(call, hasty)).status).toBe(200);
    expect([patient.starts(), hasty.starts()]).toEqual([1, 2]);
  });

  it('does not start without its configuration, and says which variable is missing', async () => {
    const broken = await cloud.start('api', { environment: { RELEASES_TABLE: '' } });
    expect(await broken.invoke(eventOf({ method: 'GET', path: '/healthz' }))).toMatchObject({
      state: 'failed',
      errorMessage: expect.stringContaining('RELEASES_TABLE'),
    });
  });
});

describe('the grants', () => {
  it('suffice for all of the above, and none is given that nothing needs', () => {
    expect(cloud.dynamodb.refused).toEqual([]);
    const short = (call: string) => call.replace('dynamodb:', '').replace('sektorspiegel-dev-', '');
    expect([...cloud.dynamodb.used].map(short).sort()).toEqual([
      'api GetItem registry',
      'api GetItem releases',
      'api GetItem submissions',
      'api PutItem submissions',
      'api Query submissions',
      'api UpdateItem invitations',
      'publish DeleteItem releases',
      'publish GetItem releases',
      'publish PutItem releases',
      'publish Query registry',
      'publish Query releases',
      'publish Scan submissions',
    ]);
  });
});

/** The stores with an operator's rights: past the grants. */
function storesOf({ client, tables, s3 }: Deployed) {
  const s3Client = new S3Client({
    endpoint: s3.endpoint,
    forcePathStyle: true,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'publish', secretAccessKey: 'tests' },
  });
  return {
    submissions: createSubmissionLog(client, tables.submissions),
    releases: createReleaseStore(client, tables.releases),
    registry: createRegistryStore(client, tables.registry),
    invitations: createInvitationStore(client, tables.invitations),
    participation: createParticipationStore(client, tables.releases),
    files: createS3Files(s3Client, bucket, { mayList: true }),
  };
}

/** Every address of the description that needs no receipt, with its parameters filled in. */
function publicPaths(releaseId: string): string[] {
  return Object.entries(openApi.paths as Record<string, { get?: { security?: unknown } }>)
    .filter(([path, { get }]) => get && !get.security && !path.includes('{name}'))
    .map(([path]) => path.replace('{id}', path.includes('instruments') ? 'digitalcheck.1' : releaseId))
    .map((path) => (path.includes('/figures') ? `${path}?instrument=digitalcheck.1` : path));
}

/** Headers without what differs between two answers to the same request: who signed an address, and which came first. */
function comparable(headers: Record<string, string>): Record<string, string> {
  const { 'x-request-id': _, 'content-length': __, 'idempotent-replayed': ___, location, ...rest } = headers;
  return { ...rest, ...(location === undefined ? {} : { location: location.split('?')[0]! }) };
}
