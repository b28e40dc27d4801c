import { groupKey, groupOfProfile, liesWithin, memberGroups, publicGroups } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { Policy } from '#contracts/policy';
import type { GroupRef } from '#contracts/release';
import type { AuditLog } from './audit-log.ts';

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
  const members = memberGroups(instrument, 'any');
  const seen = new Set<string>();
  for (const row of rows) for (const association of log.associationsOf[row]!) seen.add(association);
  const associations = [...seen].sort();
  const startOf = new Map(associations.map((id, place) => [id, open.length + place * members.length]));
  const placesOf = placesByProfile(instrument, open, members);
  const outer = (inner: GroupRef, list: GroupRef[]) =>
    list.flatMap((group, place) => (group.key !== inner.key && liesWithin(instrument, inner, group) ? [place] : []));
  const aroundOpen = open.map((group) => outer(group, open));
  const aroundMembers = members.map((group) => ({ open: outer(group, open), own: outer(group, members) }));
  return {
    groups: [...open, ...associations.flatMap((id) => memberGroups(instrument, id))],
    of(row) {
      const places = placesOf(log.codesOf[row]!);
      const own = log.associationsOf[row]!;
      if (own.length === 0) return places.open;
      return places.open.concat(...own.map((id) => places.members.map((place) => startOf.get(id)! + place)));
    },
    around(group) {
      if (group < open.length) return aroundOpen[group]!;
      const place = (group - open.length) % members.length;
      const { open: outside, own } = aroundMembers[place]!;
      return outside.concat(own.map((other) => group - place + other));
    },
  };
}

/** For each profile the places of its public groups, and of its groups among any association's members; made once. */
function placesByProfile(instrument: Instrument, open: GroupRef[], members: GroupRef[]) {
  const places = new Map<readonly number[], { open: number[]; members: number[] }>();
  const placeOf = new Map([...open.entries(), ...members.entries()].map(([place, { key }]) => [key, place]));
  return (codes: readonly number[]) => {
    const known = places.get(codes);
    if (known) return known;
    const profile = Object.fromEntries(
      instrument.profile.flatMap(({ id, codes: list }, a) => (codes[a] === -1 ? [] : [[id, list[codes[a]!]!.id]])),
    );
    const within = (sets: Instrument['catalogue'], association?: string) =>
      sets.flatMap((set) => {
        const group = groupOfProfile(instrument, profile, set);
        return group ? [placeOf.get(groupKey({ ...group, association }, instrument.unitTypeAttribute))!] : [];
      });
    const made = { open: within(instrument.catalogue), members: within(instrument.memberSets, 'any') };
    places.set(codes, made);
    return made;
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
  const bySource = new Map<string, Map<number, number>>();
  for (const row of rows) {
    const source = log.admissionOf[row] === 'trusted' ? undefined : log.sourceOf[row];
    const counts = bySource.get(source ?? '') ?? new Map<number, number>();
    if (source !== undefined) bySource.set(source, counts);
    for (const group of of(row)) {
      n[group]! += 1;
      if (source === undefined || groups[group]!.association !== undefined) continue;
      const count = (counts.get(group) ?? 0) + 1;
      counts.set(group, count);
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
