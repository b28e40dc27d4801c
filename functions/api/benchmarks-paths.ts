import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Cell } from '#contracts/release';
import { ReleaseId } from '#contracts/release-id';
import { Zone } from '#contracts/standing';
import { MEDIA_TYPES } from '../http/private-formats.ts';
import { GroupAnswer, GroupParam, InstrumentParam, LangParam, PictureQuery } from './asked-figures.ts';
import { FIGURES_OF_RELEASE, NOT_MODIFIED, PROBLEMS_IN_FORCE, PROBLEMS_OF_RELEASE } from './release-paths.ts';

/** A Vega-Lite v6 spec with its data inside. */
export const SpecAnswer = z.record(z.string(), z.unknown()).meta({
  description: 'Vega-Lite v6 with its data inside (https://vega.github.io/schema/vega-lite/v6.json).',
});

export const ZoneAnswer = Zone.meta({
  description: 'Scores about in the middle of the group, both ends included; null where no verdict is told.',
});
export const MovedAnswer = z.int().meta({
  description:
    'At most so many points was the middle moved, in 95 of 100 cases; null where the published cuts do not tell.',
});

export const BenchmarkAnswer = z.strictObject({
  ...FIGURES_OF_RELEASE,
  group: GroupAnswer,
  cell: Cell.meta({ description: 'The figures as the release holds them.' }),
  dimensions: z.array(
    z.strictObject({
      dimension: z.string(),
      title: z.string(),
      zone: ZoneAnswer.nullable(),
      moved: MovedAnswer.nullable(),
      sentence: z.string(),
    }),
  ),
  notes: z.array(z.string()).meta({ description: 'To be shown beside the figures wherever they go.' }),
  view: PictureQuery.shape.view,
  title: z.string(),
  description: z.string(),
  alternative: z.string().meta({ description: 'Everything the picture tells, as complete sentences.' }),
  spec: SpecAnswer,
  url: z.string().meta({ description: 'The address of these figures in this release.' }),
});
export type BenchmarkAnswer = z.infer<typeof BenchmarkAnswer>;

const query = { group: GroupParam.optional(), lang: LangParam, ...PictureQuery.shape };

/** What each format is called in the documentation, by the suffix of its address. */
const CONTENT: Record<string, { name: string; title: string; media: string; schema: z.ZodType }> = {
  '': { name: '', title: 'Figures, words and spec', media: 'application/json', schema: BenchmarkAnswer },
  '.json': { name: 'Json', title: 'Figures, words and spec', media: 'application/json', schema: BenchmarkAnswer },
  '.vl.json': { name: 'Spec', title: 'The Vega-Lite spec alone', media: MEDIA_TYPES['vl.json'], schema: SpecAnswer },
  '.vg.json': { name: 'Vega', title: 'The same compiled to Vega', media: MEDIA_TYPES['vg.json'], schema: SpecAnswer },
  '.svg': { name: 'Picture', title: 'The picture', media: MEDIA_TYPES.svg, schema: z.string() },
  '.csv': { name: 'Table', title: 'The table', media: MEDIA_TYPES.csv, schema: z.string() },
};

export const benchmarksPaths: ZodOpenApiPathsObject = Object.fromEntries(
  Object.entries(CONTENT).flatMap(([suffix, { name, title, media, schema }]) => {
    const ok = { '200': { description: title, content: { [media]: { schema } } }, ...NOT_MODIFIED };
    return [
      [
        `/v1/figures${suffix}`,
        {
          get: {
            operationId: `readBenchmarks${name}`,
            tags: ['Releases'],
            summary: `A group in the release in force: ${title.toLowerCase()}`,
            description:
              'A suppressed group answers 200 with the state `suppressed` and the published groups to go to. A combination outside the catalogue is answered with a group around it, by the fallback order.',
            requestParams: { query: z.object({ instrument: InstrumentParam, ...query }) },
            responses: { ...ok, ...PROBLEMS_IN_FORCE },
          },
        },
      ],
      [
        `/v1/releases/{id}/figures${suffix}`,
        {
          get: {
            operationId: `readReleaseBenchmarks${name}`,
            tags: ['Releases'],
            summary: `A group in one release: ${title.toLowerCase()}`,
            description: 'The same bytes until the release is replaced or taken down, then 410.',
            requestParams: { path: z.object({ id: ReleaseId }), query: z.object(query) },
            responses: { ...ok, ...PROBLEMS_OF_RELEASE },
          },
        },
      ],
    ];
  }),
);
