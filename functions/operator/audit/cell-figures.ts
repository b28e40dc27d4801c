import type { Policy } from '#contracts/policy';
import type {
  DimensionFigures,
  ItemFigures,
  PublishedCell,
  PublishedChange,
  QuestionFigures,
  Share,
} from '#contracts/release';
import {
  type Bounds,
  boundsOfDistribution,
  boundsOfShare,
  difference,
  isSmallForCertain,
  stepOfShares,
  tightened,
} from './count-bounds.ts';
import type { Findings } from './report.ts';

const NAME = 'thresholds, cuts, shares and homogeneity of each cell';
const INVERSION = 'inversion of cuts, bands and shares';
const RESTS = 'bounds on the small sets between cells';

/** What one cell shows, recomputed against the policy from the figures themselves and the true n. */
export function tryCellFigures(
  cell: PublishedCell,
  n: number,
  singleChoice: ReadonlySet<string>,
  policy: Policy,
  findings: Findings,
): void {
  const where = cell.version;
  if (cell.participations !== n - (n % policy.participationsRoundedTo))
    findings.break(NAME, 3, `${where} shows ${cell.participations} participations of ${n}`);
  const step = stepOfCuts(n, policy);
  for (const [id, figures] of Object.entries(cell.dimensions))
    tryDimension(`${where} ${id}`, figures, n, step, policy, findings);
  const rounding = roundingOf({ cell, n }, policy);
  for (const [id, figures] of Object.entries(cell.items))
    tryItem(`${where} ${id}`, figures, rounding, policy, findings);
  for (const [id, figures] of Object.entries(cell.questions))
    tryQuestion(`${where} ${id}`, figures, rounding, singleChoice.has(id), policy, findings);
}

function stepOfCuts(n: number, policy: Policy): number | null {
  return policy.cutLadder.reduce<number | null>((found, rung) => (n >= rung.fromN ? rung.stepPermille : found), null);
}

/** What a group's matched change shows: by the same rules, and the share that rose beside the cuts. */
export function tryChangeFigures(change: PublishedChange, n: number, policy: Policy, findings: Findings): void {
  const where = change.version;
  if (change.participations !== n - (n % policy.participationsRoundedTo))
    findings.break(NAME, 3, `${where} shows ${change.participations} organisations of ${n}`);
  const shares = Object.values(change.dimensions).map((one) => (one.state === 'published' ? one.rose : null));
  const step = stepOfShares(shares, n, policy);
  tryShares(where, shares, policy, findings);
  for (const [id, figures] of Object.entries(change.dimensions)) {
    if (figures.state === 'suppressed') continue;
    const cuts = figures.cuts.map(({ permille, value }) => ({ permille, value: value + NO_CHANGE }));
    const moved = { state: 'published' as const, cuts };
    tryDimension(`${where} ${id}`, moved, n, stepOfCuts(n, policy), policy, findings, 2 * NO_CHANGE);
    if (typeof figures.rose !== 'number') continue;
    // Who did not rise is at most at no change: one more bound beside those of the cuts.
    const rose = boundsOfShare(figures.rose, n, step, policy.minSlice);
    const bounds = boundsOfDistribution(cuts, n, 2 * NO_CHANGE);
    const still = bounds[NO_CHANGE + 1]!;
    still.from = Math.max(still.from, n - rose.to);
    still.to = Math.min(still.to, n - rose.from);
    tightened(bounds);
    bounds.forEach((other, place) => {
      const between = place > NO_CHANGE ? difference(other, still, n) : difference(still, other, n);
      if (isSmallForCertain(between, policy.minSlice))
        findings.break(INVERSION, 4, `${where} ${id} shows that fewer than ${policy.minSlice} changed by a little`);
    });
  }
}

/** Where no change stands on a scale of changes that begins at 0. */
const NO_CHANGE = 100;

/** @param highest the highest possible score; the lowest is 0 */
function tryDimension(
  where: string,
  figures: DimensionFigures,
  n: number,
  step: number | null,
  policy: Policy,
  findings: Findings,
  highest = 100,
): void {
  if (figures.state === 'suppressed') return;
  const { cuts } = figures;
  for (const { permille } of cuts)
    if (step === null || permille % step !== 0)
      findings.break(NAME, 4, `${where} shows the cut ${permille} at n = ${n}`);
  for (const [place, cut] of cuts.entries()) {
    const former = cuts[place - 1];
    if (former && (cut.permille <= former.permille || cut.value < former.value))
      findings.break(NAME, 4, `${where} shows cuts out of order`);
  }
  if (cuts.length > 1 && cuts.every(({ value }) => value === cuts[0]!.value))
    findings.break(NAME, 5, `${where} shows cuts that are all equal`);
  const bounds = boundsOfDistribution(cuts, n, highest);
  for (let from = 1; from <= highest + 1; from++) {
    const single = difference(bounds[from]!, bounds[from - 1]!, n);
    if (single.from * 100 > policy.homogeneityPercent * n)
      findings.break(
        NAME,
        5,
        `${where} shows that more than ${policy.homogeneityPercent} % have the score ${from - 1}`,
      );
    for (let to = from; to <= highest + 1; to++) {
      if (isSmallForCertain(difference(bounds[to]!, bounds[from - 1]!, n), policy.minSlice))
        findings.break(
          INVERSION,
          4,
          `${where} shows that fewer than ${policy.minSlice} lie between ${from - 1} and ${to - 1}`,
        );
    }
  }
}

function tryItem(where: string, figures: ItemFigures, rounding: Rounding, policy: Policy, findings: Findings): void {
  if (figures.state === 'suppressed') return;
  const { atLeast, notApplicable, dontKnow } = figures;
  const shares = [...atLeast, notApplicable, dontKnow];
  tryShares(where, shares, policy, findings);
  const numbers = atLeast.filter((share) => typeof share === 'number');
  if (numbers.some((share, place) => place > 0 && share > numbers[place - 1]!))
    findings.break(NAME, 4, `${where} shows shares that rise with the level`);
  const counts = atLeast.map((share) => boundsOf(share, rounding, policy));
  for (let level = 0; level < counts.length; level++)
    for (let higher = level + 1; higher < counts.length; higher++)
      if (isSmallForCertain(difference(counts[level]!, counts[higher]!, rounding.n), policy.minSlice))
        findings.break(
          INVERSION,
          4,
          `${where} shows that fewer than ${policy.minSlice} are at levels ${level + 1} to ${higher}`,
        );
  // Level 0 is what is left of all: n less level 1 or above, "does not apply" and "don't know".
  tryRest(`${where} level 0`, [atLeast[0], notApplicable, dontKnow], rounding, policy, findings);
}

function tryQuestion(
  where: string,
  figures: QuestionFigures,
  rounding: Rounding,
  isSingleChoice: boolean,
  policy: Policy,
  findings: Findings,
): void {
  if (figures.state === 'suppressed') return;
  const shares = Object.values(figures.shares);
  tryShares(where, shares, policy, findings);
  if (isSingleChoice) tryRest(`${where}, other choices or none`, shares, rounding, policy, findings);
}

function tryShares(where: string, shares: readonly (Share | null)[], policy: Policy, findings: Findings): void {
  for (const share of shares)
    if (typeof share === 'number' && share % policy.shareRoundedTo !== 0)
      findings.break(NAME, 4, `${where} shows a share of ${share} %`);
}

/** What disjoint shares leave of n; words say so little that what they stand for is left with the rest. */
function tryRest(
  where: string,
  shares: readonly (Share | null)[],
  rounding: Rounding,
  policy: Policy,
  findings: Findings,
): void {
  const { n } = rounding;
  const counts = shares.filter((share) => typeof share === 'number').map((share) => boundsOf(share, rounding, policy));
  const from = Math.max(0, n - counts.reduce((sum, count) => sum + count.to, 0));
  const to = n - counts.reduce((sum, count) => sum + count.from, 0);
  if (isSmallForCertain({ from, to }, policy.minSlice))
    findings.break(INVERSION, 4, `${where}: the other shares leave ${from} to ${to} of ${n}`);
}

/** The counts behind a share of a cell. */
function boundsOf(share: Share | null, { n, step }: Rounding, { minSlice }: Policy): Bounds {
  return boundsOfShare(share, n, step, minSlice);
}

/** The true number of participations of a cell, and the step its shares are rounded to. */
interface Rounding {
  n: number;
  step: number;
}

function roundingOf({ cell, n }: CountedCell, policy: Policy): Rounding {
  const shares = [
    ...Object.values(cell.items).flatMap((item) =>
      item.state === 'published' ? [...item.atLeast, item.notApplicable, item.dontKnow] : [],
    ),
    ...Object.values(cell.questions).flatMap((question) =>
      question.state === 'published' ? Object.values(question.shares) : [],
    ),
  ];
  return { n, step: stepOfShares(shares, n, policy) };
}

/** What a set of k or more that is one cell less others tells of its answers: fewer than a slice, for certain? */
export function tryRestFigures(
  outer: CountedCell,
  inner: readonly CountedCell[],
  policy: Policy,
  findings: Findings,
): void {
  const size = outer.n - inner.reduce((sum, { n }) => sum + n, 0);
  const where = `${outer.cell.version} less ${inner.map(({ cell }) => cell.version).join(', ')}`;
  const report = (what: string, whole: Bounds, parts: readonly (Bounds | null)[]) => {
    const taken = { from: 0, to: 0 };
    for (const [place, part] of parts.entries()) {
      taken.from += part?.from ?? 0;
      taken.to += part?.to ?? inner[place]!.n;
    }
    const bounds = difference(whole, taken, size);
    const others = { from: size - bounds.to, to: size - bounds.from };
    if (!isSmallForCertain(bounds, policy.minSlice) && !isSmallForCertain(others, policy.minSlice)) return;
    const isExact = bounds.from === bounds.to;
    const detail = `${where}: of ${size}, ${isExact ? 'exactly ' : `${bounds.from} to `}${bounds.to} ${what}`;
    // "One to four of them" is what the words of a cell say as well; the number itself is what nobody may learn.
    if (isExact) findings.break(RESTS, 4, detail);
    else findings.notice(RESTS, 4, detail);
  };
  for (const [id, figures] of Object.entries(outer.cell.dimensions)) {
    if (figures.state !== 'published') continue;
    const whole = boundsOfDistribution(figures.cuts, outer.n);
    const parts = inner.map(({ cell, n }) => {
      const other = cell.dimensions[id];
      return other?.state === 'published' ? boundsOfDistribution(other.cuts, n) : null;
    });
    for (let place = 1; place <= 100; place++)
      report(
        `have at most ${place - 1} in ${id}`,
        whole[place]!,
        parts.map((part) => part?.[place] ?? null),
      );
  }
  const rounding = roundingOf(outer, policy);
  const roundings = inner.map((part) => roundingOf(part, policy));
  for (const [id, figures] of Object.entries(outer.cell.items)) {
    if (figures.state !== 'published') continue;
    figures.atLeast.forEach((share, level) => {
      const parts = inner.map(({ cell }, place) => {
        const other = cell.items[id];
        return other?.state === 'published' ? boundsOf(other.atLeast[level] ?? null, roundings[place]!, policy) : null;
      });
      report(`are at level ${level + 1} or above in ${id}`, boundsOf(share, rounding, policy), parts);
    });
  }
  for (const [id, figures] of Object.entries(outer.cell.questions)) {
    if (figures.state !== 'published') continue;
    for (const [code, share] of Object.entries(figures.shares)) {
      const parts = inner.map(({ cell }, place) => {
        const other = cell.questions[id];
        return other?.state === 'published' ? boundsOf(other.shares[code] ?? null, roundings[place]!, policy) : null;
      });
      report(`chose ${code} in ${id}`, boundsOf(share, rounding, policy), parts);
    }
  }
}

/** A published cell and its true number of participations. */
export interface CountedCell {
  cell: PublishedCell;
  n: number;
}

export { INVERSION as INVERSION_ATTEMPT, NAME as FIGURES_ATTEMPT, RESTS as REST_FIGURES_ATTEMPT };
