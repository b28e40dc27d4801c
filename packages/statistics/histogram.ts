/**
 * How many participations have each score: place s holds the count of score s, for s from 0 to 100. Scores are whole
 * points, so these 101 counts are the distribution itself, not an approximation of it.
 */
export type Histogram = Uint32Array;

export const SCORE_MAX = 100;

/** A histogram of no participation. */
export function emptyHistogram(): Histogram {
  return new Uint32Array(SCORE_MAX + 1);
}

/**
 * Counts one more participation, in place.
 *
 * @param histogram 101 counts, changed by the call
 * @param score whole points, 0 to 100
 * @throws RangeError for any other score
 * @example
 * const histogram = emptyHistogram();
 * addScore(histogram, 75);
 * histogram[75]; // => 1
 */
export function addScore(histogram: Histogram, score: number): void {
  if (!Number.isInteger(score) || score < 0 || score > SCORE_MAX) {
    throw new RangeError(`a score is a whole number from 0 to ${SCORE_MAX}, not ${score}`);
  }
  histogram[score]! += 1;
}

/** The number of participations counted in a histogram. */
export function participationsIn(histogram: Histogram): number {
  let participations = 0;
  for (const count of histogram) participations += count;
  return participations;
}
