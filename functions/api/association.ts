import { type Context, Hono } from 'hono';
import type * as z from 'zod';
import { cohortGroups } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import { panelIdOf } from '#contracts/instrument-id';
import type { Association } from '#contracts/registry';
import type { GroupRef, Manifest } from '#contracts/release';
import { SUPPRESSED } from '#contracts/suppressed';
import type { Lang } from '#contracts/text';
import { distributionView } from '#views/distribution-view';
import { distributionTable } from '#views/figures-table';
import { groupLabel } from '#views/group-label';
import { comparedLines, MEMBERS_CAVEATS } from '#views/members-comparison';
import { PROGRESS_CAVEATS, progressDimensionLines } from '#views/members-progress';
import { progressView } from '#views/progress-view';
import { ageSentence } from '#views/standing-words';
import { type GroupChoice, instrumentAsked, pictureQuery, shownCell, shownVersions } from './asked-figures.ts';
import { manifestInForce, releaseAsked, releaseInForce } from './asked-release.ts';
import { associationAccess } from './association-access.ts';
import type {
  AssociationCard,
  AssociationFigures,
  AssociationOverview,
  AssociationProgress,
  ReleaseRef,
} from './association-paths.ts';
import type { ApiDependencies } from './dependencies.ts';
import { figuresResponse } from './figures-response.ts';
import { languageOf } from './language.ts';
import { compareMembers } from './members-comparison.ts';
import { compareProgress } from './members-progress.ts';
import { negotiateFormat } from './private-formats.ts';
import { problem } from './problem.ts';

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
