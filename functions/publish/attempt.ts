import type { Attempt } from '#contracts/release';
import type { ReleaseId } from '#contracts/release-id';
import { seriesOf } from '#contracts/series';
import type { FileStore } from '#store/ports';
import type { PublishDependencies } from './dependencies.ts';
import { AttemptHeld, PublishError } from './publish-error.ts';

/** How long an attempt is held beyond the last sign of life, and how often one is given. */
const LEASE_MINUTES = 3;
/** Between the steps of a run in segments nobody is at work, and a step may wait for its turn. */
export const RUN_LEASE_MINUTES = 20;
const RENEW_EVERY_MS = 45_000;

/** An attempt that nobody has begun yet, under a random id. */
export function newAttempt(
  { now, randomBytes }: Pick<PublishDependencies, 'now' | 'randomBytes'>,
  asked: Omit<Attempt, 'releaseId' | 'heldUntil'>,
  minutes: number = LEASE_MINUTES,
): Attempt {
  const id = Buffer.from(randomBytes(4)).toString('hex');
  return { ...asked, releaseId: `${asked.series}-${asked.cutoffOn}-${id}`, heldUntil: later(now(), minutes) };
}

/** @throws PublishError, in words, while somebody else is at work, or when another release came in between */
export async function begin(deps: PublishDependencies, attempt: Attempt): Promise<void> {
  const { series, releaseId } = attempt;
  const { attempt: former } = await deps.releases.seriesState(series);
  const outcome = await deps.releases.begin(attempt, deps.now().toISOString());
  if (outcome === 'held') {
    const holder = (await deps.releases.seriesState(series)).attempt ?? former;
    throw new AttemptHeld(
      `Another publisher is at work on ${series}, until ${holder?.heldUntil} unless it renews that; nothing was published.`,
    );
  }
  if (outcome === 'conflict')
    throw new PublishError(`Another release of ${series} was put in force meanwhile; nothing was published.`);
  if (former && former.releaseId !== releaseId) tellOutlived(deps, former);
  deps.log({ event: 'begun', release: releaseId, cutoffOn: attempt.cutoffOn });
}

export interface Lease {
  /** Renews it. @throws PublishError when the attempt was taken over */
  check: () => Promise<void>;
  end: () => void;
}

/** Keeps an attempt held while its owner works. */
export function holdLease(deps: PublishDependencies, attempt: Attempt, minutes: number = LEASE_MINUTES): Lease {
  const renew = () => deps.releases.renew(attempt, later(deps.now(), minutes));
  // A failure here repeats at the next step, which reports it.
  const timer = setInterval(() => void renew().catch(() => {}), RENEW_EVERY_MS).unref();
  return {
    async check() {
      if ((await renew()) === 'renewed') return;
      tellOutlived(deps, attempt);
      throw lostTo(attempt);
    },
    end: () => clearInterval(timer),
  };
}

export function lostTo({ releaseId }: Attempt): PublishError {
  return new AttemptHeld(`Another publisher took over from ${releaseId}; it put nothing in force.`);
}

/** Ends an attempt that failed, and removes what it wrote, unless its release got into force after all. */
export async function giveUp(deps: PublishDependencies, attempt: Attempt): Promise<void> {
  const { series, releaseId } = attempt;
  try {
    await deps.releases.abandon(attempt);
    const { head } = await deps.releases.seriesState(series);
    if (!head.releases.some((entry) => entry.releaseId === releaseId)) await removeAttempt(deps, series, releaseId);
  } catch {
    // The store is away, or this process is being ended: the next attempt removes it.
    deps.log({ event: 'leftovers', series, removed: 0, left: 1 });
  }
}

/** Removes what abandoned attempts of a series wrote. What cannot be removed is logged and left for the next time. */
export async function removeLeftovers(deps: PublishDependencies, series: string): Promise<void> {
  const { abandoned } = await deps.releases.seriesState(series);
  let removed = 0;
  for (const releaseId of abandoned)
    await removeAttempt(deps, series, releaseId).then(
      () => (removed += 1),
      () => {},
    );
  if (abandoned.length > 0) deps.log({ event: 'leftovers', series, removed, left: abandoned.length - removed });
}

/** The weekly task: ends attempts that outlived their lease, and removes all leftovers. */
export async function removeAllLeftovers(deps: PublishDependencies): Promise<void> {
  for (const series of new Set([...deps.instruments.keys()].map(seriesOf))) {
    const { attempt } = await deps.releases.seriesState(series);
    // A publisher at work removes them when it ends, and may still read parts of its own run.
    if (attempt && attempt.heldUntil > deps.now().toISOString()) continue;
    if (attempt) {
      tellOutlived(deps, attempt);
      await deps.releases.abandon(attempt);
    }
    await removeLeftovers(deps, series);
  }
}

async function removeAttempt(deps: PublishDependencies, series: string, releaseId: ReleaseId): Promise<void> {
  await removeFolder(deps.files, `releases/${releaseId}/`);
  if (deps.parts) await removeFolder(deps.parts, `${releaseId}/`);
  await deps.releases.removeAbandoned(series, releaseId);
}

async function removeFolder(files: Pick<FileStore, 'list' | 'remove'>, folder: string): Promise<void> {
  for (const path of await files.list(folder)) await files.remove(path);
}

function tellOutlived({ log }: PublishDependencies, { releaseId, heldUntil }: Attempt): void {
  log({ event: 'attempt-outlived', release: releaseId, heldUntil });
}

const later = (now: Date, minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString();
