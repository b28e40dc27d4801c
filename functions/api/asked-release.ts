import type { Instrument } from '#contracts/instrument';
import { panelIdOf } from '#contracts/instrument-id';
import type { Manifest } from '#contracts/release';
import { ReleaseId } from '#contracts/release-id';
import type { ReleaseReader } from '#store/ports';
import { problem } from './problem.ts';

/** The release of an instrument's panel that is in force; undefined before the first one. */
export async function manifestInForce(releases: ReleaseReader, instrument: Instrument): Promise<Manifest | undefined> {
  const head = await releases.head(panelIdOf(instrument.id));
  return head && releases.manifest(head.releases[0]!);
}

/** The release in force. @throws ProblemError `no-release-yet` */
export async function releaseInForce(releases: ReleaseReader, instrument: Instrument): Promise<Manifest> {
  const manifest = await manifestInForce(releases, instrument);
  if (!manifest) throw problem('no-release-yet');
  return manifest;
}

/** The listed release with an id, as asked for. @throws ProblemError `unknown-release`, also for what is no id at all */
export async function releaseAsked(releases: ReleaseReader, asked: string | undefined): Promise<Manifest> {
  const id = ReleaseId.safeParse(asked);
  const manifest = id.success ? await releases.manifest(id.data) : undefined;
  if (!manifest) throw problem('unknown-release');
  return manifest;
}
