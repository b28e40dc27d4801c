import type { Context } from 'hono';
import * as z from 'zod';
import { type Group, type GroupParse, groupKey, parseGroup } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import { InstrumentId, panelIdOf } from '#contracts/instrument-id';
import type { Cell, Manifest, PublishedCell } from '#contracts/release';
import { Lang } from '#contracts/text';
import type { ReleaseReader } from '#store/ports';
import { groupLabel } from '#views/group-label';
import { ladderOf } from '#views/group-ladder';
import type { Instruments } from '../instruments.ts';
import { type FieldFault, problem } from './problem.ts';

/** How a picture is asked for, on every route that draws one. */
export const PictureQuery = z.object({
  view: z
    .enum(['standing', 'progress'])
    .default('standing')
    .meta({ description: '`standing`: one release; `progress`: all releases with fresh figures up to it.' }),
  layout: z
    .enum(['wide', 'narrow'])
    .default('wide')
    .meta({ description: 'Pictures of 760 pixels, or of 320 with the words above the lines.' }),
  theme: z.enum(['light', 'dark']).default('light'),
});
export type PictureQuery = z.infer<typeof PictureQuery>;

/** What the routes' documentation says of their query. */
export const InstrumentParam = InstrumentId.meta({ description: 'Id of the instrument, e.g. `digitalcheck.1`.' });
export const GroupParam = z.string().meta({
  description:
    'A group of the catalogue: `all`, `sector=elder-care`, `sector=elder-care,size=50-249`, optionally with the panel attribute (`level=carrier,...`).',
});
export const LangParam = Lang.optional().meta({ description: 'Language of the words; German without it.' });

/** @throws ProblemError `invalid-request` naming every value that is none of the possible ones */
export function pictureQuery(c: Context): PictureQuery {
  const parsed = PictureQuery.safeParse(c.req.query());
  if (parsed.success) return parsed.data;
  const faults = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))].map(
    (name): FieldFault => ({
      field: `query:${name}`,
      rule: 'invalid-value',
      words: { expected: PictureQuery.shape[name as keyof PictureQuery].unwrap().options.join(', ') },
    }),
  );
  throw problem('invalid-request', {}, { faults });
}

/** @throws ProblemError `invalid-request` without `instrument` in the query, `unknown-instrument` */
export function instrumentAsked(c: Context, instruments: Instruments): Instrument {
  const id = c.req.query('instrument');
  if (id === undefined || id === '') {
    throw problem('invalid-request', {}, { faults: [{ field: 'query:instrument', rule: 'required' }] });
  }
  const instrument = instruments.get(id);
  if (!instrument) throw problem('unknown-instrument');
  return instrument;
}

/** The instrument a release was made with, or another version of the same panel. */
export function instrumentOf(manifest: Manifest, instruments: Instruments): Instrument {
  const instrument =
    instruments.get(manifest.instrument) ??
    [...instruments.values()].find((entry) => panelIdOf(entry.id) === manifest.panel);
  if (!instrument) throw problem('unknown-instrument');
  return instrument;
}

/** A group as asked for, read against an instrument. */
export interface AskedGroup {
  /** The one spelling of it, catalogue or not. */
  key: string;
  panel: string | undefined;
  /** The caller named the panel attribute. */
  namesPanel: boolean;
  /** Attribute id -> code, without the panel attribute. */
  chosen: Record<string, string>;
  /** The group of the catalogue; null for a combination that is not in it. */
  group: Group | null;
}

/** No group of any catalogue is longer. */
const LONGEST_GROUP = 400;

/**
 * @param ownPanel the panel meant where the text names none; without it the instrument's first
 * @throws ProblemError `invalid-request` for what is no group at all, `unknown-group` for unknown attributes and codes
 */
export function askedGroup(text: string, instrument: Instrument, ownPanel?: string): AskedGroup {
  const parsed: GroupParse =
    text.length > LONGEST_GROUP ? { ok: false, reason: 'syntax', at: '' } : parseGroup(text, instrument);
  if (!parsed.ok && parsed.reason === 'syntax') {
    const words = { expected: 'all, attribute=code, attribute=code,attribute=code' };
    throw problem('invalid-request', {}, { faults: [{ field: 'query:group', rule: 'invalid-value', words }] });
  }
  if (!parsed.ok && parsed.reason !== 'catalogue') {
    throw problem('unknown-group', {}, { faults: [groupFault(parsed.reason, parsed.at, instrument)] });
  }
  const pairs = new Map(
    text === 'all' ? [] : text.split(',').map((pair) => pair.trim().split('=') as [string, string]),
  );
  const { panelAttribute } = instrument;
  const panel = panelAttribute
    ? (pairs.get(panelAttribute) ??
      ownPanel ??
      instrument.profile.find((attribute) => attribute.id === panelAttribute)?.codes[0]?.id)
    : undefined;
  const chosen = Object.fromEntries(
    instrument.profile.flatMap(({ id }) => (id !== panelAttribute && pairs.has(id) ? [[id, pairs.get(id)!]] : [])),
  );
  const group = parsed.ok ? { ...parsed.group, ...(panel === undefined ? {} : { panel }) } : null;
  return {
    key: groupKey(group ?? { ...(panel === undefined ? {} : { panel }), where: chosen }, panelAttribute),
    panel,
    namesPanel: panelAttribute !== undefined && pairs.has(panelAttribute),
    chosen,
    group,
  };
}

function groupFault(reason: string, at: string, instrument: Instrument): FieldFault {
  if (reason === 'attribute') return { field: 'query:group', rule: 'unknown-attribute' };
  const attribute = instrument.profile.find((entry) => entry.id === at.split('=')[0]);
  const codes = attribute?.codes.map((code) => code.id).join(', ') ?? '';
  return { field: 'query:group', rule: 'unknown-code', words: { codes } };
}

/** One rung of a ladder, and what a release shows of it. */
export interface Rung {
  key: string;
  group: Group;
  /** Null where the release shows nothing of it. */
  cell: PublishedCell | null;
  participations: number | null;
}

/** Reads groups of a release. What is suppressed, was never counted or shows no dimension looks the same. */
export async function readRungs(
  releases: ReleaseReader,
  releaseId: string,
  instrument: Instrument,
  groups: Group[],
): Promise<Rung[]> {
  return Promise.all(
    groups.map(async (group) => {
      const key = groupKey(group, instrument.panelAttribute);
      const cell = shownCell(await releases.cell(releaseId, key));
      return { key, group, cell, participations: cell?.participations ?? null };
    }),
  );
}

/** A cell that shows at least one dimension; null for every other. */
export function shownCell(cell: Cell | undefined): PublishedCell | null {
  if (cell?.state !== 'published') return null;
  return Object.values(cell.dimensions).some((figures) => figures.state === 'published') ? cell : null;
}

/** The groups to try for what was asked: the group itself, then the rungs of its ladder below it. */
export function rungsBelow(instrument: Instrument, panel: string | undefined, asked: AskedGroup): Group[] {
  const own = asked.group ? [{ ...(panel === undefined ? {} : { panel }), where: asked.group.where }] : [];
  const keys = new Set(own.map((group) => groupKey(group, instrument.panelAttribute)));
  return [
    ...own,
    ...ladderOf(instrument, panel, asked.chosen).filter(
      (group) => !keys.has(groupKey(group, instrument.panelAttribute)),
    ),
  ];
}

/** A published group one may go to. */
export const GroupChoice = z.strictObject({
  key: z.string(),
  label: z.string(),
  participations: z.int().meta({ description: 'Rounded down to a multiple of 5.' }),
});
export type GroupChoice = z.infer<typeof GroupChoice>;

export function choicesOf(rungs: Rung[], instrument: Instrument, lang: Lang): GroupChoice[] {
  return rungs.flatMap(({ key, group, participations }) =>
    participations === null ? [] : [{ key, label: groupLabel(instrument, group, lang), participations }],
  );
}

/** What the releases up to and with one show of a group, oldest first. */
export async function shownVersions(
  releases: ReleaseReader,
  manifest: Manifest,
  groupKey: string,
): Promise<PublishedCell[]> {
  const head = await releases.head(manifest.panel);
  const until = await releasesUpTo(releases, head?.releases ?? [], manifest.releaseId);
  const cells = await Promise.all(until.map(({ releaseId }) => releases.cell(releaseId, groupKey)));
  return cells.map(shownCell).filter((cell) => cell !== null);
}

/**
 * The releases up to and with `from`, oldest first, without those that a later one of them replaces.
 *
 * @param newestFirst the head's list
 */
export async function releasesUpTo(releases: ReleaseReader, newestFirst: string[], from: string): Promise<Manifest[]> {
  const ids = newestFirst.slice(Math.max(0, newestFirst.indexOf(from)));
  const manifests = await Promise.all(ids.map((id) => releases.manifest(id)));
  const known = manifests.filter((manifest) => manifest !== undefined);
  const replaced = new Set(known.map((manifest) => manifest.replaces));
  return known.filter((manifest) => !replaced.has(manifest.releaseId)).reverse();
}
