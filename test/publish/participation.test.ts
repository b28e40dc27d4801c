import { describe, expect, it } from 'vitest';
import type { Participation } from '#contracts/participation';
import { shownCount } from '#contracts/participation';
import type { Association } from '#contracts/registry';
import type { StoredSubmission } from '#contracts/submission';
import { loadInstruments } from '#functions/instruments';
import { countParticipation } from '#functions/publish/participation';
import { memorySubmissionLog } from '../api/memory-stores.ts';
import { houses } from './publishing.ts';

const ASSOCIATION: Association = {
  id: 'c-0a1b2c3d',
  name: 'Verband A',
  joinCode: 'ABCD-EFG',
  createdAt: '2026-01-01T00:00:00.000Z',
  campaigns: [
    {
      id: 'k-00000001',
      instrument: 'egovernment.1',
      opensOn: '2026-05-01',
      closesOn: '2026-05-31',
      resultsOn: '2026-09-01',
    },
    {
      id: 'k-00000002',
      instrument: 'egovernment.1',
      opensOn: '2026-06-01',
      closesOn: '2026-06-30',
      resultsOn: '2026-09-01',
    },
  ],
};
const PROFILE = { sector: 'europe', size: 'high', region: 'western-europe' };
const SCORES = { participation: 50, services: 50, infrastructure: 50, humancapital: 50 };

/** Checks of `count` organisations on a day, with the association's code unless told otherwise. */
function checks(name: string, count: number, day: string, changed: Partial<StoredSubmission> = {}): StoredSubmission[] {
  return houses(name, count, { profile: PROFILE }).map((house) => ({
    ...house,
    instrument: 'egovernment.1',
    conductedOn: day,
    acceptedAt: `${day}T10:00:00.000Z`,
    scores: SCORES,
    cohorts: [ASSOCIATION.id],
    ...changed,
  }));
}

async function counting(submissions: StoredSubmission[]) {
  const log = memorySubmissionLog();
  for (const submission of submissions) await log.put(submission);
  const stored = new Map<string, Participation>();
  let writes = 0;
  const clock = { now: new Date('2026-06-20T01:00:00.000Z') };
  const instruments = await loadInstruments(['test/fixtures/instruments']);
  const count = () =>
    countParticipation({
      instruments,
      submissions: { scan: (segment) => (segment === 0 ? log.scan(0, 1) : none()) },
      registry: { associations: async () => [ASSOCIATION] },
      participation: {
        participation: async (id) => stored.get(id),
        writeParticipation: async (id, participation) => {
          writes += 1;
          stored.set(id, participation);
        },
      },
      now: () => clock.now,
      segments: 2,
      log: () => {},
    });
  return { log, clock, count, counted: () => stored.get(ASSOCIATION.id), writes: () => writes };
}
async function* none() {}

const panel = (participation: Participation | undefined) => participation?.panels['egovernment.1'];

describe('shownCount', () => {
  it('goes in steps of five from ten on', () => {
    const shown = [0, 1, 9, 10, 14, 15, 47].map(shownCount);
    expect(shown.map((count) => (count.state === 'counted' ? count.atLeast : null))).toEqual([
      null,
      null,
      null,
      10,
      10,
      15,
      45,
    ]);
  });
});

describe('countParticipation', () => {
  it('counts organisations by their last check, those of each campaign by its days', async () => {
    const { count, counted } = await counting([
      ...checks('a', 12, '2026-05-20'),
      ...checks('b', 11, '2026-06-10'),
      // Took part in both campaigns, counts once among the members.
      ...checks('a', 7, '2026-06-11', { key: houses('again', 1, {})[0]!.key }),
      // Left by a later check without the code; too little answered; before the panel window.
      ...checks('left', 20, '2026-05-10'),
      ...checks('left', 20, '2026-06-12', { key: houses('later', 1, {})[0]!.key, cohorts: [] }),
      ...checks('incomplete', 20, '2026-06-12', { scores: { services: 50 } }),
      ...checks('old', 20, '2020-01-01'),
      ...checks('others', 20, '2026-06-12', { cohorts: ['c-11111111'] }),
    ]);
    await count();
    expect(panel(counted())).toEqual({ state: 'counted', atLeast: 20 });
    expect(counted()!.campaigns).toMatchObject({
      'k-00000001': { count: { state: 'counted', atLeast: 30 } },
      'k-00000002': { count: { state: 'counted', atLeast: 15 } },
    });
  });

  it('is never live: what comes in today is counted tomorrow, and once a day', async () => {
    const { log, clock, count, counted, writes } = await counting(checks('a', 14, '2026-06-10'));
    await count();
    for (const submission of checks('b', 20, '2026-06-19', { acceptedAt: '2026-06-20T00:30:00.000Z' }))
      await log.put(submission);
    clock.now = new Date('2026-06-20T20:00:00.000Z');
    await count();
    expect([panel(counted()), writes()]).toEqual([{ state: 'counted', atLeast: 10 }, 1]);
    clock.now = new Date('2026-06-20T23:00:00.000Z');
    await count();
    expect([counted()!.countedOn, panel(counted())]).toEqual(['2026-06-21', { state: 'counted', atLeast: 30 }]);
  });

  it('keeps a campaign’s count from the night after it closed, also through a withdrawal', async () => {
    const { log, clock, count, counted } = await counting(checks('a', 10, '2026-06-10'));
    clock.now = new Date('2026-07-01T01:00:00.000Z');
    await count();
    const { organisation } = checks('a', 1, '2026-06-10')[0]!;
    await log.withdraw(organisation, '2026-07-01T12:00:00.000Z');
    clock.now = new Date('2026-07-02T01:00:00.000Z');
    await count();
    expect(panel(counted())).toEqual({ state: 'not-enough' });
    expect(counted()!.campaigns['k-00000002']).toEqual({
      countedOn: '2026-07-01',
      count: { state: 'counted', atLeast: 10 },
    });
  });
});
