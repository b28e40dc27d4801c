import type { MedianChange } from '#contracts/answers/group-figures';
import type { GroupChangeDimension } from '#contracts/answers/own-standing';
import type { Instrument } from '#contracts/instrument';
import type { Change, PublishedChange } from '#contracts/release';
import { changeOf, isPublished, medianChangeOf, valueAt } from '#contracts/released-cell';
import { scoredIds } from '#contracts/scored-ids';
import { cutEstimate, outward } from './cut-estimate.ts';
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
  const estimate = cutEstimate(cuts, 500, { n: participations }, terms);
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
