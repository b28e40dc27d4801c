import * as z from 'zod';
import { addDays, berlinDate } from '#contracts/calendar';
import type { Instrument } from '#contracts/instrument';
import { InstrumentId } from '#contracts/instrument-id';
import type { Policy } from '#contracts/policy';
import type { Attempt, Head, HeadEntry } from '#contracts/release';
import { ReleaseId } from '#contracts/release-id';
import { seriesOf } from '#contracts/series';
import { Statements } from '#contracts/statements';
import { IsoDate } from '#contracts/text';
import { newestVersion } from '#instruments/newest-version';
import type { PublishDependencies } from './dependencies.ts';
import { PublishError } from './publish-error.ts';

/** What the schedule, or an operator, asks for. */
export const PublishRequest = z.strictObject({
  /** A full instrument id; the release covers its whole series. */
  instrument: InstrumentId,
  /** Cut-off, inclusive; by default the day before it was scheduled, or yesterday in Berlin. */
  cutoffOn: IsoDate.optional(),
  /** When a schedule asked for it: the same event may be delivered twice, and late. */
  scheduledAt: z.iso.datetime({ offset: true }).optional(),
  /** Decide and report; draw and write nothing. */
  isDryRun: z.boolean().optional(),
  /** Makes this release an erratum that stands in the place of a former one. */
  replaces: ReleaseId.optional(),
  /** The erratum changes figures: all are drawn again. Otherwise it copies the figures of the release it replaces. */
  drawsAnew: z.boolean().optional(),
  /** What the files say of this release. */
  stated: Statements.optional(),
});
export type PublishRequest = z.infer<typeof PublishRequest> & {
  /** In place of a key that nobody knows; under a trial policy alone. 32 bytes. */
  knownKey?: Uint8Array | undefined;
};

/** The release that carried out the same scheduled event. */
export type Done = Pick<HeadEntry, 'releaseId' | 'cutoffOn'>;

/** A request that keeps the rules, worked out. */
export interface Planned {
  request: PublishRequest;
  /** The series' newest version: it asks all that the earlier ones do, and gives order and words. */
  instrument: Instrument;
  former: Head['releases'];
  attempt: Omit<Attempt, 'releaseId' | 'heldUntil'>;
}

/** Checks a request against the rules; or names the release that carried out the same scheduled event. */
export async function plan(deps: PublishDependencies, request: PublishRequest): Promise<Planned | Done> {
  const instrument = instrumentOf(deps, request);
  const { policy, isInvented } = deps;
  if (policy.isTrial && !isInvented) throw new PublishError('A trial policy is for invented data only.');
  if (request.knownKey && !policy.isTrial) throw new PublishError('A known key is for a trial policy only.');
  if (request.knownKey && request.knownKey.length !== 32) throw new PublishError('A key has 32 bytes.');
  const series = seriesOf(instrument.id);
  const former = (await deps.releases.seriesState(series)).head.releases;
  const replaced = former.find(({ releaseId, state }) => releaseId === request.replaces && state === 'listed');
  if (request.replaces && !replaced)
    throw new PublishError(`There is no release ${request.replaces} that is given out and could be replaced.`);
  const cutoffOn = cutoffOf(deps, request, replaced);
  const done = request.scheduledAt && former.find((entry) => entry.cutoffOn === cutoffOn);
  if (done) return { releaseId: done.releaseId, cutoffOn };
  if (replaced) checkErratum(request, replaced, former);
  else checkDistance(policy, cutoffOn, former);
  const isCopy = replaced && !request.drawsAnew;
  if (isCopy && request.isDryRun)
    throw new PublishError(
      `An erratum of words copies the figures of ${replaced.releaseId}: there is nothing to decide.`,
    );
  // Writes of other functions may be under way for a while after their acceptance.
  const settled = new Date(deps.now().getTime() - deps.settleMinutes * 60_000).toISOString();
  const attempt = {
    series,
    instrument: instrument.id,
    cutoffOn,
    acceptedUntil: isCopy ? replaced.acceptedUntil : settled,
    follows: former[0]?.releaseId ?? null,
    replaces: replaced?.releaseId ?? null,
  };
  return { request, instrument, former, attempt };
}

/** Whatever version is named, its series is published as the newest version asks it. */
export function instrumentOf({ instruments }: Pick<PublishDependencies, 'instruments'>, request: PublishRequest) {
  const instrument = newestVersion(instruments, request.instrument);
  if (!instrument) throw new PublishError(`The instrument "${request.instrument}" is unknown.`);
  return instrument;
}

function cutoffOf({ now }: PublishDependencies, request: PublishRequest, replaced: HeadEntry | undefined): string {
  const today = berlinDate(now());
  const scheduledOn = request.scheduledAt === undefined ? today : berlinDate(new Date(request.scheduledAt));
  const cutoffOn = request.cutoffOn ?? replaced?.cutoffOn ?? addDays(scheduledOn, -1);
  if (!IsoDate.safeParse(cutoffOn).success)
    throw new PublishError(`The cut-off "${cutoffOn}" is not a date of the form YYYY-MM-DD.`);
  if (cutoffOn >= today)
    throw new PublishError(`The cut-off ${cutoffOn} is not past; the latest possible is ${addDays(today, -1)}.`);
  return cutoffOn;
}

function checkErratum({ cutoffOn, drawsAnew }: PublishRequest, replaced: HeadEntry, [newest]: Head['releases']): void {
  if (cutoffOn !== undefined && cutoffOn !== replaced.cutoffOn)
    throw new PublishError(`An erratum has the cut-off of the release it replaces, ${replaced.cutoffOn}.`);
  if (drawsAnew && replaced !== newest)
    throw new PublishError(
      `Figures can be drawn anew for the newest release only, ${newest?.releaseId}; of ${replaced.releaseId} words, files and labels can be corrected, or it can be taken down.`,
    );
}

/** Releases that were replaced or taken down count: their figures have been read. */
function checkDistance({ minDaysBetweenReleases }: Policy, cutoffOn: string, former: Head['releases']): void {
  const last = former
    .map((entry) => entry.cutoffOn)
    .sort()
    .at(-1);
  if (last === undefined) return;
  if (cutoffOn <= last)
    throw new PublishError(`The cut-off ${cutoffOn} must lie after that of the last release, ${last}.`);
  const earliest = addDays(last, minDaysBetweenReleases);
  if (cutoffOn < earliest)
    throw new PublishError(
      `Cut-offs lie at least ${minDaysBetweenReleases} days apart; the next may be ${earliest} at the earliest.`,
    );
}
