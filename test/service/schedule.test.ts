import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AttemptHeld, PublishError } from '#functions/publish/publish-error';
import { publisherTasks } from '#functions/publish/tasks';
import { type Schedule, startSchedule } from '#functions/service/schedule';
import { loadInstruments } from '#instruments/load-instruments';
import { checked } from '../publish/checked.ts';
import { publishing } from '../publish/publishing.ts';

const RELEASES = [{ instrument: 'digitalcheck.1', schedule: '0 4 2 1,7 *' }];
/** Four in the morning in Berlin, in summer. */
const DUE = new Date('2026-07-02T02:00:00.000Z');

const running: Schedule[] = [];
beforeEach(() => {
  vi.useFakeTimers({ now: new Date(DUE.getTime() - 1_500), toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(running.splice(0).map((one) => one.stop(1_000)));
});

async function store() {
  const made = await publishing({ instruments: await loadInstruments([]) });
  made.clock.now = new Date(DUE.getTime() + 500);
  await made.submit(...Array.from({ length: 40 }, (_, place) => checked(place)));
  return made;
}

/** A server's clock over a store; what it logs. */
async function server({ deps, another }: Awaited<ReturnType<typeof store>>) {
  const logged: Record<string, unknown>[] = [];
  const own = {
    ...another({ log: (entry) => logged.push(entry) }),
    registry: deps.registry,
    participation: deps.participation,
  };
  running.push(await startSchedule({ releases: RELEASES, carryOut: publisherTasks(own), deps: own, retryMs: 20 }));
  return logged;
}
const statesOf = (logged: Record<string, unknown>[]) =>
  logged.filter(({ event, name }) => event === 'scheduled' && name === 'digitalcheck.1').map(({ state }) => state);

describe('the schedule of servers', () => {
  it('has two on one store publish once, at four in Berlin', async () => {
    const made = await store();
    const logs = [await server(made), await server(made)];
    expect(logs[0]).toContainEqual({
      event: 'schedule',
      instrument: 'digitalcheck.1',
      next: '2027-01-02T03:00:00.000Z',
    });
    await vi.advanceTimersByTimeAsync(2_000);
    vi.useRealTimers();
    await vi.waitFor(
      () => expect(logs.map((one) => statesOf(one).at(-1)).sort()).toEqual(['already-published', 'published']),
      {
        timeout: 20_000,
      },
    );
    const { head, abandoned } = await made.deps.releases.seriesState('digitalcheck.1');
    expect(head.releases.map(({ cutoffOn, state }) => [cutoffOn, state])).toEqual([['2026-07-01', 'listed']]);
    expect(abandoned).toEqual([]);
    const { releaseId } = head.releases[0]!;
    const manifest = await made.deps.releases.manifest(releaseId);
    expect(manifest!.marks).toMatchObject({ isInvented: false });
    await made.close();
  }, 60_000);

  it('takes over from a server that died while it published, also after a restart', async () => {
    const made = await store();
    await made.deps.releases.begin(
      {
        series: 'digitalcheck.1',
        instrument: 'digitalcheck.1',
        releaseId: 'digitalcheck.1-2026-07-01-deadbeef',
        cutoffOn: '2026-07-01',
        acceptedUntil: DUE.toISOString(),
        follows: null,
        replaces: null,
        heldUntil: new Date(DUE.getTime() - 1).toISOString(),
      },
      DUE.toISOString(),
    );
    vi.setSystemTime(new Date(DUE.getTime() + 500));
    const logged = await server(made);
    vi.useRealTimers();
    await vi.waitFor(() => expect(statesOf(logged)).toEqual(['published']), { timeout: 20_000 });
    await made.close();
  }, 60_000);

  it('asks again while the store is away or another is at work, and not where a rule forbids', async () => {
    const fates: Record<string, (() => unknown)[]> = {
      'digitalcheck.1': [
        () => Promise.reject(Object.assign(new Error('at 10.0.0.7'), { name: 'TimeoutError' })),
        () => Promise.reject(new AttemptHeld('Another publisher is at work.')),
        () => ({ state: 'published', releaseId: 'digitalcheck.1-2026-07-01-3f9a2c1b', published: 12 }),
      ],
      'other.1': [() => Promise.reject(new PublishError('Cut-offs lie at least 180 days apart.'))],
    };
    const asked: unknown[] = [];
    const logged: Record<string, unknown>[] = [];
    const schedule = await startSchedule({
      releases: [...RELEASES, { instrument: 'other.1', schedule: '0 4 * * *' }],
      carryOut: async (event) => {
        asked.push(event);
        return fates[(event as { instrument: string }).instrument]!.shift()!();
      },
      deps: {
        releases: { seriesState: async () => ({ head: { releases: [] }, abandoned: [] }) } as never,
        now: () => new Date(),
        log: (entry) => logged.push(entry),
      },
      retryMs: 50,
    });
    running.push(schedule);
    await vi.advanceTimersByTimeAsync(3_000);
    const event = { instrument: 'digitalcheck.1', scheduledAt: DUE.toISOString() };
    expect(asked).toEqual([event, { ...event, instrument: 'other.1' }, event, event]);
    const told = (name: string) => logged.filter((one) => one.name === name).map(({ state }) => state);
    expect(told('digitalcheck.1')).toEqual(['failing', 'waiting', 'published']);
    expect(told('other.1')).toEqual(['failed']);
    expect(JSON.stringify(logged)).not.toContain('10.0.0.7');
  });

  it('counts participation every night and removes leftovers every week', async () => {
    vi.setSystemTime(new Date('2026-07-05T00:29:59.000Z'));
    const asked: unknown[] = [];
    running.push(
      await startSchedule({
        releases: [],
        carryOut: async (event) => {
          asked.push(event);
          return { state: 'counted' };
        },
        deps: { releases: {} as never, now: () => new Date(), log: () => {} },
      }),
    );
    await vi.advanceTimersByTimeAsync(2_000);
    vi.setSystemTime(new Date('2026-07-05T01:29:50.000Z'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toEqual([{ task: 'participation' }, { task: 'leftovers' }]);
  });
});
