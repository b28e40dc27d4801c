import { max, mean } from 'simple-statistics';
import type { Cell, Change, GroupRef } from '#contracts/release';
import { OVERALL } from '#contracts/scored-ids';
import type { AuditLog } from './audit-log.ts';
import type { Counted, CountedRows } from './counted.ts';
import { type AuditGroups, groupsOf, publishedOf, sizesOf } from './counted-groups.ts';
import { addRecordKey, type Exact, exactMedian, exactOf, type RecordKeys } from './exact.ts';
import { figuresOf, type Mechanism, permillesOf, publishedFigures, shownNumber } from './figures.ts';
import type { ShownRelease } from './form.ts';
import type { AuditReport, Findings } from './report.ts';

/** A release, what it has to show, and the findings where it does not. */
export interface Comparison {
  log: AuditLog;
  release: ShownRelease;
  counted: Counted;
  /** The draw itself, or the lowest and the highest that it can have given. */
  sides: (
    kind: 'level' | 'change' | 'left-out',
    unitType: string | undefined,
    cellKey: ArrayLike<number>,
  ) => readonly Mechanism[];
  /** Organisations that may have counted too, and of which nothing more is known. */
  more: number;
  recordKeyOf?: RecordKeys;
  findings: Findings;
}

/** Demands that a release shows what it has to show of the organisations that count, and nothing else. */
export function compareRelease(comparison: Comparison): AuditReport {
  const { log, release, counted, findings } = comparison;
  const { rows, firsts } = counted;
  const catalogue = groupsOf(log, rows);
  const moved = compareKind(comparison, catalogue, { kind: 'level', rows, firsts });
  compareKind(comparison, catalogue, {
    kind: 'change',
    rows: rows.filter((_, place) => firsts[place] !== -1),
    firsts: firsts.filter((row) => row !== -1),
  });
  compareLeftOut(comparison);
  return {
    releaseId: release.manifest.releaseId,
    breaks: findings.breaks,
    incomplete: findings.incomplete,
    checked: {
      participations: rows.length,
      groups: 2 * catalogue.groups.length,
      figures: findings.figures,
      moved: moved.length === 0 ? null : { mean: mean(moved), most: max(moved) },
    },
  };
}

/** @returns how far the published medians of the overall score lie from the exact ones; of changes they are not wanted */
function compareKind(
  comparison: Comparison,
  catalogue: AuditGroups,
  own: CountedRows & { kind: 'level' | 'change' },
): number[] {
  const { log, release, more, recordKeyOf, findings } = comparison;
  const { policy } = release.manifest;
  const shown: readonly (Cell | Change)[] = own.kind === 'level' ? release.cells : release.changes;
  const cells = new Map(shown.map((cell) => [cell.group.key, cell]));
  const isShown = ({ key }: GroupRef) => cells.get(key)?.state === 'published';
  const sizes = sizesOf(log, catalogue, own.rows);
  const isDue = publishedOf(catalogue, sizes, policy);
  const exact = exactOf(log, catalogue, own, { isWanted: isShown, recordKeyOf });
  /** Whether a group can have been large enough, and far enough from those around it, with those who may have counted too. */
  const mayBePublished = (group: number) => {
    const most = sizes.n[group]! + more;
    const isLarge = most >= policy.minParticipations && most - sizes.largestSource[group]! >= policy.minIndependent;
    const isClose = (outer: number) =>
      isShown(catalogue.groups[outer]!) && sizes.n[outer]! + more - sizes.n[group]! < policy.minNestedDifference;
    return more > 0 && isLarge && !catalogue.around(group).some(isClose);
  };
  const moved: number[] = [];
  for (const [place, group] of catalogue.groups.entries()) {
    const what = `${own.kind} of ${group.key}`;
    const cell = cells.get(group.key);
    if (!cell) findings.break(6, `${what}: there is no cell`);
    else if (cell.state === 'suppressed')
      findings.demand(isDue[place] === 0 || more > 0, 10, `${what} is suppressed without a reason`);
    else {
      findings.demand(isDue[place] === 1 || mayBePublished(place), 2, `${what} is published and may not be`);
      const median = compareCell(comparison, { what, kind: own.kind, cell, exact: exact[place]! });
      if (own.kind === 'level' && median !== undefined) moved.push(Math.abs(median - exactMedian(exact[place]!)));
    }
  }
  const known = new Set(catalogue.groups.map(({ key }) => key));
  for (const { group, state } of shown) {
    const mayBe = known.has(group.key) || (more > 0 && group.association !== undefined && state === 'suppressed');
    findings.demand(mayBe, 6, `${own.kind} of ${group.key}: the catalogue has no such group`);
  }
  return moved;
}

interface ComparedCell {
  what: string;
  kind: 'level' | 'change';
  cell: Extract<Cell | Change, { state: 'published' }>;
  exact: Exact;
}

/** @returns the published median of the overall score */
function compareCell(
  { log, release, more, sides, findings }: Comparison,
  { what, kind, cell, exact }: ComparedCell,
): number | undefined {
  const { policy } = release.manifest;
  const { participations } = cell;
  // The numbers that may stand behind the shown one.
  const fewest = Math.max(exact.n, participations);
  const most = Math.min(exact.n + more, participations + policy.participationsRoundedTo - 1);
  if (fewest > most || participations !== shownNumber(participations, policy)) {
    findings.break(6, `${what} shows another number of participations`);
    return undefined;
  }
  const published = publishedFigures(cell);
  const permilles = [...published.keys()].flatMap((name) => /^overall\|(\d+)$/.exec(name)?.slice(1).map(Number) ?? []);
  const ladder = kind === 'change' ? policy.changeCutLadder : policy.cutLadder;
  const allowed = [permillesOf(fewest, ladder), permillesOf(most, ladder)].map(String);
  findings.demand(allowed.includes(String(permilles)), 6, `${what} shows other cuts than its number allows`);
  const hasShares = kind === 'change' ? published.has(`${OVERALL}|rose`) : 'items' in cell || 'questions' in cell;
  const mayHave = kind === 'change' || exact.items.length + exact.questions.length > 0;
  const isDue = hasShares ? most >= policy.itemsFromN : fewest < policy.itemsFromN;
  findings.demand(!mayHave || isDue, 6, `${what} ${hasShares ? 'shows' : 'lacks'} shares`);

  const shown = { participations, permilles, hasShares, bases: published };
  const found = sides(kind, cell.group.unitType, exact.cellKey).map((mechanism) =>
    figuresOf(log.instrument, exact, mechanism, shown),
  );
  const [lowest, highest] = [found[0]!, found.at(-1)!];
  for (const [statistic, from] of lowest) {
    const [value, to] = [published.get(statistic), highest.get(statistic)!];
    if (statistic.endsWith('|base')) {
      // As it was drawn: shown in steps, and only if it is large enough.
      const least = shownNumber(Math.max(from, policy.questionsFromBase), policy);
      const isRight =
        value === undefined
          ? from < policy.questionsFromBase
          : to >= policy.questionsFromBase && value >= least && value <= shownNumber(to, policy);
      findings.demand(isRight, 5, `${what}: ${statistic} is another`);
    } else if (value === undefined) findings.break(6, `${what}: ${statistic} is not shown`);
    else if (value < from || value > to)
      findings.break(5, `${what}: ${statistic} is ${value}, and was drawn as ${span(from, to)}`);
  }
  for (const statistic of published.keys())
    findings.demand(lowest.has(statistic), 6, `${what}: ${statistic} may not be shown`);
  findings.figures += published.size;
  return published.get(`${OVERALL}|500`);
}

const span = (from: number, to: number) => (from === to ? `${from}` : `something from ${from} to ${to}`);

function compareLeftOut({ release, counted, sides, recordKeyOf, findings }: Comparison): void {
  const { leftOut, policy } = release.manifest;
  findings.demand(
    leftOut.map(({ unitType }) => unitType).join() === counted.leftOut.map(({ unitType }) => unitType).join(),
    1,
    'the manifest counts others than the unit types',
  );
  for (const [place, { unitType, incomplete, underReview }] of counted.leftOut.entries())
    for (const [reason, organisations, value] of [
      ['incomplete', incomplete, leftOut[place]?.incomplete],
      ['under-review', underReview, leftOut[place]?.underReview],
    ] as const) {
      const cellKey = new Uint32Array(2);
      for (const organisation of organisations) if (recordKeyOf) addRecordKey(cellKey, recordKeyOf(organisation));
      const counts = sides('left-out', unitType, cellKey).map(({ count }) =>
        shownNumber(count(reason, organisations.length, Number.POSITIVE_INFINITY), policy),
      );
      const [from, to] = [counts[0]!, counts.at(-1)!];
      if (value === undefined || value < from || value > to)
        findings.break(5, `${reason} of ${unitType ?? 'all'} is ${value}, and was drawn as ${span(from, to)}`);
    }
}
