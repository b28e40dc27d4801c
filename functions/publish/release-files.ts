import type { Instrument } from '#contracts/instrument';
import { fileListPath, filePath, type ReleaseFile } from '#contracts/release-file';
import { datasetFiles } from '#datasets/dataset-files';
import type { DatasetInput, OperatorFacts } from '#datasets/release';
import { sha256Hex } from '#store/hashes';
import type { FileStore } from '#store/ports';

/**
 * Writes the files of a release, and last of all their list, under `releases/<id>/`. Called before the flip, until which
 * no route shows them; may be repeated and then ends in the same bytes.
 *
 * @param facts what the operator states; `publishedOn` must come from the plan, not from the clock
 */
export async function writeReleaseFiles(
  files: Pick<FileStore, 'put'>,
  frozen: Pick<DatasetInput, 'manifest' | 'cells' | 'changes'>,
  instrument: Instrument,
  facts: OperatorFacts,
): Promise<ReleaseFile[]> {
  const { manifest } = frozen;
  const list: ReleaseFile[] = [];
  for (const { path, bytes, mediaType } of await datasetFiles({ ...frozen, instrument, facts })) {
    await files.put(filePath(manifest.releaseId, path), bytes);
    list.push({ name: path, bytes: bytes.length, sha256: sha256Hex(bytes), mediaType });
  }
  await files.put(fileListPath(manifest.releaseId), new TextEncoder().encode(`${JSON.stringify(list)}\n`));
  return list;
}
