import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { GroupFigures } from '#contracts/answers/group-figures';
import type { PublishedCell } from '#contracts/release';
import { SUPPRESSED } from '#contracts/suppressed';
import { noReleases } from './memory-stores.ts';
import { FIRST, memoryReleases, problemIn, releaseFixture, SECOND } from './release-fixtures.ts';
import { check, faultsIn, newReceipt, testService } from './test-service.ts';

const service = () => testService({ releases: memoryReleases([FIRST, SECOND]) });
const IN_FORCE = '/v1/figures';
const FROZEN = `/v1/releases/${SECOND.manifest.releaseId}/figures`;
const ask = (group: string, more = '') => `instrument=digitalcheck.1&group=${group}${more}`;

async function answer(path: string): Promise<GroupFigures> {
  const response = await (await service()).send(path);
  expect(response.status).toBe(200);
  return GroupFigures.parse(await response.json());
}

describe("a group's published figures", () => {
  test('follow the head, or a release, with a short life: it may be taken down', async () => {
    const { send } = await service();
    const lives = { [IN_FORCE]: 'public, max-age=60', [FROZEN]: 'public, max-age=60' };
    for (const [path, life] of Object.entries(lives)) {
      for (const suffix of ['', '.json', '.vl.json', '.vg.json', '.svg', '.csv']) {
        const url = `${path}${suffix}?${ask('sector=elder-care')}`;
        const response = await send(url);
        expect([response.status, response.headers.get('Cache-Control')]).toEqual([200, life]);
        const etag = response.headers.get('ETag')!;
        expect(etag).toMatch(/^"[0-9a-f]+"$/);
        const again = await send(url, { headers: { 'If-None-Match': `"other", ${etag}` } });
        expect([again.status, await again.text(), again.headers.get('ETag')]).toEqual([304, '', etag]);
        expect(again.headers.get('Cache-Control')).toBe(life);
      }
    }
  });

  test('come as figures with words and spec', async () => {
    const body = await answer(`${IN_FORCE}?${ask('sector=elder-care')}`);
    expect(body).toMatchObject({
      releaseId: SECOND.manifest.releaseId,
      nextReleaseOn: '2027-03-31',
      marks: { isTrial: false, isInvented: false, hasKnownKey: false },
      group: {
        asked: 'level=facility,sector=elder-care',
        reason: 'as-asked',
        label: 'Einrichtungen der Altenhilfe und Pflege',
      },
      title: 'So verteilen sich rund 65 Einrichtungen der Altenhilfe und Pflege.',
    });
    expect(body.cell).toEqual(SECOND.cells.get('level=facility,sector=elder-care'));
    expect(body.dimensions.map(({ dimension }) => dimension)).toEqual([
      'it',
      'processes',
      'leadership',
      'innovation',
      'overall',
    ]);
    expect(body.dimensions[0]).toMatchObject({ moved: 10, zone: { from: expect.any(Number), to: expect.any(Number) } });
    expect(body.notes.length).toBeGreaterThan(1);
    expect(body.ranges).toEqual({ items: {}, questions: {} });
    expect(body.alternative).toContain('Die Teilnahme ist freiwillig; die Werte stehen nicht für alle Einrichtungen.');
    expect(body.spec.$schema).toBe('https://vega.github.io/schema/vega-lite/v6.json');
    expect(await answer(body.url)).toEqual(body);
  });

  test('come with the limits of every share they show, and with none where nothing is shown', async () => {
    const key = 'level=facility,sector=elder-care';
    const items = {
      backing: { atLeast: [90, 70, 40, 10], notApplicable: 0, dontKnow: 4 },
    } satisfies PublishedCell['items'];
    const questions = { obstacle: { base: 55, shares: { time: 60 } } };
    const cells = new Map(SECOND.cells).set(key, { ...(SECOND.cells.get(key) as PublishedCell), items, questions });
    const { send } = await testService({ releases: memoryReleases([FIRST, { ...SECOND, cells }]) });
    const { ranges } = GroupFigures.parse(await (await send(`${IN_FORCE}?${ask('sector=elder-care')}`)).json());
    // 70 % of around 65: chance and noise together hide some 18 points either way.
    expect(ranges!.items.backing!.atLeast[1]).toEqual({ lower: 51, upper: 87 });
    expect(ranges!.items.backing!.notApplicable.lower).toBe(0);
    expect(ranges!.questions.obstacle!.time).toEqual({ lower: 39, upper: 83 });
    const hidden = await answer(`${IN_FORCE}?${ask('sector=health')}`);
    expect([hidden.cell.state, hidden.ranges]).toEqual(['suppressed', null]);
  });

  test('everybody of the first unit type without a group; another unit type where it is named', async () => {
    expect((await answer(`${IN_FORCE}?instrument=digitalcheck.1`)).cell.group.key).toBe('level=facility');
    const carriers = await answer(`${IN_FORCE}?${ask('sector=elder-care,level=carrier')}`);
    expect(carriers.cell.group.key).toBe('level=carrier,sector=elder-care');
    expect(carriers.group.label).toBe('Trägerorganisationen der Altenhilfe und Pflege');
  });

  test('speak the language of the query alone, since edges ignore Vary', async () => {
    const { send } = await service();
    const url = `${IN_FORCE}?${ask('all')}`;
    const [plain, accepting] = [await send(url), await send(url, { headers: { 'Accept-Language': 'en' } })];
    expect(await accepting.text()).toBe(await plain.text());
    expect(plain.headers.get('Content-Language')).toBe('de');
    expect((await answer(`${url}&lang=en`)).title).toBe('This is how around 270 facilities are spread.');
  });

  test('the spec alone, the picture and the table say the same', async () => {
    const { send } = await service();
    const query = ask('sector=elder-care', '&layout=narrow');
    const spec = await send(`${IN_FORCE}.vl.json?${query}`);
    expect(spec.headers.get('Content-Type')).toBe('application/vnd.vegalite.v6+json');
    expect(await spec.json()).toEqual((await answer(`${IN_FORCE}?${query}`)).spec);

    const picture = await send(`${IN_FORCE}.svg?${query}`);
    expect(picture.headers.get('Content-Type')).toBe('image/svg+xml; charset=utf-8');
    expect(picture.headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'.*sandbox$/);
    const svg = await picture.text();
    expect(svg).toMatch(/^<svg lang="de" [^>]*width="360"/);
    expect(svg).toContain('rund 65');

    const table = await send(`${IN_FORCE}.csv?${query}`);
    expect(table.headers.get('Content-Type')).toContain('text/csv');
    const rows = parse<Record<string, string>>(await table.text(), { columns: true });
    expect(rows.map((row) => [row.dimension, row.state, row.participations, row.cut_p50])).toEqual([
      ['it', 'published', '65', '50'],
      ['processes', 'published', '65', '50'],
      ['leadership', 'published', '65', '50'],
      ['innovation', 'published', '65', '50'],
      ['overall', 'published', '65', '50'],
    ]);
  });

  test('pictures are the same bytes each time, whatever was drawn in between or at once', async () => {
    const urls = ['all', 'sector=elder-care'].map((group) => `${IN_FORCE}.svg?${ask(group)}`);
    const { send } = await service();
    const draw = async (url: string) => (await send(url)).text();
    const first = [await draw(urls[0]!), await draw(urls[1]!)];
    const together = await Promise.all([...urls, ...urls].map(draw));
    expect(together).toEqual([...first, ...first]);
  });

  test('progress shows the releases up to the one asked for', async () => {
    const newest = await answer(`${IN_FORCE}?${ask('all', '&view=progress')}`);
    expect(newest.alternative).toContain('30. Juni 2025');
    expect(newest.alternative).toContain('31. März 2026');
    const first = await answer(`/v1/releases/${FIRST.manifest.releaseId}/figures?view=progress`);
    expect(first.alternative).not.toContain('2026');
  });

  test('what an erratum replaces leaves the course', async () => {
    const erratum = releaseFixture('2026-03-31', [{ participations: 260, low: 20, high: 60 }], {
      hash: 'eeeeeeee',
      follows: SECOND.manifest.releaseId,
      replaces: SECOND.manifest.releaseId,
    });
    const releases = memoryReleases([FIRST, SECOND, erratum]);
    releases.listed = [erratum.manifest.releaseId, FIRST.manifest.releaseId];
    releases.gone.set(SECOND.manifest.releaseId, 'replaced');
    const { send } = await testService({ releases });
    const response = await send(`${IN_FORCE}?${ask('all', '&view=progress')}`);
    const { alternative } = GroupFigures.parse(await response.json());
    expect(alternative).toContain('IT: Die Mitte der Gruppe lag bei 45 am 30. Juni 2025, 40 am 31. März 2026.');
  });
});

describe('groups by codes of any level', () => {
  test.each([
    ['sector=care-disability-health', 'level=facility,sector=care-disability-health', 'as-asked'],
    ['size=50-and-more', 'level=facility,size=50-and-more', 'as-asked'],
    ['sector=elder-care,size=50-and-more', 'level=facility,sector=elder-care,size=50-and-more', 'as-asked'],
    // No such groups: what lies around them, by the fallback order.
    [
      'sector=care-disability-health,size=50-249',
      'level=facility,sector=care-disability-health',
      'asked-not-in-catalogue',
    ],
    ['size=50-249', 'level=facility', 'asked-not-in-catalogue'],
  ])('%s is answered with %s', async (asked, shown, reason) => {
    const body = await answer(`${IN_FORCE}?${ask(asked)}`);
    expect([body.cell.group.key, body.group.reason]).toEqual([shown, reason]);
  });
});

describe('what is protected', () => {
  test('answers 200 with the state, the one reason and the published groups to go to', async () => {
    const body = await answer(`${IN_FORCE}?${ask('sector=elder-care,size=50-249')}`);
    expect(body.cell).toEqual({
      group: {
        key: 'level=facility,sector=elder-care,size=50-249',
        unitType: 'facility',
        where: { sector: 'elder-care', size: '50-249' },
      },
      ...SUPPRESSED,
    });
    expect(body.group).toMatchObject({ label: null, reason: 'nothing-published' });
    expect(body.group.alternatives.map(({ key, participations }) => [key, participations])).toEqual([
      ['level=facility,sector=elder-care', 65],
      ['level=facility', 270],
      ['level=facility,size=50-and-more', 40],
      ['level=facility,sector=care-disability-health', 120],
      ['level=facility,sector=elder-care,size=50-and-more', 30],
    ]);
    expect(body.title).toContain('zum Schutz nicht veröffentlicht');
  });

  test('has the same bytes whatever it hides: a few, or nobody', async () => {
    const group = { where: { sector: 'health' } };
    const all = { participations: 270 };
    const worlds = [
      releaseFixture('2026-03-31', [all, { ...group, suppressed: true }]),
      releaseFixture('2026-03-31', [all]),
    ];
    for (const suffix of ['', '.vl.json', '.vg.json', '.svg', '.csv']) {
      for (const view of ['standing', 'progress']) {
        const seen = new Set<string>();
        for (const world of worlds) {
          const { send } = await testService({ releases: memoryReleases([world]) });
          const response = await send(`${IN_FORCE}${suffix}?${ask('sector=health', `&view=${view}`)}`);
          seen.add(JSON.stringify([response.status, response.headers.get('ETag'), await response.text()]));
        }
        expect(seen.size).toBe(1);
      }
    }
  });

  test('a combination outside the catalogue is answered with a group around it and tells nothing of itself (attack 6)', async () => {
    const three = 'sector=elder-care,size=50-249,region=de-nw';
    const body = await answer(`${IN_FORCE}?${ask(three)}`);
    expect(body.group).toMatchObject({
      asked: `level=facility,${three}`,
      reason: 'asked-not-in-catalogue',
    });
    expect(body.cell.group.key).toBe('level=facility,sector=elder-care');
    const two = await answer(`${IN_FORCE}?${ask('sector=elder-care,region=de-nw')}`);
    const plain = await answer(`${IN_FORCE}?${ask('sector=elder-care')}`);
    for (const other of [body, two]) {
      expect({ ...other, group: null, url: null }).toEqual({ ...plain, group: null, url: null });
      expect(other.group.label).toBe(plain.group.label);
      expect(other.cell).toEqual(plain.cell);
    }
    expect(JSON.stringify(body.group.alternatives)).not.toContain('region');
  });

  test('asking, submitting and asking again gives the same bytes (attack 1)', async () => {
    const { send, submit } = await service();
    const all = async () =>
      Promise.all(
        ['', '.svg', '.csv'].map(async (suffix) => (await send(`${IN_FORCE}${suffix}?${ask('all')}`)).text()),
      );
    const before = await all();
    expect((await submit(newReceipt(), await check(3))).status).toBe(201);
    expect(await all()).toEqual(before);
  });

  test('a receipt changes nothing here', async () => {
    const { send, submit } = await service();
    const receipt = newReceipt();
    await submit(receipt, await check(3));
    const url = `${IN_FORCE}?${ask('all')}`;
    const withReceipt = await send(url, { headers: { Authorization: `Bearer ${receipt}` } });
    expect(await withReceipt.text()).toBe(await (await send(url)).text());
  });
});

describe('what is refused', () => {
  test.each([
    [`${IN_FORCE}?group=all`, 400, '/problems/invalid-request', ['query:instrument required']],
    [`${IN_FORCE}?instrument=nothing.1`, 404, '/problems/unknown-instrument', []],
    [`${IN_FORCE}?${ask('planet=mars')}`, 404, '/problems/unknown-group', ['query:group unknown-attribute']],
    [`${IN_FORCE}?${ask('association=c-0a1b2c3d')}`, 404, '/problems/unknown-group', ['query:group unknown-attribute']],
    [`${IN_FORCE}?${ask('sector=space')}`, 404, '/problems/unknown-group', ['query:group unknown-code']],
    [`${IN_FORCE}?${ask('')}`, 400, '/problems/invalid-request', ['query:group invalid-value']],
    [`${IN_FORCE}?${ask('sector')}`, 400, '/problems/invalid-request', ['query:group invalid-value']],
    [
      `${IN_FORCE}?${ask('sector=health,sector=health')}`,
      400,
      '/problems/invalid-request',
      ['query:group invalid-value'],
    ],
    [`${IN_FORCE}?${ask('__proto__=x')}`, 400, '/problems/invalid-request', ['query:group invalid-value']],
    [
      `${IN_FORCE}?${ask(`sector=${'a'.repeat(5000)}`)}`,
      400,
      '/problems/invalid-request',
      ['query:group invalid-value'],
    ],
    [`${IN_FORCE}.svg?${ask('all', '&lang=fr')}`, 400, '/problems/invalid-request', ['query:lang invalid-value']],
    [
      `${IN_FORCE}?${ask('all', '&layout=huge&view=x')}`,
      400,
      '/problems/invalid-request',
      ['query:layout invalid-value', 'query:view invalid-value'],
    ],
    [`${FROZEN}?${ask('planet=mars')}`, 404, '/problems/unknown-group', ['query:group unknown-attribute']],
    [`${IN_FORCE}.png?${ask('all')}`, 404, '/problems/not-found', []],
  ])('%s', async (url, status, type, faults) => {
    const response = await (await service()).send(url);
    expect([response.status, await faultsIn(response), (await problemIn(response)).type]).toEqual([
      status,
      faults,
      type,
    ]);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
  });

  test('before the first release there is nothing to show in public', async () => {
    const { send } = await testService({ releases: noReleases });
    const response = await send(`${IN_FORCE}?${ask('all')}`);
    expect([response.status, (await problemIn(response)).type]).toEqual([404, '/problems/no-release-yet']);
  });
});
