import type { MedianChange } from '#contracts/answers/group-figures';
import type { GroupChangeDimension } from '#contracts/answers/own-standing';
import type { Instrument } from '#contracts/instrument';
import type { Change, PublishedChange } from '#contracts/release';
import { changeOf, isPublished, medianChangeOf, valueAt } from '#contracts/released-cell';
import { scoredIds } from '#contracts/scored-ids';
import { medianInterval } from '#statistics/median-interval';
import type { Estimate } from '#statistics/mover';
import type { QuantilePoint } from '#statistics/published-quantile';
import { withNoise } from '#statistics/quadrature';
import type { Interval } from '#statistics/wilson';
import { movedBy } from './moved.ts';
import { type OwnScores, scoreOf } from './own-standing.ts';
import type { PlacingPolicy, Terms } from './place-score.ts';

/** How the organisations of a group moved that took part twice, in one dimension or overall. Points. */
export type GroupChange = MedianChange & Pick<PublishedChange, 'participations'> & Pick<GroupChangeDimension, 'shares'>;

/** An organisation's own movement between two checks, beside its group's. Points. */
export interface OwnChange {
  dimension: string;
  /** Own scores of the earlier and the later check; null where there is none. */
  from: number | null;
  to: number | null;
  own: number | null;
  /** Of the group shown, as released; null where it is not published. */
  group: GroupChange | null;
  /** `own` less the group's median change; null where either is not known. */
  beyond: number | null;
}

/** Own change between two checks beside the group's own released change, by dimension, overall last. */
export function ownChanges(given: {
  instrument: Instrument;
  earlier: OwnScores;
  later: OwnScores;
  /** The release's matched change of the group shown. */
  change: Change | undefined;
  policy: PlacingPolicy | null;
}): OwnChange[] {
  const { instrument, earlier, later, change, policy } = given;
  return scoredIds(instrument).map((dimension) => {
    const [from, to] = [scoreOf(earlier, dimension), scoreOf(later, dimension)];
    const own = from === null || to === null ? null : to - from;
    const group =
      isPublished(change) && policy ? groupChange(change, dimension, { ...policy, step: instrument.scoreStep }) : null;
    return { dimension, from, to, own, group, beyond: own === null || group === null ? null : own - group.median };
  });
}

/** A group's released matched change in one dimension, and whether its middle moved at all. */
export function groupChange(change: PublishedChange, dimension: string, terms: Terms): GroupChange {
  const { participations } = change;
  const { cuts, shares } = changeOf(change, dimension);
  const median = medianChangeOf(change, dimension);
  const estimate = medianEstimate(cuts, participations, terms);
  const [lower, upper] = [valueAt(cuts, 250), valueAt(cuts, 750)];
  return {
    participations,
    median,
    interval: estimate && outward(estimate, -100, 100),
    quartiles: lower === null || upper === null ? null : { lower, upper },
    verdict: estimate && (estimate.lower > 0 ? 'rose' : estimate.upper < 0 ? 'fell' : 'no-difference'),
    smallestSeen: estimate && Math.ceil(Math.max(median - estimate.lower, estimate.upper - median) - 1e-9),
    moved: movedBy(cuts, participations, terms),
    shares: shares ?? null,
  };
}

/**
 * Between them two values on a grid hide up to a whole step: each takes its part of it, which adds up in quadrature. Without
 * it two equal groups of very many, beside a grid's edge, would look different.
 */
export const gridNoise = (step: number): number => step * Math.SQRT1_2;

/**
 * A released median and its limits: by chance, by noise, and by what the grid of released values hides.
 *
 * @returns null where the published cuts do not reach far enough
 */
export function medianEstimate(
  cuts: readonly QuantilePoint[],
  n: number,
  terms: Terms,
  populationFactor = 1,
): Estimate | null {
  const noise = { epsilon: terms.epsilon.cut, constant: terms.rangeConstant };
  const interval = medianInterval(cuts, n, noise, populationFactor);
  const value = valueAt(cuts, 500);
  if (!interval || value === null) return null;
  return { value, ...withNoise(value, interval, gridNoise(terms.step)) };
}

/** Whole numbers around an interval, within what there can be. */
export function outward({ lower, upper }: Interval, least: number, most: number): Interval {
  return {
    lower: Math.max(least, Math.floor(lower + 1e-9)),
    upper: Math.min(most, Math.ceil(upper - 1e-9)),
  };
}
