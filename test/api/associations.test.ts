import { beforeEach, describe, expect, test } from 'vitest';
import {
  AssociationCard,
  AssociationFigures,
  AssociationOverview,
  AssociationProgress,
} from '#contracts/answers/association';
import { formatAssociationKey } from '#contracts/association-key';
import type { Participation } from '#contracts/participation';
import type { Association } from '#contracts/registry';
import type { PublishedChange } from '#contracts/release';
import { sha256Hex } from '#store/hashes';
import { memoryRegistry } from './memory-stores.ts';
import { memoryReleases, releaseFixture } from './release-fixtures.ts';
import { associations, newReceipt, PARTNER_KEY, TRUSTED_KEY, testService } from './test-service.ts';

const [A = associations[0]!, B = associations[1]!] = associations;
const keyOf = (id: string, letter: string) => formatAssociationKey(id, letter.repeat(43));
const KEY_A = keyOf(A.id, 'a');
const KEY_B = keyOf(B.id, 'b');
const FORMER_KEY_A = keyOf(A.id, 'f');
const madeAt = '2026-01-01T00:00:00.000Z';

const registered: Association[] = [
  {
    ...A,
    members: 80,
    contact: 'Frau Yilmaz, 030 1234',
    keys: [
      { hash: sha256Hex(KEY_A), madeAt },
      { hash: sha256Hex(FORMER_KEY_A), madeAt, endsAt: '2026-07-01T00:00:00.000Z' },
    ],
    campaigns: [
      {
        id: 'k-00000001',
        instrument: 'digitalcheck.1',
        opensOn: '2026-06-01',
        closesOn: '2026-06-30',
        resultsOn: '2026-10-01',
        invitations: 48,
      },
    ],
  },
  { ...B, keys: [{ hash: sha256Hex(KEY_B), madeAt }] },
];
const participation: Participation = {
  campaigns: {
    'k-00000001': [
      { countedOn: '2026-06-08', count: { state: 'not-enough' }, isFinal: false },
      { countedOn: '2026-06-16', count: { state: 'counted', about: 25 }, isFinal: false },
    ],
  },
};

const elderly = { where: { sector: 'elder-care' } };
const daycare = { where: { sector: 'daycare' } };
const OLDER = releaseFixture('2025-06-30', [
  { participations: 200, low: 0, high: 80 },
  { association: A.id, participations: 40, low: 0, high: 60 },
]);
const RELEASE = releaseFixture('2026-05-31', [
  { participations: 240, low: 10, high: 90, matched: 120 },
  { ...elderly, participations: 100, low: 30, high: 100 },
  { ...daycare, participations: 60, low: 20, high: 70 },
  { association: A.id, participations: 60, low: 20, high: 80, matched: 60 },
  { association: A.id, ...elderly, participations: 30, low: 20, high: 80 },
  { association: A.id, ...daycare, participations: 20, low: 20, high: 80 },
  { association: B.id, participations: 20, low: 20, high: 80 },
  { association: B.id, ...elderly, suppressed: true },
]);

let service: Awaited<ReturnType<typeof testService>>;
beforeEach(async () => {
  service = await testService({
    registry: memoryRegistry(registered),
    releases: memoryReleases([OLDER, RELEASE]),
    participation: { participation: async (id) => (id === A.id ? participation : undefined) },
  });
});
const get = (path: string, key?: string, headers: Record<string, string> = {}) =>
  service.send(path, { headers: { ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }), ...headers } });
const figures = async (query: string, key = KEY_A, id = A.id) =>
  AssociationFigures.parse(
    await (await get(`/v1/associations/${id}/figures?instrument=digitalcheck.1&${query}`, key)).json(),
  );
const typeOf = async (response: Response) =>
  `${response.status} ${((await response.json()) as { type?: string }).type?.replace('/problems/', '')}`;

describe('the key', () => {
  test('opens its own association; the former one until its grace period ends', async () => {
    const overview = AssociationOverview.parse(await (await get(`/v1/associations/${A.id}/overview`, KEY_A)).json());
    expect(overview).toMatchObject({ id: A.id, name: 'Verband A', members: 80, participation });
    expect((await get(`/v1/associations/${A.id}/overview`, FORMER_KEY_A)).status).toBe(200);
    service.clock.now = new Date('2026-07-01T00:00:00.000Z');
    expect(await typeOf(await get(`/v1/associations/${A.id}/overview`, FORMER_KEY_A))).toBe(
      '401 association-key-unknown',
    );
    expect((await get(`/v1/associations/${A.id}/overview`, KEY_A)).status).toBe(200);
  });

  test('missing, wrong and another association’s are told apart; what does not exist is not', async () => {
    expect(await typeOf(await get(`/v1/associations/${A.id}/overview`))).toBe('401 association-key-missing');
    expect(await typeOf(await get(`/v1/associations/${A.id}/overview`, keyOf(A.id, 'x')))).toBe(
      '401 association-key-unknown',
    );
    expect(await typeOf(await get(`/v1/associations/${A.id}/overview`, keyOf('c-99999999', 'x')))).toBe(
      '401 association-key-unknown',
    );
    expect(await typeOf(await get(`/v1/associations/${B.id}/overview`, KEY_A))).toBe('403 association-forbidden');
    expect(await typeOf(await get('/v1/associations/c-99999999/overview', KEY_A))).toBe('403 association-forbidden');
  });

  test('however many wrong ones come, the holder’s opens', async () => {
    const path = `/v1/associations/${A.id}/overview`;
    for (let guess = 0; guess < 40; guess++) expect((await get(path, keyOf(A.id, `${guess % 10}`))).status).toBe(401);
    expect((await get(path, KEY_A)).status).toBe(200);
  });

  test('every use leaves a line without key, address or person; refused ones too', async () => {
    await get(`/v1/associations/${A.id}/overview`, KEY_A);
    await get(`/v1/associations/${B.id}/overview`, KEY_A);
    await get(`/v1/associations/${A.id}/figures`, newReceipt());
    const lines = service.logged.filter(({ event }) => event === 'association-key');
    expect(lines.map(({ requestId: _, event: __, ...line }) => line)).toEqual([
      { route: '/v1/associations/:id/overview', outcome: 'opened', association: A.id },
      { route: '/v1/associations/:id/overview', outcome: 'forbidden', association: A.id },
      { route: '/v1/associations/:id/figures', outcome: 'refused' },
    ]);
    expect(JSON.stringify(service.logged)).not.toContain('aaaa');
    expect(service.answers.join()).not.toContain('aaaa');
  });
});

describe('every route with every other role’s secret', () => {
  /** Every address of the service by method, as the app has them. */
  const routes = () => [
    ...new Set(
      service.app.routes
        .filter(({ path, method }) => path.startsWith('/v1/') && method !== 'ALL')
        .map(({ method, path }) => `${method} ${path}`),
    ),
  ];
  const ask = (route: string, secret: string | undefined, id: string) => {
    const [method = '', path = ''] = route.split(' ');
    return service.send(
      path.replace(':id', path.includes('association') ? id : 'digitalcheck.1').replace(':name', 'x'),
      {
        method,
        headers: secret === undefined ? {} : { Authorization: `Bearer ${secret}` },
      },
    );
  };

  test('an association’s address opens to its own key alone', async () => {
    const closed = routes().filter((route) => route.includes('/v1/associations/:id/'));
    expect(closed.length).toBeGreaterThan(1);
    for (const route of closed) {
      for (const secret of [
        undefined,
        newReceipt(),
        PARTNER_KEY,
        TRUSTED_KEY,
        A.joinCode,
        '0000-0000-0000-0011',
        A.id,
        sha256Hex(KEY_A),
        `${KEY_A}x`,
      ])
        expect([route, (await ask(route, secret, A.id)).status]).toEqual([route, 401]);
      expect([route, (await ask(route, KEY_B, A.id)).status]).toEqual([route, 403]);
    }
  });

  test('an association’s key opens nothing of an organisation, and changes no public answer', async () => {
    for (const route of routes().filter((entry) => !entry.includes('/v1/associations/:id/'))) {
      const [plain, withKey] = [await ask(route, undefined, A.id), await ask(route, KEY_A, A.id)];
      expect([route, withKey.status]).toEqual([route, plain.status]);
      if (plain.status < 300 && !route.startsWith('POST')) expect(await withKey.text()).toBe(await plain.text());
    }
    for (const path of ['/v1/submissions', '/v1/standing?instrument=digitalcheck.1'])
      expect((await get(path, KEY_A)).status).toBe(401);
  });

  test('no public answer names a cell of members', async () => {
    for (const path of [
      '/v1/releases',
      `/v1/releases/${RELEASE.manifest.releaseId}`,
      '/v1/figures?instrument=digitalcheck.1',
    ])
      expect(await (await get(path)).text()).not.toContain('association=');
    expect((await get(`/v1/figures?instrument=digitalcheck.1&group=association=${A.id}`)).status).toBe(404);
  });
});

describe('figures', () => {
  test('are the members’ released cell beside the whole field and the field composed like them', async () => {
    const answer = await figures('lang=de');
    expect(answer.cell).toMatchObject({ state: 'published', group: { key: `level=facility,association=${A.id}` } });
    expect(answer.label).toBe('Einrichtungen Ihres Verbands');
    expect(answer.alternatives.map(({ participations }) => participations)).toEqual([30, 20]);
    expect(answer.field).toEqual(RELEASE.cells.get('level=facility'));
    expect(answer.mix).toEqual({
      parts: [
        { key: 'level=facility,sector=elder-care', isUsed: true },
        { key: 'level=facility,sector=daycare', isUsed: true },
      ],
      // 32 and 22 of 62.
      covers: 87,
    });
    expect(answer.isLargePart).toBe(true);
    expect(answer.release.marks).toEqual({ isTrial: false, isInvented: false, hasKnownKey: false });
    const it = answer.dimensions[0]!;
    expect(it).toMatchObject({
      dimension: 'it',
      members: { median: 50, quartiles: { lower: 35, upper: 65 } },
      field: { median: 50 },
      difference: { value: 0, verdict: 'no-difference' },
      verdict: 'no-difference',
    });
    expect(it.difference!.smallestSeen).toBeGreaterThan(0);
    // Elder care has its middle at 65, daycare at 45: 32 to 22, by hand about 56.
    expect(it.mix!.median).toBeGreaterThan(50);
    expect(it.mix!.median).toBeLessThan(62);
    expect(it.mixDifference).toMatchObject({ value: 50 - it.mix!.median });
    expect(it.sentence).toContain('eines gleich zusammengesetzten Feldes bei etwa');
    expect(answer.notes.join(' ')).toMatch(/freiwillig.*mehr als ein Fünftel.*Näherung/);
  });

  test('of one field of work are set beside that field of work', async () => {
    const answer = await figures('group=level=facility,sector=elder-care');
    expect(answer.mix).toMatchObject({
      parts: [{ key: 'level=facility,sector=elder-care' }],
      covers: 100,
    });
    expect(answer.dimensions[0]!.mix).toEqual({ median: 65, quartiles: { lower: 50, upper: 85 } });
    // 30 members show a median alone: no interval, and no verdict.
    expect(answer.dimensions[0]).toMatchObject({ difference: null, mixDifference: null, verdict: 'not-determinable' });
  });

  test('over the releases are titled as a status with changing participants', async () => {
    const answer = await figures('view=progress');
    expect(answer.title).toBe('Stand je Stichtag (jedes Mal andere Teilnehmende).');
    expect(answer.notes.join(' ')).toContain('noch kein Fortschritt');
    expect(JSON.stringify(answer.spec)).toContain('2025');
  });

  test('that are suppressed say so, the same as what is not there', async () => {
    const hidden = await figures('group=level=facility,sector=elder-care', KEY_B, B.id);
    const absent = await figures('group=level=facility,sector=daycare', KEY_B, B.id);
    expect(hidden.cell.state).toBe('suppressed');
    const plain = (answer: AssociationFigures) =>
      JSON.stringify(answer)
        .replaceAll('elder-care', 'x')
        .replaceAll('daycare', 'x')
        .replaceAll(/(der|in) (Altenhilfe und Pflege|Kindertagesbetreuung)/g, 'y');
    expect(plain(hidden)).toBe(plain(absent));
    expect(hidden.dimensions.every(({ verdict }) => verdict === 'suppressed')).toBe(true);
  });

  test('are not compared where the field is not shown', async () => {
    const releases = memoryReleases([releaseFixture('2026-05-31', [{ association: A.id, participations: 45 }])]);
    service = await testService({ registry: memoryRegistry(registered), releases });
    const answer = await figures('');
    expect(answer).toMatchObject({ field: null, mix: { parts: [], covers: null }, isLargePart: false });
    expect(answer.dimensions[0]).toMatchObject({ verdict: 'no-reference', difference: null, mix: null });
  });

  test('come as picture, table and spec, never to be stored on the way', async () => {
    for (const type of ['image/svg+xml', 'text/csv', 'application/vnd.vegalite.v6+json', 'application/json']) {
      const path = `/v1/associations/${A.id}/figures?instrument=digitalcheck.1`;
      const response = await get(path, KEY_A, { Accept: type });
      expect(response.headers.get('Content-Type')).toContain(type);
      expect(response.headers.get('Cache-Control')).toBe('no-store');
      expect((await response.text()).length).toBeGreaterThan(200);
    }
  });

  test('come whole as one table, of the association’s groups alone', async () => {
    const path = `/v1/associations/${A.id}/members.csv?instrument=digitalcheck.1`;
    const response = await get(path, KEY_A);
    expect([response.status, response.headers.get('Content-Type'), response.headers.get('Cache-Control')]).toEqual([
      200,
      'text/csv; charset=utf-8; header=present',
      'no-store',
    ]);
    const [head = '', ...rows] = (await response.text()).trimEnd().split('\r\n');
    expect(head).toMatch(/^release,instrument,peer_group,/);
    for (const row of rows) expect(row).toContain(`association=${A.id}`);
    const ofAll = rows.filter((row) => row.includes(`"level=facility,association=${A.id}"`));
    expect(ofAll.some((row) => row.includes('percentiles'))).toBe(true);
    expect(ofAll.length).toBeLessThan(rows.length);
    expect((await get(path, KEY_B)).status).toBe(403);
  });

  test('another association’s group, and one outside the catalogue, do not exist', async () => {
    for (const group of [
      `level=facility,association=${B.id}`,
      'level=facility,size=50-249',
      'sector=elder-care,size=50-249',
      'nonsense',
    ]) {
      const response = await get(`/v1/associations/${A.id}/figures?instrument=digitalcheck.1&group=${group}`, KEY_A);
      expect(await typeOf(response)).toBe('404 unknown-group');
    }
  });
});

describe('progress', () => {
  const progress = async (query = '', key = KEY_A, id = A.id) =>
    AssociationProgress.parse(
      await (await get(`/v1/associations/${id}/progress?instrument=digitalcheck.1&${query}`, key)).json(),
    );

  test('is that of matched organisations, members and field alike, with intervals and their difference', async () => {
    const answer = await progress('lang=de');
    expect(answer.change.state).toBe('published');
    const it = answer.dimensions[0]!;
    expect(it.members).toMatchObject({ median: 5 });
    const change = answer.change as PublishedChange;
    expect(change.dimensions.it!.shares).toEqual({ rose: 75, same: 20, fell: 6 });
    expect(it.difference).toMatchObject({ value: 0, verdict: 'no-difference' });
    expect(it.difference!.interval.lower).toBeLessThan(0);
    expect(it.difference!.interval.upper).toBeGreaterThan(0);
    expect(it).toMatchObject({ field: { median: 5 }, verdict: 'no-difference' });
    expect(it.sentence).toMatch(/^IT: Die mittlere Veränderung Ihrer Mitglieder/);
    expect(answer.notes.join(' ')).toContain('mindestens einem halben Jahr');
  });

  test('that is suppressed says so, the same as what is not there', async () => {
    const answer = await progress('', KEY_B, B.id);
    expect(answer).toMatchObject({ change: { state: 'suppressed' }, field: null });
    expect(answer.dimensions.every(({ members, field, difference }) => !members && !field && !difference)).toBe(true);
  });
});

test('members learn who invites and whom to ask, and nothing else of the association', async () => {
  const card = await (await get(`/v1/associations/${A.id}`)).json();
  expect(AssociationCard.parse(card)).toEqual({
    id: A.id,
    name: 'Verband A',
    contact: 'Frau Yilmaz, 030 1234',
    isClosed: false,
    campaigns: [
      {
        instrument: 'digitalcheck.1',
        opensOn: '2026-06-01',
        closesOn: '2026-06-30',
        resultsOn: '2026-10-01',
        codes: 'invitations',
      },
    ],
  });
  expect(await typeOf(await get('/v1/associations/c-99999999'))).toBe('404 unknown-association');
});
