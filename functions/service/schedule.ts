import { Cron } from 'croner';
import { addDays, berlinDate } from '#contracts/calendar';
import { seriesOf } from '#contracts/series';
import type { PublishDependencies } from '../publish/dependencies.ts';
import { AttemptHeld, PublishError } from '../publish/publish-error.ts';

/** Everybody's clock. */
export const BERLIN = 'Europe/Berlin';

/** As on AWS: how many took part, every night; what broken-off publications left, every week. */
const TASKS = { participation: '30 2 * * *', leftovers: '30 3 * * 0' };

/** How long is waited before something is tried again, and for how long after its time it is. */
const RETRY_MS = 60_000;
const TRIED_MS = 6 * 3_600_000;

export interface Scheduled {
  releases: { instrument: string; schedule: string }[];
  /** Carries out an event of the publisher (`publisherTasks`). */
  carryOut: (event: unknown) => Promise<unknown>;
  deps: Pick<PublishDependencies, 'releases' | 'now' | 'log'>;
  /** In place of a minute, in tests. */
  retryMs?: number;
}

export interface Schedule {
  /** Begins nothing more, and waits for what is under way, so long at most. */
  stop: (graceMs: number) => Promise<void>;
}

/**
 * The clock of servers. Several on one store all have one: of a publication's attempt the store lets one begin, and the others
 * wait until it is in force, or take over when whoever began it has died. So each release is made once.
 */
export async function startSchedule({ releases, carryOut, deps, retryMs = RETRY_MS }: Scheduled): Promise<Schedule> {
  const { log, now } = deps;
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();

  /** Until it is done, a rule forbids it, or it is too late. */
  async function insist(name: string, event: object, scheduledAt: Date): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        log({ event: 'scheduled', name, scheduledAt: scheduledAt.toISOString(), ...told(await carryOut(event)) });
        return;
      } catch (error) {
        const isHeld = error instanceof AttemptHeld;
        const isForbidden = error instanceof PublishError && !isHeld;
        const isLate = now().getTime() - scheduledAt.getTime() > TRIED_MS;
        const state = isHeld ? 'waiting' : isForbidden || isLate ? 'failed' : 'failing';
        log({
          event: 'scheduled',
          name,
          state,
          ...(error instanceof PublishError ? { says: error.message } : { error: (error as Error).name }),
        });
        if (state === 'failed') return;
      }
      await pause(retryMs, stopping.signal);
    }
  }

  function begin(name: string, event: object, scheduledAt: Date): void {
    const work = insist(name, event, scheduledAt).finally(() => underWay.delete(work));
    underWay.add(work);
  }

  const publication = (instrument: string, at: Date) =>
    begin(instrument, { instrument, scheduledAt: at.toISOString() }, at);
  const jobs = [
    ...Object.entries(TASKS).map(([task, pattern]) => job(pattern, (at) => begin(task, { task }, at))),
    ...releases.map(({ instrument, schedule }) => job(schedule, (at) => publication(instrument, at))),
  ];
  // Whoever began a scheduled publication and died may have been the only server: an open attempt shows that it was due.
  for (const { instrument, schedule } of releases) {
    const [latest] = cronOf(schedule).previousRuns(1, now());
    const { attempt } = await deps.releases.seriesState(seriesOf(instrument));
    if (latest && attempt?.cutoffOn === addDays(berlinDate(latest), -1)) publication(instrument, latest);
  }
  for (const { instrument, schedule } of releases)
    log({ event: 'schedule', instrument, next: cronOf(schedule).nextRun(now())?.toISOString() ?? null });

  return {
    async stop(graceMs) {
      for (const one of jobs) one.stop();
      stopping.abort();
      await Promise.race([Promise.allSettled(underWay), pause(graceMs)]);
    },
  };
}

const cronOf = (pattern: string) => new Cron(pattern, { timezone: BERLIN, mode: '5-part', paused: true });

/** Calls with the time that was meant, the same for all servers: the minute that has begun. */
const job = (pattern: string, due: (at: Date) => void): Cron =>
  new Cron(pattern, { timezone: BERLIN, mode: '5-part' }, (self: Cron) => {
    const at = self.currentRun() ?? new Date();
    due(new Date(Math.floor(at.getTime() / 60_000) * 60_000));
  });

/** Of an answer what a log may hold: what became of it, and the release's id. */
function told(answer: unknown): Record<string, unknown> {
  const { state, releaseId } = (answer ?? {}) as Record<string, unknown>;
  return { state, ...(releaseId === undefined ? {} : { release: releaseId }) };
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    timer.unref();
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
