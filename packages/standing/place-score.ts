import type { Standing } from '#contracts/position';
import type { Cut } from '#contracts/release';
import { wilson } from '#statistics/wilson';

/** Around the middle: from a quarter to three quarters of the participations. Permille. */
const MIDDLE = { from: 250, centre: 500, to: 750 };

/**
 * Where one score stands, told from published cuts and the shown n alone. Exact ranks are not used on purpose: who asked
 * for every score from 0 to 100 would have the histogram.
 *
 * The band is bounded by the cuts next below and next above the score; a cut equal to the score bounds neither side. The
 * interval is Wilson's 95 % at the two ends of the band. The verdict follows from the interval.
 *
 * @param score own score, whole points 0 to 100
 * @param cuts published cuts of the group
 * @param participations the shown n (rounded down)
 * @returns band in permille; interval in permille with one decimal
 * @example
 * standingOf(60, [{ permille: 500, value: 50 }], 100);
 * // => { verdict: 'indistinct', bandFrom: 500, bandTo: 1000, intervalFrom: 403.8, intervalTo: 1000 }
 */
export function standingOf(score: number, cuts: Cut[], participations: number): Standing {
  let bandFrom = 0;
  let bandTo = 1000;
  for (const cut of cuts) {
    if (cut.value < score) bandFrom = Math.max(bandFrom, cut.permille);
    else if (cut.value > score) bandTo = Math.min(bandTo, cut.permille);
  }
  const intervalFrom = oneDecimal(wilson(bandFrom / 1000, participations).lower * 1000);
  const intervalTo = oneDecimal(wilson(bandTo / 1000, participations).upper * 1000);
  return { verdict: verdictOf(intervalFrom, intervalTo), bandFrom, bandTo, intervalFrom, intervalTo };
}

function verdictOf(from: number, to: number): Standing['verdict'] {
  if (from > MIDDLE.centre) return 'ahead';
  if (to < MIDDLE.centre) return 'behind';
  return MIDDLE.from <= from && to <= MIDDLE.to ? 'near' : 'indistinct';
}

function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10;
}
