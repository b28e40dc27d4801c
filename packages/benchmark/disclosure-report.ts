import { changeKey } from '#contracts/group';
import { homogeneityOf } from './figures.ts';
import type { BoundFold } from './release.ts';

/**
 * What protection did to a release, and why: exact numbers and causes, for the operator alone. It is stored beside the
 * working files, never beside the public ones, and nothing public follows from it.
 */
export interface DisclosureReport {
  releaseId: string;
  cutoffOn: string;
  policyHash: string;
  codeVersion: string;
  /** Groups of the catalogue and their matched changes by outcome; `empty` are those of the suppressed that nobody belongs to. */
  groups: { fresh: number; carried: number; suppressed: number; empty: number };
  /** Why groups got no fresh figures: cause -> groups. Carried ones are counted too. */
  causes: Record<string, number>;
  /** Of the fresh groups: dimensions (the overall score included) by what became of them. */
  dimensions: { published: number; suppressed: number; causes: Record<string, number> };
  /** Submissions that wait for the next release, so that a group need not. */
  deferred: number;
  /** Submissions held back for review, and decided on. */
  reviewed: BoundFold['reviewed'];
  /** Sets of organisations that former releases isolate by themselves. Empty unless rules were once looser. */
  beyondCure: BeyondCure[];
  /** Every group, in the order of the catalogue, then every matched change. */
  lines: ReportLine[];
}

/** How many organisations the named versions isolate. Who they are stays in the ledger. */
export interface BeyondCure {
  organisations: number;
  versions: string[];
}

/** What happened to one group, and why. */
export interface ReportLine {
  key: string;
  n: number;
  outcome: 'fresh' | 'carried' | 'suppressed';
  cause: string | null;
}

/** The report of a bound fold; a pure function of it, so that a publication run again stores the same. */
export function disclosureReportOf(
  release: Pick<DisclosureReport, 'releaseId' | 'cutoffOn' | 'policyHash' | 'codeVersion'>,
  bound: BoundFold,
  policy: Parameters<typeof homogeneityOf>[2],
): DisclosureReport {
  const lines = [...bound.decisions.map(lineOf((key) => key)), ...bound.changes.map(lineOf(changeKey))];
  const count = (outcome: ReportLine['outcome']) => lines.filter((line) => line.outcome === outcome).length;
  const dimensions = [...bound.decisions, ...bound.changes].flatMap((decision) =>
    decision.outcome === 'fresh'
      ? Object.entries(decision.tally.histograms).map(([id, histogram]) => {
          const cause = homogeneityOf(histogram, decision.n, policy);
          return cause ?? (decision.withheld.includes(id) ? 'derivable-suppressed' : null);
        })
      : [],
  );
  const { releaseId, cutoffOn, policyHash, codeVersion } = release;
  return {
    releaseId,
    cutoffOn,
    policyHash,
    codeVersion,
    groups: {
      fresh: count('fresh'),
      carried: count('carried'),
      suppressed: count('suppressed'),
      empty: lines.filter(({ n, outcome }) => n === 0 && outcome === 'suppressed').length,
    },
    causes: countsOf(lines.map(({ cause }) => cause)),
    dimensions: {
      published: dimensions.filter((cause) => cause === null).length,
      suppressed: dimensions.filter((cause) => cause !== null).length,
      causes: countsOf(dimensions),
    },
    deferred: bound.deferred,
    reviewed: bound.reviewed,
    beyondCure: bound.beyondCure,
    lines,
  };
}

function lineOf(keyOf: (key: string) => string) {
  return (decision: BoundFold['decisions' | 'changes'][number]): ReportLine => ({
    key: keyOf(decision.group.key),
    n: decision.n,
    outcome: decision.outcome,
    cause: decision.outcome === 'fresh' ? null : decision.cause,
  });
}

function countsOf(causes: readonly (string | null)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const cause of [...causes].sort()) if (cause !== null) counts[cause] = (counts[cause] ?? 0) + 1;
  return counts;
}
