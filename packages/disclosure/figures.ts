import type { Policy } from '#contracts/policy';
import type {
  CellVersion,
  Cut,
  DimensionFigures,
  GroupRef,
  ItemFigures,
  QuestionFigures,
  Share,
} from '#contracts/release';
import { SUPPRESSED } from '#contracts/suppressed';
import { coefficientFigures } from './coefficients.ts';
import { DONT_KNOW, NOT_APPLICABLE } from '#microdata/fold';
import { shownCuts } from './policy.ts';
import { quantile } from '#statistics/quantile';
import type { Tally } from '#microdata/tally';

/**
 * What a cell shows of its tally (docs/method.md, rules 3 to 5): rounded participations, interior cuts, shares in steps;
 * never minimum, maximum, mean, deviation or raw counts. The caller has decided that the cell may be published.
 *
 * @param withheld dimensions that the release may not show, since they could be told from other cells (rule 6c)
 */
export function figuresOf(
  tally: Tally,
  cell: { group: GroupRef; version: string; asOf: string },
  policy: Policy,
  withheld: readonly string[] = [],
): CellVersion {
  const each = <T, R>(record: Record<string, T>, figure: (entry: T) => R): Record<string, R> =>
    Object.fromEntries(Object.entries(record).map(([id, entry]) => [id, figure(entry)]));
  const dimensions = Object.fromEntries(
    Object.entries(tally.histograms).map(([id, histogram]) => [
      id,
      withheld.includes(id) ? SUPPRESSED : cutsOf(histogram, tally.participations, policy),
    ]),
  );
  return {
    version: cell.version,
    asOf: cell.asOf,
    group: cell.group,
    state: 'published',
    participations: tally.participations - (tally.participations % policy.participationsRoundedTo),
    dimensions,
    items: each(tally.items, (counts) => itemOf(counts, tally.participations, policy)),
    questions: each(tally.questions, (counts) => questionOf(counts, tally.participations, policy)),
    ...coefficientFigures(tally.coefficients, dimensions, tally.participations, policy),
  };
}

/** Rule 4 and 5: the cuts n allows, type 7, rounded half up to whole points; suppressed where nearly all are equal. */
export function cutsOf(histogram: number[], n: number, policy: Policy): DimensionFigures {
  return homogeneityOf(histogram, n, policy) === null
    ? { state: 'published', cuts: allowedCuts(histogram, n, policy) }
    : SUPPRESSED;
}

/** Why a dimension of a published cell shows no cuts, for the operator only; null where it shows them. */
export function homogeneityOf(
  histogram: number[],
  n: number,
  policy: Policy,
): 'one-score-prevails' | 'cuts-all-equal' | 'no-cut-allowed' | null {
  if (shownCuts(n, policy).length === 0) return 'no-cut-allowed';
  if (Math.max(...histogram) * 100 > n * policy.homogeneityPercent) return 'one-score-prevails';
  const cuts = allowedCuts(histogram, n, policy);
  return cuts.length > 1 && cuts.every((cut) => cut.value === cuts[0]!.value) ? 'cuts-all-equal' : null;
}

function allowedCuts(histogram: number[], n: number, policy: Policy): Cut[] {
  const counts = Uint32Array.from(histogram);
  return shownCuts(n, policy).map((permille) => ({ permille, value: Math.floor(quantile(counts, permille) + 0.5) }));
}

function itemOf(counts: number[], n: number, policy: Policy): ItemFigures {
  const atLeast: number[] = [];
  for (let level = 4, sum = 0; level >= 1; level--) {
    sum += counts[level]!;
    atLeast.unshift(sum);
  }
  return {
    state: 'published',
    atLeast: cumulativeShares(atLeast, n, policy) as [Share | null, Share | null, Share | null, Share | null],
    notApplicable: shareOf(counts[NOT_APPLICABLE]!, n, policy),
    dontKnow: shareOf(counts[DONT_KNOW]!, n, policy),
  };
}

/**
 * Falling counts as shares of n. Two neighbouring shown shares enclose nobody or at least `minSlice`; where they would
 * not, the later of two numbers, or the number beside a word, is left out.
 */
export function cumulativeShares(counts: number[], n: number, policy: Policy): (Share | null)[] {
  const shares: (Share | null)[] = counts.map((count) => shareOf(count, n, policy));
  for (;;) {
    const shown = shares.flatMap((share, place) => (share === null ? [] : [place]));
    const clash = shown.find((place, order) => {
      const next = shown[order + 1];
      if (next === undefined) return false;
      const enclosed = counts[place]! - counts[next]!;
      const areWords = typeof shares[place] === 'string' && typeof shares[next] === 'string';
      return !areWords && enclosed > 0 && enclosed < policy.minSlice;
    });
    if (clash === undefined) return shares;
    const next = shown[shown.indexOf(clash) + 1]!;
    shares[typeof shares[next] === 'string' ? clash : next] = null;
  }
}

/** Any of several choices as a share of n; "almost none" and "almost all" where fewer than `minSlice` are on a side. */
function questionOf(counts: Record<string, number>, n: number, policy: Policy): QuestionFigures {
  const shares = Object.fromEntries(Object.entries(counts).map(([code, count]) => [code, shareOf(count, n, policy)]));
  return { state: 'published', shares };
}

/** A share of n in steps that cover `minSlice` organisations or more: in finer ones a small n would give exact counts. */
export function shareOf(count: number, n: number, policy: Policy): Share {
  if (count < policy.minSlice) return 'almost-none';
  if (n - count < policy.minSlice) return 'almost-all';
  const step = stepOfShares(n, policy);
  return Math.floor((2 * 100 * count + n * step) / (2 * n * step)) * step;
}

/** Percent; divides 100. 5 from 100 participations on, wider below. */
function stepOfShares(n: number, policy: Policy): number {
  let step = policy.shareRoundedTo;
  while (step < 50 && (100 % step !== 0 || step * n < 100 * policy.minSlice)) step += policy.shareRoundedTo;
  return step;
}
