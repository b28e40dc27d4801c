import type { Context } from 'hono';
import * as z from 'zod';
import {
  type GroupOffer,
  PictureLayout,
  PictureSetting,
  PictureTheme,
  PictureView,
} from '#contracts/answers/group-figures';
import { type Group, type GroupParse, groupKey, parseGroup, unitTypesOf } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import { InstrumentId } from '#contracts/instrument-id';
import { type Cell, listedIn, type Manifest } from '#contracts/release';
import { isPublished } from '#contracts/released-cell';
import { seriesOf } from '#contracts/series';
import { Lang } from '#contracts/text';
import type { Instruments } from '#instruments/load-instruments';
import { type ChosenGroup, chooseGroup } from '#standing/choose-group';
import type { ReleaseReader } from '#store/ports';
import { groupLabel } from '#views/group-label';
import type { ApiDependencies } from '../http/dependencies.ts';
import { type FieldFault, invalidRequest, problem } from '../http/problem.ts';

/** How a picture is asked for, on every route that draws one. */
export const PictureQuery = z.object({
  view: PictureView.default('standing'),
  layout: PictureLayout.default('wide'),
  theme: PictureTheme.default('light'),
  setting: PictureSetting.default('whole'),
});
export type PictureQuery = z.infer<typeof PictureQuery> & { address: string };

/** What the routes' documentation says of their query. */
export const InstrumentParam = InstrumentId.meta({ description: 'Id of the instrument, e.g. `digitalcheck.1`.' });
export const GroupParam = z.string().meta({
  description:
    'A group of the catalogue, by codes of any level: `all`, `sector=elder-care`, `sector=care-disability-health`, `sector=elder-care,size=50-249`, optionally with the unit type attribute (`level=carrier,...`).',
});
export const LangParam = Lang.optional().meta({ description: 'Language of the words; German without it.' });
export const AcceptLanguage = z.object({
  'Accept-Language': z
    .string()
    .optional()
    .meta({ description: 'Language of words and problems: de or en; German without it.' }),
});

/** @throws ProblemError `invalid-request` naming every value that is none of the possible ones */
export function pictureQuery(c: Context, { origin }: Pick<ApiDependencies, 'origin'>): PictureQuery {
  const parsed = PictureQuery.safeParse(c.req.query());
  if (parsed.success) return { ...parsed.data, address: new URL(origin ?? c.req.url).host };
  const faults = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))].map(
    (name): FieldFault => ({
      field: `query:${name}`,
      rule: 'invalid-value',
      words: { expected: PictureQuery.shape[name as keyof typeof PictureQuery.shape].unwrap().options.join(', ') },
    }),
  );
  throw invalidRequest(...faults);
}

/** @throws ProblemError `invalid-request` without `instrument` in the query, `unknown-instrument` */
export function instrumentAsked(c: Context, instruments: Instruments): Instrument {
  const id = c.req.query('instrument');
  if (!id) throw invalidRequest({ field: 'query:instrument', rule: 'required' });
  const instrument = instruments.get(id);
  if (!instrument) throw problem('unknown-instrument');
  return instrument;
}

/** The instrument a release was made with, or another version of the same series. */
export function instrumentOf(manifest: Manifest, instruments: Instruments): Instrument {
  const instrument =
    instruments.get(manifest.instrument) ??
    [...instruments.values()].find((entry) => seriesOf(entry.id) === manifest.series);
  if (!instrument) throw problem('unknown-instrument');
  return instrument;
}

/** A group as asked for, read against an instrument. */
export interface AskedGroup {
  /** The one spelling of it, catalogue or not. */
  key: string;
  /** Attribute id -> code of any level, the unit-type attribute's included. */
  codes: Record<string, string>;
  /** The group of the catalogue; null for a combination that is not in it. */
  group: Group | null;
}

/** No group of any catalogue is longer. */
const LONGEST_GROUP = 400;

/**
 * @param ownUnitType the unit type meant where the text names none; without it the instrument's first
 * @throws ProblemError `invalid-request` for what is no group at all, `unknown-group` for unknown attributes and codes
 */
export function askedGroup(text: string, instrument: Instrument, ownUnitType?: string): AskedGroup {
  const parsed: GroupParse =
    text.length > LONGEST_GROUP ? { ok: false, reason: 'syntax', at: '' } : parseGroup(text, instrument);
  if (!parsed.ok && parsed.reason === 'syntax') {
    const words = { expected: 'all, attribute=code, attribute=code,attribute=code' };
    throw invalidRequest({ field: 'query:group', rule: 'invalid-value', words });
  }
  if (!parsed.ok && parsed.reason !== 'catalogue') {
    throw problem('unknown-group', {}, { faults: [groupFault(parsed.reason, parsed.at, instrument)] });
  }
  const pairs = new Map(
    text === 'all' ? [] : text.split(',').map((pair) => pair.trim().split('=') as [string, string]),
  );
  const { unitTypeAttribute } = instrument;
  const unitType = unitTypeAttribute
    ? (pairs.get(unitTypeAttribute) ?? ownUnitType ?? unitTypesOf(instrument)[0])
    : undefined;
  const ofUnitType = unitType === undefined ? {} : { unitType };
  const where = Object.fromEntries(
    instrument.profile.flatMap(({ id }) => (id !== unitTypeAttribute && pairs.has(id) ? [[id, pairs.get(id)!]] : [])),
  );
  const group = parsed.ok ? { ...parsed.group, ...ofUnitType } : null;
  return {
    key: groupKey(group ?? { ...ofUnitType, where }, unitTypeAttribute),
    codes: { ...where, ...(unitTypeAttribute && unitType ? { [unitTypeAttribute]: unitType } : {}) },
    group,
  };
}

function groupFault(reason: string, at: string, instrument: Instrument): FieldFault {
  if (reason === 'attribute') return { field: 'query:group', rule: 'unknown-attribute' };
  const attribute = instrument.profile.find((entry) => entry.id === at.split('=')[0]);
  const codes = [...(attribute?.codes ?? []), ...(attribute?.broaderCodes ?? [])].map(({ id }) => id).join(', ');
  return { field: 'query:group', rule: 'unknown-code', words: { codes } };
}

/** Which group a public answer is about: one of the catalogue answers for itself, shown or not; a combination outside it is answered with one around it. */
export function publicGroup(instrument: Instrument, manifest: Manifest, asked: AskedGroup): ChosenGroup {
  const chosen = chooseGroup({ instrument, profile: asked.codes, manifest, asked });
  if (!asked.group || chosen.reason === 'as-asked') return chosen;
  const around = chosen.shown ? [{ ...chosen.shown, isFiner: false }, ...chosen.alternatives] : [];
  return { ...chosen, shown: null, reason: 'nothing-published', alternatives: around, larger: null, ownField: null };
}

/** The published groups among an association's own. */
export const offersOf = (cells: readonly Cell[], instrument: Instrument, lang: Lang): GroupOffer[] =>
  cells
    .filter((cell) => isPublished(cell))
    .map(({ group, participations }) => ({
      key: group.key,
      label: groupLabel(instrument, group, lang),
      participations,
    }));

/** The listed releases up to and with one, oldest first. */
export async function releasesUpTo(releases: ReleaseReader, { series, releaseId }: Manifest): Promise<Manifest[]> {
  const newestFirst = listedIn(await releases.head(series));
  const ids = newestFirst.slice(Math.max(0, newestFirst.indexOf(releaseId)));
  const manifests = await Promise.all(ids.map((id) => releases.manifest(id)));
  return manifests.filter((manifest) => manifest !== undefined).reverse();
}

/** One group in the releases up to and with one, oldest first, as `progressView` takes it. */
export async function versionsOf(history: readonly Manifest[], read: (releaseId: string) => Promise<Cell | undefined>) {
  const cells = await Promise.all(history.map(({ releaseId }) => read(releaseId)));
  return {
    versions: history.map(({ cutoffOn }, index) => {
      const cell = cells[index];
      return { cutoffOn, cell: isPublished(cell) ? cell : null };
    }),
    isInvented: history.some(({ marks }) => marks.isInvented),
  };
}
