import { sampleCorrelation } from 'simple-statistics';

const SCORES = 101;

/**
 * Spearman's rank correlation (Spearman 1904, American Journal of Psychology 15, 72-101): Pearson's correlation of the
 * ranks, where tied scores share the mean of their ranks. simple-statistics has one too, but gives tied scores different
 * ranks in the order in which they come, and our scores are tied often.
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
  const ranks = [ranksOf(first), ranksOf(second)] as const;
  if (ranks.some((list) => new Set(list).size < 2)) return null;
  return sampleCorrelation(...ranks);
}

/** The rank of each score from 1 on, tied ones at their mean: all lower ones and half of its equals, and a half. */
function ranksOf(scores: ArrayLike<number>): number[] {
  const counts = new Float64Array(SCORES);
  for (let place = 0; place < scores.length; place++) counts[scores[place]!]! += 1;
  let below = 0;
  const rankOf = counts.map((equal) => {
    const rank = below + (equal + 1) / 2;
    below += equal;
    return rank;
  });
  return Array.from(scores, (score) => rankOf[score]!);
}
