import { sha256 } from './checksums.ts';

/** What a file of a release is, held against its sum. `unlisted`: it lies there, and no sum names it. */
export interface SumVerdict {
  path: string;
  verdict: 'sound' | 'changed' | 'missing' | 'unlisted';
}

/**
 * Holds the files of a release against its `SHA256SUMS`: what is listed must be there, byte for byte, and nothing else.
 *
 * @param sums the text of `SHA256SUMS`, as `sha256sum` writes it
 * @param read the bytes of a listed file; undefined where it is missing
 * @param present the paths that lie there, as far as the caller can tell; `SHA256SUMS` itself does not matter
 * @returns one verdict a file, those listed first and in their order
 * @throws RangeError naming the line that is no sum, or for a list of nothing
 * @example
 * await verifySums(`${'0'.repeat(64)}  a.csv\n`, async () => undefined, []); // => [{ path: 'a.csv', verdict: 'missing' }]
 */
export async function verifySums(
  sums: string,
  read: (path: string) => Promise<Uint8Array<ArrayBuffer> | undefined>,
  present: readonly string[],
): Promise<SumVerdict[]> {
  const listed = readSums(sums);
  const verdicts: SumVerdict[] = [];
  for (const [path, sum] of listed) {
    const bytes = await read(path);
    const verdict = bytes === undefined ? 'missing' : (await sha256(bytes)) === sum ? 'sound' : 'changed';
    verdicts.push({ path, verdict });
  }
  const unlisted = present.filter((path) => path !== 'SHA256SUMS' && !listed.has(path));
  return [...verdicts, ...unlisted.map((path) => ({ path, verdict: 'unlisted' as const }))];
}

/** Path -> sum. A path never leaves the folder of the release. */
function readSums(text: string): Map<string, string> {
  const sums = new Map<string, string>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line === '') continue;
    const [, sum, path] = /^([0-9a-f]{64}) [ *]([A-Za-z0-9][A-Za-z0-9._-]*)$/.exec(line) ?? [];
    if (sum === undefined || path === undefined || sums.has(path))
      throw new RangeError(`line ${index + 1} is no sum, or names a file twice`);
    sums.set(path, sum);
  }
  if (sums.size === 0) throw new RangeError('it lists no file');
  return sums;
}
