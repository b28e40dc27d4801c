import pMap from 'p-map';
import { berlinDate } from '#contracts/calendar';
import type { Instrument } from '#contracts/instrument';
import type { Attempt, Cell, Change, Manifest, MemberCells } from '#contracts/release';
import type { ReleaseId } from '#contracts/release-id';
import type { Statements } from '#contracts/statements';
import type { OperatorFacts } from '#datasets/dataset-input';
import type { DisclosureReport } from '#disclosure/report';
import { scoringHash } from '#instruments/load-instruments';
import { canonicalJson, sha256Hex } from '#store/hashes';
import type { PublishDependencies } from './dependencies.ts';
import { PublishError } from './publish-error.ts';
import { writeReleaseFiles } from './release-files.ts';
import { writeAll } from './write-all.ts';

const READ_AT_ONCE = 16;

/** Everything a publication writes. */
export interface FrozenRelease {
  manifest: Manifest;
  cells: Cell[];
  changes: Change[];
  members: MemberCells[];
  /** The release whose draws these are, if not its own. */
  copies?: ReleaseId;
  report?: DisclosureReport;
}

/** Writes everything of a release below its id, where nobody reads it yet. */
export async function writeRelease(
  deps: PublishDependencies,
  { manifest, cells, changes, members, copies }: FrozenRelease,
  instrument: Instrument,
): Promise<void> {
  const { releaseId } = manifest;
  const { releases } = deps;
  await writeAll([
    ...cells.map((cell) => () => releases.writeCell(releaseId, cell)),
    ...changes.map((change) => () => releases.writeChange(releaseId, change)),
    ...members.map((one) => () => releases.writeMemberCells(releaseId, one)),
    () => releases.writeManifest(manifest),
  ]);
  const facts = { ...(await factsFor(deps, manifest)), ...(copies && { copies }) };
  await writeReleaseFiles(deps.files, { manifest, cells, changes }, instrument, facts);
}

/** What the files say beside the figures. */
async function factsFor(deps: PublishDependencies, manifest: Manifest): Promise<OperatorFacts> {
  const { head } = await deps.releases.seriesState(manifest.series);
  const listed = head.releases.filter(({ state }) => state === 'listed');
  const history = await Promise.all(
    listed.map(async ({ releaseId, copies }) => {
      const former = await deps.releases.manifest(releaseId);
      if (!former) return [];
      return [{ releaseId, cutoffOn: former.cutoffOn, replaces: former.replaces, ...(copies && { copies }) }];
    }),
  );
  return { ...deps.facts, ...manifest.stated, publishedOn: berlinDate(deps.now()), history: history.flat() };
}

/**
 * An erratum of words, files or labels: the drawn cells of the release it replaces, under a manifest of its own.
 *
 * @throws PublishError when a cell of that release cannot be read
 */
export async function copiedRelease(
  { releases, registry, codeVersion }: PublishDependencies,
  { releaseId, replaces }: Attempt,
  instrument: Instrument,
  stated: Statements | undefined,
): Promise<FrozenRelease> {
  const source = replaces!;
  const manifest = await releases.manifest(source);
  const { head } = await releases.seriesState(manifest?.series ?? '');
  const read = <Entry, Shown>(entries: readonly Entry[], get: (entry: Entry) => Promise<Shown | undefined>) =>
    pMap(entries, get, { concurrency: READ_AT_ONCE });
  const [cells, changes, members] = await Promise.all([
    read(manifest?.cells ?? [], ({ group }) => releases.cell(source, group.key)),
    read(manifest?.changes ?? [], ({ group }) => releases.change(source, group.key)),
    read(await registry.associations(), ({ id }) => releases.memberCells(source, id)),
  ]);
  const isWhole = cells.every((cell) => cell !== undefined) && changes.every((change) => change !== undefined);
  if (!manifest || !isWhole)
    throw new PublishError(`The release ${source} cannot be read in full; nothing was published.`);
  const { stated: formerly, ...same } = manifest;
  // How the answers came in holds on with them; a DOI, and what was wrong, is said of one release alone.
  const says: Statements = { ...(formerly?.fieldwork && { fieldwork: formerly.fieldwork }), ...stated };
  return {
    manifest: {
      ...same,
      releaseId,
      replaces: source,
      instrument: instrument.id,
      instrumentHash: instrumentHashOf(instrument),
      codeVersion,
      ...(Object.keys(says).length === 0 ? {} : { stated: says }),
    },
    cells: cells.filter((cell) => cell !== undefined),
    changes: changes.filter((change) => change !== undefined),
    members: members.filter((one) => one !== undefined),
    copies: head.releases.find((entry) => entry.releaseId === source)?.copies ?? source,
  };
}

export function instrumentHashOf(instrument: Instrument): string {
  return sha256Hex(`${scoringHash(instrument)}${canonicalJson(instrument)}`);
}
