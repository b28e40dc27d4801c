import * as z from 'zod';

/** `digitalcheck.1-2026-06-30-3f9a2c1b`: series, cut-off, eight random hex digits. */
export const ReleaseId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}\.[1-9]\d{0,2}-\d{4}-\d{2}-\d{2}-[0-9a-f]{8}$/, 'release id');
export type ReleaseId = z.infer<typeof ReleaseId>;

/** `digitalcheck.1-2026-06-30-3f9a2c1b` -> `digitalcheck.1`; undefined for what is no release id. */
export function seriesOfRelease(releaseId: ReleaseId): string | undefined {
  return /^(.+)-\d{4}-\d{2}-\d{2}-[0-9a-f]{8}$/.exec(releaseId)?.[1];
}

export const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
