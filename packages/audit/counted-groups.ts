import { groupKey, groupOfProfile, liesWithin, memberGroups, publicGroups } from '#contracts/group';
import type { GroupSet } from '#contracts/instrument';
import type { Policy } from '#contracts/policy';
import type { GroupRef } from '#contracts/release';
import { type AuditLog, TRUSTED } from './audit-log.ts';

/** The groups of a release, and which of them a row belongs to. */
export interface AuditGroups {
  /** Public ones in the catalogue's order, then those of each association by its id. */
  groups: GroupRef[];
  of: (row: number) => number[];
  /** Groups that hold all of a group by definition. They stand before it. */
  around: (group: number) => number[];
}

export function groupsOf(log: AuditLog, rows: Int32Array): AuditGroups {
  const { instrument } = log;
  const open = publicGroups(instrument);
  const seen = new Set<number>();
  for (const row of rows) for (const association of log.associationsOf(row)) seen.add(association);
  const inOrder = [...seen].sort((a, b) => (log.associations[a]! < log.associations[b]! ? -1 : 1));
  const groups = [...open];
  const startOf = new Map<number, number>();
  for (const association of inOrder) {
    startOf.set(association, groups.length);
    for (const group of memberGroups(instrument, log.associations[association]!)) groups.push(group);
  }
  const members = memberGroups(instrument, 'any');
  const placeIn = (list: GroupRef[]) => new Map(list.map(({ key }, place) => [key, place]));
  const openPlaces = placeIn(open);
  const memberPlaces = placeIn(members);
  const known = new Map<string, { open: number[]; members: number[] }>();

  const placesOf = (row: number) => {
    const codes = log.codesOf(row);
    const name = String.fromCharCode(...codes);
    const found = known.get(name);
    if (found) return found;
    const profile = Object.fromEntries(
      instrument.profile.flatMap(({ id, codes: list }, a) => (list[codes[a]!] ? [[id, list[codes[a]!]!.id]] : [])),
    );
    const places = (sets: readonly GroupSet[], list: Map<string, number>, association?: string) =>
      sets.flatMap((set) => {
        const group = groupOfProfile(instrument, profile, set);
        return group ? [list.get(groupKey({ ...group, association }, instrument.unitTypeAttribute))!] : [];
      });
    const made = {
      open: places(instrument.catalogue, openPlaces),
      members: places(instrument.memberSets, memberPlaces, 'any'),
    };
    known.set(name, made);
    return made;
  };
  const outer = (inner: GroupRef, list: GroupRef[]) =>
    list.flatMap((group, place) => (group.key !== inner.key && liesWithin(instrument, inner, group) ? [place] : []));
  const aroundOpen = open.map((group) => outer(group, open));
  const aroundMembers = members.map((group) => ({ open: outer(group, open), own: outer(group, members) }));

  return {
    groups,
    of(row) {
      const places = placesOf(row);
      const associations = log.associationsOf(row);
      if (associations.length === 0) return places.open;
      return places.open.concat(
        ...associations.map((association) => places.members.map((place) => startOf.get(association)! + place)),
      );
    },
    around(group) {
      if (group < open.length) return aroundOpen[group]!;
      const place = (group - open.length) % members.length;
      const { open: outside, own } = aroundMembers[place]!;
      return outside.concat(own.map((other) => group - place + other));
    },
  };
}

export interface Sizes {
  n: Int32Array;
  /** Of these from the largest named source; 0 in an association's groups and of what the operator trusts. */
  largestSource: Int32Array;
}

export function sizesOf(log: AuditLog, { groups, of }: AuditGroups, rows: Int32Array): Sizes {
  const n = new Int32Array(groups.length);
  const largestSource = new Int32Array(groups.length);
  const bySource = new Map<number, number>();
  for (const row of rows) {
    const source = log.admissionOf(row) === TRUSTED ? -1 : log.sourceOf(row);
    for (const group of of(row)) {
      n[group]! += 1;
      if (source === -1 || groups[group]!.association !== undefined) continue;
      const place = source * groups.length + group;
      const count = (bySource.get(place) ?? 0) + 1;
      bySource.set(place, count);
      largestSource[group] = Math.max(largestSource[group]!, count);
    }
  }
  return { n, largestSource };
}

/**
 * Which groups are published (rules 2 to 4). Groups around another stand before it and are no smaller, so that the order of
 * the catalogue decides as the order of size does.
 */
export function publishedOf({ groups, around }: AuditGroups, { n, largestSource }: Sizes, policy: Policy): Uint8Array {
  const isPublished = new Uint8Array(groups.length);
  for (let group = 0; group < groups.length; group++) {
    const isLarge = n[group]! >= policy.minParticipations && n[group]! - largestSource[group]! >= policy.minIndependent;
    const isClose = (other: number) => isPublished[other] === 1 && n[other]! - n[group]! < policy.minNestedDifference;
    isPublished[group] = isLarge && !around(group).some(isClose) ? 1 : 0;
  }
  return isPublished;
}
