import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Standing } from '#contracts/position';
import { Cut } from '#contracts/release';
import { ReleaseId } from '#contracts/release-id';
import { OwnSubmission } from '#contracts/submission';
import { IsoDate, Lang, LocalText } from '#contracts/text';
import { GroupChoice, GroupParam, InstrumentParam, LangParam, PictureQuery } from './asked-figures.ts';
import { RungAnswer, SpecAnswer } from './benchmarks-paths.ts';
import { MissingScore } from './own-submission.ts';
import { MEDIA_TYPES } from './private-formats.ts';
import { problemResponses } from './problem-responses.ts';

const GroupShown = z.strictObject({
  key: z.string(),
  label: z.string(),
  participations: z.int().meta({ description: 'Rounded down to a multiple of 5.' }),
  asOf: IsoDate,
  isCarriedForward: z.boolean(),
  version: z.string(),
});

const DimensionAnswer = z.strictObject({
  dimension: z.string().meta({ description: 'Dimension id, or "overall", which comes last.' }),
  title: z.string(),
  score: z.int().min(0).max(100).nullable(),
  maturity: z.string().nullable().meta({ description: "The instrument's word for the score." }),
  state: z.enum(['compared', 'suppressed', 'no-score', 'no-comparison']),
  standing: Standing.nullable(),
  cuts: z.array(Cut).nullable().meta({ description: 'Published cuts of the group; null where suppressed.' }),
  verdict: z.string().meta({ description: 'Told first.' }),
  sentence: z.string().meta({ description: 'Score, verdict and position as complete sentences.' }),
});

const Points = z.int().min(-100).max(100).nullable();

const ChangeAnswer = z.strictObject({
  dimension: z.string(),
  title: z.string(),
  from: Points,
  to: Points,
  own: Points.meta({ description: 'Own change, points.' }),
  field: Points.meta({
    description: "Change of the group's median between the releases of the two checks; null where it is not known.",
  }),
  beyond: Points.meta({ description: '`own` less `field`.' }),
  sentence: z.string(),
});

export const EarlierAnswer = z.strictObject({
  conductedOn: IsoDate,
  scores: OwnSubmission.shape.scores,
  overall: OwnSubmission.shape.overall,
  weakest: OwnSubmission.shape.weakest,
  state: z.enum(['compared', 'suppressed', 'no-release']),
  release: z.strictObject({ releaseId: ReleaseId, cutoffOn: IsoDate }).nullable().meta({
    description: 'The first release whose cut-off is the day of the check or later.',
  }),
  group: GroupShown.nullable(),
  standings: z.record(z.string(), Standing),
  changes: z.array(ChangeAnswer).meta({
    description: 'What moved from this check to the one that counts, and how much of it the group moved as well.',
  }),
});

export const OwnBenchmarkAnswer = z.strictObject({
  instrument: z.string(),
  panel: z.string(),
  lang: Lang,
  state: z.enum(['compared', 'nothing-published', 'no-release']),
  submission: OwnSubmission.meta({ description: 'The last own submission: the one that counts.' }),
  maturity: z.record(z.string(), LocalText.nullable()).meta({
    description: 'Dimension id, or "overall", -> the word for its score.',
  }),
  missing: z
    .array(z.strictObject({ ...MissingScore.shape, sentence: z.string() }))
    .meta({ description: 'Dimensions of a questionnaire without a score, and what they need.' }),
  release: z.strictObject({ releaseId: ReleaseId, cutoffOn: IsoDate }).nullable(),
  nextReleaseOn: IsoDate.nullable().meta({
    description: 'The next cut-off is this day at the earliest; null before the first release.',
  }),
  rung: RungAnswer,
  group: GroupShown.nullable(),
  dimensions: z.array(DimensionAnswer),
  notes: z.array(z.string()).meta({ description: 'The age of the data and the assumption under which they hold.' }),
  choices: z.array(GroupChoice).meta({ description: 'Published groups that the organisation belongs to.' }),
  earlier: z.array(EarlierAnswer).meta({ description: 'Earlier own submissions, newest first, each in its own time.' }),
  view: PictureQuery.shape.view,
  title: z.string(),
  description: z.string(),
  alternative: z.string().meta({ description: 'Everything the picture tells, as complete sentences.' }),
  spec: SpecAnswer,
});
export type OwnBenchmarkAnswer = z.infer<typeof OwnBenchmarkAnswer>;

export const benchmarkPaths: ZodOpenApiPathsObject = {
  '/v1/benchmark': {
    get: {
      operationId: 'readStanding',
      tags: ['Standing'],
      summary: 'Where the own organisation stands',
      description: `The last own submission against the release in force: own scores, and for each dimension a verdict, a band and an
interval among the group's published cuts. Without \`group\`: the narrowest group of the own ladder with at least 50
participations, else the largest published one. A group that is not published, or not in the catalogue, is answered with
the next rung that is. Each earlier submission is set against the first release whose cut-off is its day or later.
Before the first release, and where nothing is published, the own results and what is missing are answered with 200.`,
      security: [{ receipt: [] }],
      requestParams: {
        query: z.object({
          instrument: InstrumentParam,
          group: GroupParam.optional(),
          lang: LangParam.meta({ description: 'Overrides Accept-Language.' }),
          ...PictureQuery.shape,
        }),
        header: z.object({
          'Accept-Language': z.string().optional().meta({ description: 'de or en; German without it.' }),
        }),
      },
      responses: {
        '200': {
          description: 'The standing, in the format that `Accept` asks for; never stored by caches.',
          content: {
            'application/json': { schema: OwnBenchmarkAnswer },
            [MEDIA_TYPES['vl.json']]: { schema: SpecAnswer },
            [MEDIA_TYPES['vg.json']]: { schema: SpecAnswer },
            [MEDIA_TYPES.svg]: { schema: z.string() },
            [MEDIA_TYPES.csv]: { schema: z.string() },
          },
        },
        ...problemResponses(
          'invalid-request',
          'receipt-missing',
          'receipt-mistyped',
          'unknown-instrument',
          'unknown-group',
          'no-submission',
          'not-acceptable',
          'internal',
          'unavailable',
        ),
      },
    },
  },
};
