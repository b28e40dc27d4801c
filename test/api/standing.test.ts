import { parse } from 'csv-parse/sync';
import { parse as parseVega, resetSVGDefIds, type Spec, View } from 'vega';
import { describe, expect, test } from 'vitest';
import { OwnStanding } from '#contracts/answers/own-standing';
import type { PublishedCell } from '#contracts/release';
import { cutsOf } from '#contracts/released-cell';
import { POLICY } from '#disclosure/policy';
import { placeScore, zoneOf } from '#standing/place-score';
import { FIRST, memoryReleases, problemIn, releaseFixture, SECOND } from './release-fixtures.ts';
import { check, faultsIn, newReceipt, PROFILE, testService } from './test-service.ts';

const ELDER_CARE = 'level=facility,sector=elder-care';
const DAYCARE = 'level=facility,sector=daycare';
const cutsIn = (release: typeof FIRST, key: string) => cutsOf(release.cells.get(key) as PublishedCell, 'it');

/** A service with one organisation that has sent `bodies`, in this order. */
async function withOwn(bodies: unknown[], releases = memoryReleases([FIRST, SECOND])) {
  const service = await testService({ releases });
  const receipt = newReceipt();
  for (const [index, body] of bodies.entries()) {
    expect((await service.submit(receipt, body, { key: `key-${index}` })).status).toBe(201);
  }
  const read = (query = '', headers: Record<string, string> = {}) =>
    service.send(`/v1/standing?instrument=digitalcheck.1${query}`, {
      headers: { Authorization: `Bearer ${receipt}`, ...headers },
    });
  const answer = async (query = '', headers: Record<string, string> = {}) => {
    const response = await read(query, headers);
    expect(response.status).toBe(200);
    return OwnStanding.parse(await response.json());
  };
  return { ...service, receipt, read, answer };
}

/** The overall score, told last. */
const overallOf = ({ dimensions }: Pick<OwnStanding['earlier'][number] | OwnStanding, 'dimensions'>) =>
  dimensions.at(-1)!.score;

describe('where the own organisation stands', () => {
  test('the last submission against the release in force, in the default group', async () => {
    const { answer } = await withOwn([await check(3)]);
    const body = await answer();
    expect(body).toMatchObject({
      state: 'compared',
      release: {
        releaseId: SECOND.manifest.releaseId,
        cutoffOn: '2026-03-31',
        marks: { isTrial: false, isInvented: false, hasKnownKey: false },
      },
      nextReleaseOn: '2027-03-31',
      group: {
        asked: null,
        shown: ELDER_CARE,
        reason: 'own-default',
        participations: 65,
        larger: null,
        ownField: null,
      },
      missing: [],
    });
    expect(body.group.label).toBe('Einrichtungen der Altenhilfe und Pflege');
    expect(body.group.sentence).toContain('rund 65 Einrichtungen der Altenhilfe und Pflege');
    const it = body.dimensions[0]!;
    expect(it).toMatchObject({
      dimension: 'it',
      score: 75,
      maturity: 'Prägend',
      state: 'compared',
      verdict: 'ahead',
      inLarger: null,
    });
    expect(it.cuts).toEqual(cutsIn(SECOND, ELDER_CARE));
    expect({ range: it.range, verdict: it.verdict }).toEqual(placeScore(75, it.cuts!, 65, { ...POLICY, step: 5 }));
    expect(it.zone).toEqual(zoneOf(it.cuts!, 65, { ...POLICY, step: 5 }));
    expect(it.moved).toBe(10);
    expect(it.sentence).toMatch(/^IT: 75 von 100 Punkten \(Prägend\), /);
    expect(body.dimensions.map(({ dimension, state }) => `${dimension} ${state}`)).toEqual([
      'it compared',
      'processes compared',
      'leadership compared',
      'innovation compared',
      'overall compared',
    ]);
    expect(body.notes.length).toBeGreaterThan(1);
    expect(body.group.alternatives.map(({ key, isFiner }) => `${key} ${isFiner}`)).toEqual([
      'level=facility false',
      'level=facility,size=50-and-more false',
      'level=facility,sector=care-disability-health false',
      `${ELDER_CARE},size=50-and-more true`,
    ]);
  });

  test('speaks the language of Accept-Language, or of the query', async () => {
    const { answer, read } = await withOwn([await check(2)]);
    expect((await answer('', { 'Accept-Language': 'en' })).title).toMatch(/^In all areas you are about in the middle/);
    expect((await answer('&lang=en')).lang).toBe('en');
    expect((await read()).headers.get('Content-Language')).toBe('de');
  });

  test('is private: never stored, never the receipt in it or in the log', async () => {
    const { read, receipt, logged, answers } = await withOwn([await check(2)]);
    for (const accept of ['application/json', 'image/svg+xml', 'text/csv', 'application/vnd.vegalite+json']) {
      const response = await read('', { Accept: accept });
      expect(response.headers.get('Cache-Control')).toBe('no-store');
      expect(response.headers.get('Vary')).toContain('Accept');
      expect(response.headers.get('ETag')).toBeNull();
    }
    const written = JSON.stringify([logged, answers]);
    expect(written).not.toContain(receipt);
    expect(written).not.toContain(receipt.replaceAll('-', ''));
  });

  test.each([
    ['application/vnd.vegalite+json'],
    ['application/vnd.vegalite.v6+json'],
    ['application/vnd.vegalite.v6.4+json, text/html'],
    ['application/json;q=0.5, application/vnd.vegalite.v6.4.3+json'],
  ])('the spec alone for %s', async (accept) => {
    const { read, answer } = await withOwn([await check(2)]);
    const response = await read('', { Accept: accept });
    expect(response.headers.get('Content-Type')).toBe('application/vnd.vegalite.v6+json');
    expect(await response.json()).toEqual((await answer()).spec);
  });

  test('the spec compiled to Vega, which draws the same picture', async () => {
    const { read } = await withOwn([await check(2)]);
    const response = await read('', { Accept: 'application/vnd.vega.v6+json' });
    expect(response.headers.get('Content-Type')).toBe('application/vnd.vega.v6+json');
    const spec = (await response.json()) as Spec;
    expect(spec.$schema).toBe('https://vega.github.io/schema/vega/v6.json');
    resetSVGDefIds();
    const drawn = await new View(parseVega(spec), { renderer: 'none' }).toSVG();
    const picture = await (await read('', { Accept: 'image/svg+xml' })).text();
    expect(picture).toBe(drawn.replace('<svg ', '<svg lang="de" '));
  });

  test('the picture and the table by Accept', async () => {
    const { read } = await withOwn([await check(2)]);
    const picture = await read('&layout=narrow', { Accept: 'image/avif,image/svg+xml,image/*;q=0.8,*/*;q=0.5' });
    expect(picture.headers.get('Content-Type')).toBe('image/svg+xml; charset=utf-8');
    const svg = await picture.text();
    expect(svg).toContain('Sie 50');
    expect(svg).toMatch(/width="360"/);
    expect(svg).not.toMatch(/<script|NaN/);
    const rows = parse<Record<string, string>>(await (await read('', { Accept: 'text/csv' })).text(), {
      columns: true,
    });
    expect(rows.map(({ dimension, score, state }) => [dimension, score, state])).toEqual([
      ['it', '50', 'compared'],
      ['processes', '50', 'compared'],
      ['leadership', '50', 'compared'],
      ['innovation', '50', 'compared'],
      ['overall', '50', 'compared'],
    ]);
  });

  test.each([['text/html,*/*;q=0.8'], ['*/*'], ['application/*'], ['']])('JSON for %j', async (accept) => {
    const { read } = await withOwn([await check(2)]);
    expect((await read('', { Accept: accept })).headers.get('Content-Type')).toContain('application/json');
  });

  test.each([['image/png'], ['application/vnd.vegalite.v5+json'], ['application/json;q=0'], ['text/html']])(
    'nothing for %s: 406 naming what there is',
    async (accept) => {
      const { read } = await withOwn([await check(2)]);
      const response = await read('', { Accept: accept });
      expect(response.status).toBe(406);
      expect((await problemIn(response)).detail).toContain('image/svg+xml');
    },
  );
});

describe('the group shown', () => {
  test.each([
    ['all', 'level=facility', 'as-asked'],
    ['sector=elder-care', ELDER_CARE, 'as-asked'],
    ['sector=care-disability-health', 'level=facility,sector=care-disability-health', 'as-asked'],
    ['size=50-and-more', 'level=facility,size=50-and-more', 'as-asked'],
    ['sector=daycare', DAYCARE, 'as-asked'],
    ['sector=elder-care,size=50-249', ELDER_CARE, 'asked-suppressed'],
    ['sector=health', ELDER_CARE, 'asked-suppressed'],
    ['region=de-nw', ELDER_CARE, 'asked-not-in-catalogue'],
    ['size=50-249', ELDER_CARE, 'asked-not-in-catalogue'],
    ['sector=elder-care,size=50-249,region=de-nw', ELDER_CARE, 'asked-not-in-catalogue'],
    ['level=carrier,sector=elder-care', ELDER_CARE, 'asked-other-unit-type'],
    ['level=facility', 'level=facility', 'as-asked'],
  ])('%s is answered with %s: %s', async (asked, shown, reason) => {
    const { answer } = await withOwn([await check(3)]);
    const body = await answer(`&group=${asked}`);
    expect(body.group).toMatchObject({ shown, reason });
  });

  test('without a unit type in the question the own unit type is meant', async () => {
    const { answer } = await withOwn([await check(3, { profile: { ...PROFILE, level: 'carrier' } })]);
    const body = await answer('&group=sector=elder-care');
    expect(body.group).toMatchObject({
      asked: 'level=carrier,sector=elder-care',
      shown: 'level=carrier,sector=elder-care',
    });
  });

  test('where none holds enough the largest; below 50 without a verdict', async () => {
    const { answer } = await withOwn([
      await check(3, { profile: { ...PROFILE, level: 'carrier', sector: 'several' } }),
    ]);
    const body = await answer();
    expect(body.group).toMatchObject({
      shown: 'level=carrier',
      reason: 'own-largest',
      participations: 30,
      larger: null,
    });
    for (const { verdict, zone, inLarger, range } of body.dimensions) {
      expect([verdict, zone, inLarger]).toEqual([null, null, null]);
      expect(range).not.toBeNull();
    }
  });

  test('below 50 the next larger group is told beside it, and how many are of the own field', async () => {
    const { answer } = await withOwn([await check(3, { profile: { ...PROFILE, sector: 'daycare' } })]);
    const body = await answer();
    expect(body.group).toMatchObject({
      shown: DAYCARE,
      participations: 25,
      larger: { key: 'level=facility', participations: 270 },
    });
    const it = body.dimensions[0]!;
    expect(it.verdict).toBeNull();
    expect(it.inLarger).toEqual(placeScore(75, cutsIn(SECOND, 'level=facility'), 270, { ...POLICY, step: 5 }));
    expect((await answer('&group=all')).group.ownField).toMatchObject({ key: DAYCARE, participations: 25 });
  });

  test('a combination outside the catalogue says nothing of the group asked for (attack 6)', async () => {
    const { answer } = await withOwn([await check(3)]);
    const asked = await answer('&group=sector=elder-care,size=50-249,region=de-nw');
    const plain = await answer('&group=sector=elder-care');
    const withoutWish = ({ group: { asked: _, reason: __, sentence: ___, ...group }, ...rest }: OwnStanding) => ({
      ...rest,
      group,
    });
    expect(withoutWish(asked)).toEqual(withoutWish(plain));
  });

  test('asking with every score gives no more than the published cuts (attack 2)', async () => {
    const seen = new Set<string>();
    for (const level of [0, 1, 2, 3, 4]) {
      const { answer } = await withOwn([await check(level)]);
      const body = await answer();
      const { range, verdict, cuts, zone, moved } = body.dimensions[0]!;
      expect({ range, verdict }).toEqual(
        placeScore(25 * level, cutsIn(SECOND, ELDER_CARE), 65, { ...POLICY, step: 5 }),
      );
      seen.add(JSON.stringify([cuts, zone, moved]));
    }
    // What is told of the group does not depend on who asks.
    expect(seen.size).toBe(1);
  });
});

describe('never a dead end', () => {
  test('before the first release: own scores, words and what comes next', async () => {
    const { answer, read } = await withOwn([await check(1)], memoryReleases([]));
    const body = await answer();
    expect(body).toMatchObject({
      state: 'no-release',
      release: null,
      nextReleaseOn: null,
      group: { asked: null, shown: null, label: null, reason: 'no-release', alternatives: [] },
      change: null,
    });
    expect(body.group.sentence).toContain('der Vergleich kommt mit der ersten Veröffentlichung');
    expect(body.dimensions[0]).toMatchObject({
      score: 25,
      maturity: 'Aufbau',
      state: 'no-comparison',
      range: null,
      verdict: null,
      cuts: null,
    });
    for (const accept of ['image/svg+xml', 'text/csv', 'application/vnd.vegalite+json']) {
      expect((await read('', { Accept: accept })).status).toBe(200);
    }
  });

  test('where nothing is published: the own results, the one reason and the next cut-off', async () => {
    const empty = releaseFixture('2026-03-31', [{ suppressed: true }]);
    const { answer, read } = await withOwn([await check(1)], memoryReleases([empty]));
    for (const query of ['', '&group=all', '&group=sector=elder-care']) {
      const body = await answer(query);
      expect(body).toMatchObject({ state: 'nothing-published', nextReleaseOn: '2027-03-31' });
      expect(body.group).toMatchObject({ shown: null, reason: 'nothing-published' });
      expect(body.group.sentence).toContain('zum Schutz nicht veröffentlicht');
      expect(body.group.sentence).toContain('31. März 2027');
      expect(body.dimensions.at(-1)).toMatchObject({ dimension: 'overall', score: 25 });
    }
    expect(await (await read('', { Accept: 'image/svg+xml' })).text()).toContain('Sie 25');
  });

  test('without a score in a dimension: what is missing, and the others compared', async () => {
    const full = await check(3);
    const answers = Object.fromEntries(Object.entries(full.answers).slice(0, 15));
    const { answer } = await withOwn([{ ...full, answers }]);
    const body = await answer();
    expect(overallOf(body)).toBeNull();
    expect(body.missing).toEqual([
      expect.objectContaining({
        dimension: 'innovation',
        answered: 0,
        sentence: 'Innovation: 0 von mindestens 4 nötigen Fragen sind beantwortet.',
      }),
    ]);
    expect(body.dimensions.map(({ dimension, state }) => `${dimension} ${state}`)).toEqual([
      'it compared',
      'processes compared',
      'leadership compared',
      'innovation no-score',
      'overall no-score',
    ]);
    expect(body.alternative).toContain('Gesamt: Das Ergebnis braucht einen Wert in jedem Bereich.');
  });
});

describe('the own history', () => {
  const history = async () => [
    await check(1, { conductedOn: '2025-02-01' }),
    await check(3, { conductedOn: '2026-06-01' }),
    await check(2, { conductedOn: '2025-06-30' }),
    await check(0, { conductedOn: '2026-06-01', profile: { ...PROFILE, sector: 'health' } }),
  ];

  test('the last check counts; each earlier one is set against the first release it could count in', async () => {
    const { answer, clock } = await withOwn((await history()).slice(0, 3));
    clock.now = new Date('2026-07-01T00:00:00.000Z');
    const body = await answer();
    expect([body.submission.conductedOn, overallOf(body)]).toEqual(['2026-06-01', 75]);
    expect(body.earlier.map((check) => [check.conductedOn, overallOf(check), check.release?.cutoffOn])).toEqual([
      ['2025-06-30', 50, '2025-06-30'],
      ['2025-02-01', 25, '2025-06-30'],
    ]);
    expect(body.earlier[0]).toMatchObject({ state: 'compared', participations: 60 });
    const then = cutsIn(FIRST, ELDER_CARE);
    expect(body.earlier[0]!.dimensions[0]).toMatchObject({
      dimension: 'it',
      ...placeScore(50, then, 60, { ...POLICY, step: 5 }),
      zone: zoneOf(then, 60, { ...POLICY, step: 5 }),
    });
    // The group's own released matched change, once for all, and the own one beyond its middle of 5 points.
    expect(body.change).toMatchObject({ participations: 40 });
    expect(body.change!.dimensions[0]).toMatchObject({
      dimension: 'it',
      median: 5,
      shares: { rose: 75, same: 20, fell: 6 },
    });
    expect(body.earlier[0]!.dimensions.map(({ dimension, change, beyond }) => [dimension, change, beyond])).toEqual(
      ['it', 'processes', 'leadership', 'innovation', 'overall'].map((dimension) => [dimension, 25, 20]),
    );
    expect(body.earlier[0]!.dimensions[0]!.sentence).toMatch(/^IT: von 50 auf 75 Punkte \(\+25\)/);
  });

  test('checks less than half a year apart are not set beside the group’s matched change', async () => {
    const { answer } = await withOwn([
      await check(1, { conductedOn: '2026-01-01' }),
      await check(2, { conductedOn: '2026-06-01' }),
    ]);
    expect((await answer()).earlier[0]!.dimensions[0]).toMatchObject({ change: 25, beyond: null });
  });

  test('of two checks of one day the one sent last counts', async () => {
    const service = await testService({ releases: memoryReleases([SECOND]) });
    const receipt = newReceipt();
    const [first, second] = [
      await check(3, { conductedOn: '2026-06-01' }),
      await check(0, { conductedOn: '2026-06-01' }),
    ];
    await service.submit(receipt, first, { key: 'a' });
    service.clock.now = new Date('2026-06-30T08:15:01.000Z');
    await service.submit(receipt, second, { key: 'b' });
    const response = await service.send('/v1/standing?instrument=digitalcheck.1', {
      headers: { Authorization: `Bearer ${receipt}` },
    });
    expect(overallOf(OwnStanding.parse(await response.json()))).toBe(0);
  });

  test('a check after the newest cut-off that is not the last has no release yet', async () => {
    const { answer } = await withOwn([
      await check(1, { conductedOn: '2026-04-15' }),
      await check(2, { conductedOn: '2026-06-01' }),
    ]);
    expect((await answer()).earlier[0]).toMatchObject({
      state: 'no-release',
      release: null,
      dimensions: [{ score: 25, range: null, verdict: null, zone: null }, {}, {}, {}, {}],
    });
  });

  test('a group that was protected then is a state, not a missing row', async () => {
    const { answer } = await withOwn([
      await check(1, { conductedOn: '2025-02-01' }),
      await check(2, { conductedOn: '2026-01-01' }),
    ]);
    const body = await answer('&group=size=50-and-more');
    expect(body.earlier[0]).toMatchObject({
      state: 'suppressed',
      release: { cutoffOn: '2025-06-30' },
      participations: null,
      dimensions: [{ range: null }, {}, {}, {}, {}],
    });
  });

  test('progress draws own checks and releases', async () => {
    const { answer } = await withOwn((await history()).slice(0, 3));
    const body = await answer('&view=progress');
    expect(body.view).toBe('progress');
    expect(body.alternative).toContain('Ihr Wert war 25 am 1. Februar 2025, 50 am 30. Juni 2025, 75 am 1. Juni 2026.');
  });

  test('after a withdrawal there is nothing to compare', async () => {
    const { own, read, receipt } = await withOwn([await check(2)]);
    await own(receipt, 'DELETE');
    const response = await read();
    expect([response.status, (await problemIn(response)).type]).toEqual([404, '/problems/no-submission']);
  });
});

describe('an instrument of scores', () => {
  test('works with the same code, and says why a score is missing', async () => {
    const service = await testService({ releases: memoryReleases([]) });
    const instrument = (await (await service.send('/v1/instruments/egovernment.1')).json()) as {
      profile: { id: string; required: boolean; codes: { id: string }[] }[];
    };
    const profile = Object.fromEntries(instrument.profile.map(({ id, codes }) => [id, codes[0]!.id]));
    const receipt = newReceipt();
    const body = { instrument: 'egovernment.1', profile, scores: { services: 80, infrastructure: 40 } };
    expect((await service.submit(receipt, body)).status).toBe(201);
    const response = await service.send('/v1/standing?instrument=egovernment.1', {
      headers: { Authorization: `Bearer ${receipt}` },
    });
    const answer = OwnStanding.parse(await response.json());
    expect(answer.alternative).toContain('Dienste: 80 von 100 Punkten');
    expect(answer.alternative).toContain('Beteiligung: Dazu wurde kein Wert übermittelt.');
  });
});

describe('what is refused', () => {
  test('without a receipt, or with a mistyped one, before anything is read', async () => {
    const releases = memoryReleases([FIRST, SECOND]);
    const { send } = await testService({ releases });
    const url = '/v1/standing?instrument=digitalcheck.1';
    const [missing, mistyped] = [await send(url), await send(url, { headers: { Authorization: 'Bearer ABC' } })];
    expect([missing.status, (await problemIn(missing)).type]).toEqual([401, '/problems/receipt-missing']);
    expect([mistyped.status, (await problemIn(mistyped)).type]).toEqual([401, '/problems/receipt-mistyped']);
    expect(releases.reads).toEqual([]);
  });

  test('an unused receipt', async () => {
    const { send } = await testService({ releases: memoryReleases([SECOND]) });
    const response = await send('/v1/standing?instrument=digitalcheck.1', {
      headers: { Authorization: `Bearer ${newReceipt()}` },
    });
    expect([response.status, (await problemIn(response)).type]).toEqual([404, '/problems/no-submission']);
  });

  test("another organisation's receipt sees its own answers alone", async () => {
    const { submit, send, answer } = await withOwn([await check(4)]);
    const other = newReceipt();
    await submit(other, await check(0));
    const response = await send('/v1/standing?instrument=digitalcheck.1', {
      headers: { Authorization: `Bearer ${other}` },
    });
    expect(overallOf(OwnStanding.parse(await response.json()))).toBe(0);
    expect(overallOf(await answer())).toBe(100);
  });

  test.each([
    ['&group=planet=mars', 404, '/problems/unknown-group', ['query:group unknown-attribute']],
    ['&group=sector=space', 404, '/problems/unknown-group', ['query:group unknown-code']],
    ['&group=%00', 400, '/problems/invalid-request', ['query:group invalid-value']],
    ['&layout=tiny', 400, '/problems/invalid-request', ['query:layout invalid-value']],
  ])('%s', async (query, status, type, faults) => {
    const { read } = await withOwn([await check(2)]);
    const response = await read(query);
    expect([response.status, await faultsIn(response), (await problemIn(response)).type]).toEqual([
      status,
      faults,
      type,
    ]);
  });
});
