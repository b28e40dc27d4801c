import { Hono } from 'hono';
import { etag } from 'hono/etag';
import * as z from 'zod';
import { type ReleaseEntry, ReleaseList } from '#contracts/answers/group-figures';
import { listedIn, Manifest } from '#contracts/release';
import { ReleaseId } from '#contracts/release-id';
import { seriesOf } from '#contracts/series';
import type { ApiDependencies } from '../http/dependencies.ts';
import { json, NOT_MODIFIED, type Operations, RELEASE_GONE } from '../http/responses.ts';
import { InstrumentParam, instrumentAsked } from './asked-figures.ts';
import { FOR_A_MINUTE, releaseAsked, releaseRef } from './asked-release.ts';

/** `/v1/releases`: what has been published, and each release's list of groups. Public. */
export function releaseRoutes({ instruments, releases }: ApiDependencies) {
  async function releasesOf(series: string): Promise<ReleaseEntry[]> {
    const ids = listedIn(await releases.head(series));
    const manifests = await Promise.all(ids.map((id) => releases.manifest(id)));
    return manifests.flatMap((manifest) =>
      manifest
        ? [
            {
              ...releaseRef(manifest),
              series: manifest.series,
              instrument: manifest.instrument,
              follows: manifest.follows,
              replaces: manifest.replaces,
              isInForce: manifest.releaseId === ids[0],
              url: `/v1/releases/${manifest.releaseId}`,
            },
          ]
        : [],
    );
  }

  return new Hono()
    .get('/v1/releases', etag(), async (c) => {
      const series = c.req.query('instrument')
        ? [seriesOf(instrumentAsked(c, instruments).id)]
        : [...new Set([...instruments.keys()].map(seriesOf))];
      const lists = await Promise.all(series.map(releasesOf));
      return c.json({ releases: lists.flat() } satisfies ReleaseList, 200, FOR_A_MINUTE);
    })
    .get('/v1/releases/:id', etag(), async (c) => {
      return c.json(await releaseAsked(releases, c.req.param('id')), 200, FOR_A_MINUTE);
    });
}

export const releaseOperations: Operations = {
  'GET /v1/releases': {
    operationId: 'listReleases',
    tags: ['Releases'],
    summary: 'List the releases',
    requestParams: { query: z.object({ instrument: InstrumentParam.optional() }) },
    ok: { ...json('All releases, or those of one instrument', ReleaseList), ...NOT_MODIFIED },
    problems: ['unknown-instrument', 'unavailable'],
  },
  'GET /v1/releases/{id}': {
    operationId: 'readRelease',
    tags: ['Releases'],
    summary: 'Read a release',
    description:
      'Cut-off, next release, the policy it was made under, and every group of the catalogue, published or suppressed. Its bytes never change; one that was replaced or taken down is answered with 410.',
    requestParams: { path: z.object({ id: ReleaseId }) },
    ok: { ...json('The release', Manifest), ...NOT_MODIFIED },
    problems: [...RELEASE_GONE, 'unavailable'],
  },
};
