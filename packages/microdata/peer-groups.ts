import { cohortSets, groupKey } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { GroupRef } from '#contracts/release';
import { NONE, type Roster } from './fold.ts';

/** Every group a release decides about, and which of them each participation belongs to. */
export interface Catalogue {
  groups: GroupRef[];
  /** Places in `groups` of one row of a roster, ascending. */
  groupsOf(roster: Roster, row: number): number[];
}

/**
 * The fixed catalogue of an instrument, spelled out: each set of attributes with each combination of codes, once for
 * each value of the panel attribute; then the members of each association, as a whole and by sector. Nobody can ask for a
 * group outside it.
 *
 * @param cohorts ids of the associations
 */
export function catalogueOf(instrument: Instrument, cohorts: readonly string[] = []): Catalogue {
  const attributes = instrument.profile;
  const placeOf = new Map(attributes.map((attribute, place) => [attribute.id, place]));
  const panelPlace = instrument.panelAttribute === undefined ? undefined : placeOf.get(instrument.panelAttribute)!;
  const groups: GroupRef[] = [];
  const blocksOf = (sets: string[][], cohort?: string) =>
    sets.map((set): Block => {
      const places = (panelPlace === undefined ? [] : [panelPlace]).concat(set.map((id) => placeOf.get(id)!));
      const start = groups.length;
      const count = places.reduce((product, place) => product * attributes[place]!.codes.length, 1);
      for (let index = 0; index < count; index++) groups.push(groupAt(instrument, places, index, panelPlace, cohort));
      return { places, start };
    });
  const open = blocksOf(instrument.catalogue);
  const closed = new Map(cohorts.map((cohort) => [cohort, blocksOf(cohortSets(instrument), cohort)]));
  return {
    groups,
    groupsOf(roster, row) {
      const found: number[] = [];
      addGroups(found, open, attributes, roster.codes, row);
      const cohorts = roster.cohorts[row]!;
      if (cohorts.length === 0) return found;
      for (const cohort of new Set(cohorts)) addGroups(found, closed.get(cohort) ?? [], attributes, roster.codes, row);
      return found.sort((a, b) => a - b);
    },
  };
}

/** The groups of one set of attributes: places of these in the profile, and of its first group in the catalogue. */
interface Block {
  places: number[];
  start: number;
}

/** Adds the group of each block that a row's codes lead to; none where it lacks a code. */
function addGroups(
  found: number[],
  blocks: readonly Block[],
  attributes: Instrument['profile'],
  codes: Uint8Array,
  row: number,
): void {
  for (let block = 0; block < blocks.length; block++) {
    const { places, start } = blocks[block]!;
    let index = 0;
    let isComplete = true;
    for (let position = 0; position < places.length; position++) {
      const place = places[position]!;
      const code = codes[row * attributes.length + place]!;
      if (code === NONE) isComplete = false;
      index = index * attributes[place]!.codes.length + code;
    }
    if (isComplete) found.push(start + index);
  }
}

function groupAt(
  instrument: Instrument,
  places: number[],
  index: number,
  panelPlace: number | undefined,
  cohort: string | undefined,
): GroupRef {
  const codes: string[] = [];
  let rest = index;
  for (const place of places.toReversed()) {
    const { codes: list } = instrument.profile[place]!;
    codes.unshift(list[rest % list.length]!.id);
    rest = Math.floor(rest / list.length);
  }
  const pairs = places.map((place, position) => [place, codes[position]!] as const);
  const panel = pairs.find(([place]) => place === panelPlace)?.[1];
  const where = Object.fromEntries(
    pairs.filter(([place]) => place !== panelPlace).map(([place, code]) => [instrument.profile[place]!.id, code]),
  );
  const group = { ...(panel === undefined ? {} : { panel }), where, ...(cohort === undefined ? {} : { cohort }) };
  return { key: groupKey(group, instrument.panelAttribute), ...group };
}
