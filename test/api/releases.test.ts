import { describe, expect, test } from 'vitest';
import { ReleaseList } from '#contracts/answers/group-figures';
import { Manifest } from '#contracts/release';
import { noReleases } from './memory-stores.ts';
import { FIRST, memoryReleases, problemIn, releaseFixture, SECOND } from './release-fixtures.ts';
import { testService } from './test-service.ts';

const service = () => testService({ releases: memoryReleases([FIRST, SECOND]) });

describe('GET /v1/releases', () => {
  test('lists what is in force first, with the next release and the address', async () => {
    const response = await (await service()).send('/v1/releases?instrument=digitalcheck.1');
    expect(response.status).toBe(200);
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=60');
    const { releases } = ReleaseList.parse(await response.json());
    expect(releases.map(({ cutoffOn, isInForce }) => [cutoffOn, isInForce])).toEqual([
      ['2026-03-31', true],
      ['2025-06-30', false],
    ]);
    expect(releases[0]).toMatchObject({ nextReleaseOn: '2027-03-31', follows: FIRST.manifest.releaseId });
    expect(releases[0]!.url).toBe(`/v1/releases/${SECOND.manifest.releaseId}`);
  });

  test('without an instrument it lists the releases of all', async () => {
    const { releases } = ReleaseList.parse(await (await (await service()).send('/v1/releases')).json());
    expect(releases).toHaveLength(2);
  });

  test('before the first release it is an empty list, not an error', async () => {
    const response = await (await testService({ releases: noReleases })).send('/v1/releases');
    expect([response.status, await response.json()]).toEqual([200, { releases: [] }]);
  });

  test.each(['nothing.1', 'constructor', '__proto__'])('the instrument %s is unknown', async (id) => {
    const response = await (await service()).send(`/v1/releases?instrument=${id}`);
    expect([response.status, (await problemIn(response)).type]).toEqual([404, '/problems/unknown-instrument']);
  });
});

describe('GET /v1/releases/{id}', () => {
  test('serves the manifest with a strong ETag that spares the next transfer', async () => {
    const { send } = await service();
    const response = await send(`/v1/releases/${SECOND.manifest.releaseId}`);
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=60');
    const etag = response.headers.get('ETag')!;
    expect(etag).toMatch(/^"[0-9a-f]+"$/);
    expect(Manifest.parse(await response.json())).toEqual(SECOND.manifest);
    const again = await send(`/v1/releases/${SECOND.manifest.releaseId}`, { headers: { 'If-None-Match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  test('a release that is written but not listed is not there', async () => {
    const releases = memoryReleases([FIRST, SECOND]);
    releases.listed = [FIRST.manifest.releaseId];
    const { send } = await testService({ releases });
    for (const path of ['', '/figures', '/figures.svg', '/figures.csv', '/figures.vl.json', '/figures.vg.json']) {
      const response = await send(`/v1/releases/${SECOND.manifest.releaseId}${path}`);
      expect([response.status, (await problemIn(response)).type]).toEqual([404, '/problems/unknown-release']);
      expect(response.headers.get('Cache-Control')).toBe('no-store');
    }
    // Once in force, it is: what was not there has not been remembered.
    releases.listed.unshift(SECOND.manifest.releaseId);
    expect((await send(`/v1/releases/${SECOND.manifest.releaseId}`)).status).toBe(200);
  });

  test('one that was replaced or taken down is gone everywhere within a minute, and its successor named', async () => {
    const erratum = releaseFixture('2026-03-31', [{ participations: 260 }], {
      hash: 'eeeeeeee',
      replaces: SECOND.manifest.releaseId,
    });
    const releases = memoryReleases([FIRST, SECOND, erratum]);
    releases.listed = [SECOND.manifest.releaseId, FIRST.manifest.releaseId];
    const { send, clock } = await testService({ releases });
    const paths = ['', '/figures', '/figures.svg', '/changes', '/files', '/files/percentiles.csv'];
    for (const path of paths) await send(`/v1/releases/${SECOND.manifest.releaseId}${path}`);

    releases.listed = [erratum.manifest.releaseId];
    releases.gone.set(SECOND.manifest.releaseId, 'replaced').set(FIRST.manifest.releaseId, 'taken-down');
    clock.now = new Date(clock.now.getTime() + 60_000);
    for (const path of paths) {
      const replaced = await send(`/v1/releases/${SECOND.manifest.releaseId}${path}`);
      expect([replaced.status, replaced.headers.get('Cache-Control')]).toEqual([410, 'no-store']);
      expect(replaced.headers.get('Link')).toBe(
        `</v1/releases/${erratum.manifest.releaseId}>; rel="successor-version"`,
      );
      const problem = await problemIn(replaced);
      expect(problem.type).toBe('/problems/release-replaced');
      expect(problem.detail).toContain(erratum.manifest.releaseId);
      const takenDown = await send(`/v1/releases/${FIRST.manifest.releaseId}${path}`);
      expect([takenDown.status, (await problemIn(takenDown)).type]).toEqual([410, '/problems/release-taken-down']);
    }
    const { releases: list } = ReleaseList.parse(await (await send('/v1/releases')).json());
    expect(list.map(({ releaseId, isInForce }) => [releaseId, isInForce])).toEqual([
      [erratum.manifest.releaseId, true],
    ]);
    const inForce = await send('/v1/figures?instrument=digitalcheck.1');
    expect(await inForce.json()).toMatchObject({ releaseId: erratum.manifest.releaseId });
  });

  test('a replaced release whose erratum was taken down has no successor', async () => {
    const erratum = releaseFixture('2026-03-31', [{}], { hash: 'eeeeeeee', replaces: SECOND.manifest.releaseId });
    const releases = memoryReleases([FIRST, SECOND, erratum]);
    releases.listed = [FIRST.manifest.releaseId];
    releases.gone.set(SECOND.manifest.releaseId, 'replaced').set(erratum.manifest.releaseId, 'taken-down');
    const { send } = await testService({ releases });
    const response = await send(`/v1/releases/${SECOND.manifest.releaseId}`);
    expect([response.status, response.headers.get('Link')]).toEqual([410, null]);
  });

  test.each(['nothing', '..%2F..%2Fetc%2Fpasswd', 'digitalcheck.1-2026-03-31-ffffffff', '%00', '__proto__'])(
    'the id %s is unknown, and answered alike',
    async (id) => {
      const response = await (await service()).send(`/v1/releases/${id}`);
      expect([response.status, (await problemIn(response)).type]).toEqual([404, '/problems/unknown-release']);
    },
  );
});
