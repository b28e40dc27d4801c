import { broaderAt, codesAt } from '#contracts/code-list';
import { liesWithin, memberGroups, publicGroups, unitTypesOf } from '#contracts/group';
import type { GroupSet, Instrument } from '#contracts/instrument';
import type { GroupRef } from '#contracts/release';
import type { Participations } from './participations.ts';

/** Every group a release decides about, and which of them each participation belongs to. */
export interface Catalogue {
  /** The public groups in the catalogue's order, then those of each association's members. */
  groups: GroupRef[];
  /** How many of them are public. */
  publicGroups: number;
  /** Places in `groups` of one row, ascending within the public ones and within each association's. */
  groupsOf(row: number): number[];
  /** Places of all groups that a group lies within by definition. */
  containing(group: number): readonly number[];
}

/**
 * The fixed catalogue of an instrument, spelled out for the participations of a release: the public groups, then the groups
 * of each association that has members among them, by its id. Time and memory grow with groups and rows alone.
 */
export function catalogueOf(instrument: Instrument, participations: Participations): Catalogue {
  const open = publicGroups(instrument);
  const ids = associationsIn(participations);
  const associations = new Map(ids.map((id, place) => [id, place]));
  const membersOfOne = memberGroups(instrument, 'any');
  const groups = [...open, ...ids.flatMap((id) => memberGroups(instrument, id))];
  const openPlace = placesOf(instrument, instrument.catalogue);
  const memberPlaces = placesOf(instrument, instrument.memberSets);
  const { profile } = instrument;
  const outerOfOpen = open.map((group) => placesAround(instrument, group, open));
  const outerOfMembers = membersOfOne.map((group) => ({
    open: placesAround(instrument, group, open),
    own: placesAround(instrument, group, membersOfOne),
  }));
  const startOf = (association: number) => open.length + association * membersOfOne.length;
  return {
    groups,
    publicGroups: open.length,
    groupsOf(row) {
      const codes = participations.codes.subarray(row * profile.length, (row + 1) * profile.length);
      const found: number[] = [];
      openPlace(codes, 0, found);
      const own = participations.associations[row]!;
      if (own.length > 0)
        for (const association of new Set(own)) memberPlaces(codes, startOf(associations.get(association)!), found);
      return found;
    },
    containing(group) {
      if (group < open.length) return outerOfOpen[group]!;
      const association = Math.floor((group - open.length) / membersOfOne.length);
      const outer = outerOfMembers[(group - open.length) % membersOfOne.length]!;
      return outer.open.concat(outer.own.map((place) => startOf(association) + place));
    },
  };
}

/** Ids of the associations that have members here, ascending. */
function associationsIn({ associations }: Participations): string[] {
  const ids = new Set<string>();
  for (const own of associations) for (const id of own) ids.add(id);
  return [...ids].sort();
}

function placesAround(instrument: Instrument, inner: GroupRef, outer: readonly GroupRef[]): number[] {
  return outer.flatMap((group, place) =>
    group.key !== inner.key && liesWithin(instrument, inner, group) ? [place] : [],
  );
}

/** Adds to `found` the place of the group of each set that a row's codes lead to; none where it lacks a code of the set. */
type AddPlaces = (codes: Uint8Array, start: number, found: number[]) => void;

function placesOf(instrument: Instrument, sets: readonly GroupSet[]): AddPlaces {
  const { profile, unitTypeAttribute } = instrument;
  const unitTypes = unitTypesOf(instrument);
  const unitTypePlace = profile.findIndex(({ id }) => id === unitTypeAttribute);
  // For each attribute of a set: answered code -> place among the codes of the level, -1 for none.
  const blocks = sets.map((set) =>
    set.map(({ attribute, level }) => {
      const place = profile.findIndex(({ id }) => id === attribute);
      const list = profile[place]!;
      const ids = codesAt(list, level).map(({ id }) => id);
      const upward = list.codes.map(({ id }) => ids.indexOf(broaderAt(list, id, level) ?? ''));
      return { place, upward, count: ids.length };
    }),
  );
  const sizes = blocks.map((block) => block.reduce((product, { count }) => product * count, 1));
  const perUnitType = sizes.reduce((sum, size) => sum + size, 0);
  return (codes, start, found) => {
    // No code is NONE, which no list has a place for.
    const unitType = unitTypePlace === -1 ? 0 : codes[unitTypePlace]!;
    if (unitType >= unitTypes.length) return;
    let first = start + unitType * perUnitType;
    for (let set = 0; set < blocks.length; set++) {
      let index = 0;
      for (const { place, upward, count } of blocks[set]!) {
        const code = upward[codes[place]!] ?? -1;
        index = code === -1 || index === -1 ? -1 : index * count + code;
      }
      if (index !== -1) found.push(first + index);
      first += sizes[set]!;
    }
  };
}
