import { createHash } from 'node:crypto';

/** Chance that repeats: the same seed gives the same draws on every machine. Not for secrets. */
export interface Draws {
  /** In [0, 1). */
  uniform(): number;
  /** Mean 0, standard deviation 1. */
  normal(): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** One of the keys, each as often as its weight says. Throws a RangeError when all weights are 0. */
  weighted(weights: Record<string, number>): string;
}

/** Draws by sfc32 (Chris Doty-Humphrey, PractRand), its 128-bit state taken from the SHA-256 of the seed. */
export function createDraws(seed: string): Draws {
  const state = createHash('sha256').update(seed).digest();
  let [a, b, c, counter] = [0, 4, 8, 12].map((offset) => state.readUInt32LE(offset)) as [
    number,
    number,
    number,
    number,
  ];

  function uniform(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  }

  return {
    uniform,
    // Box and Muller 1958; the second value is thrown away for the sake of simplicity.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    chance: (probability) => uniform() < probability,
    between: (low, high) => low + Math.floor(uniform() * (high - low + 1)),
    weighted(weights) {
      // Numeric-looking keys come first in objects, which changes nothing but the order in which shares are laid out.
      const entries = Object.entries(weights).filter(([, weight]) => weight > 0);
      const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
      let left = uniform() * total;
      for (const [key, weight] of entries) {
        left -= weight;
        if (left < 0) return key;
      }
      const last = entries.at(-1);
      if (!last) throw new RangeError('nothing to draw from');
      return last[0];
    },
  };
}
