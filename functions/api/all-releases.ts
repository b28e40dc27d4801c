import { type Context, Hono } from 'hono';
import * as z from 'zod';
import { listedIn } from '#contracts/release';
import { cumulativeListPath } from '#contracts/release-file';
import { seriesOf } from '#contracts/series';
import { sha256Hex } from '#store/hashes';
import { releasedFiles } from '#store/released-files';
import type { ApiDependencies } from '../http/dependencies.ts';
import { openToOtherSites } from '../http/open-to-other-sites.ts';
import { problem } from '../http/problem.ts';
import { NOT_MODIFIED, type Operations } from '../http/responses.ts';
import { InstrumentParam, instrumentAsked } from './asked-figures.ts';
import { fileResponse } from './files.ts';

const ENDINGS = ['csv', 'parquet'] as const;

/**
 * `/v1/all-releases.csv` and `.parquet`: every figure of every release that is given out, in one long table. The file is made
 * for one list of releases, and given out only as long as that list is the one in force.
 */
export function allReleasesRoutes(deps: Pick<ApiDependencies, 'instruments' | 'releases' | 'files'>) {
  const read = (ending: (typeof ENDINGS)[number]) => async (c: Context) => {
    const instrument = instrumentAsked(c, deps.instruments);
    const listed = listedIn(await deps.releases.head(seriesOf(instrument.id)));
    const [newest] = listed;
    if (newest === undefined) throw problem('no-release-yet');
    const list = await releasedFiles(deps.files, newest, cumulativeListPath(newest, sha256Hex(listed.join(' '))));
    const file = list.find(({ name }) => name.endsWith(`.${ending}`));
    if (!file) throw problem('unknown-file');
    return fileResponse(c, deps.files, newest, { file, savedAs: `${seriesOf(instrument.id)}-all-releases.${ending}` });
  };
  const routes = new Hono();
  for (const ending of ENDINGS) routes.get(`/v1/all-releases.${ending}`, openToOtherSites, read(ending));
  return routes;
}

export const allReleasesOperations: Operations = Object.fromEntries(
  ENDINGS.map((ending) => [
    `GET /v1/all-releases.${ending}`,
    {
      operationId: `readAllReleases${ending === 'csv' ? 'Csv' : 'Parquet'}`,
      tags: ['Releases'],
      summary: `All figures of all releases, as ${ending === 'csv' ? 'CSV' : 'Parquet'}`,
      description:
        'One long table, made anew with each release; what is taken down is in it no more. The ETag is the SHA-256 of the file.',
      requestParams: { query: z.object({ instrument: InstrumentParam }) },
      ok: {
        '200': {
          description: 'The file',
          content: { '*/*': { schema: { type: 'string', format: 'binary' } } },
        },
        '307': { description: 'A file of more than 3 MB, where its store gives it out for five minutes' },
        ...NOT_MODIFIED,
      },
      problems: [
        'invalid-request',
        'unknown-instrument',
        'no-release-yet',
        'unknown-file',
        'damaged-file',
        'unavailable',
      ] as const,
    },
  ]),
);
