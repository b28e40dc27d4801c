import { Hono } from 'hono';
import { etag } from 'hono/etag';
import { seriesOf } from '#contracts/instrument-id';
import { listedIn } from '#contracts/release';
import type { ApiDependencies } from '../http/dependencies.ts';
import { instrumentAsked } from './asked-figures.ts';
import { releaseAsked } from './asked-release.ts';
import type { ReleaseList } from './release-paths.ts';

/** Under a release's id: its bytes never change, but it may be replaced or taken down, which caches notice in a minute. */
export const OF_RELEASE = { 'Cache-Control': 'public, max-age=60' };
/** What follows the newest release. */
export const FOLLOWS_HEAD = { 'Cache-Control': 'public, max-age=300' };

/** `/v1/releases`: what has been published, and each release's list of groups. Public. */
export function releaseRoutes({ instruments, releases }: ApiDependencies) {
  async function releasesOf(series: string): Promise<ReleaseList['releases']> {
    const ids = listedIn(await releases.head(series));
    const manifests = await Promise.all(ids.map((id) => releases.manifest(id)));
    return manifests.flatMap((manifest) =>
      manifest
        ? [
            {
              releaseId: manifest.releaseId,
              series: manifest.series,
              instrument: manifest.instrument,
              cutoffOn: manifest.cutoffOn,
              nextReleaseOn: manifest.nextReleaseOn,
              follows: manifest.follows,
              replaces: manifest.replaces,
              marks: manifest.marks,
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
      return c.json({ releases: lists.flat() } satisfies ReleaseList, 200, FOLLOWS_HEAD);
    })
    .get('/v1/releases/:id', etag(), async (c) => {
      return c.json(await releaseAsked(releases, c.req.param('id')), 200, OF_RELEASE);
    });
}
