import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Cut, Share } from '#contracts/release';
import { ReleaseId } from '#contracts/release-id';
import { Placing, Range, Verdict } from '#contracts/standing';
import { OwnSubmission } from '#contracts/submission';
import { IsoDate, Lang, LocalText } from '#contracts/text';
import { MEDIA_TYPES } from '../http/private-formats.ts';
import { problemResponses } from '../http/problem-responses.ts';
import { GroupAnswer, GroupParam, InstrumentParam, LangParam, PictureQuery } from './asked-figures.ts';
import { MovedAnswer, SpecAnswer, ZoneAnswer } from './benchmarks-paths.ts';
import { MissingScore } from './own-submission.ts';
import { MarksAnswer } from './release-paths.ts';

const PLACED = {
  range: Range.nullable().meta({
    description:
      'Which share of the group the score is further than, permille: 95 %, chance and what the figures were moved by.',
  }),
  verdict: Verdict.nullable().meta({ description: 'Follows from the range; null in groups too small for one.' }),
  zone: ZoneAnswer.nullable(),
};

const DimensionAnswer = z.strictObject({
  dimension: z.string().meta({ description: 'Dimension id, or "overall", which comes last.' }),
  title: z.string(),
  score: z.int().min(0).max(100).nullable(),
  maturity: z.string().nullable().meta({ description: "The instrument's word for the score." }),
  state: z.enum(['compared', 'no-score', 'no-comparison']),
  ...PLACED,
  inLarger: Placing.nullable().meta({ description: 'The same in `group.larger`.' }),
  cuts: z.array(Cut).nullable().meta({ description: 'Published cuts of the group.' }),
  moved: MovedAnswer.nullable(),
  words: z.string().meta({ description: 'The verdict in words, told first.' }),
  sentence: z.string().meta({ description: 'Score and verdict as complete sentences.' }),
  detail: z.string().meta({ description: 'The range in per cent, as a sentence; empty without one.' }),
});

const Points = z.int().min(-100).max(100).nullable();
export const Limits = z.strictObject({ lower: z.number(), upper: z.number() });

/** How the organisations of a group moved that took part twice, in one dimension. */
export const GROUP_CHANGE = {
  median: z.int().min(-100).max(100).meta({ description: 'Middle of the individual changes, points.' }),
  interval: Limits.nullable().meta({ description: '95 %; null where the published cuts do not reach far enough.' }),
  quartiles: z.strictObject({ lower: z.int(), upper: z.int() }).nullable(),
  verdict: z.enum(['rose', 'fell', 'no-difference']).nullable().meta({ description: 'Whether the middle moved.' }),
  smallestSeen: z.int().nullable().meta({ description: 'From so many points on a movement would have been told.' }),
  moved: MovedAnswer.nullable(),
  shares: z.strictObject({ rose: Share, same: Share, fell: Share }).nullable().meta({
    description: 'Per cents; perturbed, so they need not add up to 100. Null where too few are matched.',
  }),
};

const OwnChangeAnswer = z.strictObject({
  dimension: z.string(),
  title: z.string(),
  from: Points,
  to: Points,
  own: Points.meta({ description: 'Own change, points.' }),
  beyond: z.int().min(-200).max(200).nullable().meta({
    description:
      "`own` less the group's median change (`change`); null where the two checks are not as far apart as the group's.",
  }),
  sentence: z.string(),
});

const EarlierAnswer = z.strictObject({
  conductedOn: IsoDate,
  scores: OwnSubmission.shape.scores,
  overall: OwnSubmission.shape.overall,
  weakest: OwnSubmission.shape.weakest,
  state: z.enum(['compared', 'suppressed', 'no-release']),
  release: z.strictObject({ releaseId: ReleaseId, cutoffOn: IsoDate }).nullable().meta({
    description: 'The first release whose cut-off is the day of the check or later.',
  }),
  participations: z.int().nullable().meta({ description: 'Of the group shown today, in that release.' }),
  standings: z.array(z.strictObject({ dimension: z.string(), ...PLACED })),
  changes: z.array(OwnChangeAnswer).meta({ description: 'What moved from this check to the one that counts.' }),
});
export type EarlierAnswer = z.infer<typeof EarlierAnswer>;

export const OwnBenchmarkAnswer = z.strictObject({
  instrument: z.string(),
  series: z.string(),
  lang: Lang,
  state: z.enum(['compared', 'nothing-published', 'no-release']),
  submission: OwnSubmission.meta({ description: 'The last own submission: the one that counts.' }),
  maturity: z.record(z.string(), LocalText.nullable()).meta({
    description: 'Dimension id, or "overall", -> the word for its score.',
  }),
  missing: z
    .array(z.strictObject({ ...MissingScore.shape, sentence: z.string() }))
    .meta({ description: 'Dimensions of a questionnaire without a score, and what they need.' }),
  release: z.strictObject({ releaseId: ReleaseId, cutoffOn: IsoDate, marks: MarksAnswer }).nullable(),
  nextReleaseOn: IsoDate.nullable().meta({
    description: 'The next cut-off is this day at the earliest; null before the first release.',
  }),
  group: GroupAnswer,
  dimensions: z.array(DimensionAnswer),
  notes: z.array(z.string()).meta({ description: 'The age of the data and the assumption under which they hold.' }),
  change: z
    .strictObject({
      participations: z.int().meta({ description: 'Matched organisations, rounded down to a multiple of 5.' }),
      dimensions: z.array(z.strictObject({ dimension: z.string(), ...GROUP_CHANGE })),
    })
    .nullable()
    .meta({ description: "The group's released matched change; null where it is not published." }),
  earlier: z.array(EarlierAnswer).meta({ description: 'Earlier own submissions, newest first, each in its own time.' }),
  view: PictureQuery.shape.view,
  title: z.string(),
  description: z.string(),
  alternative: z.string().meta({ description: 'Everything the picture tells, as complete sentences.' }),
  spec: SpecAnswer,
});
export type OwnBenchmarkAnswer = z.infer<typeof OwnBenchmarkAnswer>;

export const benchmarkPaths: ZodOpenApiPathsObject = {
  '/v1/standing': {
    get: {
      operationId: 'readStanding',
      tags: ['Standing'],
      summary: 'Where the own organisation stands',
      description: `The last own submission against the release in force: own scores, and for each dimension one range among the
group's published cuts and the verdict that follows from it. Without \`group\`: the first of the instrument's fallback order
that is published and holds enough, else the largest. A group that is not published, not in the catalogue or of another
unit type is answered with that one. Each earlier submission is set against the first release whose cut-off is its day or later.
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
