import * as z from 'zod';
import { fileListPath, filePath, ReleaseFile } from '#contracts/release-file';
import { sha256Hex } from './hashes.ts';
import type { FileStore } from './ports.ts';

/** A stored file of a release that is not what was written, or its list. */
export class DamagedFile extends Error {
  override name = 'DamagedFile';
  readonly path: string;

  constructor(path: string) {
    super(`The stored file ${path} is missing or not what was written.`);
    this.path = path;
  }
}

type Reading = Pick<FileStore, 'get'>;

/**
 * The files of a release as its list names them; empty where there is no list.
 *
 * @param listPath where the list lies, by default the release's own
 * @throws DamagedFile when the list cannot be read
 */
export async function releasedFiles(
  files: Reading,
  releaseId: string,
  listPath: string = fileListPath(releaseId),
): Promise<ReleaseFile[]> {
  const bytes = await files.get(listPath);
  if (!bytes) return [];
  try {
    return z.array(ReleaseFile).parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    throw new DamagedFile(listPath);
  }
}

/**
 * The bytes of a listed file, checked against its SHA-256: what is given out is what was written, or nothing.
 *
 * @throws DamagedFile when it is missing or has other bytes
 */
export async function releasedFile(
  files: Reading,
  releaseId: string,
  { name, sha256 }: Pick<ReleaseFile, 'name' | 'sha256'>,
): Promise<Uint8Array<ArrayBuffer>> {
  const path = filePath(releaseId, name);
  const bytes = await files.get(path);
  if (!bytes || sha256Hex(bytes) !== sha256) throw new DamagedFile(path);
  return new Uint8Array(bytes);
}

export interface FilesChecked {
  /** How many files were read. */
  checked: number;
  /** Paths of those that are missing or have other bytes than were written. */
  damaged: string[];
}

/** Reads every file of these releases and holds it against its SHA-256: for the operator's `doctor`, and for `verify`. */
export async function checkReleasedFiles(files: Reading, releaseIds: readonly string[]): Promise<FilesChecked> {
  const result: FilesChecked = { checked: 0, damaged: [] };
  const settled = async <Found>(read: () => Promise<Found>): Promise<Found | null> => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof DamagedFile)) throw error;
      result.damaged.push(error.path);
      return null;
    }
  };
  for (const releaseId of releaseIds) {
    const list = await settled(() => releasedFiles(files, releaseId));
    if (list?.length === 0) result.damaged.push(fileListPath(releaseId));
    for (const file of list ?? []) {
      result.checked += 1;
      await settled(() => releasedFile(files, releaseId, file));
    }
  }
  return result;
}
