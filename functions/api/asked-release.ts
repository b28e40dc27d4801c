import type { Instrument } from '#contracts/instrument';
import { seriesOf } from '#contracts/instrument-id';
import { type HeadEntry, listedIn, type Manifest } from '#contracts/release';
import { ReleaseId } from '#contracts/release-id';
import type { ReleaseReader } from '#store/ports';
import { type ProblemError, problem } from '../http/problem.ts';

/** The release of an instrument's series that is in force; undefined before the first one. */
export async function manifestInForce(releases: ReleaseReader, instrument: Instrument): Promise<Manifest | undefined> {
  const [newest] = listedIn(await releases.head(seriesOf(instrument.id)));
  return newest === undefined ? undefined : releases.manifest(newest);
}

/** The release in force. @throws ProblemError `no-release-yet` */
export async function releaseInForce(releases: ReleaseReader, instrument: Instrument): Promise<Manifest> {
  const manifest = await manifestInForce(releases, instrument);
  if (!manifest) throw problem('no-release-yet');
  return manifest;
}

/**
 * The listed release with an id, as asked for.
 *
 * @throws ProblemError `release-replaced`, `release-taken-down`; `unknown-release`, also for what is no id at all
 */
export async function releaseAsked(releases: ReleaseReader, asked: string | undefined): Promise<Manifest> {
  const id = ReleaseId.safeParse(asked);
  const manifest = id.success ? await releases.manifest(id.data) : undefined;
  if (manifest) return manifest;
  throw id.success ? await whyGone(releases, id.data) : problem('unknown-release');
}

/** A release that was in force once is told apart from one that never was; what replaced it is named. */
async function whyGone(releases: ReleaseReader, id: ReleaseId): Promise<ProblemError> {
  const entries = (await releases.head(seriesOfRelease(id)))?.releases ?? [];
  const entry = entries.find(({ releaseId }) => releaseId === id);
  if (entry?.state === 'taken-down') return problem('release-taken-down');
  const successor = entry && successorOf(entry, entries);
  if (!successor) return problem(entry?.state === 'replaced' ? 'release-taken-down' : 'unknown-release');
  const headers = { Link: `</v1/releases/${successor}>; rel="successor-version"` };
  return problem('release-replaced', { successor }, { headers });
}

/** The listed release of the same cut-off: errata, and those of errata, keep it. */
function successorOf({ cutoffOn, state }: HeadEntry, entries: readonly HeadEntry[]): ReleaseId | undefined {
  if (state !== 'replaced') return undefined;
  return entries.find((entry) => entry.state === 'listed' && entry.cutoffOn === cutoffOn)?.releaseId;
}

/** What stands before the cut-off and eight random digits. */
const seriesOfRelease = (id: ReleaseId): string => id.slice(0, -'-2026-06-30-00000000'.length);
