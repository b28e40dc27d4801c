import { cohortSets } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { Policy } from '#contracts/policy';
import type { CellVersion, GroupRef } from '#contracts/release';
import { monthsBefore } from './calendar.ts';
import { type Catalogue, catalogueOf } from './catalogue.ts';
import type { BeyondCure } from './disclosure-report.ts';
import { contributionKey, type Roster } from './fold.ts';
import { admit, type Isolation } from './isolation.ts';
import {
  type Contributions,
  type Membership,
  membershipOf,
  organisationsTouchedBy,
  type Terms,
  touchedBy,
} from './membership.ts';
import { shownCuts } from './policy.ts';

/** A version of a cell that some release published, with its contributions from the ledger. */
export interface FormerVersion extends Contributions {
  cell: CellVersion;
  invited: number;
  /** Shown by the release in force. */
  isInForce: boolean;
}

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

export type Decision =
  | { group: GroupRef; n: number; outcome: 'fresh'; rows: number[] }
  | { group: GroupRef; n: number; outcome: 'carried'; version: FormerVersion; cause: Cause }
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

interface Candidate {
  group: GroupRef;
  row: number;
  members: number[];
  cause: Cause | null;
}

/** What a release publishes, and from which participations. */
export interface Composition {
  roster: Roster;
  decisions: Decision[];
  /** Contributions that wait for the next release. */
  deferred: ReadonlySet<string>;
  /** What former releases isolate by themselves, which no decision here can cure. */
  beyondCure: BeyondCure[];
}

/** Trials of a deferral cost one decision each. */
const MAX_DEFERRALS_TRIED = 24;

/**
 * Decides, from membership alone, which groups of the catalogue are published afresh, which former versions are carried
 * forward and which stay suppressed (docs/method.md, rules 2, 3, 6, 7, 9). Largest cells are kept first. Where fewer than k
 * new submissions alone stand in a cell's way, they wait for the next release. Deterministic.
 */
export function compose(input: Composing): Composition {
  const published = new Set(
    input.former.flatMap(({ organisations, submissions }) =>
      organisations.map((organisation, place) => contributionKey(organisation, submissions[place]!)),
    ),
  );
  let deferred: ReadonlySet<string> = new Set();
  let best = decide(input, input.rosterWithout(deferred));
  const tried = new Set<string>();
  for (let trial = 0; trial < MAX_DEFERRALS_TRIED; trial++) {
    const open = best.inTheWay.find(({ contributions }) => !tried.has(contributions.join()));
    if (!open) break;
    tried.add(open.contributions.join());
    // What a release has already counted cannot wait.
    if (open.contributions.some((contribution) => published.has(contribution))) continue;
    const waiting = new Set([...deferred, ...open.contributions]);
    const trialRoster = input.rosterWithout(waiting);
    const outcome = decide(input, trialRoster);
    if (answered(outcome) <= answered(best)) continue;
    deferred = waiting;
    best = outcome;
  }
  return { roster: best.roster, decisions: best.decisions, deferred, beyondCure: best.beyondCure };
}

/** How many participations find their group published afresh, summed over the groups. */
function answered({ decisions }: Decided): number {
  return decisions.reduce((sum, decision) => sum + (decision.outcome === 'fresh' ? decision.n : 0), 0);
}

interface Decided {
  roster: Roster;
  decisions: Decision[];
  /** Fewer than k organisations that alone kept a cell from being published: their present contributions, sorted. */
  inTheWay: { contributions: string[] }[];
  beyondCure: BeyondCure[];
}

function decide(input: Composing, roster: Roster): Decided {
  const { former, policy } = input;
  const catalogue = catalogueOf(input.instrument, cohortsIn(roster, former));
  const candidates = candidatesOf(catalogue, roster);
  const membership = membershipOf([...candidates.map(({ members }) => contributionsOf(roster, members)), ...former]);
  const formerRows = former.map((_, place) => candidates.length + place);
  const versionsOf = new Map<string, number[]>();
  former.forEach(({ cell }, place) => {
    versionsOf.set(cell.group.key, [...(versionsOf.get(cell.group.key) ?? []), place]);
  });
  const inTheWay: { contributions: string[] }[] = [];
  const contributionOf = new Map(
    roster.organisations.map((name, row) => [name, contributionKey(name, roster.submissions[row]!)]),
  );
  const remember = (organisations: Iterable<number>) => {
    const contributions = [...organisations]
      .flatMap((id) => contributionOf.get(membership.organisations[id]!) ?? [])
      .sort();
    if (contributions.length > 0) inTheWay.push({ contributions });
  };
  /** Whether a combination isolates fewer than k; remembers who they are. */
  const isolatesFew = (terms: Terms) => {
    const touched = organisationsTouchedBy(membership, terms, policy.k);
    if (touched === null || touched.size === 0) return false;
    remember(touched);
    return true;
  };

  for (const candidate of candidates) {
    const versions = (versionsOf.get(candidate.group.key) ?? []).map((place) => ({
      ...former[place]!,
      row: formerRows[place]!,
    }));
    candidate.cause =
      thresholdCause(candidate, roster, policy) ?? changeCause(candidate, versions, roster, membership, policy);
  }

  const kept: Candidate[] = [];
  const bySize = candidates
    .filter(({ cause }) => cause === null)
    .sort((a, b) => b.members.length - a.members.length || a.row - b.row);
  for (const candidate of bySize) {
    const others = [...formerRows, ...kept.map(({ row }) => row)];
    const isTooClose = others.some((other) =>
      isolatesFew([
        [candidate.row, 1],
        [other, -1],
      ]),
    );
    if (isTooClose) candidate.cause = 'difference-to-a-cell';
    else kept.push(candidate);
  }
  const drop = (candidate: Candidate, cause: Cause) => {
    candidate.cause = cause;
    kept.splice(kept.indexOf(candidate), 1);
  };
  protectRests(input, kept, isolatesFew, former, formerRows, drop);
  const oldest = monthsBefore(input.cutoffOn, input.instrument.panelMonths);
  const carriedFor = ({ group }: Candidate) =>
    (versionsOf.get(group.key) ?? [])
      .map((place) => former[place]!)
      .find(
        (version) =>
          version.isInForce &&
          version.cell.asOf > oldest &&
          isWithinPolicy(version, policy) &&
          !(input.replaces && version.cell.version.startsWith(`${input.replaces}/`)),
      );
  const { isolated, beyondCure } = protectCombinations(
    input,
    membership,
    formerRows,
    kept,
    candidates,
    (candidate) => !carriedFor(candidate),
    drop,
  );
  for (const organisations of isolated) remember(organisations);

  const decisions = candidates.map((candidate): Decision => {
    const { group, members, cause } = candidate;
    if (cause === null) return { group, n: members.length, outcome: 'fresh', rows: members };
    const version = carriedFor(candidate);
    if (version) return { group, n: members.length, outcome: 'carried', version, cause };
    return { group, n: members.length, outcome: 'suppressed', cause };
  });
  const versionOf = (row: number) => former[row - candidates.length]!.cell.version;
  return {
    roster,
    decisions,
    inTheWay,
    beyondCure: beyondCure.map(({ weight, certificate }) => ({
      organisations: weight,
      versions: certificate.map(({ row }) => versionOf(row)).sort(),
    })),
  };
}

/** Every association that a participation or a former version names, in a fixed order. */
function cohortsIn(roster: Roster, former: readonly FormerVersion[]): string[] {
  const known = new Set(former.flatMap(({ cell }) => cell.group.cohort ?? []));
  for (const cohorts of new Set(roster.cohorts)) for (const cohort of cohorts) known.add(cohort);
  return [...known].sort();
}

function candidatesOf(catalogue: Catalogue, roster: Roster): Candidate[] {
  const candidates = catalogue.groups.map((group, row): Candidate => ({ group, row, members: [], cause: null }));
  for (let row = 0; row < roster.size; row++)
    for (const place of catalogue.groupsOf(roster, row)) candidates[place]!.members.push(row);
  return candidates;
}

function contributionsOf(roster: Roster, members: number[]): Contributions {
  return {
    organisations: members.map((row) => roster.organisations[row]!),
    submissions: members.map((row) => roster.submissions[row]!),
  };
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
  { row, members }: Candidate,
  versions: (FormerVersion & { row: number })[],
  roster: Roster,
  membership: Membership,
  policy: Policy,
): Cause | null {
  for (const version of versions) {
    if (
      touchedBy(
        membership,
        [
          [row, 1],
          [version.row, -1],
        ],
        policy.k,
      ) < policy.k
    )
      return 'too-few-changes';
    if (members.length >= policy.minOpenParticipations) continue;
    const before = new Map(version.organisations.map((name, place) => [name, version.submissions[place]!]));
    const changedInvited = members.filter(
      (member) =>
        roster.isInvited[member] === 1 && before.get(roster.organisations[member]!) !== roster.submissions[member],
    );
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
  formerRows: readonly number[],
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
    const inForce = former.flatMap(({ cell, isInForce }, place) =>
      isInForce && !kept.some(({ group }) => group.key === cell.group.key)
        ? [{ group: cell.group, row: formerRows[place]! }]
        : [],
    );
    for (const parent of [...kept, ...inForce]) {
      const sets = parent.group.cohort === undefined ? instrument.catalogue : cohortSets(instrument);
      for (const set of sets) {
        if (set.length <= Object.keys(parent.group.where).length) continue;
        const children = [...kept, ...inForce].filter(({ group }) => isChild(group, parent.group, set));
        if (children.length === 0) continue;
        const rest = [[parent.row, 1] as const, ...children.map(({ row }) => [row, -1] as const)];
        if (!isolatesFew(rest)) continue;
        const smallest = children
          .filter((child): child is Candidate => 'members' in child)
          .sort((a, b) => a.members.length - b.members.length)[0];
        const giving = smallest ?? ('members' in parent ? (parent as Candidate) : undefined);
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
 * Rule 6c: no combination of published rows isolates fewer than k, and no suppressed cell is such a combination.
 *
 * @returns the organisations that each refused cell would have isolated, and what the former rows isolate by themselves
 */
function protectCombinations(
  input: Composing,
  membership: Membership,
  formerRows: readonly number[],
  kept: Candidate[],
  candidates: readonly Candidate[],
  isHidden: (candidate: Candidate) => boolean,
  drop: (candidate: Candidate, cause: Cause) => void,
): { isolated: number[][]; beyondCure: Isolation[] } {
  const { refused, beyondCure } = (input.admit ?? admit)(
    {
      rows: membership.rows,
      atoms: membership.atoms,
      fixed: formerRows,
      candidates: kept.toSorted((a, b) => b.members.length - a.members.length || a.row - b.row).map(({ row }) => row),
      hidden: candidates
        .filter((candidate) => candidate.cause !== null && candidate.members.length > 0 && isHidden(candidate))
        .map(({ row }) => row),
      isHiddenWhenRefused: (row) => isHidden(candidates[row]!),
    },
    { k: input.policy.k, bases: input.policy.isolationBases },
  );
  for (const { row, because } of refused)
    drop(candidates[row]!, 'hidden' in because ? 'derivable-suppressed' : 'combination-of-cells');
  return {
    isolated: refused.flatMap(({ because }) => ('isolation' in because ? [because.isolation.organisations] : [])),
    beyondCure,
  };
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
