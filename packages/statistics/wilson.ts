/** Two limits, the lower never above the upper. Unit and confidence: see the function that gave it. */
export interface Interval {
  lower: number;
  upper: number;
}

/** Normal quantile of a two-sided interval of 95 %. */
export const Z_95 = 1.959963984540054;

/**
 * Wilson's score interval: between which shares the share in the whole field may lie, when a share of n was observed
 * (Wilson 1927, JASA 22, 209-212). Unlike the textbook formula it stays within 0 and 1 and holds for small n.
 *
 * @param share observed share, 0 to 1
 * @param n observations, 0 or more; with none the share may be anything
 * @param z normal quantile of the confidence, 1.96 for 95 %
 * @returns shares, 0 to 1
 * @throws RangeError if share or n is out of range
 * @example
 * wilson(7 / 10, 10); // => { lower: 0.39678, upper: 0.89221 }
 */
export function wilson(share: number, n: number, z: number = Z_95): Interval {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`a share is a number from 0 to 1, not ${share}`);
  if (!(n >= 0)) throw new RangeError(`a count is 0 or more, not ${n}`);
  if (n === 0) return { lower: 0, upper: 1 };
  const squared = (z * z) / n;
  const centre = share + squared / 2;
  const spread = Math.sqrt(squared * (share * (1 - share) + squared / 4));
  return {
    lower: share === 0 ? 0 : Math.max(0, (centre - spread) / (1 + squared)),
    upper: share === 1 ? 1 : Math.min(1, (centre + spread) / (1 + squared)),
  };
}
