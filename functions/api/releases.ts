import { Hono } from 'hono';
import { etag } from 'hono/etag';
import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { panelIdOf } from '#contracts/instrument-id';
import { Manifest, ReleaseId } from '#contracts/release';
import { InstrumentParam, instrumentAsked } from './asked-figures.ts';
import { releaseAsked } from './asked-release.ts';
import type { ApiDependencies } from './dependencies.ts';
import { problemResponses } from './problem-responses.ts';

/** What never changes once it can be read: everything under a release's id. */
export const IMMUTABLE = { 'Cache-Control': 'public, max-age=31536000, immutable' };
/** What follows the newest release. */
export const FOLLOWS_HEAD = { 'Cache-Control': 'public, max-age=300' };

const ReleaseEntry = z.strictObject({
  releaseId: ReleaseId,
  panel: Manifest.shape.panel,
  instrument: Manifest.shape.instrument,
  cutoffOn: Manifest.shape.cutoffOn.meta({ description: 'The day its figures describe.' }),
  nextReleaseOn: Manifest.shape.nextReleaseOn.meta({ description: 'The next cut-off is this day at the earliest.' }),
  follows: Manifest.shape.follows,
  replaces: Manifest.shape.replaces.meta({ description: 'Set by an erratum: the release whose figures it replaces.' }),
  isInForce: z.boolean().meta({ description: 'The newest of its panel.' }),
  url: z.string(),
});
export const ReleaseList = z.strictObject({
  releases: z.array(ReleaseEntry).meta({ description: 'By panel, newest first; empty before the first release.' }),
});
export type ReleaseList = z.infer<typeof ReleaseList>;

/** `/v1/releases`: what has been published, and each release's list of groups. Public. */
export function releaseRoutes({ instruments, releases }: ApiDependencies) {
  async function releasesOf(panel: string): Promise<ReleaseList['releases']> {
    const head = await releases.head(panel);
    const manifests = await Promise.all((head?.releases ?? []).map((id) => releases.manifest(id)));
    return manifests.flatMap((manifest) =>
      manifest
        ? [
            {
              releaseId: manifest.releaseId,
              panel: manifest.panel,
              instrument: manifest.instrument,
              cutoffOn: manifest.cutoffOn,
              nextReleaseOn: manifest.nextReleaseOn,
              follows: manifest.follows,
              replaces: manifest.replaces,
              isInForce: manifest.releaseId === head?.releases[0],
              url: `/v1/releases/${manifest.releaseId}`,
            },
          ]
        : [],
    );
  }

  return new Hono()
    .get('/v1/releases', etag(), async (c) => {
      const panels = c.req.query('instrument')
        ? [panelIdOf(instrumentAsked(c, instruments).id)]
        : [...new Set([...instruments.keys()].map(panelIdOf))];
      const lists = await Promise.all(panels.map(releasesOf));
      return c.json({ releases: lists.flat() } satisfies ReleaseList, 200, FOLLOWS_HEAD);
    })
    .get('/v1/releases/:id', etag(), async (c) => {
      return c.json(await releaseAsked(releases, c.req.param('id')), 200, IMMUTABLE);
    });
}

export const NOT_MODIFIED = { '304': { description: 'Not modified since the ETag of `If-None-Match`' } };

export const releasePaths: ZodOpenApiPathsObject = {
  '/v1/releases': {
    get: {
      operationId: 'listReleases',
      tags: ['Releases'],
      summary: 'List the releases',
      requestParams: { query: z.object({ instrument: InstrumentParam.optional() }) },
      responses: {
        '200': {
          description: 'All releases, or those of one instrument',
          content: { 'application/json': { schema: ReleaseList } },
        },
        ...NOT_MODIFIED,
        ...problemResponses('unknown-instrument', 'internal', 'unavailable'),
      },
    },
  },
  '/v1/releases/{id}': {
    get: {
      operationId: 'readRelease',
      tags: ['Releases'],
      summary: 'Read a release',
      description:
        'Cut-off, next release, the policy it was made under, and every group of the catalogue, published or suppressed. Never changes.',
      requestParams: { path: z.object({ id: ReleaseId }) },
      responses: {
        '200': { description: 'The release', content: { 'application/json': { schema: Manifest } } },
        ...NOT_MODIFIED,
        ...problemResponses('unknown-release', 'internal', 'unavailable'),
      },
    },
  },
};
