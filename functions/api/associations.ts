import { type Context, Hono } from 'hono';
import * as z from 'zod';
import {
  AssociationCard,
  AssociationFigures,
  AssociationOverview,
  AssociationProgress,
} from '#contracts/answers/association';
import type { MedianChange } from '#contracts/answers/group-figures';
import { berlinDate } from '#contracts/calendar';
import { groupKey, memberGroups } from '#contracts/group';
import type { Participation } from '#contracts/participation';
import type { Association } from '#contracts/registry';
import type { Cell, Change, GroupRef, Manifest } from '#contracts/release';
import { ReleaseId } from '#contracts/release-id';
import { isPublished } from '#contracts/released-cell';
import { seriesOf } from '#contracts/series';
import { SUPPRESSED } from '#contracts/suppressed';
import type { Lang } from '#contracts/text';
import { POLICY } from '#disclosure/policy';
import type { GroupChange } from '#standing/compare-change';
import { compareMembers, compareMembersChange, publicCellsNeeded } from '#standing/compare-members';
import { allGroupFigures } from '#standing/own-standing';
import { distributionTable } from '#views/figures-table';
import { groupLabel } from '#views/group-label';
import {
  comparedLines,
  MEMBERS_STATUS,
  membersNotes,
  PROGRESS_CAVEATS,
  progressDimensionLines,
} from '#views/members-comparison';
import { membersView, seenSentence } from '#views/members-view';
import { openings } from '#views/openings';
import { progressView } from '#views/progress-view';
import { caveatSentence, cutoffSentence, marksSentence } from '#views/release-words';
import type { ApiDependencies } from '../http/dependencies.ts';
import { figuresResponse } from '../http/figures-response.ts';
import { languageOf } from '../http/language.ts';
import { negotiateFormat } from '../http/private-formats.ts';
import { problem } from '../http/problem.ts';
import { figuresIn, json, type Operations, RELEASE_GONE } from '../http/responses.ts';
import {
  InstrumentParam,
  instrumentAsked,
  LangParam,
  offersOf,
  PictureQuery,
  pictureQuery,
  releasesUpTo,
  versionsOf,
} from './asked-figures.ts';
import { manifestInForce, releaseAsked, releaseInForce, releaseRef } from './asked-release.ts';
import { associationAccess } from './association-access.ts';

/**
 * `/v1/associations/{id}`: who invites, public; below it what an association sees, opened by its own key. Released cells and
 * drawn counts alone; no route here reads the log.
 */
export function associationRoutes(deps: ApiDependencies) {
  const open = associationAccess(deps);
  const asked = async (c: Context) => askedOf(c, await open(c, c.req.param('id')!), deps);
  return new Hono()
    .get('/v1/associations/:id', async (c) => {
      const association = await deps.registry.association(c.req.param('id'));
      if (!association) throw problem('unknown-association');
      return c.json(cardOf(association), 200, { 'Cache-Control': 'public, max-age=300' });
    })
    .get('/v1/associations/:id/overview', async (c) => {
      const association = await open(c, c.req.param('id'));
      const lang = languageOf(c);
      return c.json(await overviewOf(association, deps, lang), 200, { 'Content-Language': lang, ...PRIVATE });
    })
    .get('/v1/associations/:id/figures', async (c) => membersFigures(c, await asked(c), deps))
    .get('/v1/associations/:id/progress', async (c) => {
      const wanted = await asked(c);
      const progress = await membersProgress(wanted, deps);
      return c.json(progress, 200, { 'Content-Language': wanted.lang, ...PRIVATE });
    })
    .get('/v1/associations/:id/members.csv', async (c) => {
      const { manifest, instrument, cells, changes } = await asked(c);
      const { membersFile } = await import('#datasets/members');
      const { bytes, mediaType } = membersFile({ manifest, instrument, cells, changes });
      const headers = { 'Content-Type': mediaType, 'Content-Disposition': 'attachment; filename="members.csv"' };
      return c.body(bytes as Uint8Array<ArrayBuffer>, 200, { ...headers, ...PRIVATE });
    });
}

async function overviewOf(association: Association, deps: ApiDependencies, lang: Lang): Promise<AssociationOverview> {
  const { instruments, releases, campaigns } = deps;
  const participation = await deps.participation.participation(association.id);
  // One version stands for its series: the newest, which is what is filled in today.
  const newest = new Map([...instruments.values()].map((instrument) => [seriesOf(instrument.id), instrument]));
  const series = [...newest.values()].map(async (instrument) => {
    const manifest = await manifestInForce(releases, instrument);
    return {
      instrument: instrument.id,
      title: instrument.title[lang],
      release: manifest ? releaseRef(manifest) : null,
    };
  });
  return {
    ...cardOf(association),
    joinCode: association.joinCode,
    members: association.members ?? null,
    campaigns: association.campaigns ?? [],
    runsCampaigns: campaigns !== undefined,
    openings: await openingsOf(association, participation, deps, lang),
    participation: participation ?? null,
    series: await Promise.all(series),
  };
}

/** Of the campaign that runs today; empty while none does. */
async function openingsOf(
  { id, campaigns = [] }: Association,
  participation: Participation | undefined,
  { instruments, releases, now }: ApiDependencies,
  lang: Lang,
): Promise<string[]> {
  const today = berlinDate(now());
  const running = campaigns.find(({ opensOn, closesOn }) => opensOn <= today && today <= closesOn);
  const instrument = running && instruments.get(running.instrument);
  if (!running || !instrument) return [];
  const manifest = await manifestInForce(releases, instrument);
  const { cells = [] } = (manifest && (await releases.memberCells(manifest.releaseId, id))) ?? {};
  const count = participation?.campaigns[running.id]?.at(-1)?.count;
  return openings({ instrument, association: id, count, cells, policy: manifest?.policy ?? POLICY, lang });
}

/** Whose figures of which release are asked for, and in which language. */
async function askedOf(c: Context, association: Association, { instruments, releases }: ApiDependencies) {
  const instrument = instrumentAsked(c, instruments);
  const asked = c.req.query('release');
  const manifest =
    asked === undefined ? await releaseInForce(releases, instrument) : await releaseAsked(releases, asked);
  if (manifest.series !== seriesOf(instrument.id)) throw problem('unknown-release');
  const { cells = [], changes = [] } = (await releases.memberCells(manifest.releaseId, association.id)) ?? {};
  const group = groupAsked(c, memberGroups(instrument, association.id));
  return { association, instrument, manifest, lang: languageOf(c), group, cells, changes };
}
type Asked = Awaited<ReturnType<typeof askedOf>>;

/** What every answer with figures begins with. */
function heading({ association, instrument, manifest, lang, group }: Asked) {
  return {
    association: { id: association.id, name: association.name },
    instrument: instrument.id,
    lang,
    release: releaseRef(manifest),
    label: groupLabel(instrument, group, lang),
  };
}

async function membersFigures(c: Context, asked: Asked, deps: ApiDependencies): Promise<Response> {
  const { association, instrument, manifest, lang, group, cells } = asked;
  const { releases } = deps;
  const { policy } = manifest;
  const { view, ...drawn } = pictureQuery(c, deps);
  const format = negotiateFormat(c.req.header('Accept'));
  const ofGroup = (all: readonly Cell[] = []) => all.find(({ group: { key } }) => key === group.key);
  const cell: Cell = ofGroup(cells) ?? { group, ...SUPPRESSED };
  const publicKeys = publicCellsNeeded(instrument, group, cells);
  const [publicCells, progress] = await Promise.all([
    Promise.all(publicKeys.map(async (key) => [key, await releases.cell(manifest.releaseId, key)] as const)),
    view === 'progress'
      ? versionsOf(await releasesUpTo(releases, manifest), async (id) =>
          ofGroup((await releases.memberCells(id, association.id))?.cells),
        )
      : null,
  ]);
  const { name, members: registered = null } = association;
  const compared = compareMembers({
    instrument,
    group,
    memberCells: cells,
    publicCells: new Map(publicCells),
    policy,
    registered,
  });
  const common = { instrument, lang, ...drawn };
  const draw = () =>
    progress
      ? progressView({ ...common, ...progress, group, own: [] })
      : membersView({ ...common, compared, association: { name, members: registered }, release: manifest });
  if (format !== 'json') {
    const figures = isPublished(cell) ? allGroupFigures(instrument, cell, policy) : null;
    const table = () => distributionTable({ instrument, cell, figures, release: manifest, lang });
    return figuresResponse(c, format, { view: draw, table, lang }, PRIVATE);
  }
  const { title, alternative, spec } = draw();
  const lines = comparedLines(instrument, compared.dimensions, lang);
  const answer: AssociationFigures = {
    ...heading(asked),
    alternatives: offersOf(cells, instrument, lang).filter(({ key }) => key !== group.key),
    cell,
    field: compared.field,
    dimensions: lines,
    seenFrom: seenSentence(lines, lang),
    mix: { parts: compared.mix.map(({ key, isUsed }) => ({ key, isUsed })), covers: compared.mixCovers },
    isLargePart: compared.isLargePart,
    notes: [
      ...releaseNotes(manifest, lang),
      ...(progress ? [MEMBERS_STATUS[lang]] : []),
      ...membersNotes(instrument, compared, lang),
    ],
    view,
    title,
    alternative,
    spec: spec as unknown as Record<string, unknown>,
  };
  return c.json(answer, 200, { 'Content-Language': lang, ...PRIVATE });
}

async function membersProgress(asked: Asked, { releases }: ApiDependencies): Promise<AssociationProgress> {
  const { instrument, manifest, lang, group, changes } = asked;
  const change: Change = changes.find((entry) => entry.group.key === group.key) ?? { group, ...SUPPRESSED };
  const whole = groupKey({ unitType: group.unitType, where: {} }, instrument.unitTypeAttribute);
  const field = isPublished(change) ? await releases.change(manifest.releaseId, whole) : undefined;
  const compared = compareMembersChange({ instrument, members: change, field, policy: manifest.policy });
  return {
    ...heading(asked),
    change,
    field: compared.field,
    dimensions: progressDimensionLines(instrument, compared.dimensions, lang).map((line) => ({
      ...line,
      members: medianChange(line.members),
      field: medianChange(line.field),
    })),
    notes: [...releaseNotes(manifest, lang), PROGRESS_CAVEATS[lang], caveatSentence(instrument, group, lang)],
  };
}

/** Without what the released change says itself. */
function medianChange(change: GroupChange | null): MedianChange | null {
  if (!change) return null;
  const { participations: _, shares: __, ...median } = change;
  return median;
}

/** Of when the figures are, and whether they are invented. */
function releaseNotes({ cutoffOn, marks }: Manifest, lang: Lang): string[] {
  return [cutoffSentence(cutoffOn, lang), marksSentence(marks, lang)].filter(Boolean);
}

const PRIVATE = { 'Cache-Control': 'no-store' };

/** A group of the association by its key, or by what narrows it (`level=facility,sector=elder-care`); else all members. */
function groupAsked(c: Context, groups: GroupRef[]): GroupRef {
  const asked = c.req.query('group');
  if (asked === undefined || asked === 'all') return groups[0]!;
  const plain = (key: string) =>
    key
      .split(',')
      .filter((pair) => !pair.startsWith('association='))
      .sort()
      .join();
  const group = groups.find(({ key }) => key === asked || plain(key) === plain(asked));
  // Another association's group does not exist here, as little as one outside the catalogue.
  if (!group || (asked.includes('association=') && group.key !== asked)) throw problem('unknown-group');
  return group;
}

/** The public side of the association whose id a submission names, or a join link. */
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
/** Whose figures of which release are asked for. */
const membersQuery = {
  instrument: InstrumentParam,
  release: ReleaseId.optional().meta({ description: 'By default the release in force.' }),
  group: z.string().optional().meta({
    description: 'All members of the first unit type by default; `level=carrier`, `level=facility,sector=elder-care`.',
  }),
  lang: LangParam,
};
const figuresProblems = [
  'invalid-request',
  'unknown-instrument',
  ...RELEASE_GONE,
  'unknown-group',
  'no-release-yet',
] as const;

export const associationOperations: Operations = {
  'GET /v1/associations/{id}/overview': {
    operationId: 'readAssociationOverview',
    tags: ['Associations'],
    summary: 'An association, its campaigns and how many took part',
    security,
    requestParams: { path, query: z.object({ lang: LangParam }) },
    ok: json('The association', AssociationOverview),
    problems: ['unavailable'],
  },
  'GET /v1/associations/{id}/figures': {
    operationId: 'readAssociationFigures',
    tags: ['Associations'],
    summary: "The members' released figures beside the field",
    description: `A released cell of the association's members, beside two references of the same release: the whole field, and the
field with the same composition (an approximation). \`view=progress\` draws the releases over time: status, with changing
participants. Formats by \`Accept\` as for the own standing. What is suppressed answers 200 with that state.`,
    security,
    requestParams: {
      path,
      query: z.object({ ...membersQuery, ...PictureQuery.shape }),
    },
    ok: figuresIn(AssociationFigures),
    problems: [...figuresProblems, 'not-acceptable', 'unavailable'],
  },
  'GET /v1/associations/{id}/members.csv': {
    operationId: 'readMembersTable',
    tags: ['Associations'],
    summary: "All released figures of the association's members as one table",
    description: 'In the columns of `all-releases.csv`; every group of the association, also the suppressed ones.',
    security,
    requestParams: {
      path,
      query: z.object({ instrument: InstrumentParam, release: membersQuery.release }),
    },
    ok: { '200': { description: 'RFC 4180, UTF-8', content: { 'text/csv': { schema: z.string() } } } },
    problems: [...figuresProblems, 'unavailable'],
  },
  'GET /v1/associations/{id}/progress': {
    operationId: 'readAssociationProgress',
    tags: ['Associations'],
    summary: 'How far those members moved that took part twice',
    description: `The matched change of the members beside the whole field's of the same release: middle of the individual changes and
share that rose, by dimension, with intervals and their difference. Only organisations with two submissions at least half
a year apart are in it. What is suppressed answers 200 with that state.`,
    security,
    requestParams: {
      path,
      query: z.object(membersQuery),
    },
    ok: json('The progress; never stored by caches.', AssociationProgress),
    problems: [...figuresProblems, 'unavailable'],
  },
  'GET /v1/associations/{id}': {
    operationId: 'readAssociationCard',
    tags: ['Associations'],
    summary: 'Who invites: name and contact of an association',
    requestParams: { path },
    ok: json('The association', AssociationCard),
    problems: ['unknown-association', 'unavailable'],
  },
};
