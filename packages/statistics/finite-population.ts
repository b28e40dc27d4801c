/**
 * By how much chance shrinks where many of few took part: sqrt((N - n) / (N - 1)) (Cochran 1977, Sampling Techniques, 2.6).
 * It takes nothing off the noise.
 *
 * @param population registered members; fewer than took part stand for all of them
 * @param n who took part
 * @returns 0 to 1
 * @throws RangeError unless both are 1 or more
 * @example
 * finitePopulationFactor(101, 51); // => 0.7071
 */
export function finitePopulationFactor(population: number, n: number): number {
  if (!(population >= 1 && n >= 1))
    throw new RangeError(`members and participations are 1 or more, not ${population}, ${n}`);
  if (n >= population) return 0;
  return Math.sqrt((population - n) / (population - 1));
}
