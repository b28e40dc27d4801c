import { broaderAt, codesAt } from '#contracts/code-list';
import { cohortGroups, liesWithin, panelValues, publicGroups } from '#contracts/group';
import type { GroupSet, Instrument } from '#contracts/instrument';
import type { GroupRef } from '#contracts/release';
import type { Participations } from './fold.ts';

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
  const ids = cohortsIn(participations);
  const cohorts = new Map(ids.map((id, place) => [id, place]));
  const oneCohorts = cohortGroups(instrument, 'any');
  const groups = [...open, ...ids.flatMap((id) => cohortGroups(instrument, id))];
  const openPlace = placesOf(instrument, instrument.catalogue);
  const cohortPlace = placesOf(instrument, instrument.memberSets);
  const { profile } = instrument;
  const outerOfOpen = open.map((group) => placesAround(instrument, group, open));
  const outerOfCohorts = oneCohorts.map((group) => ({
    open: placesAround(instrument, group, open),
    own: placesAround(instrument, group, oneCohorts),
  }));
  const startOf = (cohort: number) => open.length + cohort * oneCohorts.length;
  return {
    groups,
    publicGroups: open.length,
    groupsOf(row) {
      const codes = participations.codes.subarray(row * profile.length, (row + 1) * profile.length);
      const found: number[] = [];
      openPlace(codes, 0, found);
      const own = participations.cohorts[row]!;
      if (own.length > 0) for (const cohort of new Set(own)) cohortPlace(codes, startOf(cohorts.get(cohort)!), found);
      return found;
    },
    containing(group) {
      if (group < open.length) return outerOfOpen[group]!;
      const cohort = Math.floor((group - open.length) / oneCohorts.length);
      const outer = outerOfCohorts[(group - open.length) % oneCohorts.length]!;
      return outer.open.concat(outer.own.map((place) => startOf(cohort) + place));
    },
  };
}

/** Ids of the associations that have members here, ascending. */
function cohortsIn({ cohorts }: Participations): string[] {
  const ids = new Set<string>();
  for (const own of cohorts) for (const id of own) ids.add(id);
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
  const { profile, panelAttribute } = instrument;
  const panels = panelValues(instrument);
  const panelPlace = profile.findIndex(({ id }) => id === panelAttribute);
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
  const perPanel = sizes.reduce((sum, size) => sum + size, 0);
  return (codes, start, found) => {
    // No code is NONE, which no list has a place for.
    const panel = panelPlace === -1 ? 0 : codes[panelPlace]!;
    if (panel >= panels.length) return;
    let first = start + panel * perPanel;
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
