import type { Instrument } from '#contracts/instrument';
import { fileListPath, filePath, type ReleaseFile } from '#contracts/release-file';
import { datasetFiles } from '#datasets/dataset-files';
import type { DatasetInput, OperatorFacts } from '#datasets/dataset-input';
import { sha256Hex } from '#store/hashes';
import type { FileStore } from '#store/ports';
import { writeAll } from './write-all.ts';

/**
 * Writes the files of a release, and last of all their list, under `releases/<id>/`, where no route shows them before the
 * release is in force.
 *
 * @param facts what the operator states
 */
export async function writeReleaseFiles(
  files: Pick<FileStore, 'put'>,
  frozen: Pick<DatasetInput, 'manifest' | 'cells' | 'changes'>,
  instrument: Instrument,
  facts: OperatorFacts,
): Promise<ReleaseFile[]> {
  const { releaseId } = frozen.manifest;
  const written = await datasetFiles({ ...frozen, instrument, facts });
  const put = (path: string, bytes: Uint8Array) => () => files.put(filePath(releaseId, path), bytes);
  await writeAll(written.map(({ path, bytes }) => put(path, bytes)));
  const list = written.map(
    ({ path, bytes, mediaType }): ReleaseFile => ({
      name: path,
      bytes: bytes.length,
      sha256: sha256Hex(bytes),
      mediaType,
    }),
  );
  await files.put(fileListPath(releaseId), new TextEncoder().encode(`${JSON.stringify(list)}\n`));
  return list;
}
