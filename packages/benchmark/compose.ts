import { changeKey, cohortSets } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { Policy } from '#contracts/policy';
import type { CellVersion, ChangeVersion, GroupRef } from '#contracts/release';
import { monthsBefore } from './calendar.ts';
import { type Catalogue, catalogueOf } from './catalogue.ts';
import type { BeyondCure } from './disclosure-report.ts';
import { contributionKey, type Roster } from './fold.ts';
import { admit, type Isolation } from './isolation.ts';
import { type Contributions, type Membership, membershipOf, organisationsTouchedBy, type Terms } from './membership.ts';
import { shownCuts } from './policy.ts';
import { withheldDimensions } from './withheld-dimensions.ts';

/** A version of a cell that some release published, with its contributions from the ledger. */
export type FormerVersion = Contributions & {
  invited: number;
  /** Shown by the release in force. */
  isInForce: boolean;
} & ({ cell: CellVersion; firsts?: undefined } | { cell: ChangeVersion; firsts: readonly string[] });

/** Why a group gets no fresh version; for the operator only. */
export type Cause =
  | 'nobody'
  | 'below-k'
  | 'too-few-invited'
  | 'one-source'
  | 'too-few-changes'
  | 'too-few-invited-changes'
  | 'difference-to-a-cell'
  | 'rest-of-a-parent'
  | 'combination-of-cells'
  | 'derivable-suppressed';

export type Decision<Version extends FormerVersion['cell'] = CellVersion> =
  /** `withheld`: dimensions that are not shown, for rule 5 or since other cells would give them away (rule 6c). */
  | { group: GroupRef; n: number; outcome: 'fresh'; rows: number[]; withheld: string[] }
  | { group: GroupRef; n: number; outcome: 'carried'; version: Version; cause: Cause }
  | { group: GroupRef; n: number; outcome: 'suppressed'; cause: Cause };

export interface Composing {
  instrument: Instrument;
  policy: Policy;
  cutoffOn: string;
  /** The roster as it would be if the given contributions waited for the next release. */
  rosterWithout: (deferred: ReadonlySet<string>) => Roster;
  former: readonly FormerVersion[];
  /** Set by an erratum: what this release first published is corrected or withdrawn, never carried (rule 10). */
  replaces?: string | null;
  /** Rule 6c; replaced only by tests that show what an attack gains without it. */
  admit?: typeof admit | undefined;
}

/** A group's figures of one date, or its matched change. */
export interface Candidate {
  group: GroupRef;
  isChange: boolean;
  members: number[];
  cause: Cause | null;
}

/** Candidates and former versions that may be combined. Those of which it knows no row are left out. */
export interface Space {
  membership: Membership;
  rowsOf: (candidate: Candidate) => readonly number[];
  /** Former version -> its rows. */
  formerRows: readonly (readonly number[])[];
  /** Which candidates must not be a combination of others while they are suppressed. */
  isSecret: (candidate: Candidate) => boolean;
}

/** What a release publishes, and from which participations. */
export interface Composition {
  roster: Roster;
  decisions: Decision[];
  /** Matched change of the same groups, in the same order. */
  changes: Decision<ChangeVersion>[];
  /** Contributions that wait for the next release. */
  deferred: ReadonlySet<string>;
  /** What former releases isolate by themselves, which no decision here can cure. */
  beyondCure: BeyondCure[];
}

/** Trials of a deferral cost one decision each, with a short search. */
const MAX_DEFERRALS_TRIED = 24;
const TRIAL_BASES = 20;

/**
 * Decides, from membership alone, which groups of the catalogue are published afresh, which former versions are carried
 * forward and which stay suppressed (docs/method.md, rules 2, 3, 6, 7, 9). Largest cells are kept first. Where fewer than k
 * new submissions alone stand in a cell's way, they wait for the next release. Deterministic.
 */
export function compose(input: Composing): Composition {
  const published = new Set(
    input.former.flatMap(({ organisations, submissions, firsts = [] }) =>
      [submissions, firsts].flatMap((keys) => keys.map((key, place) => contributionKey(organisations[place]!, key))),
    ),
  );
  let deferred: ReadonlySet<string> = new Set();
  const undeferred = decide(input, input.rosterWithout(deferred));
  let best = undeferred;
  // A trial need only show whether waiting helps; what is decided in the end is searched in full.
  const trialInput = { ...input, policy: { ...input.policy, isolationBases: TRIAL_BASES } };
  const tried = new Set<string>();
  for (let trial = 0; trial < MAX_DEFERRALS_TRIED; trial++) {
    const open = best.inTheWay.find(({ contributions }) => !tried.has(contributions.join()));
    if (!open) break;
    tried.add(open.contributions.join());
    // What a release has already counted cannot wait.
    if (open.contributions.some((contribution) => published.has(contribution))) continue;
    const waiting = withUncounted(new Set([...deferred, ...open.contributions]), best.roster, input, published);
    const outcome = decide(trialInput, input.rosterWithout(waiting));
    if (answered(outcome) <= answered(best)) continue;
    deferred = waiting;
    best = outcome;
  }
  if (deferred.size > 0) {
    best = decide(input, input.rosterWithout(deferred));
    if (answered(best) <= answered(undeferred)) {
      deferred = new Set();
      best = undeferred;
    }
  }
  const { instrument, policy, former } = input;
  const withheld = withheldDimensions({ ...best, instrument, policy, former });
  return { roster: best.roster, ...decisionsOf(best, withheld), deferred, beyondCure: best.beyondCure };
}

/**
 * What waits, and every older submission of the same organisations that would then count and that no release has counted
 * either: it would only stand in the same way.
 */
function withUncounted(
  waiting: ReadonlySet<string>,
  current: Roster,
  { rosterWithout }: Composing,
  published: ReadonlySet<string>,
): ReadonlySet<string> {
  const contributions = (roster: Roster) =>
    roster.organisations.map((name, row) => [name, contributionKey(name, roster.submissions[row]!)] as const);
  const who = new Set(contributions(current).flatMap(([name, key]) => (waiting.has(key) ? [name] : [])));
  const all = new Set(waiting);
  for (;;) {
    const instead = contributions(rosterWithout(all)).filter(([name, key]) => who.has(name) && !published.has(key));
    if (instead.length === 0) return all;
    for (const [, key] of instead) all.add(key);
  }
}

/** How many participations find their group, or its change, published afresh, summed over the groups. */
function answered({ candidates }: Decided): number {
  return candidates.reduce((sum, { cause, members }) => sum + (cause === null ? members.length : 0), 0);
}

interface Decided {
  roster: Roster;
  candidates: Candidate[];
  carriedFor: (candidate: Candidate) => FormerVersion | undefined;
  /** What may be combined: everything with everything, and changes among themselves. */
  spaces: Space[];
  /** Fewer than k organisations that alone kept a cell from being published: their present contributions, sorted. */
  inTheWay: { contributions: string[] }[];
  beyondCure: BeyondCure[];
}

function decide(input: Composing, roster: Roster): Decided {
  const { former, policy } = input;
  const catalogue = catalogueOf(input.instrument, cohortsIn(roster, former));
  const candidates = candidatesOf(catalogue, roster);
  const { membership, formerRows, rowsOf } = spaceOf(roster, candidates, former);
  const versionsOf = new Map<string, number[]>();
  former.forEach((version, place) => {
    const key = keyOf(version.cell.group, version.firsts !== undefined);
    versionsOf.set(key, [...(versionsOf.get(key) ?? []), place]);
  });
  const versionsFor = ({ group, isChange }: Candidate) => versionsOf.get(keyOf(group, isChange)) ?? [];
  const inTheWay: { contributions: string[] }[] = [];
  const contributionOf = new Map(
    roster.organisations.map((name, row) => [name, contributionKey(name, roster.submissions[row]!)]),
  );
  const remember = (names: Iterable<string>) => {
    const contributions = [...names].flatMap((name) => contributionOf.get(name) ?? []).sort();
    if (contributions.length > 0) inTheWay.push({ contributions });
  };
  /** Whether a combination isolates fewer than k; remembers who they are. */
  const isolatesFew = (terms: Terms) => {
    const touched = organisationsTouchedBy(membership, terms, policy.k);
    if (touched === null || touched.size === 0) return false;
    remember([...touched].map((id) => membership.organisations[id]!));
    return true;
  };

  for (const candidate of candidates) {
    const versions = versionsFor(candidate).map((place) => ({ ...former[place]!, rows: formerRows[place]! }));
    candidate.cause =
      thresholdCause(candidate, roster, policy) ??
      changeCause({ ...candidate, rows: rowsOf(candidate) }, versions, roster, membership, policy);
  }

  const sizeOf = new Map<number, number>();
  for (const candidate of candidates) for (const row of rowsOf(candidate)) sizeOf.set(row, candidate.members.length);
  former.forEach(({ organisations }, place) => {
    for (const row of formerRows[place]!) sizeOf.set(row, organisations.length);
  });
  const kept: Candidate[] = [];
  for (const candidate of largestFirst(candidates.filter(({ cause }) => cause === null))) {
    const others = [...formerRows, ...kept.map(rowsOf)].flat();
    const isTooClose = rowsOf(candidate).some((row) =>
      others.some(
        (other) =>
          // Rows whose sizes are k apart differ by k or more.
          Math.abs(sizeOf.get(other)! - candidate.members.length) < policy.k &&
          isolatesFew([
            [row, 1],
            [other, -1],
          ]),
      ),
    );
    if (isTooClose) candidate.cause = 'difference-to-a-cell';
    else kept.push(candidate);
  }
  const drop = (candidate: Candidate, cause: Cause) => {
    candidate.cause = cause;
    kept.splice(kept.indexOf(candidate), 1);
  };
  protectRests(input, kept, isolatesFew, former, { formerRows, rowsOf }, drop);
  const oldest = monthsBefore(input.cutoffOn, input.instrument.panelMonths);
  const carriedFor = (candidate: Candidate) =>
    versionsFor(candidate)
      .map((place) => former[place]!)
      .find(
        (version) =>
          version.isInForce &&
          version.cell.asOf > oldest &&
          isWithinPolicy(version, policy) &&
          !(input.replaces && version.cell.version.startsWith(`${input.replaces}/`)),
      );
  const isHidden = (candidate: Candidate) => candidate.members.length > 0 && !carriedFor(candidate);
  const changesOnly = { ...changeSpace(roster, candidates, former), isSecret: ({ isChange }: Candidate) => isChange };
  const everything = { membership, formerRows, rowsOf, isSecret: ({ isChange }: Candidate) => !isChange };
  const beyondCure: BeyondCure[] = [];
  for (const space of [everything, changesOnly]) {
    const protection = protectCombinations(input, space, kept, candidates, isHidden, drop);
    for (const names of protection.isolated) remember(names);
    const formerOf = new Map(
      space.formerRows.flatMap((rows, place) => rows.map((row) => [row, former[place]!] as const)),
    );
    for (const { weight, certificate } of protection.beyondCure)
      beyondCure.push({
        organisations: weight,
        versions: certificate.map(({ row }) => formerOf.get(row)!.cell.version).sort(),
      });
  }
  return { roster, candidates, carriedFor, spaces: [everything, changesOnly], inTheWay, beyondCure };
}

/** What has been decided about each candidate, figures of one date apart from changes. */
function decisionsOf({ candidates, carriedFor }: Decided, withheld: ReadonlyMap<Candidate, string[]>) {
  const decisions: Decision[] = [];
  const changes: Decision<ChangeVersion>[] = [];
  for (const candidate of candidates) {
    const { group, members, cause, isChange } = candidate;
    const base = { group, n: members.length };
    const version = cause === null ? undefined : carriedFor(candidate);
    if (cause === null) {
      const fresh = { ...base, outcome: 'fresh' as const, rows: members, withheld: withheld.get(candidate) ?? [] };
      (isChange ? changes : decisions).push(fresh);
    } else if (!version) (isChange ? changes : decisions).push({ ...base, outcome: 'suppressed', cause });
    else if (version.firsts) changes.push({ ...base, outcome: 'carried', version: version.cell, cause });
    else decisions.push({ ...base, outcome: 'carried', version: version.cell, cause });
  }
  return { decisions, changes };
}

function keyOf(group: GroupRef, isChange: boolean): string {
  return isChange ? changeKey(group.key) : group.key;
}

/** The order in which cells are kept; of equal size those first that come first in the catalogue. */
export function largestFirst(candidates: readonly Candidate[]): Candidate[] {
  return candidates.toSorted((a, b) => b.members.length - a.members.length);
}

/** Every association that a participation or a former version names, in a fixed order. */
function cohortsIn(roster: Roster, former: readonly FormerVersion[]): string[] {
  const known = new Set(former.flatMap(({ cell }) => cell.group.cohort ?? []));
  for (const cohorts of new Set(roster.cohorts)) for (const cohort of cohorts) known.add(cohort);
  return [...known].sort();
}

/** Every group's figures of this date, then every group's matched change. */
function candidatesOf({ groups, groupsOf }: Catalogue, roster: Roster): Candidate[] {
  const levels = groups.map((group): Candidate => ({ group, isChange: false, members: [], cause: null }));
  const changes = groups.map((group): Candidate => ({ group, isChange: true, members: [], cause: null }));
  for (let row = 0; row < roster.size; row++) {
    for (const place of groupsOf(roster, row)) {
      levels[place]!.members.push(row);
      if (roster.firsts[row] !== null) changes[place]!.members.push(row);
    }
  }
  return [...levels, ...changes];
}

/**
 * Everything in one membership. A change stands in it twice, by last and by first submissions: their difference is the
 * sum of the changes, so that changes can be combined with figures of two dates.
 */
function spaceOf(roster: Roster, candidates: readonly Candidate[], former: readonly FormerVersion[]) {
  const rows: Contributions[] = [];
  const places = new Map<Candidate, number[]>();
  for (const candidate of candidates) {
    const { members, isChange } = candidate;
    const organisations = members.map((row) => roster.organisations[row]!);
    const own = [rows.push({ organisations, submissions: members.map((row) => roster.submissions[row]!) }) - 1];
    if (isChange) own.push(rows.push({ organisations, submissions: members.map((row) => roster.firsts[row]!) }) - 1);
    places.set(candidate, own);
  }
  const formerRows = former.map(({ organisations, submissions, firsts }) => {
    const own = [rows.push({ organisations, submissions }) - 1];
    if (firsts) own.push(rows.push({ organisations, submissions: firsts }) - 1);
    return own;
  });
  return { membership: membershipOf(rows), formerRows, rowsOf: (candidate: Candidate) => places.get(candidate)! };
}

/** Changes among themselves: a row each, a column for each pair of submissions. */
function changeSpace(roster: Roster, candidates: readonly Candidate[], former: readonly FormerVersion[]) {
  const pairs = roster.firsts.map((first, row) => (first === null ? '' : pairOf(roster.submissions[row]!, first)));
  const rows: Contributions[] = [];
  const places = new Map<Candidate, number[]>();
  for (const candidate of candidates) {
    if (!candidate.isChange) continue;
    const organisations = candidate.members.map((row) => roster.organisations[row]!);
    const submissions = candidate.members.map((row) => pairs[row]!);
    places.set(candidate, [rows.push({ organisations, submissions }) - 1]);
  }
  const formerRows = former.map(({ organisations, submissions, firsts }) => {
    if (!firsts) return [];
    const counted = submissions.map((last, place) => pairOf(last, firsts[place]));
    return [rows.push({ organisations, submissions: counted }) - 1];
  });
  return { membership: membershipOf(rows), formerRows, rowsOf: (candidate: Candidate) => places.get(candidate) ?? [] };
}

/** What a contribution counts with: its last submission, of a change also its first. */
function pairOf(last: string, first: string | null | undefined): string {
  return `${last} ${first}`;
}

/** Rules 3 and 9: enough participations, enough of them invited or independent, not one source's doing. */
function thresholdCause({ group, members }: Candidate, roster: Roster, policy: Policy): Cause | null {
  const n = members.length;
  if (n === 0) return 'nobody';
  if (n < policy.k) return 'below-k';
  const invited = members.reduce((sum, row) => sum + roster.isInvited[row]!, 0);
  if (invited < policy.k && n < policy.minOpenParticipations) return 'too-few-invited';
  // An association's members may all be sent in by one partner, or belong to one carrier.
  if (group.cohort !== undefined) return null;
  const bySource = new Map<string, number>();
  for (const row of members) {
    const source = roster.sources[row];
    if (source !== undefined && roster.isTrusted[row] === 0) bySource.set(source, (bySource.get(source) ?? 0) + 1);
  }
  return n - Math.max(0, ...bySource.values()) < policy.k ? 'one-source' : null;
}

/** Rule 7: at least k joined, left or changed against every version ever published; invited ones where it rests on them. */
function changeCause(
  { rows, members }: Pick<Candidate, 'members'> & { rows: readonly number[] },
  versions: readonly (FormerVersion & { rows: readonly number[] })[],
  roster: Roster,
  membership: Membership,
  policy: Policy,
): Cause | null {
  for (const version of versions) {
    const touched = rows.map((row, place) =>
      organisationsTouchedBy(
        membership,
        [
          [row, 1],
          [version.rows[place]!, -1],
        ],
        policy.k,
      ),
    );
    const few = touched.every((organisations) => organisations !== null);
    if (few && new Set(touched.flatMap((organisations) => [...organisations!])).size < policy.k)
      return 'too-few-changes';
    if (members.length >= policy.minOpenParticipations) continue;
    const { organisations, submissions, firsts } = version;
    const before = new Map(organisations.map((name, place) => [name, pairOf(submissions[place]!, firsts?.[place])]));
    const changedInvited = members.filter((member) => {
      const now = pairOf(roster.submissions[member]!, firsts ? roster.firsts[member] : undefined);
      return roster.isInvited[member] === 1 && before.get(roster.organisations[member]!) !== now;
    });
    if (changedInvited.length < policy.k) return 'too-few-invited-changes';
  }
  return null;
}

/** Rule 6b: a parent less its published children leaves nobody or at least k; the smallest child gives way. */
function protectRests(
  { instrument }: Composing,
  kept: Candidate[],
  isolatesFew: (terms: Terms) => boolean,
  former: readonly FormerVersion[],
  { formerRows, rowsOf }: Pick<Space, 'formerRows' | 'rowsOf'>,
  drop: (candidate: Candidate, cause: Cause) => void,
): void {
  const isChild = (child: GroupRef, parent: GroupRef, set: string[]) =>
    child.panel === parent.panel &&
    child.cohort === parent.cohort &&
    Object.keys(child.where).length === set.length &&
    set.every((id) => child.where[id] !== undefined) &&
    Object.entries(parent.where).every(([id, code]) => child.where[id] === code);
  for (let again = true; again; ) {
    again = false;
    const inForce = former.flatMap(({ cell, isInForce, firsts }, place) => {
      const isChange = firsts !== undefined;
      const isKept = kept.some((one) => one.group.key === cell.group.key && one.isChange === isChange);
      return isInForce && !isKept
        ? [{ group: cell.group, isChange, rows: formerRows[place]!, candidate: undefined }]
        : [];
    });
    const shown = [...kept.map((candidate) => ({ ...candidate, rows: rowsOf(candidate), candidate })), ...inForce];
    for (const parent of shown) {
      const sets = parent.group.cohort === undefined ? instrument.catalogue : cohortSets(instrument);
      for (const set of sets) {
        if (set.length <= Object.keys(parent.group.where).length) continue;
        const children = shown.filter(
          ({ group, isChange }) => isChange === parent.isChange && isChild(group, parent.group, set),
        );
        if (children.length === 0) continue;
        const leavesFew = parent.rows.some((row, place) =>
          isolatesFew([[row, 1] as const, ...children.map(({ rows }) => [rows[place]!, -1] as const)]),
        );
        if (!leavesFew) continue;
        const smallest = children
          .flatMap(({ candidate }) => candidate ?? [])
          .sort((a, b) => a.members.length - b.members.length)[0];
        const giving = smallest ?? parent.candidate;
        if (!giving) continue;
        drop(giving, 'rest-of-a-parent');
        again = true;
        break;
      }
      if (again) break;
    }
  }
}

/**
 * Rule 6c: no combination of published rows isolates fewer than k, and nothing suppressed is such a combination.
 *
 * @returns the organisations that each refused cell would have isolated, and what the former rows isolate by themselves
 */
function protectCombinations(
  input: Composing,
  { membership, rowsOf, formerRows, isSecret }: Space,
  kept: readonly Candidate[],
  candidates: readonly Candidate[],
  isHidden: (candidate: Candidate) => boolean,
  drop: (candidate: Candidate, cause: Cause) => void,
): { isolated: string[][]; beyondCure: Isolation[] } {
  const ofRow = new Map(candidates.flatMap((candidate) => rowsOf(candidate).map((row) => [row, candidate] as const)));
  // Few pairs of last and first submissions: proved to follow from nothing, and not only searched for.
  const fewChanges = candidates.filter(
    ({ isChange, members }) => isChange && members.length > 0 && members.length < input.policy.k,
  );
  const isHiddenSecret = (candidate: Candidate) => isSecret(candidate) && isHidden(candidate);
  const { refused, beyondCure } = (input.admit ?? admit)(
    {
      rows: membership.rows,
      atoms: membership.atoms,
      fixed: formerRows.flat(),
      candidates: largestFirst(kept).flatMap(rowsOf),
      hidden: candidates.filter((one) => one.cause !== null && isHiddenSecret(one)).flatMap(rowsOf),
      hiddenDifferences: fewChanges.flatMap((change) => {
        const [last, first] = rowsOf(change);
        return last === undefined || first === undefined ? [] : [[last, first] as const];
      }),
      isHiddenWhenRefused: (row) => isHiddenSecret(ofRow.get(row)!),
    },
    { k: input.policy.k, bases: input.policy.isolationBases },
  );
  for (const { row, because } of refused) {
    const candidate = ofRow.get(row)!;
    // Of a change both rows may have been refused.
    if (candidate.cause === null)
      drop(candidate, 'hidden' in because ? 'derivable-suppressed' : 'combination-of-cells');
  }
  const isolated = refused.flatMap(({ because }) =>
    'isolation' in because ? [because.isolation.organisations.map((id) => membership.organisations[id]!)] : [],
  );
  return { isolated, beyondCure };
}

/** Whether today's policy would still publish the version: enough participations, no finer cuts than they allow. */
function isWithinPolicy(version: FormerVersion, policy: Policy): boolean {
  const n = version.organisations.length;
  if (n < policy.k || (n < policy.minOpenParticipations && version.invited < policy.k)) return false;
  const allowed = new Set(shownCuts(n, policy));
  return Object.values(version.cell.dimensions).every(
    (dimension) => dimension.state === 'suppressed' || dimension.cuts.every(({ permille }) => allowed.has(permille)),
  );
}
