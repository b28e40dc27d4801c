import { type Attempt, type HeadEntry, listedIn, type Manifest } from '#contracts/release';
import type { ReleaseId } from '#contracts/release-id';
import { seriesOf } from '#contracts/series';
import { type DisclosureReport, disclosureReportOf } from '#disclosure/report';
import { sha256Hex } from '#store/hashes';
import { inForce } from '#store/series-state';
import { begin, giveUp, holdLease, lostTo, newAttempt, RUN_LEASE_MINUTES, removeLeftovers } from './attempt.ts';
import { writeCumulative } from './cumulative.ts';
import type { PublishDependencies } from './dependencies.ts';
import { drawnRelease, type Feed, takeIn, type Work } from './draw.ts';
import { scanLog } from './fold-log.ts';
import { copiedRelease, writeRelease } from './frozen-release.ts';
import { type Parts, readParts } from './parts.ts';
import { type Done, instrumentOf, type PublishRequest, plan } from './plan.ts';
import { PublishError } from './publish-error.ts';

export type PublishOutcome =
  /** The report has exact counts, for the operator only; an erratum that copies has none. */
  | { state: 'published'; manifest: Manifest; report?: DisclosureReport }
  | { state: 'dry-run'; report: DisclosureReport }
  /** The schedule's event was carried out before. */
  | { state: 'already-published'; releaseId: ReleaseId };

/**
 * Publishes a release in one go: begin, fold, decide, draw, audit, write, put in force. Exact counts and the key are in
 * memory only. A crash anywhere leaves the former release in force, and the next call starts again.
 *
 * @throws PublishError for a request that breaks a rule, while somebody else is at work, and for a break the audit finds
 */
export async function publish(deps: PublishDependencies, request: PublishRequest): Promise<PublishOutcome> {
  const planned = await plan(deps, request);
  if ('releaseId' in planned) return { state: 'already-published', releaseId: planned.releaseId };
  const scan: Feed = (sinks) => scanLog(deps, sinks, () => checkTime(deps));
  if (request.isDryRun) {
    const taken = await takeIn(deps, planned, scan);
    return { state: 'dry-run', report: disclosureReportOf(taken.decided, taken.reviewed) };
  }
  const attempt = newAttempt(deps, planned.attempt);
  await begin(deps, attempt);
  await removeLeftovers(deps, attempt.series);
  return carryOut(deps, { ...planned, attempt }, scan);
}

/**
 * Begins an attempt whose segments are read apart; `carryOutParts` ends it.
 *
 * @param run a name that no other run has; begun once more under it, the attempt is the same
 */
export async function beginParts(
  deps: PublishDependencies,
  request: PublishRequest,
  run?: string,
): Promise<Attempt | (Done & { isInForce: true })> {
  const planned = await plan(deps, request);
  if ('releaseId' in planned) return { ...planned, isInForce: true };
  const once =
    run === undefined ? deps : { ...deps, randomBytes: () => Buffer.from(sha256Hex(run).slice(0, 8), 'hex') };
  const attempt = newAttempt(once, planned.attempt, RUN_LEASE_MINUTES);
  await begin(deps, attempt);
  await removeLeftovers(deps, attempt.series);
  return attempt;
}

/** The open attempt of that id. @throws PublishError when there is none */
export async function openAttempt(
  { releases }: Pick<PublishDependencies, 'releases'>,
  series: string,
  releaseId: ReleaseId,
): Promise<Attempt> {
  const { attempt } = await releases.seriesState(series);
  if (attempt?.releaseId !== releaseId) throw new PublishError(`The attempt ${releaseId} is no longer under way.`);
  return attempt;
}

/** The last step of a publication in segments. Repeated after it has ended it answers what is in force. */
export async function carryOutParts(
  deps: PublishDependencies,
  request: PublishRequest & { cutoffOn: string },
  parts: Parts,
): Promise<PublishOutcome> {
  const instrument = instrumentOf(deps, request);
  const series = seriesOf(instrument.id);
  const { head, attempt: open } = await deps.releases.seriesState(series);
  const isOpen = open?.releaseId === parts.attempt;
  const given = head.releases.find(({ cutoffOn, state }) => cutoffOn === request.cutoffOn && state === 'listed');
  if (!isOpen && given && given.releaseId !== request.replaces)
    return { state: 'already-published', releaseId: given.releaseId };
  const begun = await openAttempt(deps, series, parts.attempt);
  // Another try of this step may be paused: each writes under an id of its own.
  const attempt = newAttempt(deps, begun);
  await deps.releases.abandon(begun);
  await begin(deps, attempt);
  return carryOut(deps, { attempt, instrument, former: head.releases, request }, (sinks) =>
    readParts(deps, parts, sinks),
  );
}

async function carryOut(deps: PublishDependencies, work: Work, feed: Feed): Promise<PublishOutcome> {
  const { attempt, instrument, request } = work;
  const lease = holdLease(deps, attempt);
  try {
    const pause = () => {
      checkTime(deps);
      return lease.check();
    };
    const isCopy = attempt.replaces !== null && !request.drawsAnew;
    const frozen = isCopy
      ? await copiedRelease(deps, attempt, instrument, request.stated)
      : await drawnRelease(deps, work, feed, pause);
    await pause();
    await writeRelease(deps, frozen, instrument);
    await lease.check();
    const { releaseId, cutoffOn, acceptedUntil } = attempt;
    const { manifest, report, copies } = frozen;
    const entry: HeadEntry = { releaseId, cutoffOn, acceptedUntil, state: 'listed', ...(copies && { copies }) };
    const { next } = inForce(await deps.releases.seriesState(attempt.series), attempt, entry);
    if (next) await writeCumulative(deps, listedIn(next.head), frozen);
    await lease.check();
    if ((await deps.releases.putInForce(attempt, entry)) === 'conflict') throw lostTo(attempt);
    const secondsLeft = Math.round((deps.remainingMs?.() ?? Infinity) / 1000);
    if (secondsLeft < NEAR_LIMIT_SECONDS) deps.log({ event: 'near-limit', release: releaseId, secondsLeft });
    deps.log({ event: 'published', release: releaseId });
    return { state: 'published', manifest, ...(report && { report }) };
  } catch (error) {
    await giveUp(deps, attempt);
    throw error;
  } finally {
    lease.end();
    await removeLeftovers(deps, attempt.series).catch(() => {});
  }
}

/** A function is ended without a word when its time is up: better told before. */
function checkTime({ remainingMs }: Pick<PublishDependencies, 'remainingMs'>): void {
  if (remainingMs && remainingMs() < ENOUGH_SECONDS * 1000)
    throw new PublishError(
      'This publication does not fit into the 15 minutes that a function may run; nothing was published. Have its segments read apart: docs/deploy.md#big-sectors.',
    );
}

/** How long writing, or giving up and removing, may take; and when a publication is reported as near the limit. */
const ENOUGH_SECONDS = 90;
const NEAR_LIMIT_SECONDS = 300;
