import { max, mean } from 'simple-statistics';
import type { Instrument } from '#contracts/instrument';
import type { Policy } from '#contracts/policy';
import type { Cell, Change } from '#contracts/release';
import { OVERALL } from '#contracts/scored-ids';
import type { AuditLog } from './audit-log.ts';
import type { Counted } from './counted.ts';
import { type AuditGroups, groupsOf, publishedOf, sizesOf } from './counted-groups.ts';
import { addRecordKey, type Exact, exactMedian, exactOf, type RecordKeys } from './exact.ts';
import { type Figures, figuresOf, type Mechanism, permillesOf, publishedFigures, shownNumber } from './figures.ts';
import type { ShownRelease } from './form.ts';
import type { AuditReport, Findings } from './report.ts';

export type Kind = 'level' | 'change' | 'left-out';

/** What the figures of a release may be, beside what was counted. */
export interface Expectation {
  /** The draw itself, or the lowest and the highest that it can have given. */
  sides: (kind: Kind, unitType: string | undefined, cellKey: ArrayLike<number>) => readonly Mechanism[];
  /** Organisations that may have counted too, and of which nothing more is known. */
  more: number;
  recordKeyOf?: RecordKeys;
}

/** Demands that a release shows what it has to show of the organisations that count, and nothing else. */
export function compareRelease(
  log: AuditLog,
  release: ShownRelease,
  counted: Counted,
  expected: Expectation,
  findings: Findings,
): AuditReport {
  const { releaseId, policy } = release.manifest;
  const { rows, firsts } = counted;
  const catalogue = groupsOf(log, rows);
  const moved: number[] = [];
  compareKind('level', rows, undefined);
  compareKind(
    'change',
    rows.filter((_, place) => firsts[place] !== -1),
    firsts.filter((row) => row !== -1),
  );
  compareLeftOut(release, counted, expected, findings);
  return {
    releaseId,
    breaks: findings.breaks,
    incomplete: findings.incomplete,
    checked: {
      participations: rows.length,
      groups: 2 * catalogue.groups.length,
      figures: findings.figures,
      moved: moved.length === 0 ? null : { mean: mean(moved), most: max(moved) },
    },
  };

  function compareKind(kind: 'level' | 'change', own: Int32Array, from: Int32Array | undefined): void {
    const sizes = sizesOf(log, catalogue, own);
    const shown: readonly (Cell | Change)[] = kind === 'level' ? release.cells : release.changes;
    const cells = new Map(shown.map((cell) => [cell.group.key, cell]));
    const isShown = Uint8Array.from(catalogue.groups, ({ key }) => (cells.get(key)?.state === 'published' ? 1 : 0));
    const decided = publishedOf(catalogue, sizes, policy);
    const exact = exactOf(log, catalogue, own, sizes.n, isShown, from, expected.recordKeyOf);
    for (const [place, group] of catalogue.groups.entries()) {
      const what = `${kind} of ${group.key}`;
      const cell = cells.get(group.key);
      cells.delete(group.key);
      if (!cell) findings.break(6, `${what}: there is no cell`);
      else if (isShown[place]! > decided[place]!) {
        const mayBe = mayBePublished(place, catalogue, sizes, isShown, policy, expected.more);
        findings.demand(mayBe, 2, `${what} is published and may not be`);
      } else if (isShown[place]! < decided[place]!)
        findings.demand(expected.more > 0, 10, `${what} is suppressed without a reason`);
      if (cell?.state !== 'published') continue;
      const published = publishedFigures(cell);
      const mechanisms = expected.sides(kind, group.unitType, exact[place]!.cellKey);
      compareCell(
        { what, cell, published, exact: exact[place]!, mechanisms },
        log.instrument,
        policy,
        expected.more,
        findings,
      );
      const median = published.get(`${OVERALL}|500`);
      if (kind === 'level' && median !== undefined) moved.push(Math.abs(median - exactMedian(exact[place]!)));
    }
    for (const [key, { group, state }] of cells) {
      const mayBe = expected.more > 0 && group.association !== undefined && state === 'suppressed';
      findings.demand(mayBe, 6, `${kind} of ${key}: the catalogue has no such group`);
    }
  }
}

/** Whether a group can have been large enough, and far enough from those around it, with those who may have counted too. */
function mayBePublished(
  group: number,
  { around }: AuditGroups,
  { n, largestSource }: { n: Int32Array; largestSource: Int32Array },
  isShown: Uint8Array,
  policy: Policy,
  more: number,
): boolean {
  const most = n[group]! + more;
  const isClose = (outer: number) => isShown[outer] === 1 && n[outer]! + more - n[group]! < policy.minNestedDifference;
  return (
    more > 0 &&
    most >= policy.minParticipations &&
    most - largestSource[group]! >= policy.minIndependent &&
    !around(group).some(isClose)
  );
}

interface Compared {
  what: string;
  cell: Extract<Cell | Change, { state: 'published' }>;
  published: Figures;
  exact: Exact;
  mechanisms: readonly Mechanism[];
}

function compareCell(
  { what, cell, published, exact, mechanisms }: Compared,
  instrument: Instrument,
  policy: Policy,
  more: number,
  findings: Findings,
): void {
  const { participations } = cell;
  // The numbers that may stand behind the shown one.
  const fewest = Math.max(exact.n, participations);
  const most = Math.min(exact.n + more, participations + policy.participationsRoundedTo - 1);
  if (fewest > most || participations !== shownNumber(participations, policy)) {
    findings.break(6, `${what} shows another number of participations`);
    return;
  }
  const cuts = [...published.keys()].flatMap((name) => (/^overall\|\d+$/.test(name) ? Number(name.split('|')[1]) : []));
  const isChange = exact.scores[0]!.length > 101;
  const ladder = isChange ? policy.changeCutLadder : policy.cutLadder;
  const allowed = [permillesOf(fewest, ladder), permillesOf(most, ladder)].map(String);
  findings.demand(allowed.includes(String(cuts)), 6, `${what} shows other cuts than its number allows`);
  const hasShares = isChange ? published.has(`${OVERALL}|rose`) : 'items' in cell || 'questions' in cell;
  const mayHave = isChange || exact.items.length + exact.questions.length > 0;
  const isDue = hasShares ? most >= policy.itemsFromN : fewest < policy.itemsFromN;
  findings.demand(!mayHave || isDue, 6, `${what} ${hasShares ? 'shows' : 'lacks'} shares`);

  const sides = mechanisms.map((mechanism) =>
    figuresOf(instrument, exact, mechanism, {
      participations,
      permilles: cuts,
      hasShares,
      base(question, drawn) {
        const base = published.get(`${question}|base`);
        const bound = shownNumber(drawn, policy);
        const isAbove =
          mechanism !== mechanisms[0] || (base === undefined ? drawn < policy.questionsFromBase : bound <= base);
        const isBelow = mechanism !== mechanisms.at(-1) || bound >= (base ?? 0);
        const isEnough = base === undefined || base >= shownNumber(policy.questionsFromBase, policy);
        findings.demand(isAbove && isBelow && isEnough, 5, `${what}: ${question} has another base`);
        return base ?? null;
      },
    }),
  );
  const [lowest, highest] = [sides[0]!, sides.at(-1)!];
  findings.figures += published.size;
  for (const [statistic, value] of published) {
    const [from, to] = [lowest.get(statistic), highest.get(statistic)];
    if (from === undefined || to === undefined) findings.break(6, `${what}: ${statistic} may not be shown`);
    else if (value < from || value > to)
      findings.break(5, `${what}: ${statistic} is ${value}, and was drawn as ${span(from, to)}`);
  }
  for (const statistic of lowest.keys())
    findings.demand(published.has(statistic), 6, `${what}: ${statistic} is not shown`);
}

const span = (from: number, to: number) => (from === to ? `${from}` : `something from ${from} to ${to}`);

function compareLeftOut(
  { manifest }: ShownRelease,
  { leftOut }: Counted,
  { sides, recordKeyOf }: Expectation,
  findings: Findings,
): void {
  findings.demand(manifest.leftOut.length === leftOut.length, 1, 'the manifest counts others than the unit types');
  for (const [place, { unitType, incomplete, underReview }] of leftOut.entries()) {
    const shown = manifest.leftOut[place];
    findings.demand(shown?.unitType === unitType, 1, 'the manifest counts others than the unit types');
    for (const [reason, organisations, value] of [
      ['incomplete', incomplete, shown?.incomplete],
      ['under-review', underReview, shown?.underReview],
    ] as const) {
      const cellKey = new Uint32Array(2);
      for (const organisation of organisations) if (recordKeyOf) addRecordKey(cellKey, recordKeyOf(organisation));
      const counts = sides('left-out', unitType, cellKey).map(({ count }) =>
        shownNumber(count(reason, organisations.length, Number.POSITIVE_INFINITY), manifest.policy),
      );
      const [from, to] = [counts[0]!, counts.at(-1)!];
      if (value === undefined || value < from || value > to)
        findings.break(5, `${reason} of ${unitType ?? 'all'} is ${value}, and was drawn as ${span(from, to)}`);
    }
  }
}
