import type { ReleaseReader } from '#store/ports';

/** How much is kept at most: a cell with every cut of 1 % takes some 50 KB. */
const LIMITS = { manifest: 20, cell: 200, change: 200 };

/**
 * A reader that keeps what it has read of listed releases: their bytes never change, and a listed release stays listed.
 * Heads are read afresh each time, and so is whatever was not there.
 */
export function rememberedReleases(reader: ReleaseReader): ReleaseReader {
  return {
    head: (panel) => reader.head(panel),
    manifest: remembered(LIMITS.manifest, (releaseId: string) => reader.manifest(releaseId)),
    cell: remembered(LIMITS.cell, (releaseId: string, groupKey: string) => reader.cell(releaseId, groupKey)),
    change: remembered(LIMITS.change, (releaseId: string, groupKey: string) => reader.change(releaseId, groupKey)),
  };
}

function remembered<Keys extends string[], Value>(limit: number, read: (...keys: Keys) => Promise<Value | undefined>) {
  const known = new Map<string, Value>();
  return async (...keys: Keys): Promise<Value | undefined> => {
    const place = keys.join(' ');
    const found = known.get(place);
    if (found !== undefined) return found;
    const value = await read(...keys);
    if (value === undefined) return undefined;
    const oldest = known.keys().next();
    if (known.size >= limit && !oldest.done) known.delete(oldest.value);
    known.set(place, value);
    return value;
  };
}
