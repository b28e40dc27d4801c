import { type Histogram, participationsIn } from './histogram.ts';

const BASE = 1000;

/**
 * The score below which a given part of the participations lies: linear interpolation between the two nearest order
 * statistics, type 7 of Hyndman & Fan (1996, The American Statistician 50(4), 361-365), the default of R, NumPy,
 * percentile_cont in SQL, d3 and Vega.
 *
 * With n sorted scores x[0] ... x[n-1], the quantile p stands at place (n-1)p. Everything is whole numbers until the one
 * division at the end; with p as a fraction of binary digits, 77.49999999999999 would come out where 77.5 is due.
 *
 * @param histogram 101 counts
 * @param permille p in thousandths, a whole number from 0 to 1000
 * @returns points from 0 to 100, not rounded
 * @throws RangeError if permille is out of range or nobody is counted
 * @example
 * const histogram = emptyHistogram();
 * for (const score of [10, 20]) addScore(histogram, score);
 * quantile(histogram, 250); // => 12.5
 */
export function quantile(histogram: Histogram, permille: number): number {
  if (!Number.isInteger(permille) || permille < 0 || permille > BASE) {
    throw new RangeError(`permille is a whole number from 0 to ${BASE}, not ${permille}`);
  }
  const participations = participationsIn(histogram);
  if (participations === 0) throw new RangeError('a quantile needs at least one participation');

  const scaledPlace = (participations - 1) * permille;
  const remainder = scaledPlace % BASE;
  const place = (scaledPlace - remainder) / BASE;
  const lower = orderStatistic(histogram, place);
  const upper = remainder === 0 ? lower : orderStatistic(histogram, place + 1);
  return (lower * BASE + (upper - lower) * remainder) / BASE;
}

/** The score at a place of the sorted scores, counted from 0; the place must exist. */
function orderStatistic(histogram: Histogram, place: number): number {
  let passed = 0;
  let score = 0;
  for (;;) {
    passed += histogram[score]!;
    if (passed > place) return score;
    score += 1;
  }
}
