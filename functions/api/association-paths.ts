import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Participation } from '#contracts/participation';
import { Campaign } from '#contracts/registry';
import { Cell, Change, Share } from '#contracts/release';
import { ReleaseId } from '#contracts/release-id';
import { Code, IsoDate, Lang } from '#contracts/text';
import { GroupChoice, InstrumentParam, LangParam, PictureQuery } from './asked-figures.ts';
import { SpecAnswer } from './benchmarks-paths.ts';
import { MEDIA_TYPES } from './private-formats.ts';
import { problemResponses } from './problem-responses.ts';
import { GroupAnswer } from './release-paths.ts';

export const ReleaseRef = z.strictObject({ releaseId: ReleaseId, cutoffOn: IsoDate, nextReleaseOn: IsoDate });

/** What an association reads first. */
export const AssociationOverview = z.strictObject({
  id: z.string(),
  name: z.string(),
  joinCode: z.string(),
  members: z.int().nullable().meta({ description: 'How many members it has, as registered; null where unknown.' }),
  contact: z.string().nullable(),
  isClosed: z.boolean(),
  campaigns: z.array(Campaign),
  participation: Participation.nullable().meta({
    description: 'Counted once a night, in steps of 5 from 10 on; null before the first night.',
  }),
  panels: z.array(z.strictObject({ instrument: z.string(), title: z.string(), release: ReleaseRef.nullable() })),
});
export type AssociationOverview = z.infer<typeof AssociationOverview>;

const LimitsAnswer = z.strictObject({ lower: z.number(), upper: z.number() });
const MedianAnswer = z.strictObject({ median: z.int(), interval: LimitsAnswer.nullable() });

/** How an answer begins that holds the members' figures of one release. */
const MEMBERS_OF_RELEASE = {
  association: z.strictObject({ id: z.string(), name: z.string() }),
  instrument: z.string(),
  lang: Lang,
  release: ReleaseRef,
  state: z.enum(['published', 'suppressed']),
  group: GroupAnswer,
};

export const AssociationFigures = z.strictObject({
  ...MEMBERS_OF_RELEASE,
  cell: Cell.meta({ description: "The members' figures as released: dimensions, items, questions." }),
  groups: z.array(GroupChoice).meta({ description: "The association's groups that this release shows." }),
  references: z.strictObject({
    field: Cell.nullable().meta({ description: 'The whole field as of the same date; null where there is none.' }),
    composition: z
      .array(
        z.strictObject({
          key: z.string(),
          label: z.string(),
          participations: z.int(),
          reference: z.enum(['own', 'whole-field']),
        }),
      )
      .meta({
        description: "The members' published composition, by which the field's published distributions are mixed.",
      }),
  }),
  dimensions: z.array(
    z.strictObject({
      dimension: Code,
      title: z.string(),
      members: MedianAnswer.nullable(),
      field: MedianAnswer.nullable(),
      difference: LimitsAnswer.nullable().meta({ description: "Members' median less the field's, at least 95 %." }),
      composed: z
        .strictObject({ median: z.int(), quartiles: z.tuple([z.int(), z.int()]).nullable() })
        .nullable()
        .meta({ description: 'The field with the same composition, an approximation.' }),
      verdict: z.enum(['ahead', 'behind', 'indistinct', 'suppressed', 'no-reference']),
      sentence: z.string(),
    }),
  ),
  notes: z.array(z.string()).meta({ description: 'To be shown beside the figures wherever they go.' }),
  view: PictureQuery.shape.view,
  title: z.string(),
  description: z.string(),
  alternative: z.string(),
  spec: SpecAnswer,
});
export type AssociationFigures = z.infer<typeof AssociationFigures>;

const SideAnswer = z.strictObject({
  median: z.int().meta({ description: 'Middle of the individual changes, points.' }),
  interval: LimitsAnswer.nullable(),
  rose: Share.nullable().meta({ description: 'Share whose score rose; null where it is withheld.' }),
  roseInterval: LimitsAnswer.nullable().meta({ description: 'Percent.' }),
});

export const AssociationProgress = z.strictObject({
  ...MEMBERS_OF_RELEASE,
  change: Change.meta({ description: "The members' matched change as released." }),
  field: Change.nullable().meta({ description: "The whole field's as of the same date; null where there is none." }),
  dimensions: z.array(
    z.strictObject({
      dimension: Code,
      title: z.string(),
      members: SideAnswer.nullable(),
      field: SideAnswer.nullable(),
      difference: LimitsAnswer.nullable().meta({ description: "Members' median change less the field's, points." }),
      roseDifference: LimitsAnswer.nullable().meta({ description: "Members' share that rose less the field's." }),
      verdict: z.enum(['ahead', 'behind', 'indistinct', 'suppressed', 'no-reference']),
      sentence: z.string(),
    }),
  ),
  notes: z.array(z.string()),
});
export type AssociationProgress = z.infer<typeof AssociationProgress>;

/** The public side of an association: who invites, and whom to ask. */
export const AssociationCard = z.strictObject({
  id: z.string(),
  name: z.string(),
  contact: z.string().nullable().meta({ description: 'Whom members may ask; null where the association gave none.' }),
  isClosed: z.boolean(),
  campaigns: z.array(
    z.strictObject({
      instrument: z.string(),
      opensOn: IsoDate,
      closesOn: IsoDate,
      resultsOn: IsoDate,
      codes: z.enum(['join-code', 'invitations']),
    }),
  ),
});
export type AssociationCard = z.infer<typeof AssociationCard>;

const security = [{ associationKey: [] }];
const path = z.object({
  id: z.string().meta({ description: 'Id of the association: what stands before the point in its key.' }),
});
const keyProblems = [
  'association-key-missing',
  'association-key-unknown',
  'association-forbidden',
  'too-many-guesses',
  'too-many-requests',
] as const;
const figuresProblems = [
  ...keyProblems,
  'invalid-request',
  'unknown-instrument',
  'unknown-release',
  'unknown-group',
  'no-release-yet',
] as const;

export const associationPaths: ZodOpenApiPathsObject = {
  '/v1/association/{id}': {
    get: {
      operationId: 'readAssociation',
      tags: ['Associations'],
      summary: 'An association, its campaigns and how many took part',
      security,
      requestParams: { path, query: z.object({ lang: LangParam }) },
      responses: {
        '200': { description: 'The association', content: { 'application/json': { schema: AssociationOverview } } },
        ...problemResponses(...keyProblems, 'internal', 'unavailable'),
      },
    },
  },
  '/v1/association/{id}/figures': {
    get: {
      operationId: 'readAssociationFigures',
      tags: ['Associations'],
      summary: "The members' released figures beside the field",
      description: `A released cell of the association's members, beside two references of the same date: the whole field, and the
field with the same composition (an approximation). \`view=progress\` draws the releases over time: status, with changing
participants. Formats by \`Accept\` as for the own standing. What is suppressed answers 200 with that state.`,
      security,
      requestParams: {
        path,
        query: z.object({
          instrument: InstrumentParam,
          release: ReleaseId.optional().meta({ description: 'By default the release in force.' }),
          group: z.string().optional().meta({
            description:
              'All members of the first panel value by default; `level=carrier`, `level=facility,sector=elder-care`.',
          }),
          lang: LangParam,
          ...PictureQuery.shape,
        }),
      },
      responses: {
        '200': {
          description: 'The figures, in the format that `Accept` asks for; never stored by caches.',
          content: {
            'application/json': { schema: AssociationFigures },
            [MEDIA_TYPES['vl.json']]: { schema: SpecAnswer },
            [MEDIA_TYPES['vg.json']]: { schema: SpecAnswer },
            [MEDIA_TYPES.svg]: { schema: z.string() },
            [MEDIA_TYPES.csv]: { schema: z.string() },
          },
        },
        ...problemResponses(...figuresProblems, 'not-acceptable', 'internal', 'unavailable'),
      },
    },
  },
  '/v1/association/{id}/progress': {
    get: {
      operationId: 'readAssociationProgress',
      tags: ['Associations'],
      summary: 'How far those members moved that took part twice',
      description: `The matched change of the members beside the whole field's of the same date: middle of the individual changes and
share that rose, by dimension, with intervals and their difference. Only organisations with two submissions at least half
a year apart are in it. What is suppressed answers 200 with that state.`,
      security,
      requestParams: {
        path,
        query: z.object({
          instrument: InstrumentParam,
          release: ReleaseId.optional().meta({ description: 'By default the release in force.' }),
          group: z.string().optional().meta({ description: 'As for the figures.' }),
          lang: LangParam,
        }),
      },
      responses: {
        '200': {
          description: 'The progress; never stored by caches.',
          content: { 'application/json': { schema: AssociationProgress } },
        },
        ...problemResponses(...figuresProblems, 'internal', 'unavailable'),
      },
    },
  },
  '/v1/cohorts/{id}': {
    get: {
      operationId: 'readCohort',
      tags: ['Associations'],
      summary: 'Who invites: name and contact of an association',
      requestParams: { path },
      responses: {
        '200': { description: 'The association', content: { 'application/json': { schema: AssociationCard } } },
        ...problemResponses('unknown-association', 'internal', 'unavailable'),
      },
    },
  },
};
