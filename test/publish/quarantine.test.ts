import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StoredSubmission } from '#contracts/submission';
import { publish } from '#functions/publish/publish';
import { loadInstruments } from '#instruments/load-instruments';
import { checked } from './checked.ts';
import { publishing } from './publishing.ts';

const instruments = await loadInstruments([]);
const instrument = instruments.get('digitalcheck.1')!;
const request = { instrument: instrument.id, cutoffOn: '2026-03-31' };

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
const reviewOf = ({ organisation, key }: StoredSubmission, decision: 'admit' | 'exclude') => ({
  organisation: organisation.slice(0, 22),
  submission: key,
  decision,
  decidedAt: '2026-04-01T00:00:00.000Z',
});

async function published(asked: typeof request) {
  const outcome = await publish(service.deps, asked);
  if (outcome.state !== 'published') throw new Error(outcome.state);
  return { manifest: outcome.manifest, reviewed: outcome.report!.reviewed };
}

it('leaves flagged submissions out of every figure, tells the operator how many, and the public about how many', async () => {
  const { manifest, reviewed } = await published(request);
  expect(reviewed).toEqual({ waiting: 12, admitted: 0, excluded: 0 });
  const [facilities] = manifest.leftOut.filter(({ unitType }) => unitType === 'facility');
  expect(facilities!.underReview % 5).toBe(0);
  expect(facilities!.underReview).toBeLessThanOrEqual(35);
  expect(await everybody(manifest.releaseId)).toMatchObject({ participations: 40 });
});

it('counts what the operator admitted, from the next release on', async () => {
  for (const place of [40, 41, 42, 43, 44]) await service.deps.registry.putReview(reviewOf(checked(place, 2), 'admit'));
  await service.deps.registry.putReview(reviewOf(checked(45, 2), 'exclude'));
  const { manifest, reviewed } = await published(request);
  expect(reviewed).toEqual({ waiting: 6, admitted: 5, excluded: 1 });
  expect(await everybody(manifest.releaseId)).toMatchObject({ participations: 45 });
  for (let place = 40; place < 52; place++) await service.deps.registry.putReview(reviewOf(checked(place, 2), 'admit'));
  service.clock.now = new Date('2026-10-02T00:00:00.000Z');
  const next = await published({ ...request, cutoffOn: '2026-10-01' });
  expect(next.reviewed).toEqual({ waiting: 0, admitted: 12, excluded: 0 });
  expect(await everybody(next.manifest.releaseId)).toMatchObject({ participations: 50 });
});

it('holds a house back for answering everything alike unless its code was its own', async () => {
  const alike = (place: number, admission: StoredSubmission['admission']) => ({
    ...checked(place, 2),
    admission,
    associations: ['c-0a1b2c3d'],
  });
  await service.submit(
    ...Array.from({ length: 6 }, (_, place) => alike(60 + place, 'invited')),
    ...Array.from({ length: 5 }, (_, place) => alike(70 + place, 'single-use')),
    ...Array.from({ length: 5 }, (_, place) => alike(80 + place, 'trusted')),
  );
  const { manifest, reviewed } = await published(request);
  expect(reviewed.waiting).toBe(18);
  expect(await everybody(manifest.releaseId)).toMatchObject({ participations: 50 });
});
