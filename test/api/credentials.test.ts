import { beforeEach, describe, expect, test } from 'vitest';
import openApi from '../../functions/api/openapi.json' with { type: 'json' };
import { FIRST, memoryReleases, SECOND } from './release-fixtures.ts';
import { associations, check, newReceipt, PARTNER_KEY, TRUSTED_KEY, testService } from './test-service.ts';

/** What an organisation's addresses do with every kind of credential; those of associations: association.test.ts. */

type Operations = Record<string, Record<string, { security?: Record<string, unknown>[] }>>;
const operations = Object.entries(openApi.paths as unknown as Operations).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { security = [] }]) => ({ method: method.toUpperCase(), path, security })),
);
const ofOrganisations = operations.filter(({ security }) => security.some((scheme) => 'receipt' in scheme));
const open = operations.filter(({ security, method }) => security.length === 0 && method === 'GET');

let service: Awaited<ReturnType<typeof testService>>;
let mine: string;
beforeEach(async () => {
  service = await testService({ releases: memoryReleases([FIRST, SECOND]) });
  mine = newReceipt();
  expect((await service.submit(mine, await check(4))).status).toBe(201);
});

const addressOf = (path: string) =>
  `${path.replace('{id}', SECOND.manifest.releaseId).replace('{name}', 'internal')}?instrument=digitalcheck.1`;

const ask = (method: string, path: string, headers: Record<string, string>) =>
  service.send(addressOf(path), {
    method,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'another', ...headers },
    ...(method === 'POST' ? { body: '{}' } : {}),
  });

const CREDENTIALS: [name: string, authorization: string | undefined][] = [
  ['none', undefined],
  ['an empty one', 'Bearer'],
  ['a malformed receipt', 'Bearer 123-456'],
  ['a receipt with a typo', 'Bearer 000-000-000-000-000-000-000-000-001'],
  ['an expired or foreign token', 'Bearer eyJhbGciOiJub25lIn0.e30.'],
  ['basic authentication', `Basic ${Buffer.from('admin:admin').toString('base64')}`],
  ['a partner key', `Bearer ${PARTNER_KEY}`],
  ['the key of the trusted import', `Bearer ${TRUSTED_KEY}`],
  ['a join code', `Bearer ${associations[0]!.joinCode}`],
  ['an association’s id', `Bearer ${associations[0]!.id}`],
];

test('the description says of every operation who may use it', () => {
  expect(ofOrganisations.map(({ method, path }) => `${method} ${path}`)).toEqual(
    expect.arrayContaining([
      'POST /v1/submissions',
      'GET /v1/submissions',
      'DELETE /v1/submissions',
      'GET /v1/benchmark',
    ]),
  );
  const others = operations.filter((entry) => !ofOrganisations.includes(entry) && !open.includes(entry));
  for (const { method, path, security } of others)
    expect([`${method} ${path}`, method === 'POST' || security.some((scheme) => 'associationKey' in scheme)]).toEqual([
      `${method} ${path}`,
      true,
    ]);
});

describe.each(ofOrganisations)('$method $path', ({ method, path }) => {
  test.each(CREDENTIALS)('stays closed to %s', async (_, authorization) => {
    const before = service.submissions.items.size;
    const response = await ask(method, path, authorization === undefined ? {} : { Authorization: authorization });
    expect(response.status).toBe(401);
    expect(response.headers.get('WWW-Authenticate')).toContain('Bearer');
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(service.submissions.items.size).toBe(before);
    const sent = authorization?.split(' ')[1] ?? '';
    if (sent.length > 4) expect(await response.text()).not.toContain(sent);
  });

  test("shows and changes nothing of one organisation to another's receipt", async () => {
    const response = await ask(method, path, { Authorization: `Bearer ${newReceipt()}` });
    const text = await response.text();
    expect(text).not.toContain('"overall":100');
    const history = (await (await service.own(mine)).json()) as { submissions: { overall: number }[] };
    expect(history.submissions.map(({ overall }) => overall)).toEqual([100]);
  });

  test('keeps its answers out of every cache', async () => {
    const { headers } = await ask(method, path, { Authorization: `Bearer ${mine}` });
    expect(headers.get('Cache-Control')).toMatch(/no-store/);
  });
});

test.each(open)('GET $path is the same for everyone, whatever credential comes along', async ({ path }) => {
  const plain = await ask('GET', path, {});
  const text = await plain.text();
  for (const authorization of [`Bearer ${mine}`, ...CREDENTIALS.flatMap(([, value]) => (value ? [value] : []))]) {
    const response = await ask('GET', path, { Authorization: authorization });
    expect(response.status).toBe(plain.status);
    expect(await response.text()).toBe(text);
    for (const name of ['Cache-Control', 'ETag', 'Content-Type'])
      expect(response.headers.get(name)).toBe(plain.headers.get(name));
  }
});
