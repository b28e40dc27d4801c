import * as z from 'zod';
import { Sha256Hex } from './release-id.ts';

export const FileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);

/** A file of a release as its list names it. */
export const ReleaseFile = z.strictObject({
  name: FileName,
  bytes: z.int().min(0),
  sha256: Sha256Hex,
  mediaType: z.string(),
});
export type ReleaseFile = z.infer<typeof ReleaseFile>;

export const filePath = (releaseId: string, name: string): string => `releases/${releaseId}/${name}`;

/** Where the list of a release's files lies. The name is kept for it: no file of a release bears it. */
export const fileListPath = (releaseId: string): string => filePath(releaseId, '_files.json');

/**
 * Where the list of the files of all releases lies: in the folder of the newest, under a name that only this list of releases
 * has.
 *
 * @param listHash SHA-256 of the ids given out, newest first, with a space between
 */
export const cumulativeListPath = (newest: string, listHash: string): string =>
  filePath(newest, `_all-releases-${listHash.slice(0, 16)}.json`);
