import type { QuantilePoint } from './published-quantile.ts';

/** A published distribution and its part in a mixture. */
export interface MixturePart {
  /** Any unit; only the proportions matter. */
  weight: number;
  /** Published cuts, ascending by permille. */
  cuts: readonly QuantilePoint[];
}

/**
 * A quantile of a mixture of published distributions: what a field would show if it were composed like some group. Direct
 * standardisation (e.g. Fleiss, Levin & Paik 2003, Statistical Methods for Rates and Proportions, ch. 19), with whole
 * distributions in place of rates. Between published cuts each distribution is taken to rise evenly; beyond the outermost
 * cuts of any part nothing is taken to be known, and a part with a median alone says nothing.
 *
 * @param permille above 0 and below 1000
 * @returns in the unit of the cuts, within a thousandth; null where it is not determinable
 * @example
 * const cuts = [{ permille: 250, value: 30 }, { permille: 500, value: 40 }, { permille: 750, value: 60 }];
 * mixtureQuantile([{ weight: 1, cuts }, { weight: 3, cuts }], 500); // => 40
 */
export function mixtureQuantile(parts: readonly MixturePart[], permille: number): number | null {
  const known = knownStretch(parts);
  if (!known) return null;
  if (rankAtMost(parts, known.to) < permille || rankBelow(parts, known.from) > permille) return null;
  let { from, to } = known;
  if (rankAtMost(parts, from) >= permille) return from;
  // The least value that so many lie at or below; rounding errors of the ranks must not push it beyond a cut.
  while (to - from > 0.0005) {
    const middle = (from + to) / 2;
    if (rankAtMost(parts, middle) >= permille - 1e-9) to = middle;
    else from = middle;
  }
  // Whole values are reached exactly where cuts lie on them; halving stops just beside.
  return Math.abs(to - Math.round(to)) < 0.001 ? Math.round(to) : to;
}

/**
 * The permille of each part that lie at or below a value.
 *
 * @returns null where the value lies beyond the outermost cuts of a part that weighs anything
 */
export function ranksInParts(parts: readonly MixturePart[], value: number): number[] | null {
  const known = knownStretch(parts);
  return known && known.from <= value && value <= known.to ? parts.map(({ cuts }) => rankOf(cuts, value).atMost) : null;
}

/** From the highest of the lowest cuts to the lowest of the highest: there every part's distribution is known. */
function knownStretch(parts: readonly MixturePart[]): { from: number; to: number } | null {
  const weighing = parts.filter(({ weight }) => weight > 0);
  if (weighing.length === 0 || weighing.some(({ cuts }) => cuts.length < 2)) return null;
  const from = Math.max(...weighing.map(({ cuts }) => cuts[0]!.value));
  const to = Math.min(...weighing.map(({ cuts }) => cuts.at(-1)!.value));
  return from <= to ? { from, to } : null;
}

const rankAtMost = (parts: readonly MixturePart[], value: number) =>
  weighted(parts, ({ cuts }) => rankOf(cuts, value).atMost);
const rankBelow = (parts: readonly MixturePart[], value: number) =>
  weighted(parts, ({ cuts }) => rankOf(cuts, value).below);

function weighted(parts: readonly MixturePart[], rank: (part: MixturePart) => number): number {
  const weighing = parts.filter(({ weight }) => weight > 0);
  const total = weighing.reduce((sum, { weight }) => sum + weight, 0);
  return weighing.reduce((sum, part) => sum + (part.weight / total) * rank(part), 0);
}

/** Of several cuts at one value the first tells how many lie below, the last how many at or below it. */
function rankOf(cuts: readonly QuantilePoint[], value: number): { below: number; atMost: number } {
  const at = cuts.filter((cut) => cut.value === value);
  if (at.length > 0) return { below: at[0]!.permille, atMost: at.at(-1)!.permille };
  const above = cuts.findIndex((cut) => cut.value > value);
  const [low, high] = [cuts[above - 1]!, cuts[above]!];
  const rank = low.permille + ((high.permille - low.permille) * (value - low.value)) / (high.value - low.value);
  return { below: rank, atMost: rank };
}
