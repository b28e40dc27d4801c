import pMap from 'p-map';
import { type Cell, type Change, listedIn, type Manifest } from '#contracts/release';
import { cumulativeListPath, filePath, type ReleaseFile } from '#contracts/release-file';
import { type ReleaseId, seriesOfRelease } from '#contracts/release-id';
import { cumulativeFiles } from '#datasets/cumulative';
import type { DatasetInput } from '#datasets/dataset-input';
import { sha256Hex } from '#store/hashes';
import { takenDown } from '#store/series-state';
import type { PublishDependencies } from './dependencies.ts';

type Frozen = Pick<DatasetInput, 'manifest' | 'cells' | 'changes'>;
type Given = Pick<PublishDependencies, 'releases' | 'instruments' | 'files' | 'facts'>;

const READ_AT_ONCE = 16;

/**
 * Writes the file of all releases for the list that will be given out, under a name that only that list has: it appears
 * with the very update that makes the list so, and a release that is taken down is in no file that is given out.
 *
 * @param listed the releases given out from now on, newest first
 * @param newest the newest where it is not in force yet
 */
export async function writeCumulative(deps: Given, listed: readonly ReleaseId[], newest?: Frozen): Promise<void> {
  const [first] = listed;
  if (first === undefined) return;
  const releases: DatasetInput[] = [];
  for (const releaseId of listed.toReversed()) {
    const frozen = newest?.manifest.releaseId === releaseId ? newest : await readRelease(deps, releaseId);
    const instrument = frozen && instrumentFor(deps, frozen.manifest);
    if (frozen && instrument)
      releases.push({ ...frozen, instrument, facts: { ...deps.facts, publishedOn: frozen.manifest.cutoffOn } });
  }
  if (releases.length === 0) return;
  const list: ReleaseFile[] = [];
  for (const { path, bytes, mediaType } of cumulativeFiles(releases)) {
    const sha256 = sha256Hex(bytes);
    const name = `${sha256.slice(0, 16)}-${path}`;
    await deps.files.put(filePath(first, name), bytes);
    list.push({ name, bytes: bytes.length, sha256, mediaType });
  }
  const bytes = new TextEncoder().encode(`${JSON.stringify(list)}\n`);
  await deps.files.put(cumulativeListPath(first, sha256Hex(listed.join(' '))), bytes);
}

/** Takes a release down, its figures in the file of all releases too. Undefined: there is no such release. */
export async function takeDown(deps: Given, releaseId: ReleaseId): Promise<'taken-down' | undefined> {
  const series = seriesOfRelease(releaseId);
  const { next } = series ? takenDown(await deps.releases.seriesState(series), releaseId) : {};
  if (next) await writeCumulative(deps, listedIn(next.head));
  return deps.releases.takeDown(releaseId);
}

async function readRelease({ releases }: Given, releaseId: ReleaseId): Promise<Frozen | undefined> {
  const manifest = await releases.manifest(releaseId);
  if (!manifest) return undefined;
  const read = async <Shown>(keys: string[], get: (key: string) => Promise<Shown | undefined>) =>
    (await pMap(keys, get, { concurrency: READ_AT_ONCE })).filter((one) => one !== undefined);
  const keysOf = (entries: Manifest['cells']) => entries.map(({ group }) => group.key);
  const [cells, changes]: [Cell[], Change[]] = await Promise.all([
    read(keysOf(manifest.cells), (key) => releases.cell(releaseId, key)),
    read(keysOf(manifest.changes), (key) => releases.change(releaseId, key)),
  ]);
  return { manifest, cells, changes };
}

/** The instrument that a release was made with, or another version of its series. */
function instrumentFor({ instruments }: Given, { instrument, series }: Manifest) {
  return instruments.get(instrument) ?? instruments.get(series);
}
