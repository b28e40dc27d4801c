import { cohortGroups, groupKey, groupOfProfile, liesWithin, mayShowItems, publicGroups } from '#contracts/group';
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
    for (const group of cohortGroups(instrument, log.associations[association]!)) groups.push(group);
  }
  const members = cohortGroups(instrument, 'any');
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
    const places = (sets: readonly GroupSet[], list: Map<string, number>, cohort?: string) =>
      sets.flatMap((set) => {
        const group = groupOfProfile(instrument, profile, set);
        return group ? [list.get(groupKey({ ...group, cohort }, instrument.panelAttribute))!] : [];
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
      if (source === -1 || groups[group]!.cohort !== undefined) continue;
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

/** Everything counted of a published group. */
export interface Exact {
  n: number;
  /** By dimension, the overall score last: how often each score 0 to 100, or each change -100 to 100. */
  scores: Int32Array[];
  /** By item: levels 0 to 4, "does not apply", "don't know". */
  items: Int32Array[];
  /** By question: each code, and last how many chose any. */
  questions: Int32Array[];
  /** Upper and lower half of the sum of record keys; 0 without a key. */
  cellKey: Uint32Array;
}

/**
 * Counts published groups in one pass.
 *
 * @param firsts beside each row the submission that change is measured from: changes are counted; absent: levels
 * @param recordKeyOf halves of an organisation's record key
 */
export function exactOf(
  log: AuditLog,
  { groups, of }: AuditGroups,
  rows: Int32Array,
  counts: { n: Int32Array; isPublished: Uint8Array; itemsFromN: number },
  firsts?: Int32Array,
  recordKeyOf?: (organisation: number) => readonly [number, number],
): (Exact | undefined)[] {
  const { dimensions, items, questions } = log.instrument;
  const scored = dimensions.length + 1;
  const exact = groups.map((group, place): Exact | undefined => {
    if (counts.isPublished[place] === 0) return undefined;
    const hasItems = !firsts && mayShowItems(group) && counts.n[place]! >= counts.itemsFromN;
    return {
      n: counts.n[place]!,
      scores: Array.from({ length: scored }, () => new Int32Array(firsts ? 201 : 101)),
      items: hasItems ? items.map(() => new Int32Array(7)) : [],
      questions: hasItems ? questions.map(({ codes }) => new Int32Array(codes.length + 1)) : [],
      cellKey: new Uint32Array(2),
    };
  });
  rows.forEach((row, place) => {
    const own = of(row).flatMap((group) => exact[group] ?? []);
    if (own.length === 0) return;
    const first = firsts?.[place];
    const points = Array.from({ length: scored }, (_, d) =>
      first === undefined ? log.scoreOf(row, d) : 100 + log.scoreOf(row, d) - log.scoreOf(first, d),
    );
    const [upper, lower] = recordKeyOf?.(log.organisationOf(row)) ?? [0, 0];
    const answers = log.answersOf(row);
    for (const cell of own) {
      for (let d = 0; d < scored; d++) cell.scores[d]![points[d]!]! += 1;
      for (let i = 0; i < cell.items.length; i++) cell.items[i]![answers[i]!]! += 1;
      for (let q = 0; q < cell.questions.length; q++) {
        const chosen = cell.questions[q]!;
        for (let code = 0; code < chosen.length; code++) if (log.hasChosen(row, q, code)) chosen[code]! += 1;
      }
      const sum = cell.cellKey[1]! + lower;
      cell.cellKey[0] = cell.cellKey[0]! + upper + (sum >= 2 ** 32 ? 1 : 0);
      cell.cellKey[1] = sum;
    }
  });
  return exact;
}
