const BASE = 1000;

/**
 * A cut of a distribution by the exponential mechanism (McSherry & Talwar 2007, FOCS, 94-103): each grid point is drawn with
 * a weight that falls with its distance from the wanted rank, counted in organisations. The distance of point o is
 * d(o) = max(0, below(o) - pn, pn - upto(o)), its weight exp(-epsilon (d(o) - smallest d) / (2 max(p, 1-p))). Adding or
 * removing one organisation moves d by max(p, 1-p) at most, so that no point's probability changes by more than e^epsilon.
 *
 * @param counts how many scores lie on each point of the grid, ascending; at least one counted
 * @param permille p in thousandths, 1 to 999
 * @param u uniform, above 0 and at most 1
 * @returns the place of the drawn point in `counts`: the first whose cumulated weight reaches u times the sum
 * @example exponentialCut([0, 3, 0], 500, 0.7, 0.5) // => 1
 */
export function exponentialCut(counts: ArrayLike<number>, permille: number, epsilon: number, u: number): number {
  const weights = new Float64Array(counts.length);
  let n = 0;
  for (let place = 0; place < counts.length; place++) n += counts[place]!;
  // Whole numbers until the exponent: distances in thousandths of an organisation.
  const rank = permille * n;
  let smallest = Infinity;
  let below = 0;
  for (let place = 0; place < counts.length; place++) {
    const upto = below + counts[place]!;
    const distance = Math.max(0, BASE * below - rank, rank - BASE * upto);
    weights[place] = distance;
    smallest = Math.min(smallest, distance);
    below = upto;
  }
  const scale = epsilon / (2 * Math.max(permille, BASE - permille));
  let sum = 0;
  for (let place = 0; place < counts.length; place++) {
    sum += Math.exp(-scale * (weights[place]! - smallest));
    weights[place] = sum;
  }
  const aim = u * sum;
  return weights.findIndex((cumulated) => cumulated >= aim);
}
