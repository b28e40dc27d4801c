import type { Instrument } from '#contracts/instrument';
import type { Policy } from '#contracts/policy';
import type { Cell, CellEntry, Ledger, LedgerEntry, Manifest, Plan } from '#contracts/release';
import { addDays } from './calendar.ts';
import type { Composition, Decision } from './compose.ts';
import { type BeyondCure, type DisclosureReport, disclosureReportOf } from './disclosure-report.ts';
import { figuresOf } from './figures.ts';
import { type Tally, tallyOf } from './tally.ts';

/**
 * A fold ready to be bound to its plan: the tallies of the cells to be published afresh, the cells carried forward and
 * the bare membership for the ledger. It holds no organisation's answers.
 */
export interface BoundFold {
  releaseId: string;
  decisions: BoundDecision[];
  entries: LedgerEntry[];
  /** How many submissions wait for the next release, so that others need not. */
  deferred: number;
  beyondCure: BeyondCure[];
}

type BoundDecision =
  | { group: Decision['group']; n: number; outcome: 'fresh'; tally: Tally }
  | {
      group: Decision['group'];
      n: number;
      outcome: 'carried';
      version: Extract<Decision, { outcome: 'carried' }>['version']['cell'];
      cause: string;
    }
  | { group: Decision['group']; n: number; outcome: 'suppressed'; cause: string };

/** Tallies what has been decided; afterwards the roster with its answers is no longer needed. */
export function bindDecisions(
  plan: Plan,
  instrument: Instrument,
  { roster, decisions, deferred, beyondCure }: Composition,
): BoundFold {
  const groupsOf = new Map<number, string[]>();
  const bound = decisions.map((decision): BoundDecision => {
    const { group, n } = decision;
    if (decision.outcome === 'carried')
      return { group, n, outcome: 'carried', version: decision.version.cell, cause: decision.cause };
    if (decision.outcome === 'suppressed') return { group, n, outcome: 'suppressed', cause: decision.cause };
    for (const row of decision.rows) {
      const groups = groupsOf.get(row);
      if (groups) groups.push(group.key);
      else groupsOf.set(row, [group.key]);
    }
    return { group, n, outcome: 'fresh', tally: tallyOf(instrument, roster, decision.rows) };
  });
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
      };
    });
  return { releaseId: plan.releaseId, decisions: bound, entries, deferred: deferred.size, beyondCure };
}

/** Everything a publication writes. */
export interface FrozenRelease {
  /** Public: names no cell of an association's members. */
  manifest: Manifest;
  /** Every cell, those of associations' members included. */
  cells: Cell[];
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
    const figures = figuresOf(decision.tally, { group: decision.group, version, asOf: plan.cutoffOn }, policy);
    return { ...figures, isCarriedForward: false };
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
      // Not even that an association has members here is public.
      cells: cells.filter(({ group }) => group.cohort === undefined).map(entryOf),
    },
    cells,
    ledger: { releaseId, cutoffOn, entries: bound.entries },
    report: disclosureReportOf(plan, bound, policy),
  };
}

function entryOf(cell: Cell): CellEntry {
  const { group } = cell;
  if (cell.state === 'suppressed') return { key: group.key, group, state: 'suppressed', reason: 'protection' };
  const { participations, asOf, isCarriedForward, version } = cell;
  return { key: group.key, group, state: 'published', participations, asOf, isCarriedForward, version };
}
