const SCORES = 101;

/**
 * Spearman's rank correlation (Spearman 1904, American Journal of Psychology 15, 72-101): Pearson's correlation of the
 * ranks, where tied scores share the mean of their ranks. Counted by pairs of scores, so that
 * time grows with n alone. simple-statistics has one too, but gives tied scores different ranks in the order in which
 * they come, and our scores are tied often.
 *
 * @param first scores, whole numbers from 0 to 100
 * @param second scores of the same participations, in the same order
 * @returns -1 to 1; null where one side does not vary or fewer than two take part
 * @throws RangeError if the lists differ in length
 * @example
 * rankCorrelation([10, 20, 20, 40], [1, 5, 3, 9]); // => 0.9487
 */
export function rankCorrelation(first: ArrayLike<number>, second: ArrayLike<number>): number | null {
  if (first.length !== second.length) throw new RangeError(`${first.length} scores beside ${second.length}`);
  const n = first.length;
  const pairs = new Float64Array(SCORES * SCORES);
  for (let place = 0; place < n; place++) pairs[first[place]! * SCORES + second[place]!]! += 1;
  const [firstCounts, secondCounts] = [new Float64Array(SCORES), new Float64Array(SCORES)];
  for (let place = 0; place < n; place++) {
    firstCounts[first[place]!]! += 1;
    secondCounts[second[place]!]! += 1;
  }
  const [one, other] = [centredRanks(firstCounts, n), centredRanks(secondCounts, n)];
  const [oneVaries, otherVaries] = [spreadOf(one, firstCounts), spreadOf(other, secondCounts)];
  if (oneVaries === 0 || otherVaries === 0) return null;
  let together = 0;
  for (let a = 0; a < SCORES; a++)
    for (let b = 0; b < SCORES; b++) together += pairs[a * SCORES + b]! * one[a]! * other[b]!;
  return together / Math.sqrt(oneVaries * otherVaries);
}

/** The rank of each score less the mean of all ranks: all lower ones and half of its equals, and a half, less (n + 1) / 2. */
function centredRanks(counts: Float64Array, n: number): Float64Array {
  let below = 0;
  return counts.map((equal) => {
    const rank = below + (equal + 1) / 2;
    below += equal;
    return rank - (n + 1) / 2;
  });
}

/** Sum of squares. */
function spreadOf(ranks: Float64Array, counts: Float64Array): number {
  return counts.reduce((sum, count, score) => sum + count * ranks[score]! ** 2, 0);
}
