import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { formatAssociationKey } from '#contracts/association-key';
import { fileListPath, filePath, type ReleaseFile } from '#contracts/release-file';
import type * as Svg from '#functions/http/svg';
import { sha256Hex } from '#store/hashes';
import { type PageName, pathTo, SITE_MAP } from '#web/site-map.ts';
import { memoryInvitations, memoryRegistry } from './memory-stores.ts';
import { FIRST, memoryReleases, SECOND } from './release-fixtures.ts';
import { associations, check, newReceipt, PARTNER_KEY, TRUSTED_KEY, testService } from './test-service.ts';

// Files before this one in the same worker have loaded the program already, with the real drawing.
vi.hoisted(() => vi.resetModules());
vi.mock('#functions/http/svg', async (original) => {
  const { drawnOnce } = await import('./drawn-once.ts');
  return drawnOnce(await original<typeof Svg>());
});

/**
 * Every route of the app, each with every kind of credential. A new route belongs into the table; that what is stored of
 * figures stays protected whoever asks is tested in test/attack.
 */
type Access =
  /** The same bytes for everybody, whatever comes along. */
  | 'everyone'
  /** A new secret each time, the same way for everybody. */
  | 'drawn anew'
  /** Whoever has a receipt, about itself. */
  | 'organisation'
  /** The association that the address names. */
  | 'association';

const FIGURES = ['', '.json', '.vl.json', '.vg.json', '.svg', '.csv'];
const OVERVIEWS = ['.svg', '.csv', '.vl.json'];
const ROUTES: Record<string, Access> = {
  'GET /healthz': 'everyone',
  'GET /readyz': 'everyone',
  'GET /v1/openapi.json': 'everyone',
  'POST /v1/receipts': 'drawn anew',
  'POST /v1/submissions': 'organisation',
  'GET /v1/submissions': 'organisation',
  'DELETE /v1/submissions': 'organisation',
  'GET /v1/standing': 'organisation',
  'GET /v1/instruments': 'everyone',
  'GET /v1/instruments/:id': 'everyone',
  'GET /v1/releases': 'everyone',
  'GET /v1/releases/:id': 'everyone',
  'GET /v1/releases/:id/changes': 'everyone',
  'GET /v1/releases/:id/files': 'everyone',
  'GET /v1/releases/:id/files/:name': 'everyone',
  'GET /v1/changes': 'everyone',
  'GET /v1/field-comparison': 'everyone',
  'GET /v1/releases/:id/field-comparison': 'everyone',
  'GET /v1/all-releases.csv': 'everyone',
  'GET /v1/all-releases.parquet': 'everyone',
  ...Object.fromEntries(
    FIGURES.flatMap((ending) => [
      [`GET /v1/figures${ending}`, 'everyone'],
      [`GET /v1/releases/:id/figures${ending}`, 'everyone'],
    ]),
  ),
  ...Object.fromEntries(
    OVERVIEWS.flatMap((ending) => [
      [`GET /v1/overview${ending}`, 'everyone'],
      [`GET /v1/releases/:id/overview${ending}`, 'everyone'],
    ]),
  ),
  'GET /v1/associations/:id/overview': 'association',
  'GET /v1/associations/:id/figures': 'association',
  'GET /v1/associations/:id/progress': 'association',
  'GET /v1/associations/:id/members.csv': 'association',
  'PUT /v1/associations/:id/campaigns/:campaign': 'association',
  'GET /v1/associations/:id': 'everyone',
  'GET /docs/api': 'everyone',
  'GET /problems': 'everyone',
  'GET /problems/:name': 'everyone',
  'GET /': 'everyone',
  'GET /robots.txt': 'everyone',
  'GET /sitemap.xml': 'everyone',
  // Pages hold nothing of an organisation: their scripts ask the api.
  ...Object.fromEntries(
    (['de', 'en'] as const).flatMap((lang) =>
      [
        `/${lang}`,
        `/${lang}/*`,
        `/${lang.toUpperCase()}/*`,
        ...(Object.keys(SITE_MAP) as PageName[]).map((page) => pathTo(page, lang)),
      ].map((path) => [`GET ${path}`, 'everyone']),
    ),
  ),
  'GET /de/beispiel.svg': 'everyone',
  'GET /en/example.svg': 'everyone',
  'GET /embed/de': 'everyone',
  'GET /embed/en': 'everyone',
};

/** The answers that other sites may show and read: public pictures, their figures, and released files. */
const OPEN = [
  ...FIGURES.flatMap((ending) => [`GET /v1/figures${ending}`, `GET /v1/releases/:id/figures${ending}`]),
  ...OVERVIEWS.flatMap((ending) => [`GET /v1/overview${ending}`, `GET /v1/releases/:id/overview${ending}`]),
  ...['GET /v1/releases/:id/files', 'GET /v1/releases/:id/files/:name'],
  ...['GET /v1/all-releases.csv', 'GET /v1/all-releases.parquet'],
  ...['GET /de/beispiel.svg', 'GET /en/example.svg'],
];
/** The pages that other sites may show in a frame. */
const FRAMES = ['GET /embed/de', 'GET /embed/en'];

const [A = associations[0]!, B = associations[1]!] = associations;
const keyOf = (id: string, letter: string) => formatAssociationKey(id, letter.repeat(43));
const madeAt = '2026-01-01T00:00:00.000Z';
const KEYS = { own: keyOf(A.id, 'a'), other: keyOf(B.id, 'b'), expired: keyOf(A.id, 'f'), invented: keyOf(A.id, 'x') };
const registered = [
  {
    ...A,
    keys: [
      { hash: sha256Hex(KEYS.own), madeAt },
      { hash: sha256Hex(KEYS.expired), madeAt, endsAt: '2026-02-01T00:00:00.000Z' },
    ],
  },
  { ...B, keys: [{ hash: sha256Hex(KEYS.other), madeAt }] },
];
const FILE: ReleaseFile = { name: 'a.csv', bytes: 2, sha256: sha256Hex('ab'), mediaType: 'text/csv' };
const STORED = new Map([
  [fileListPath(SECOND.manifest.releaseId), JSON.stringify([FILE])],
  [filePath(SECOND.manifest.releaseId, FILE.name), 'ab'],
]);

let service: Awaited<ReturnType<typeof testService>>;
const [mine, other] = [newReceipt(), newReceipt()];
beforeAll(async () => {
  const registry = memoryRegistry(registered);
  service = await testService({
    origin: 'http://localhost',
    releases: memoryReleases([FIRST, SECOND]),
    registry,
    campaigns: { registry, invitations: memoryInvitations() },
    files: {
      get: async (path) => (STORED.has(path) ? new TextEncoder().encode(STORED.get(path)) : undefined),
      list: async () => [],
    },
  });
  expect((await service.submit(mine, await check(4))).status).toBe(201);
});

type Kind = 'none' | 'malformed' | 'not accepted here' | 'receipt' | 'own key' | 'key of another';
const CREDENTIALS: [name: string, headers: Record<string, string>, kind: Kind][] = [
  ['none', {}, 'none'],
  ['an empty one', { Authorization: 'Bearer' }, 'malformed'],
  ['a malformed receipt', { Authorization: 'Bearer 123-456' }, 'malformed'],
  ['a receipt with a typo', { Authorization: 'Bearer 000-000-000-000-000-000-000-000-001' }, 'malformed'],
  ['a foreign token', { Authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' }, 'malformed'],
  ['a long one', { Authorization: `Bearer ${'A'.repeat(5_000)}` }, 'malformed'],
  ['basic authentication', { Authorization: `Basic ${btoa('admin:admin')}` }, 'malformed'],
  ['a receipt as basic authentication', { Authorization: `Basic ${btoa(`:${mine}`)}` }, 'malformed'],
  ['two receipts', { Authorization: `Bearer ${mine}, Bearer ${other}` }, 'malformed'],
  ['a receipt in a cookie', { Cookie: `receipt=${mine}; session=${mine}` }, 'none'],
  ['a partner key', { Authorization: `Bearer ${PARTNER_KEY}` }, 'not accepted here'],
  ['a partner key in its own header', { 'Source-Key': PARTNER_KEY }, 'none'],
  ['the key of the trusted import', { Authorization: `Bearer ${TRUSTED_KEY}` }, 'not accepted here'],
  ['the same in its own header', { 'Source-Key': TRUSTED_KEY }, 'none'],
  ['a join code', { Authorization: `Bearer ${A.joinCode}` }, 'not accepted here'],
  ['a single-use code', { Authorization: 'Bearer 0000-0000-0000-0011' }, 'not accepted here'],
  ['an association’s id', { Authorization: `Bearer ${A.id}` }, 'not accepted here'],
  ['the hash of an association’s key', { Authorization: `Bearer ${sha256Hex(KEYS.own)}` }, 'not accepted here'],
  ['an invented association key', { Authorization: `Bearer ${KEYS.invented}` }, 'not accepted here'],
  ['an expired association key', { Authorization: `Bearer ${KEYS.expired}` }, 'not accepted here'],
  ['another association’s key', { Authorization: `Bearer ${KEYS.other}` }, 'key of another'],
  ['the association’s key', { Authorization: `Bearer ${KEYS.own}` }, 'own key'],
  ['another organisation’s receipt', { Authorization: `Bearer ${other}` }, 'receipt'],
];

function ask(route: string, headers: Record<string, string>, host = 'localhost') {
  const [method = '', path = ''] = route.split(' ');
  const id = path.includes('/associations/')
    ? A.id
    : path.includes('/instruments/')
      ? 'digitalcheck.1'
      : SECOND.manifest.releaseId;
  const name = path.includes('/problems/') ? 'internal' : FILE.name;
  const filled = path
    .replace(':id', id)
    .replace(':campaign', 'k-00000001')
    .replace(':name', name)
    .replace('*', 'nothing');
  return service.send(`http://${host}${filled}?instrument=digitalcheck.1`, {
    method,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'another', ...headers },
    ...(method === 'POST' ? { body: '{}' } : method === 'PUT' ? { body: JSON.stringify(PLAN) } : {}),
  });
}

/** A campaign that is possible on the day the tests' clock shows. */
const PLAN = { instrument: 'digitalcheck.1', opensOn: '2026-07-01', closesOn: '2026-07-31', resultsOn: '2026-10-01' };

const routesOf = (access: Access) => Object.keys(ROUTES).filter((route) => ROUTES[route] === access);
const digest = (text: string) => createHash('sha256').update(text).digest('hex');

test('every route of the app is in the table', () => {
  const routes = service.app.routes.filter(({ method }) => method !== 'ALL');
  expect([...new Set(routes.map(({ method, path }) => `${method} ${path}`))].sort()).toEqual(
    Object.keys(ROUTES).sort(),
  );
});

test.each(Object.keys(ROUTES))(
  '%s answers whoever asks with strict headers, and what is public alike',
  async (route) => {
    const plain = await ask(route, {});
    const text = digest(await plain.clone().text());
    for (const [name, headers] of CREDENTIALS) {
      const response = await ask(route, headers);
      const of = (header: string) => response.headers.get(header);
      expect(response.status, name).toBeLessThan(500);
      const isFrame = FRAMES.includes(route);
      expect(of('Content-Security-Policy'), name).toMatch(
        isFrame ? /^default-src 'none'; .*frame-ancestors \*$/ : /default-src 'none'.*frame-ancestors 'none'/,
      );
      // A frame has no script at all, and nothing that could be sent from it.
      if (isFrame) expect(of('Content-Security-Policy'), name).toMatch(/^(?!.*script-src).*form-action 'none'/);
      // Vega writes styles into its pictures; on their own they are shut in a sandbox.
      if (of('Content-Type')?.startsWith('image/svg+xml'))
        expect(of('Content-Security-Policy'), name).toMatch(/; sandbox$/);
      else
        expect(of('Content-Security-Policy')?.replace(/frame-ancestors \*$/, ''), name).not.toMatch(
          /unsafe|\*|https?:/,
        );
      expect(of('X-Content-Type-Options'), name).toBe('nosniff');
      expect(of('Referrer-Policy'), name).toBe('no-referrer');
      expect(of('X-Frame-Options'), name).toBe(isFrame ? null : 'DENY');
      // Whatever is not in the list stays closed to the pages of other sites, whoever asks.
      expect(of('Access-Control-Allow-Origin'), name).toBe(OPEN.includes(route) ? '*' : null);
      expect(of('Cross-Origin-Resource-Policy'), name).toBe(OPEN.includes(route) ? 'cross-origin' : 'same-origin');
      expect(of('Permissions-Policy'), name).toContain('camera=()');
      expect(of('X-Request-Id'), name).toMatch(/^[\w-]{16}$/);
      // Whatever is neither public nor the same for everybody is kept nowhere; so are all refusals.
      if (ROUTES[route] !== 'everyone' || response.status >= 400) expect(of('Cache-Control'), name).toBe('no-store');
      expect(
        [...response.headers.keys()].filter((key) =>
          /^access-control-(?!allow-origin)|^set-cookie|^server$|powered/.test(key),
        ),
      ).toEqual([]);
      // A secret that does not open is not said back.
      const sent = headers.Authorization?.split(' ')[1] ?? '';
      const body = await response.text();
      if (response.status >= 400 && sent.length > 4) expect(body, name).not.toContain(sent);
      if (ROUTES[route] !== 'everyone') continue;
      expect(response.status, name).toBe(plain.status);
      expect(digest(body), name).toBe(text);
      for (const header of ['Cache-Control', 'ETag', 'Content-Type', 'Location', 'Vary'])
        expect(of(header), name).toBe(plain.headers.get(header));
    }
  },
);

test('only what is the same for everybody is open to other sites', () => {
  expect(OPEN.map((route) => ROUTES[route])).toEqual(OPEN.map(() => 'everyone'));
});

/** What a cache does not look at, or what pretends to be an address of its own. */
const ELSEWHERE: Record<string, string>[] = [
  { Host: 'evil.example' },
  { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https', 'X-Forwarded-Prefix': '/evil' },
  { Forwarded: 'host=evil.example;proto=https' },
  { 'X-Original-URL': '/v1/submissions', 'X-Rewrite-URL': '/v1/submissions' },
  { 'X-HTTP-Method-Override': 'DELETE', 'X-HTTP-Method': 'DELETE' },
  { Origin: 'https://evil.example', Referer: 'https://evil.example/' },
  { Accept: 'text/csv, image/svg+xml;q=0.5', 'Accept-Encoding': 'gzip', 'Accept-Charset': 'utf-16' },
  { 'Accept-Language': 'en;q=1, fr;q=0.5' },
  { Range: 'bytes=0-3', 'If-Range': '"x"' },
  { 'If-None-Match': '"0"', 'If-Modified-Since': 'Wed, 01 Jan 2020 00:00:00 GMT', 'Cache-Control': 'no-cache' },
  { Cookie: 'lang=en; group=all', 'User-Agent': '<script>' },
];

test.each(routesOf('everyone'))('%s gives a cache nothing that another visitor should not see', async (route) => {
  const plain = await ask(route, {});
  const text = digest(await plain.text());
  for (const headers of ELSEWHERE) {
    const response = await ask(route, headers, headers.Host);
    const body = await response.text();
    expect(body + JSON.stringify([...response.headers])).not.toContain('evil.example');
    // Answers that no cache may keep may depend on the visitor's language.
    if (!plain.headers.get('Cache-Control')?.startsWith('public')) continue;
    expect([headers, response.status, digest(body)]).toEqual([headers, 200, text]);
    for (const header of ['Cache-Control', 'ETag', 'Content-Type'])
      expect(response.headers.get(header)).toBe(plain.headers.get(header));
  }
});

describe.each(routesOf('organisation'))('%s', (route) => {
  test('opens to receipts alone', async () => {
    for (const [name, headers, kind] of CREDENTIALS) {
      const before = service.submissions.items.size;
      const response = await ask(route, headers);
      expect(response.status === 401, name).toBe(kind !== 'receipt');
      if (kind !== 'receipt') expect(response.headers.get('WWW-Authenticate'), name).toContain('Bearer');
      expect(service.submissions.items.size, name).toBe(before);
    }
  });

  test("shows and changes nothing of one organisation to another's receipt", async () => {
    expect(await (await ask(route, { Authorization: `Bearer ${other}` })).text()).not.toContain('"overall":100');
    const history = (await (await service.own(mine)).json()) as { submissions: { overall: number }[] };
    expect(history.submissions.map(({ overall }) => overall)).toEqual([100]);
  });

  test('keeps its answers out of every cache', async () => {
    const response = await ask(route, { Authorization: `Bearer ${newReceipt()}` });
    expect([response.headers.get('Cache-Control'), response.headers.get('ETag')]).toEqual(['no-store', null]);
  });
});

test.each(routesOf('association'))('%s opens to the key of the association it names alone', async (route) => {
  for (const [name, headers, kind] of CREDENTIALS) {
    const { ok, status } = await ask(route, headers);
    expect([name, ok || status]).toEqual([name, kind === 'own key' ? true : kind === 'key of another' ? 403 : 401]);
  }
});

test('a receipt is drawn for whoever asks, never the same and never the one that came along', async () => {
  const drawn = new Set([mine, other]);
  for (const [name, headers] of CREDENTIALS) {
    const response = await ask('POST /v1/receipts', headers);
    expect(response.status, name).toBe(201);
    drawn.add(((await response.json()) as { receipt: string }).receipt);
  }
  expect(drawn.size).toBe(CREDENTIALS.length + 2);
});

test('the log of all this holds none of the credentials, in whatever spelling', () => {
  const bare = (text: string) => text.toUpperCase().replaceAll(/[\s-]/g, '');
  const log = bare(JSON.stringify(service.logged));
  const codes = [A.joinCode, '0000-0000-0000-0011'];
  for (const secret of [mine, other, PARTNER_KEY, TRUSTED_KEY, ...codes])
    expect(log, secret).not.toContain(bare(secret));
  // What opens is behind the point; the id before it is no secret.
  for (const key of Object.values(KEYS)) expect(log, key).not.toContain(bare(key.split('.')[1]!));
  expect(service.logged.length).toBeGreaterThan(Object.keys(ROUTES).length * CREDENTIALS.length);
});
