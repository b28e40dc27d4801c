import type { Context } from 'hono';
import * as z from 'zod';
import type { ZodOpenApiResponsesObject } from 'zod-openapi';
import type { ReleaseRef } from '#contracts/answers/group-figures';
import type { Instrument } from '#contracts/instrument';
import { type HeadEntry, listedIn, type Manifest } from '#contracts/release';
import { ReleaseId, seriesOfRelease } from '#contracts/release-id';
import { seriesOf } from '#contracts/series';
import type { ReleaseReader } from '#store/ports';
import type { ApiDependencies } from '../http/dependencies.ts';
import { type ProblemError, problem } from '../http/problem.ts';
import { NOT_MODIFIED, type Operations, RELEASE_GONE } from '../http/responses.ts';
import { InstrumentParam, instrumentAsked, instrumentOf } from './asked-figures.ts';

/** What is published: its bytes never change, but it may be replaced or taken down, which caches notice in a minute. */
export const FOR_A_MINUTE = { 'Cache-Control': 'public, max-age=60' };

/** The release of an instrument's series that is in force; undefined before the first one. */
export async function manifestInForce(releases: ReleaseReader, instrument: Instrument): Promise<Manifest | undefined> {
  const [newest] = listedIn(await releases.head(seriesOf(instrument.id)));
  return newest === undefined ? undefined : releases.manifest(newest);
}

export function releaseRef({ releaseId, cutoffOn, nextReleaseOn, marks }: Manifest): ReleaseRef {
  return { releaseId, cutoffOn, nextReleaseOn, marks };
}

/** The release in force. @throws ProblemError `no-release-yet` */
export async function releaseInForce(releases: ReleaseReader, instrument: Instrument): Promise<Manifest> {
  const manifest = await manifestInForce(releases, instrument);
  if (!manifest) throw problem('no-release-yet');
  return manifest;
}

/**
 * The release that public figures are asked of: the one with the `id` in the path, else the instrument's in force.
 */
export async function publicRelease(
  c: Context,
  { instruments, releases }: Pick<ApiDependencies, 'instruments' | 'releases'>,
) {
  const id = c.req.param('id');
  if (id !== undefined) {
    const manifest = await releaseAsked(releases, id);
    return { manifest, instrument: instrumentOf(manifest, instruments) };
  }
  const instrument = instrumentAsked(c, instruments);
  return { manifest: await releaseInForce(releases, instrument), instrument };
}

/** Describes an address of figures twice: of the release in force, and of one release. */
export function publicOperations(
  address: string,
  query: z.ZodRawShape,
  {
    name,
    summary,
    ok,
    description,
  }: { name: string; summary: string; description: string; ok: ZodOpenApiResponsesObject },
): Operations {
  const operation = { description, tags: ['Releases'], ok: { ...ok, ...NOT_MODIFIED } };
  return {
    [`GET /v1/${address}`]: {
      ...operation,
      operationId: `read${name}`,
      summary: `${summary}, in the release in force`,
      requestParams: { query: z.object({ instrument: InstrumentParam, ...query }) },
      problems: ['invalid-request', 'unknown-instrument', 'unknown-group', 'no-release-yet', 'unavailable'],
    },
    [`GET /v1/releases/{id}/${address}`]: {
      ...operation,
      operationId: `readRelease${name}`,
      summary: `${summary}, in one release: the same bytes until it is replaced or taken down`,
      requestParams: { path: z.object({ id: ReleaseId }), query: z.object(query) },
      problems: ['invalid-request', ...RELEASE_GONE, 'unknown-group', 'unavailable'],
    },
  };
}

/**
 * The listed release with an id, as asked for.
 *
 * @throws ProblemError `release-replaced`, `release-taken-down`; `unknown-release`, also for what is no id at all
 */
export async function releaseAsked(releases: ReleaseReader, asked: string | undefined): Promise<Manifest> {
  const id = ReleaseId.safeParse(asked);
  const manifest = id.success ? await releases.manifest(id.data) : undefined;
  if (manifest) return manifest;
  throw id.success ? await whyGone(releases, id.data) : problem('unknown-release');
}

/** Tells a release that was once in force from one that never was, and names what replaced it. */
async function whyGone(releases: ReleaseReader, id: ReleaseId): Promise<ProblemError> {
  const entries = (await releases.head(seriesOfRelease(id)!))?.releases ?? [];
  const entry = entries.find(({ releaseId }) => releaseId === id);
  if (entry?.state === 'taken-down') return problem('release-taken-down');
  const successor = entry && successorOf(entry, entries);
  if (!successor) return problem(entry?.state === 'replaced' ? 'release-taken-down' : 'unknown-release');
  const headers = { Link: `</v1/releases/${successor}>; rel="successor-version"` };
  return problem('release-replaced', { successor }, { headers });
}

/** The listed release of the same cut-off, which errata keep, and errata of errata. */
function successorOf({ cutoffOn, state }: HeadEntry, entries: readonly HeadEntry[]): ReleaseId | undefined {
  if (state !== 'replaced') return undefined;
  return entries.find((entry) => entry.state === 'listed' && entry.cutoffOn === cutoffOn)?.releaseId;
}
