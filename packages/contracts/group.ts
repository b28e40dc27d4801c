import { broaderAt, codesAt, findCode, isUnder } from './code-list.ts';
import type { GroupSet, Instrument } from './instrument.ts';
import type { GroupRef } from './release.ts';

/**
 * A comparison group: everybody of one panel value, narrowed by at most two profile attributes, or an association's members.
 * `panel` is the value of the panel attribute (absent where the instrument has none).
 */
export interface Group {
  panel?: string | undefined;
  /** Attribute id -> a code of any level, in the catalogue's order. */
  where: Record<string, string>;
  /** An association's id: its members only. */
  cohort?: string | undefined;
}

/**
 * The one spelling of a group, used as key everywhere: `all`, `level=facility`,
 * `level=facility,sector=elder-care,size=50-and-more`, `level=facility,cohort=c-1`.
 */
export function groupKey(group: Group, panelAttribute?: string): string {
  const pairs = [
    ...(panelAttribute && group.panel ? [`${panelAttribute}=${group.panel}`] : []),
    ...Object.entries(group.where).map(([attribute, code]) => `${attribute}=${code}`),
    ...(group.cohort ? [`cohort=${group.cohort}`] : []),
  ];
  return pairs.length === 0 ? 'all' : pairs.join(',');
}

/** Every public group a release decides about, one panel value after the other, in the catalogue's order. */
export function publicGroups(instrument: Instrument): GroupRef[] {
  return groupsOf(instrument, instrument.catalogue);
}

/**
 * Every group of an association's members, one panel value after the other, the whole of them first. Fixed like the public
 * catalogue, so that no association can ask for a group of its own making.
 *
 * @param cohort the association's id
 * @example cohortGroups(instrument, 'c-0a1b2c3d')[0].key // => 'level=facility,cohort=c-0a1b2c3d'
 */
export function cohortGroups(instrument: Instrument, cohort: string): GroupRef[] {
  return groupsOf(instrument, instrument.memberSets, cohort);
}

/** The values of the panel attribute, which are never mixed; one `undefined` where the instrument has none. */
export function panelValues({ profile, panelAttribute }: Instrument): (string | undefined)[] {
  return profile.find(({ id }) => id === panelAttribute)?.codes.map(({ id }) => id) ?? [undefined];
}

function groupsOf(instrument: Instrument, sets: readonly GroupSet[], cohort?: string): GroupRef[] {
  const codesOf = ({ attribute, level }: GroupSet[number]) =>
    codesAt(instrument.profile.find(({ id }) => id === attribute)!, level).map(({ id }) => id);
  return panelValues(instrument).flatMap((panel) =>
    sets
      .flatMap((set) =>
        set.reduce<Record<string, string>[]>(
          (wheres, entry) =>
            wheres.flatMap((where) => codesOf(entry).map((code) => ({ ...where, [entry.attribute]: code }))),
          [{}],
        ),
      )
      .map((where) => {
        const group = {
          ...(panel === undefined ? {} : { panel }),
          where,
          ...(cohort === undefined ? {} : { cohort }),
        };
        return { key: groupKey(group, instrument.panelAttribute), ...group };
      }),
  );
}

/**
 * The group of a set that a profile belongs to, in its own panel.
 *
 * @returns null where the profile lacks an attribute, or its code has no broader one at that level; without a value of the
 * panel attribute it belongs to no group at all
 */
export function groupOfProfile(
  instrument: Instrument,
  profile: Readonly<Record<string, string>>,
  set: GroupSet,
): Group | null {
  const where: Record<string, string> = {};
  for (const { attribute, level } of set) {
    const list = instrument.profile.find(({ id }) => id === attribute)!;
    const code = broaderAt(list, profile[attribute] ?? '', level);
    if (code === undefined) return null;
    where[attribute] = code;
  }
  const panel = instrument.panelAttribute === undefined ? undefined : profile[instrument.panelAttribute];
  if (!panelValues(instrument).includes(panel)) return null;
  return { ...(panel === undefined ? {} : { panel }), where };
}

/**
 * Whether everybody of one group is by its definition in the other: told from the code lists, never from who took part. A
 * group lies within itself.
 */
export function liesWithin(instrument: Instrument, inner: Group, outer: Group): boolean {
  if (inner.panel !== outer.panel) return false;
  if (outer.cohort !== undefined && inner.cohort !== outer.cohort) return false;
  return Object.entries(outer.where).every(([attribute, code]) => {
    const own = inner.where[attribute];
    return own !== undefined && isUnder(instrument.profile.find(({ id }) => id === attribute)!, own, code);
  });
}

/**
 * Whether figures of items and questions are released of a group at all, if it is large enough: of those narrowed by one
 * attribute at most, and of an association's members as a whole.
 */
export function mayShowItems({ where, cohort }: Pick<Group, 'where' | 'cohort'>): boolean {
  return Object.keys(where).length <= (cohort === undefined ? 1 : 0);
}

export type GroupParse =
  | { ok: true; group: Group }
  | { ok: false; reason: 'syntax' | 'attribute' | 'code' | 'catalogue'; at: string };

/**
 * Reads `all`, `sector=elder-care` or `level=carrier,sector=care-disability-health,size=50-249` (any order) for an
 * instrument; codes of any level. Without the panel attribute its first code is meant. The combination must be in the
 * catalogue. Members of associations are no public groups and are refused here.
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
    if (!findCode(attribute, code)) return { ok: false, reason: 'code', at: `${id}=${code}` };
  }
  const { panelAttribute } = instrument;
  const panel = panelAttribute ? (chosen.get(panelAttribute) ?? panelValues(instrument)[0]) : undefined;
  if (panelAttribute) chosen.delete(panelAttribute);
  const where = Object.fromEntries(
    instrument.profile.flatMap(({ id }) => (chosen.has(id) ? [[id, chosen.get(id)!]] : [])),
  );
  const key = groupKey({ ...(panel === undefined ? {} : { panel }), where }, panelAttribute);
  const group = publicGroups(instrument).find((entry) => entry.key === key);
  if (!group) return { ok: false, reason: 'catalogue', at: text };
  return { ok: true, group: { ...(panel === undefined ? {} : { panel }), where: group.where } };
}
