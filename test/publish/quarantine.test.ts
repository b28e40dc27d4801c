import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Answer, StoredSubmission } from '#contracts/submission';
import { loadInstruments } from '#functions/instruments';
import { publish } from '#functions/publish/publish';
import { canonicalJson } from '#store/hashes';
import { house, publishing } from './publishing.ts';

const instruments = await loadInstruments([]);
const instrument = instruments.get('digitalcheck.1')!;
const request = { instrument: instrument.id, cutoffOn: '2026-03-31' };

/** A house of the Digitalisierungscheck; all of one level where one is named. */
function checked(place: number, level?: Answer): StoredSubmission {
  const answers = instrument.items.map(({ id }, item) => [id, level ?? ((place * 7 + item * 3) % 11) % 5] as const);
  const { scores: _, ...rest } = house('h', place, {
    instrument: instrument.id,
    profile: { level: 'facility', sector: 'elder-care', size: '50-249', region: 'de-nw' },
    answers: Object.fromEntries(answers) as Record<string, Answer>,
  });
  // Region by region, so that no five are near-duplicates.
  const regions = instrument.profile.find(({ id }) => id === 'region')!.codes;
  return { ...rest, profile: { ...rest.profile, region: regions[place % regions.length]!.id } };
}

let service: Awaited<ReturnType<typeof publishing>>;
beforeEach(async () => {
  service = await publishing({ instruments: new Map([[instrument.id, instrument]]) });
  await service.submit(
    ...Array.from({ length: 40 }, (_, place) => checked(place)),
    ...Array.from({ length: 12 }, (_, place) => checked(40 + place, 2)),
  );
});
afterEach(() => service.close());

const everybody = (releaseId: string) => service.deps.releases.cell(releaseId, 'level=facility');
const fieldwork = async (releaseId: string) =>
  new TextDecoder().decode(await service.deps.files.get(`releases/${releaseId}/fieldwork.md`));
const reviewOf = ({ organisation, key }: StoredSubmission, decision: 'admit' | 'exclude') => ({
  organisation: organisation.slice(0, 22),
  submission: key,
  decision,
  decidedAt: '2026-04-01T00:00:00.000Z',
});

it('leaves flagged submissions out of cells and ledger, and says coarsely how many', async () => {
  const { manifest, report } = await publish(service.deps, request);
  expect(report.reviewed).toEqual({ waiting: 12, admitted: 0, excluded: 0 });
  expect(manifest.heldBack).toEqual({ state: 'counted', atLeast: 10 });
  expect(await everybody(manifest.releaseId)).toMatchObject({ participations: 40 });
  const { entries } = await service.deps.ledger.read(manifest.releaseId);
  expect(entries).toHaveLength(40);
  expect(await fieldwork(manifest.releaseId)).toContain('10 to 14 open submissions are left out');
});

it('counts what the operator admitted', async () => {
  for (const place of [40, 41, 42, 43, 44]) await service.deps.registry.putReview(reviewOf(checked(place, 2), 'admit'));
  await service.deps.registry.putReview(reviewOf(checked(45, 2), 'exclude'));
  const { manifest, report } = await publish(service.deps, request);
  expect(report.reviewed).toEqual({ waiting: 6, admitted: 5, excluded: 1 });
  expect(await everybody(manifest.releaseId)).toMatchObject({ participations: 45 });
  expect(await fieldwork(manifest.releaseId)).toContain('Fewer than 10 open submissions are left out');
});

it('ends in the same bytes when a decision falls between a crash and the re-run', async () => {
  const calm = await publish(service.deps, { ...request, isDryRun: true });
  const down = async () => Promise.reject(new Error('down'));
  const crashing = { ...service.deps, releases: { ...service.deps.releases, flip: down } };
  await expect(publish(crashing, request)).rejects.toThrow('down');
  for (let place = 40; place < 52; place++) await service.deps.registry.putReview(reviewOf(checked(place, 2), 'admit'));
  const { manifest, report } = await publish(service.deps, request);
  expect(canonicalJson(manifest)).toBe(canonicalJson(calm.manifest));
  expect(report.reviewed.waiting).toBe(12);
  service.clock.now = new Date('2026-10-02T00:00:00.000Z');
  const next = await publish(service.deps, { ...request, cutoffOn: '2026-10-01' });
  expect(next.report.reviewed).toEqual({ waiting: 0, admitted: 12, excluded: 0 });
});

it('holds no invited house back for answering everything alike', async () => {
  await service.submit(
    ...Array.from({ length: 6 }, (_, place) => ({
      ...checked(60 + place, 2),
      admission: 'invited' as const,
      cohorts: ['c-0a1b2c3d'],
    })),
  );
  const { manifest } = await publish(service.deps, request);
  const { entries } = await service.deps.ledger.read(manifest.releaseId);
  expect(entries).toHaveLength(46);
});
