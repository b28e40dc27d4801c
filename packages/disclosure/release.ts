import { changeKey } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import { shownCount } from '#contracts/participation';
import type { Policy } from '#contracts/policy';
import type {
  Cell,
  CellEntry,
  CellVersion,
  Change,
  ChangeVersion,
  GroupRef,
  Ledger,
  LedgerEntry,
  Manifest,
  Plan,
} from '#contracts/release';
import { addDays } from '#contracts/calendar';
import { changeFiguresOf } from './change.ts';
import type { Composition, Decision, FormerVersion } from './compose.ts';
import { type BeyondCure, type DisclosureReport, disclosureReportOf } from './disclosure-report.ts';
import { figuresOf } from './figures.ts';
import type { Reviewed } from '#microdata/fold';
import { type ChangeTally, changeTallyOf, type Tally, tallyOf } from '#microdata/tally';

/**
 * A fold ready to be bound to its plan: the tallies of the cells to be published afresh, the cells carried forward and
 * the bare membership for the ledger. It holds no organisation's answers.
 */
export interface BoundFold {
  releaseId: string;
  decisions: BoundDecision<Tally, CellVersion>[];
  /** Matched change of the same groups. */
  changes: BoundDecision<ChangeTally, ChangeVersion>[];
  entries: LedgerEntry[];
  /** How many submissions wait for the next release, so that others need not. */
  deferred: number;
  /** Submissions with flags, and excluded ones, by what became of them. */
  reviewed: ReviewCounts;
  beyondCure: BeyondCure[];
}

/** `waiting` and `excluded` are not in the release, `admitted` may be. */
export interface ReviewCounts {
  waiting: number;
  admitted: number;
  excluded: number;
}

export function reviewCounts(reviewed: readonly Pick<Reviewed, 'decision'>[]): ReviewCounts {
  const count = (wanted: Reviewed['decision']) => reviewed.filter(({ decision }) => decision === wanted).length;
  return { waiting: count(null), admitted: count('admit'), excluded: count('exclude') };
}

type BoundDecision<Counts, Version> =
  | { group: GroupRef; n: number; outcome: 'fresh'; tally: Counts; withheld: string[] }
  | { group: GroupRef; n: number; outcome: 'carried'; version: Version; cause: string }
  | { group: GroupRef; n: number; outcome: 'suppressed'; cause: string };

/** Tallies what has been composed; afterwards the roster with its answers is no longer needed. */
export function bindDecisions(
  plan: Plan,
  instrument: Instrument,
  { roster, decisions, changes, deferred, beyondCure }: Composition,
  reviewed: readonly Reviewed[] = [],
): BoundFold {
  const groupsOf = new Map<number, string[]>();
  const matched = new Set<number>();
  const bind =
    <Counts, Version extends FormerVersion['cell']>(
      tally: (rows: number[]) => Counts,
      keyOf: (key: string) => string,
    ) =>
    (decision: Decision<Version>): BoundDecision<Counts, Version> => {
      if (decision.outcome !== 'fresh') return decision;
      const { rows, ...rest } = decision;
      const key = keyOf(decision.group.key);
      for (const row of rows) {
        const groups = groupsOf.get(row);
        if (groups) groups.push(key);
        else groupsOf.set(row, [key]);
      }
      return { ...rest, tally: tally(rows) };
    };
  const levels = decisions.map(
    bind(
      (rows) => tallyOf(instrument, roster, rows),
      (key) => key,
    ),
  );
  const moves = changes.map(
    bind((rows) => {
      for (const row of rows) matched.add(row);
      return changeTallyOf(instrument, roster, rows);
    }, changeKey),
  );
  const entries = [...groupsOf.keys()]
    .sort((a, b) => a - b)
    .map((row): LedgerEntry => {
      const source = roster.sources[row];
      return {
        organisation: roster.organisations[row]!,
        submission: roster.submissions[row]!,
        isInvited: roster.isInvited[row] === 1,
        ...(source === undefined ? {} : { source }),
        groups: groupsOf.get(row)!,
        ...(matched.has(row) ? { first: roster.firsts[row]! } : {}),
      };
    });
  return {
    releaseId: plan.releaseId,
    decisions: levels,
    changes: moves,
    entries,
    deferred: deferred.size,
    reviewed: reviewCounts(reviewed),
    beyondCure,
  };
}

/** Everything a publication writes. */
export interface FrozenRelease {
  /** Public: names no cell of an association's members. */
  manifest: Manifest;
  /** Every cell, those of associations' members included. */
  cells: Cell[];
  /** Matched change of the same groups. */
  changes: Change[];
  ledger: Ledger;
  /** For the operator only. */
  report: DisclosureReport;
}

/**
 * Computes a release from its plan and bound fold: a pure function, so that a publication that was interrupted ends in
 * the same bytes when it is run again.
 */
export function releaseOf(plan: Plan, bound: BoundFold, policy: Policy): FrozenRelease {
  const cells = bound.decisions.map((decision): Cell => {
    if (decision.outcome === 'suppressed') return { group: decision.group, state: 'suppressed', reason: 'protection' };
    if (decision.outcome === 'carried') return { ...decision.version, isCarriedForward: true };
    const version = `${plan.releaseId}/${decision.group.key}`;
    const cell = { group: decision.group, version, asOf: plan.cutoffOn };
    return { ...figuresOf(decision.tally, cell, policy, decision.withheld), isCarriedForward: false };
  });
  const changes = bound.changes.map((decision): Change => {
    if (decision.outcome === 'suppressed') return { group: decision.group, state: 'suppressed', reason: 'protection' };
    if (decision.outcome === 'carried') return { ...decision.version, isCarriedForward: true };
    const version = `${plan.releaseId}/${changeKey(decision.group.key)}`;
    const change = { group: decision.group, version, asOf: plan.cutoffOn };
    return { ...changeFiguresOf(decision.tally, change, policy, decision.withheld), isCarriedForward: false };
  });
  const { panel, instrument, cutoffOn, follows, replaces, policyHash, instrumentHash, codeVersion, releaseId } = plan;
  return {
    manifest: {
      releaseId,
      panel,
      instrument,
      cutoffOn,
      nextReleaseOn: addDays(cutoffOn, Math.max(1, policy.minDaysBetweenReleases)),
      follows,
      replaces,
      policy,
      policyHash,
      instrumentHash,
      codeVersion,
      heldBack: shownCount(bound.reviewed.waiting + bound.reviewed.excluded),
      // Not even that an association has members here is public.
      cells: cells.filter(({ group }) => group.cohort === undefined).map(entryOf),
      changes: changes.filter(({ group }) => group.cohort === undefined).map(entryOf),
    },
    cells,
    changes,
    ledger: { releaseId, cutoffOn, entries: bound.entries },
    report: disclosureReportOf(plan, bound, policy),
  };
}

function entryOf(cell: Cell | Change): CellEntry {
  const { group } = cell;
  if (cell.state === 'suppressed') return { key: group.key, group, state: 'suppressed', reason: 'protection' };
  const { participations, asOf, isCarriedForward, version } = cell;
  return { key: group.key, group, state: 'published', participations, asOf, isCarriedForward, version };
}
