import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Participation } from '#contracts/participation';
import { Campaign } from '#contracts/registry';
import { Cell, Change } from '#contracts/release';
import { ReleaseId } from '#contracts/release-id';
import { Code, IsoDate, Lang } from '#contracts/text';
import { MEDIA_TYPES } from '../http/private-formats.ts';
import { problemResponses } from '../http/problem-responses.ts';
import { GroupOffers, InstrumentParam, LangParam, PictureQuery } from './asked-figures.ts';
import { GROUP_CHANGE, Limits } from './benchmark-paths.ts';
import { MovedAnswer, SpecAnswer } from './benchmarks-paths.ts';
import { MarksAnswer, RELEASE_GONE } from './release-paths.ts';

export const ReleaseRef = z.strictObject({
  releaseId: ReleaseId,
  cutoffOn: IsoDate,
  nextReleaseOn: IsoDate,
  marks: MarksAnswer,
});

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
    description:
      'Draws of each campaign, oldest first: a few while it runs and one after its end; perturbed, in steps of 5 from 10 on. Null before the first.',
  }),
  series: z.array(z.strictObject({ instrument: z.string(), title: z.string(), release: ReleaseRef.nullable() })),
});
export type AssociationOverview = z.infer<typeof AssociationOverview>;

const Quartiles = z.strictObject({ lower: z.int(), upper: z.int() }).nullable();

const MiddleAnswer = z.strictObject({
  median: z.int(),
  interval: Limits.nullable().meta({ description: '95 %; null where the published cuts do not reach far enough.' }),
  quartiles: Quartiles,
  moved: MovedAnswer.nullable(),
});

const DifferenceAnswer = z.strictObject({
  value: z.int(),
  interval: Limits.meta({ description: '95 %, chance and noise; square-and-add (MOVER).' }),
  verdict: z.enum(['ahead', 'behind', 'no-difference']),
  smallestSeen: z.int().meta({ description: 'Such a difference, in either direction, would have been told.' }),
});

const ComparedVerdict = z.enum(['ahead', 'behind', 'no-difference', 'suppressed', 'no-reference', 'not-determinable']);

/** How an answer begins that holds the members' figures of one release. */
const MEMBERS_OF_RELEASE = {
  association: z.strictObject({ id: z.string(), name: z.string() }),
  instrument: z.string(),
  lang: Lang,
  release: ReleaseRef,
  state: z.enum(['published', 'suppressed']),
  group: z.strictObject({ key: z.string(), label: z.string() }),
};

export const AssociationFigures = z.strictObject({
  ...MEMBERS_OF_RELEASE,
  groups: GroupOffers.meta({ description: "The association's groups that this release shows." }),
  cell: Cell.meta({ description: "The members' figures as released: dimensions, items, questions." }),
  field: Cell.nullable().meta({ description: 'The whole field of the same release; null where it is not shown.' }),
  dimensions: z.array(
    z.strictObject({
      dimension: Code,
      title: z.string(),
      members: MiddleAnswer.nullable(),
      field: MiddleAnswer.nullable(),
      difference: DifferenceAnswer.nullable().meta({ description: "Members' median less the field's, points." }),
      mix: z.strictObject({ median: z.int(), quartiles: Quartiles }).nullable().meta({
        description: 'The field, composed like the members: an approximation from published cuts alone.',
      }),
      mixDifference: DifferenceAnswer.nullable(),
      verdict: ComparedVerdict,
      sentence: z.string(),
    }),
  ),
  mix: z.strictObject({
    parts: z.array(
      z.strictObject({
        key: z.string(),
        label: z.string(),
        participations: z.int(),
        isUsed: z.boolean().meta({ description: 'Its public group shows more than a median.' }),
      }),
    ),
    covers: z.int().nullable().meta({ description: 'Per cent of the members that the mix stands for; null: no mix.' }),
  }),
  isLargePart: z.boolean().meta({ description: 'The members are more than a fifth of the field.' }),
  notes: z.array(z.string()).meta({ description: 'To be shown beside the figures wherever they go.' }),
  view: PictureQuery.shape.view,
  title: z.string(),
  description: z.string(),
  alternative: z.string(),
  spec: SpecAnswer,
});
export type AssociationFigures = z.infer<typeof AssociationFigures>;

const MembersChangeAnswer = z.strictObject({ participations: z.int(), ...GROUP_CHANGE });

export const AssociationProgress = z.strictObject({
  ...MEMBERS_OF_RELEASE,
  change: Change.meta({ description: "The members' matched change as released." }),
  field: Change.nullable().meta({ description: "The whole field's of the same release; null where it is not shown." }),
  dimensions: z.array(
    z.strictObject({
      dimension: Code,
      title: z.string(),
      members: MembersChangeAnswer.nullable(),
      field: MembersChangeAnswer.nullable(),
      difference: DifferenceAnswer.nullable().meta({ description: "Members' median change less the field's, points." }),
      roseDifference: DifferenceAnswer.nullable().meta({ description: "Members' share that rose less the field's." }),
      verdict: ComparedVerdict,
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
  ...RELEASE_GONE,
  'unknown-group',
  'no-release-yet',
] as const;

export const associationPaths: ZodOpenApiPathsObject = {
  '/v1/associations/{id}/overview': {
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
  '/v1/associations/{id}/figures': {
    get: {
      operationId: 'readAssociationFigures',
      tags: ['Associations'],
      summary: "The members' released figures beside the field",
      description: `A released cell of the association's members, beside two references of the same release: the whole field, and the
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
              'All members of the first unit type by default; `level=carrier`, `level=facility,sector=elder-care`.',
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
  '/v1/associations/{id}/progress': {
    get: {
      operationId: 'readAssociationProgress',
      tags: ['Associations'],
      summary: 'How far those members moved that took part twice',
      description: `The matched change of the members beside the whole field's of the same release: middle of the individual changes and
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
  '/v1/associations/{id}': {
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
