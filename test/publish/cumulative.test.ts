import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeDown } from '#functions/publish/cumulative';
import { publish } from '#functions/publish/publish';
import { testService } from '../api/test-service.ts';
import { again, houses, probe, publishing, TRIAL } from './publishing.ts';

const FIRST = { instrument: 'probe.1', cutoffOn: '2025-12-31' };
const SECOND = { instrument: 'probe.1', cutoffOn: '2026-03-31' };
const HOUSES = houses('a', 60, {
  profile: { sector: 'a', size: 's' },
  conductedOn: '2025-12-01',
  acceptedAt: '2025-12-01T12:00:00.000Z',
});

let service: Awaited<ReturnType<typeof publishing>>;
beforeEach(async () => {
  service = await publishing({ policy: TRIAL, isInvented: true });
});
afterEach(() => service.close());

async function release(asked: typeof FIRST & { replaces?: string }): Promise<string> {
  const outcome = await publish(service.deps, asked);
  if (outcome.state !== 'published') throw new Error(outcome.state);
  return outcome.manifest.releaseId;
}

async function allReleases(ending = 'csv') {
  const { releases, files } = service.deps;
  const { send } = await testService({ releases, files, instruments: new Map([[probe.id, probe]]) });
  return send(`/v1/all-releases.${ending}?instrument=probe.1`);
}

const rowsOf = async () => parse<Record<string, string>>(await (await allReleases()).text(), { columns: true });
const releasesIn = async () => [...new Set((await rowsOf()).map((row) => row.release))];

it('holds every figure of all releases that are given out, and changes with what is', async () => {
  expect((await allReleases()).status).toBe(404);
  await service.submit(...HOUSES);
  service.clock.now = new Date('2026-01-02T00:00:00.000Z');
  const first = await release(FIRST);
  expect(await releasesIn()).toEqual([first]);

  await service.submit(...again(HOUSES, { conductedOn: '2026-03-01', acceptedAt: '2026-03-01T12:00:00.000Z' }));
  service.clock.now = new Date('2026-04-02T00:00:00.000Z');
  const second = await release(SECOND);
  expect(await releasesIn()).toEqual([first, second]);
  const [median] = (await rowsOf()).filter(
    (row) => row.release === second && row.peer_group === 'all' && row.dimension === 'x' && row.measure === 'p50',
  );
  const cell = await service.deps.releases.cell(second, 'all');
  expect(cell).toMatchObject({
    dimensions: { x: expect.arrayContaining([{ permille: 500, value: Number(median!.value) }]) },
  });
  expect(median).toMatchObject({ table: 'percentiles', unit: 'points', is_invented: 'TRUE', OBS_STATUS: 'A' });

  const erratum = await release({ ...FIRST, replaces: first });
  expect(await releasesIn()).toEqual([erratum, second]);
  expect(await takeDown(service.deps, second)).toBe('taken-down');
  expect(await releasesIn()).toEqual([erratum]);
  expect(await takeDown(service.deps, 'probe.1-2020-01-01-00000000')).toBeUndefined();
});

it('is kept by its sum: known bytes are not sent again, and damage is told', async () => {
  await service.submit(...HOUSES);
  service.clock.now = new Date('2026-01-02T00:00:00.000Z');
  await release(FIRST);
  const parquet = await allReleases('parquet');
  expect(parquet.headers.get('Content-Disposition')).toBe('attachment; filename="probe.1-all-releases.parquet"');
  expect(parquet.headers.get('ETag')).toMatch(/^"[0-9a-f]{64}"$/);
  const [path] = (await service.deps.files.list('releases/')).filter((one) => one.endsWith('-all-releases.csv'));
  await service.deps.files.put(path!, new Uint8Array([1]));
  expect((await allReleases()).status).toBe(503);
});
