/** One point of a published distribution: about `permille`/1000 lie at or below `value`. */
export interface QuantilePoint {
  permille: number;
  value: number;
}

/**
 * The value at a rank, read off published cuts by straight lines between neighbouring ones. Beyond the outermost cuts
 * nothing is known.
 *
 * @param cuts ascending by permille
 * @param permille 0 to 1000, not necessarily whole
 * @returns in the unit of the cuts, not rounded; null beyond the outermost cuts
 * @example
 * valueAtRank([{ permille: 250, value: 40 }, { permille: 500, value: 50 }], 300); // => 42
 */
export function valueAtRank(cuts: readonly QuantilePoint[], permille: number): number | null {
  const next = cuts.findIndex((cut) => cut.permille >= permille);
  const above = cuts[next];
  if (!above) return null;
  if (above.permille === permille) return above.value;
  const below = cuts[next - 1];
  if (!below) return null;
  const share = (permille - below.permille) / (above.permille - below.permille);
  return below.value + share * (above.value - below.value);
}
