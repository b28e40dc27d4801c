import type { Instrument } from './instrument.ts';
import type { GroupRef } from './release.ts';

/**
 * A peer group: everybody of one panel, narrowed by at most two profile attributes, or an association's members.
 * `panel` is the value of the panel attribute (absent where the instrument has none).
 */
export interface Group {
  panel?: string;
  /** Attribute id -> code, in the catalogue's order. */
  where: Record<string, string>;
  /** An association's id: its members only. */
  cohort?: string;
}

/**
 * The one spelling of a group, used as key everywhere: `all`, `level=facility`,
 * `level=facility,sector=elder-care,size=50-249`, `level=facility,cohort=c-1`.
 */
export function groupKey(group: Group, panelAttribute?: string): string {
  const pairs = [
    ...(panelAttribute && group.panel ? [`${panelAttribute}=${group.panel}`] : []),
    ...Object.entries(group.where).map(([attribute, code]) => `${attribute}=${code}`),
    ...(group.cohort ? [`cohort=${group.cohort}`] : []),
  ];
  return pairs.length === 0 ? 'all' : pairs.join(',');
}

/**
 * What an association's members are narrowed by: nothing, and each single attribute of the ladder (the sector). Fixed
 * like the public catalogue, so that no association can ask for a group of its own making.
 */
export function cohortSets(instrument: Pick<Instrument, 'ladder'>): string[][] {
  return instrument.ladder.filter((set) => set.length <= 1).sort((a, b) => a.length - b.length);
}

/**
 * Every group of an association's members, one panel after the other, the whole of them first. These are the keys under
 * which a release holds their cells; one that it does not hold is suppressed.
 *
 * @param cohort the association's id
 * @example cohortGroups(instrument, 'c-0a1b2c3d')[0].key // => 'level=facility,cohort=c-0a1b2c3d'
 */
export function cohortGroups(instrument: Instrument, cohort: string): GroupRef[] {
  const codesOf = (id: string) => instrument.profile.find((attribute) => attribute.id === id)!.codes;
  const panels = instrument.panelAttribute ? codesOf(instrument.panelAttribute).map(({ id }) => id) : [undefined];
  return panels.flatMap((panel) =>
    cohortSets(instrument)
      .flatMap(([id]) => (id === undefined ? [{}] : codesOf(id).map((code) => ({ [id]: code.id }))))
      .map((where: Record<string, string>) => {
        const group = { ...(panel === undefined ? {} : { panel }), where, cohort };
        return { key: groupKey(group, instrument.panelAttribute), ...group };
      }),
  );
}

/**
 * Under this key stands a group's matched change, beside its figures of one date under `groupKey`.
 *
 * @example changeKey('sector=elder-care') // => 'sector=elder-care,measure=change'
 */
export function changeKey(key: string): string {
  return `${key},measure=change`;
}

/** The group of a `changeKey`; any other key is its own. */
export function groupKeyOf(key: string): string {
  return key.endsWith(changeKey('')) ? key.slice(0, -changeKey('').length) : key;
}

export type GroupParse =
  | { ok: true; group: Group }
  | { ok: false; reason: 'syntax' | 'attribute' | 'code' | 'catalogue'; at: string };

/**
 * Reads `all`, `sector=elder-care` or `level=carrier,sector=elder-care,size=50-249` (any order) for an instrument.
 * Without the panel attribute its first code is meant. The combination must be in the catalogue. Cohorts are not
 * public groups and are refused here.
 */
export function parseGroup(text: string, instrument: Instrument): GroupParse {
  const chosen = new Map<string, string>();
  if (text !== 'all') {
    for (const pair of text.split(',')) {
      const match = /^([a-z0-9-]+)=([a-z0-9-]+)$/.exec(pair.trim());
      if (!match?.[1] || !match[2] || chosen.has(match[1])) return { ok: false, reason: 'syntax', at: pair };
      chosen.set(match[1], match[2]);
    }
  }
  for (const [id, code] of chosen) {
    const attribute = instrument.profile.find((entry) => entry.id === id);
    if (!attribute) return { ok: false, reason: 'attribute', at: id };
    if (!attribute.codes.some((entry) => entry.id === code)) return { ok: false, reason: 'code', at: `${id}=${code}` };
  }
  const panelAttribute = instrument.profile.find((entry) => entry.id === instrument.panelAttribute);
  const panel = panelAttribute ? (chosen.get(panelAttribute.id) ?? panelAttribute.codes[0]!.id) : undefined;
  if (panelAttribute) chosen.delete(panelAttribute.id);
  const ids = instrument.catalogue.find((set) => set.length === chosen.size && set.every((id) => chosen.has(id)));
  if (!ids) return { ok: false, reason: 'catalogue', at: text };
  const where = Object.fromEntries(ids.map((id) => [id, chosen.get(id)!]));
  return { ok: true, group: { ...(panel === undefined ? {} : { panel }), where } };
}
