import type { Cut } from '#contracts/release';

/** A published distribution and its part in a mixture. */
export interface MixturePart {
  /** Any unit; only the proportions matter. */
  weight: number;
  /** Published cuts, ascending by permille. */
  cuts: Cut[];
}

/**
 * Quantiles of a mixture of published distributions: what the field would show if it were composed like some group.
 * Direct standardisation (e.g. Fleiss, Levin & Paik 2003, Statistical Methods for Rates and Proportions, ch. 19), with
 * whole distributions in place of rates.
 *
 * An approximation: between published cuts each distribution is taken to rise evenly, below its first cut from 0 and
 * above its last up to 100. Only permilles that every part publishes are answered, so no tail is made up.
 *
 * @returns cuts in whole points, rounded half up; empty when nothing weighs anything or no permille is common to all
 * @example
 * mixtureCuts([{ weight: 1, cuts: [{ permille: 500, value: 40 }] }, { weight: 1, cuts: [{ permille: 500, value: 40 }] }]);
 * // => [{ permille: 500, value: 40 }]
 */
export function mixtureCuts(parts: readonly MixturePart[]): Cut[] {
  const weighing = parts.filter(({ weight }) => weight > 0);
  const [first] = weighing;
  if (!first) return [];
  const total = weighing.reduce((sum, { weight }) => sum + weight, 0);
  const shareBelow = (points: number) =>
    weighing.reduce((sum, { weight, cuts }) => sum + (weight / total) * permilleAt(cuts, points), 0);
  return first.cuts
    .map(({ permille }) => permille)
    .filter((permille) => weighing.every(({ cuts }) => cuts.some((cut) => cut.permille === permille)))
    .map((permille) => ({ permille, value: Math.floor(leastPoints(shareBelow, permille) + 0.5) }));
}

/** Permille of a distribution at or below some points, by straight lines through its cuts and the two ends. */
function permilleAt(cuts: readonly Cut[], points: number): number {
  let below = { permille: 0, value: 0 };
  for (const cut of [...cuts, { permille: 1000, value: 100 }]) {
    // Of several cuts at one value the last counts: so many lie at or below it.
    if (cut.value > points) {
      return below.permille + ((cut.permille - below.permille) * (points - below.value)) / (cut.value - below.value);
    }
    below = cut;
  }
  return 1000;
}

/** The least points, within a thousandth, at which a rising share reaches a permille. */
function leastPoints(shareBelow: (points: number) => number, permille: number): number {
  let from = 0;
  let to = 100;
  if (shareBelow(0) >= permille) return 0;
  while (to - from > 0.001) {
    const middle = (from + to) / 2;
    if (shareBelow(middle) >= permille - 1e-9) to = middle;
    else from = middle;
  }
  // Whole points are reached exactly where cuts lie on them; halving stops just beside.
  return Math.abs(to - Math.round(to)) < 0.002 ? Math.round(to) : to;
}
