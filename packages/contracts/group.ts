import { broaderAt, codesAt, findCode, isUnder } from './code-list.ts';
import type { GroupSet, Instrument } from './instrument.ts';
import type { GroupRef } from './release.ts';

/**
 * A comparison group: everybody of one unit type, narrowed by at most two profile attributes, or an association's members.
 * `unitType` is absent where the instrument has no such attribute, `association` where everybody is meant.
 */
export type Group = Omit<GroupRef, 'key'>;

/**
 * The one spelling of a group, used as key everywhere: `all`, `level=facility`,
 * `level=facility,sector=elder-care,size=50-and-more`, `level=facility,association=c-1`.
 */
export function groupKey(group: Group, unitTypeAttribute?: string): string {
  const pairs = [
    ...(unitTypeAttribute && group.unitType ? [`${unitTypeAttribute}=${group.unitType}`] : []),
    ...Object.entries(group.where).map(([attribute, code]) => `${attribute}=${code}`),
    ...(group.association ? [`association=${group.association}`] : []),
  ];
  return pairs.length === 0 ? 'all' : pairs.join(',');
}

/** Every public group a release decides about, one unit type after the other, in the catalogue's order. */
export function publicGroups(instrument: Instrument): GroupRef[] {
  return groupsOf(instrument, instrument.catalogue);
}

/**
 * Every group of an association's members, one unit type after the other, the whole of them first. Fixed like the public
 * catalogue, so that no association can ask for a group of its own making.
 *
 * @param association the association's id
 * @example memberGroups(instrument, 'c-0a1b2c3d')[0].key // => 'level=facility,association=c-0a1b2c3d'
 */
export function memberGroups(instrument: Instrument, association: string): GroupRef[] {
  return groupsOf(instrument, instrument.memberSets, association);
}

/** The values of the unit type attribute, which are never mixed; one `undefined` where the instrument has none. */
export function unitTypesOf({ profile, unitTypeAttribute }: Instrument): (string | undefined)[] {
  return profile.find(({ id }) => id === unitTypeAttribute)?.codes.map(({ id }) => id) ?? [undefined];
}

function groupsOf(instrument: Instrument, sets: readonly GroupSet[], association?: string): GroupRef[] {
  const codesOf = ({ attribute, level }: GroupSet[number]) =>
    codesAt(instrument.profile.find(({ id }) => id === attribute)!, level).map(({ id }) => id);
  return unitTypesOf(instrument).flatMap((unitType) =>
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
          ...(unitType === undefined ? {} : { unitType }),
          where,
          ...(association === undefined ? {} : { association }),
        };
        return { key: groupKey(group, instrument.unitTypeAttribute), ...group };
      }),
  );
}

/**
 * The group of a set that a profile belongs to, in its own unit type.
 *
 * @returns null where the profile lacks an attribute, or its code has no broader one at that level; without a value of the
 * unit type attribute it belongs to no group at all
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
  const unitType = instrument.unitTypeAttribute === undefined ? undefined : profile[instrument.unitTypeAttribute];
  if (!unitTypesOf(instrument).includes(unitType)) return null;
  return { ...(unitType === undefined ? {} : { unitType }), where };
}

/**
 * Whether everybody of one group is by its definition in the other: told from the code lists, never from who took part. A
 * group lies within itself.
 */
export function liesWithin(instrument: Instrument, inner: Group, outer: Group): boolean {
  if (inner.unitType !== outer.unitType) return false;
  if (outer.association !== undefined && inner.association !== outer.association) return false;
  return Object.entries(outer.where).every(([attribute, code]) => {
    const own = inner.where[attribute];
    return own !== undefined && isUnder(instrument.profile.find(({ id }) => id === attribute)!, own, code);
  });
}

/**
 * Whether figures of items and questions are released of a group at all, if it is large enough: of those narrowed by one
 * attribute at most, and of an association's members as a whole.
 */
export function mayShowItems({ where, association }: Pick<Group, 'where' | 'association'>): boolean {
  return Object.keys(where).length <= (association === undefined ? 1 : 0);
}

export type GroupParse =
  | { ok: true; group: Group }
  | { ok: false; reason: 'syntax' | 'attribute' | 'code' | 'catalogue'; at: string };

/**
 * Reads `all`, `sector=elder-care` or `level=carrier,sector=care-disability-health,size=50-249` (any order) for an
 * instrument; codes of any level. Without the unit type attribute its first code is meant. The combination must be in the
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
  const { unitTypeAttribute } = instrument;
  const unitType = unitTypeAttribute ? (chosen.get(unitTypeAttribute) ?? unitTypesOf(instrument)[0]) : undefined;
  if (unitTypeAttribute) chosen.delete(unitTypeAttribute);
  const where = Object.fromEntries(
    instrument.profile.flatMap(({ id }) => (chosen.has(id) ? [[id, chosen.get(id)!]] : [])),
  );
  const key = groupKey({ ...(unitType === undefined ? {} : { unitType }), where }, unitTypeAttribute);
  const group = publicGroups(instrument).find((entry) => entry.key === key);
  if (!group) return { ok: false, reason: 'catalogue', at: text };
  return { ok: true, group: { ...(unitType === undefined ? {} : { unitType }), where: group.where } };
}
