import { type Histogram, participationsIn } from './histogram.ts';

/**
 * The percentile rank of a score: the percentage of participations below it, those with the very same score counted by
 * half (mid-rank; Parzen 2004, Statistical Science 19(4), 652-662). Half of everybody is at 50, however many are tied.
 *
 * @param histogram 101 counts
 * @param score whole points, 0 to 100
 * @returns percent, 0 to 100
 * @throws RangeError if nobody is counted or the score is no whole number from 0 to 100
 * @example
 * const histogram = emptyHistogram();
 * for (const score of [1, 2, 3, 3, 4]) addScore(histogram, score);
 * midRank(histogram, 3); // => 60
 */
export function midRank(histogram: Histogram, score: number): number {
  const equal = histogram[score];
  if (equal === undefined) throw new RangeError(`a score is a whole number from 0 to 100, not ${score}`);
  const participations = participationsIn(histogram);
  if (participations === 0) throw new RangeError('a rank needs at least one participation');
  let below = 0;
  for (let lower = 0; lower < score; lower++) below += histogram[lower]!;
  return (50 * (2 * below + equal)) / participations;
}
