import type { Policy } from '#contracts/policy';
import type { Cut } from '#contracts/release';
import type { Placing, Range, Verdict, Zone } from '#contracts/standing';
import { withNoise } from '#statistics/quadrature';
import { type CutNoise, hiddenRank } from '#statistics/quantile-interval';
import { wilson } from '#statistics/wilson';

/** What of a release's policy a placing is made under. */
export type PlacingPolicy = Pick<Policy, 'epsilon' | 'rangeConstant' | 'verdictFromN'>;

/** What scores are placed under: the release's policy, and the instrument's distance of two neighbouring scores. */
export type Terms = PlacingPolicy & { step: number };

/** Of the group: its lowest and highest quarter, and its middle. Permille. */
const QUARTER = { lowest: 250, middle: 500, highest: 750 };

/**
 * Where one score stands, told from published cuts and the shown n alone. The score is first put to the nearest multiple
 * of the step, as the group's were. The range follows from the cuts next below and next above it (an equal cut bounds
 * neither side), widened by chance (Wilson) and by what the cuts were moved by, in quadrature; 95 %.
 *
 * @param score own score, whole points 0 to 100
 * @param cuts published cuts of the group, ascending by permille
 * @param n the shown n
 * @returns range in permille with one decimal; the verdict that follows from it, null where n is below `verdictFromN`
 * @example
 * placeScore(60, [{ permille: 500, value: 50 }], 100, { ...POLICY, step: 5 });
 * // => { range: { from: 383.5, to: 1000 }, verdict: 'near' }
 */
export function placeScore(score: number, cuts: readonly Cut[], n: number, terms: Terms): Placing {
  const range = rangeOf(onStep(score, terms.step), cuts, n, terms);
  return { range, verdict: n < terms.verdictFromN ? null : verdictOf(range) };
}

/** What a range says; see `Verdict`. */
export function verdictOf({ from, to }: Range): Verdict {
  if (from >= QUARTER.highest) return 'upper-quarter';
  if (to <= QUARTER.lowest) return 'lower-quarter';
  if (from > QUARTER.middle) return 'ahead';
  return to < QUARTER.middle ? 'behind' : 'near';
}

/**
 * All scores that `placeScore` says are about in the middle: what a picture draws, since its axis is in points. They lie
 * side by side, for a range only rises with the score.
 *
 * @returns whole points, both ends included; null where n is below `verdictFromN`
 */
export function zoneOf(cuts: readonly Cut[], n: number, terms: Terms): Zone | null {
  const near = Array.from({ length: 101 }, (_, score) => score).filter(
    (score) => placeScore(score, cuts, n, terms).verdict === 'near',
  );
  return near.length === 0 ? null : { from: near[0]!, to: near.at(-1)! };
}

/** The nearest multiple of the step, half up. */
export function onStep(score: number, step: number): number {
  return Math.floor(score / step + 0.5) * step;
}

function rangeOf(score: number, cuts: readonly Cut[], n: number, policy: PlacingPolicy): Range {
  const below = (cuts.findLast((cut) => cut.value < score)?.permille ?? 0) / 1000;
  const above = (cuts.find((cut) => cut.value > score)?.permille ?? 1000) / 1000;
  const widened = (share: number) => withNoise(share, wilson(share, n), rankNoise(share, n, policy));
  return {
    from: permille(widened(below).lower),
    to: permille(widened(above).upper),
  };
}

/** `hiddenRank` under a release's policy. */
export function rankNoise(share: number, n: number, policy: PlacingPolicy): number {
  return hiddenRank(share, n, cutNoise(policy));
}

/** What a release's policy says of the noise of cuts. */
export function cutNoise({ epsilon, rangeConstant }: PlacingPolicy): CutNoise {
  return { epsilon: epsilon.cut, constant: rangeConstant };
}

/** A share within 0 and 1 as permille with one decimal. */
function permille(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 10_000) / 10;
}
