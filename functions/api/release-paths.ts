import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Manifest, Marks } from '#contracts/release';
import { ReleaseId } from '#contracts/release-id';
import { IsoDate, Lang } from '#contracts/text';
import { problemResponses } from '../http/problem-responses.ts';
import { InstrumentParam } from './asked-figures.ts';

/** Marks of a release, on every answer with its figures. */
export const MarksAnswer = Marks.meta({
  description:
    'Whether everybody in it is invented, and whether it was made under a trial policy or drawn with a known key. Real figures have no mark.',
});

const ReleaseEntry = z.strictObject({
  releaseId: ReleaseId,
  series: Manifest.shape.series,
  instrument: Manifest.shape.instrument,
  cutoffOn: Manifest.shape.cutoffOn.meta({ description: 'The day its figures describe.' }),
  nextReleaseOn: Manifest.shape.nextReleaseOn.meta({ description: 'The next cut-off is this day at the earliest.' }),
  follows: Manifest.shape.follows,
  replaces: Manifest.shape.replaces.meta({ description: 'Set by an erratum: the release whose figures it replaces.' }),
  marks: MarksAnswer,
  isInForce: z.boolean().meta({ description: 'The newest of its series.' }),
  url: z.string(),
});
export const ReleaseList = z.strictObject({
  releases: z.array(ReleaseEntry).meta({ description: 'By series, newest first; empty before the first release.' }),
});
export type ReleaseList = z.infer<typeof ReleaseList>;

/** How an answer begins that holds a group's figures of one release. */
export const FIGURES_OF_RELEASE = {
  instrument: z.string(),
  series: z.string(),
  lang: Lang,
  releaseId: ReleaseId,
  cutoffOn: IsoDate,
  nextReleaseOn: IsoDate.meta({ description: 'The next cut-off is this day at the earliest.' }),
  marks: MarksAnswer,
};

/** Of one release by its id. */
export const RELEASE_GONE = ['unknown-release', 'release-replaced', 'release-taken-down'] as const;

/** What may be wrong with asking for a group's figures: of the release in force, and of one release. */
export const PROBLEMS_IN_FORCE = problemResponses(
  'invalid-request',
  'unknown-instrument',
  'unknown-group',
  'no-release-yet',
  'internal',
  'unavailable',
);
export const PROBLEMS_OF_RELEASE = problemResponses(
  'invalid-request',
  ...RELEASE_GONE,
  'unknown-group',
  'internal',
  'unavailable',
);

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
        'Cut-off, next release, the policy it was made under, and every group of the catalogue, published or suppressed. Its bytes never change; one that was replaced or taken down is answered with 410.',
      requestParams: { path: z.object({ id: ReleaseId }) },
      responses: {
        '200': { description: 'The release', content: { 'application/json': { schema: Manifest } } },
        ...NOT_MODIFIED,
        ...problemResponses(...RELEASE_GONE, 'internal', 'unavailable'),
      },
    },
  },
};
