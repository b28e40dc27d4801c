import type { Reviewed } from '#microdata/review';
import type { Decided, DecidedGroup } from './decide-release.ts';

/** What a release decided about one group. Exact, so for the operator only. */
export interface ReportLine extends Omit<DecidedGroup, 'group'> {
  /** The group's canonical key. */
  key: string;
}

/** What the operator is shown of a release, by a dry run too: exact counts, which are written nowhere. */
export interface DisclosureReport {
  cells: ReportLine[];
  /** Matched change of the same groups. */
  changes: ReportLine[];
  /** Organisations in no figure, by unit type. */
  leftOut: { unitType?: string; incomplete: number; underReview: number }[];
  /** Submissions that were flagged or excluded, by what the operator decided. */
  reviewed: { waiting: number; admitted: number; excluded: number };
}

export function disclosureReportOf(decided: Decided, reviewed: readonly Reviewed[]): DisclosureReport {
  const lineOf = ({ group, ...rest }: DecidedGroup): ReportLine => ({ key: group.key, ...rest });
  const decidedAs = (decision: Reviewed['decision']) => reviewed.filter((one) => one.decision === decision).length;
  return {
    cells: decided.cells.map(lineOf),
    changes: decided.changes.map(lineOf),
    leftOut: decided.leftOut.map(({ incomplete, underReview, ...unitType }) => ({
      ...unitType,
      incomplete: incomplete.length,
      underReview: underReview.length,
    })),
    reviewed: { waiting: decidedAs(null), admitted: decidedAs('admit'), excluded: decidedAs('exclude') },
  };
}
