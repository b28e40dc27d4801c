import { type Context, Hono } from 'hono';
import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { cohortGroups } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import { panelIdOf } from '#contracts/instrument-id';
import { Participation } from '#contracts/participation';
import { type Association, Campaign } from '#contracts/registry';
import { Cell, Change, type GroupRef, type Manifest, ReleaseId, Share, SUPPRESSED } from '#contracts/release';
import { Code, IsoDate, Lang } from '#contracts/text';
import { distributionView } from '#views/distribution-view';
import { distributionTable } from '#views/figures-table';
import { groupLabel } from '#views/group-label';
import { comparedLines, MEMBERS_CAVEATS } from '#views/members-comparison';
import { PROGRESS_CAVEATS, progressDimensionLines } from '#views/members-progress';
import { progressView } from '#views/progress-view';
import { ageSentence } from '#views/standing-words';
import {
  GroupChoice,
  InstrumentParam,
  instrumentAsked,
  LangParam,
  PictureQuery,
  pictureQuery,
  shownCell,
  shownVersions,
} from './asked-figures.ts';
import { manifestInForce, releaseAsked, releaseInForce } from './asked-release.ts';
import { associationAccess } from './association-access.ts';
import { SpecAnswer } from './benchmarks.ts';
import type { ApiDependencies } from './dependencies.ts';
import { figuresResponse } from './figures-response.ts';
import { languageOf } from './language.ts';
import { compareMembers } from './members-comparison.ts';
import { compareProgress } from './members-progress.ts';
import { MEDIA_TYPES, negotiateFormat } from './private-formats.ts';
import { problem } from './problem.ts';
import { problemResponses } from './problem-responses.ts';

const ReleaseRef = z.strictObject({ releaseId: ReleaseId, cutoffOn: IsoDate, nextReleaseOn: IsoDate });

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

export const AssociationFigures = z.strictObject({
  association: z.strictObject({ id: z.string(), name: z.string() }),
  instrument: z.string(),
  lang: Lang,
  release: ReleaseRef,
  state: z.enum(['published', 'suppressed']),
  group: z.strictObject({ key: z.string(), label: z.string() }),
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
  association: z.strictObject({ id: z.string(), name: z.string() }),
  instrument: z.string(),
  lang: Lang,
  release: ReleaseRef,
  state: z.enum(['published', 'suppressed']),
  group: z.strictObject({ key: z.string(), label: z.string() }),
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

/**
 * `/v1/association/{id}`: what an association sees, opened by its own key. Released cells and nightly counts alone; no
 * route here reads the log.
 */
export function associationRoutes(deps: ApiDependencies) {
  const { instruments, releases } = deps;
  const open = associationAccess(deps);

  /** Whose figures of which release are asked for, and in which language. */
  async function askedOf(c: Context) {
    const association = await open(c, c.req.param('id')!);
    const instrument = instrumentAsked(c, instruments);
    const asked = c.req.query('release');
    const manifest =
      asked === undefined ? await releaseInForce(releases, instrument) : await releaseAsked(releases, asked);
    if (manifest.panel !== panelIdOf(instrument.id)) throw problem('unknown-release');
    return { association, instrument, manifest, lang: languageOf(c), groups: cohortGroups(instrument, association.id) };
  }

  /** What every answer with figures begins with. */
  function heading(
    { association, instrument, manifest, lang }: Awaited<ReturnType<typeof askedOf>>,
    group: GroupRef,
    isPublished: boolean,
  ) {
    return {
      association: { id: association.id, name: association.name },
      instrument: instrument.id,
      lang,
      release: releaseRef(manifest)!,
      state: isPublished ? ('published' as const) : ('suppressed' as const),
      group: { key: group.key, label: groupLabel(instrument, group, lang) },
    };
  }

  return new Hono()
    .get('/v1/association/:id', async (c) => {
      const association = await open(c, c.req.param('id'));
      const lang = languageOf(c);
      const participation = await deps.participation.participation(association.id);
      // One version stands for its panel: the newest, which is what is filled in today.
      const panels = new Map([...instruments.values()].map((instrument) => [panelIdOf(instrument.id), instrument]));
      return c.json(
        {
          id: association.id,
          name: association.name,
          joinCode: association.joinCode,
          members: association.members ?? null,
          contact: association.contact ?? null,
          isClosed: association.closedAt !== undefined,
          campaigns: association.campaigns ?? [],
          participation: participation ?? null,
          panels: await Promise.all(
            [...panels.values()].map(async (instrument) => ({
              instrument: instrument.id,
              title: instrument.title[lang],
              release: releaseRef(await manifestInForce(releases, instrument)),
            })),
          ),
        } satisfies AssociationOverview,
        200,
        { 'Content-Language': lang, ...PRIVATE },
      );
    })
    .get('/v1/association/:id/figures', async (c) => {
      const asked = await askedOf(c);
      const { instrument, manifest, lang, groups } = asked;
      const picture = pictureQuery(c);
      const format = negotiateFormat(c.req.header('Accept'));
      const group = groupAsked(c, groups);
      const cell = (await releases.cell(manifest.releaseId, group.key)) ?? { group, ...SUPPRESSED };
      const drawn = { instrument, lang, layout: picture.layout, theme: picture.theme };
      const versions = picture.view === 'progress' ? await shownVersions(releases, manifest, group.key) : [];
      const draw = () =>
        picture.view === 'progress'
          ? progressView({ ...drawn, own: [], versions })
          : distributionView({ ...drawn, cell });
      if (format !== 'json') {
        const table = () => distributionTable(instrument, cell, lang);
        return figuresResponse(c, format, { view: draw, table, lang }, PRIVATE);
      }
      const compared = await compareMembers(releases, { releaseId: manifest.releaseId, instrument, group, lang });
      const view = draw();
      const caveats = MEMBERS_CAVEATS[lang];
      return c.json(
        {
          ...heading(asked, group, compared.members !== null),
          cell,
          groups: await publishedAmong(manifest, instrument, groups, lang),
          references: { field: compared.field, composition: compared.composition },
          dimensions: comparedLines(instrument, compared.dimensions, lang),
          notes: [
            ...(compared.members ? [ageSentence(compared.members, lang)] : []),
            ...(picture.view === 'progress' ? [caveats.status] : []),
            ...(compared.dimensions.some(({ composed }) => composed) ? [caveats.composition] : []),
            caveats.sample,
          ],
          view: picture.view,
          title: view.title,
          description: view.description,
          alternative: view.alternative,
          spec: view.spec as unknown as Record<string, unknown>,
        } satisfies AssociationFigures,
        200,
        { 'Content-Language': lang, ...PRIVATE },
      );
    })
    .get('/v1/association/:id/progress', async (c) => {
      const asked = await askedOf(c);
      const { instrument, manifest, lang } = asked;
      const group = groupAsked(c, asked.groups);
      const { members, field, dimensions } = await compareProgress(releases, { manifest, instrument, group });
      return c.json(
        {
          ...heading(asked, group, members !== null),
          change: members ?? { group, ...SUPPRESSED },
          field,
          dimensions: progressDimensionLines(instrument, dimensions, lang),
          notes: [
            ...(members ? [ageSentence(members, lang)] : []),
            PROGRESS_CAVEATS[lang],
            MEMBERS_CAVEATS[lang].sample,
          ],
        } satisfies AssociationProgress,
        200,
        { 'Content-Language': lang, ...PRIVATE },
      );
    });

  async function publishedAmong(
    manifest: Manifest,
    instrument: Instrument,
    groups: GroupRef[],
    lang: Lang,
  ): Promise<GroupChoice[]> {
    const cells = await Promise.all(groups.map(({ key }) => releases.cell(manifest.releaseId, key)));
    return cells.map(shownCell).flatMap((cell) =>
      cell
        ? [
            {
              key: cell.group.key,
              label: groupLabel(instrument, cell.group, lang),
              participations: cell.participations,
            },
          ]
        : [],
    );
  }
}

const PRIVATE = { 'Cache-Control': 'no-store' };

/** A group of the association by its key, or by what narrows it (`level=facility,sector=elder-care`); else all members. */
function groupAsked(c: Context, groups: GroupRef[]): GroupRef {
  const asked = c.req.query('group');
  if (asked === undefined || asked === 'all') return groups[0]!;
  const plain = (key: string) =>
    key
      .split(',')
      .filter((pair) => !pair.startsWith('cohort='))
      .sort()
      .join();
  const group = groups.find(({ key }) => key === asked || plain(key) === plain(asked));
  // Another association's group does not exist here, as little as one outside the catalogue.
  if (!group || (asked.includes('cohort=') && group.key !== asked)) throw problem('unknown-group');
  return group;
}

function releaseRef(manifest: Manifest | undefined): z.infer<typeof ReleaseRef> | null {
  if (!manifest) return null;
  const { releaseId, cutoffOn, nextReleaseOn } = manifest;
  return { releaseId, cutoffOn, nextReleaseOn };
}

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

/** `GET /v1/cohorts/{id}`: the association behind the id that a submission names in `cohorts`, or a join link. Public. */
export function cohortRoutes({ registry }: Pick<ApiDependencies, 'registry'>) {
  return new Hono().get('/v1/cohorts/:id', async (c) => {
    const association = await registry.association(c.req.param('id'));
    if (!association) throw problem('unknown-association');
    return c.json(cardOf(association), 200, { 'Cache-Control': 'public, max-age=300' });
  });
}

function cardOf({ id, name, contact, closedAt, campaigns = [] }: Association): AssociationCard {
  return {
    id,
    name,
    contact: contact ?? null,
    isClosed: closedAt !== undefined,
    campaigns: campaigns.map(({ instrument, opensOn, closesOn, resultsOn, invitations }) => ({
      instrument,
      opensOn,
      closesOn,
      resultsOn,
      codes: invitations === undefined ? 'join-code' : 'invitations',
    })),
  };
}

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
        ...problemResponses(
          ...keyProblems,
          'invalid-request',
          'unknown-instrument',
          'unknown-release',
          'unknown-group',
          'no-release-yet',
          'not-acceptable',
          'internal',
          'unavailable',
        ),
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
        ...problemResponses(
          ...keyProblems,
          'invalid-request',
          'unknown-instrument',
          'unknown-release',
          'unknown-group',
          'no-release-yet',
          'internal',
          'unavailable',
        ),
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
