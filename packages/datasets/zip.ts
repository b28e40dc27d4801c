import { zipSync } from 'fflate';
import type { DatasetFile } from './table.ts';

/**
 * All files in one zip, in a folder named after the release. Every entry bears the cut-off date, so that equal files
 * give equal bytes.
 */
export function zipFile(releaseId: string, cutoffOn: string, files: readonly DatasetFile[]): DatasetFile {
  const [year, month, day] = cutoffOn.split('-').map(Number);
  // The format stores local time: noon of the day reads the same in every time zone.
  const mtime = new Date(year!, month! - 1, day!, 12);
  const entries = Object.fromEntries(files.map(({ path, bytes }) => [`${releaseId}/${path}`, bytes]));
  return { path: `${releaseId}.zip`, bytes: zipSync(entries, { mtime, level: 9 }), mediaType: 'application/zip' };
}
