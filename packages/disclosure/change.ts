import type { Policy } from '#contracts/policy';
import type { ChangeFigures, ChangeVersion, GroupRef } from '#contracts/release';
import { SUPPRESSED } from '#contracts/suppressed';
import { cutsOf, shareOf } from './figures.ts';
import { SCORE_MAX } from '#statistics/histogram';
import type { ChangeTally } from '#microdata/tally';

/**
 * What is shown of a group's matched change (docs/method.md, "Matched change"): rounded participations, cuts of the
 * individual change by the same ladder as levels have, and the rounded share whose score rose. The caller has decided
 * that it may be published.
 *
 * @param withheld dimensions that the release may not show (rule 6c)
 */
export function changeFiguresOf(
  tally: ChangeTally,
  cell: { group: GroupRef; version: string; asOf: string },
  policy: Policy,
  withheld: readonly string[] = [],
): ChangeVersion {
  const { participations: n } = tally;
  const dimensions = Object.entries(tally.histograms).map(([id, histogram]) => {
    const figures = withheld.includes(id) ? SUPPRESSED : changeOf(histogram, n, policy);
    return [id, figures] as const;
  });
  return {
    ...cell,
    state: 'published',
    participations: n - (n % policy.participationsRoundedTo),
    dimensions: Object.fromEntries(dimensions),
  };
}

/**
 * Cuts of one dimension's change and the share that rose; suppressed where nearly all changed alike (rule 5).
 * The two together never tell for certain of fewer than `minSlice` between no change and a cut: that would need two
 * neighbouring cuts with fewer than `minSlice` - 1 between them, which the ladder of cuts does not allow.
 *
 * @param histogram 201 counts of changes by -100 to 100 points
 */
export function changeOf(histogram: number[], n: number, policy: Policy): ChangeFigures {
  const figures = cutsOf(histogram, n, policy);
  if (figures.state === 'suppressed') return SUPPRESSED;
  const cuts = figures.cuts.map(({ permille, value }) => ({ permille, value: value - SCORE_MAX }));
  const count = histogram.slice(SCORE_MAX + 1).reduce((sum, changed) => sum + changed, 0);
  return { state: 'published', cuts, rose: shareOf(count, n, policy) };
}
