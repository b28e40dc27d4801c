import type { ReleaseReader } from '#store/ports';

/** How much is kept at most. */
const LIMITS = { manifest: 20, cell: 200, change: 200, memberCells: 20 };
/** A release that was taken down or replaced is given out no longer than this. */
const KEPT_MS = 60_000;

/**
 * A reader that keeps for a minute what it has read of listed releases: their bytes never change, but a release may be
 * replaced or taken down. Heads are read afresh each time, and so is whatever was not there.
 */
export function rememberedReleases(reader: ReleaseReader, now: () => Date): ReleaseReader {
  return {
    head: (series) => reader.head(series),
    manifest: remembered(LIMITS.manifest, now, (releaseId: string) => reader.manifest(releaseId)),
    cell: remembered(LIMITS.cell, now, (releaseId: string, key: string) => reader.cell(releaseId, key)),
    change: remembered(LIMITS.change, now, (releaseId: string, key: string) => reader.change(releaseId, key)),
    memberCells: remembered(LIMITS.memberCells, now, (releaseId: string, association: string) =>
      reader.memberCells(releaseId, association),
    ),
  };
}

function remembered<Keys extends string[], Value>(
  limit: number,
  now: () => Date,
  read: (...keys: Keys) => Promise<Value | undefined>,
) {
  const known = new Map<string, { value: Value; readAt: number }>();
  return async (...keys: Keys): Promise<Value | undefined> => {
    const place = keys.join(' ');
    const found = known.get(place);
    const at = now().getTime();
    if (found && at - found.readAt < KEPT_MS) return found.value;
    known.delete(place);
    const value = await read(...keys);
    if (value === undefined) return undefined;
    const oldest = known.keys().next();
    if (known.size >= limit && !oldest.done) known.delete(oldest.value);
    known.set(place, { value, readAt: at });
    return value;
  };
}
