import { createHmac } from 'node:crypto';
import type { Policy } from '#contracts/policy';
import type { Mechanism } from './figures.ts';

/** The draws of docs/method.md ("How a figure is drawn"), once more and by themselves, and the quantiles of what they do. */

/** Halves of the first 8 bytes of an HMAC-SHA256. */
export function keyedHalves(key: Uint8Array, text: string): readonly [number, number] {
  // A string costs less to make than a Buffer.
  const digest = createHmac('sha256', key).update(text).digest('hex');
  return [Number.parseInt(digest.slice(0, 8), 16), Number.parseInt(digest.slice(8, 16), 16)];
}

/** The draw by a key. @param prefix names up to the statistic */
export function drawnBy(
  key: Uint8Array,
  cellKey: ArrayLike<number>,
  prefix: string,
  { epsilon }: Pick<Policy, 'epsilon'>,
): Mechanism {
  const start = Array.from(cellKey, (half) => half.toString(16).padStart(8, '0')).join('');
  const uniform = (statistic: string) => {
    const [upper, lower] = keyedHalves(key, `${start}|${prefix}|${statistic}`);
    return (upper * 2 ** 21 + Math.floor(lower / 2 ** 11) + 0.5) / 2 ** 53;
  };
  return {
    cut: (statistic, counts, permille) => firstAt(weightsOf(counts, permille, epsilon.cut), uniform(statistic)),
    count: (statistic, count, n) => clamp(count + noiseAt(uniform(statistic), epsilon.count), n),
  };
}

/**
 * The lowest or the highest that a draw gives, but for a part of `tail` of all draws, when up to `more` further organisations
 * may have counted of which nothing is known.
 */
export function boundOf(
  side: 'lowest' | 'highest',
  tail: number,
  more: number,
  { epsilon }: Pick<Policy, 'epsilon'>,
): Mechanism {
  const most = mostNoise(tail, epsilon.count);
  return {
    cut(_, counts, permille) {
      const order = side === 'lowest' ? (list: number[]) => list : (list: number[]) => list.reverse();
      const filled = [...counts];
      filled[side === 'lowest' ? 0 : filled.length - 1]! += more;
      const weights = order(weightsOf(filled, permille, epsilon.cut));
      const place = firstAt(weights, tail);
      return side === 'lowest' ? place : weights.length - 1 - place;
    },
    count: (_, count, n) => (side === 'lowest' ? clamp(count - most, n) : clamp(count + more + most, n + more)),
  };
}

/** The smallest k that noise exceeds, to one side, in no more than a part of `tail`: P(z >= k) = alpha^k / (1 + alpha). */
const mostNoise = (tail: number, epsilon: number) => Math.ceil(-Math.log(tail * (1 + Math.exp(-epsilon))) / epsilon);

const clamp = (count: number, n: number) => Math.max(0, Math.min(n, count));

/** The first place whose cumulated weight reaches a part of the sum. */
function firstAt(weights: readonly number[], part: number): number {
  const wanted = part * weights.reduce((sum, weight) => sum + weight, 0);
  let place = 0;
  for (let cumulated = weights[0]!; cumulated < wanted; cumulated += weights[place]!) place += 1;
  return place;
}

/** Weights of the exponential mechanism on the grid, the largest 1. */
function weightsOf(counts: readonly number[], permille: number, epsilon: number): number[] {
  const p = permille / 1000;
  const n = counts.reduce((sum, count) => sum + count, 0);
  let upto = 0;
  const distances = counts.map((count) => {
    const below = upto;
    upto += count;
    return Math.max(0, below - p * n, p * n - upto);
  });
  const nearest = distances.reduce((least, distance) => Math.min(least, distance), Number.POSITIVE_INFINITY);
  return distances.map((distance) => Math.exp((-epsilon * (distance - nearest)) / (2 * Math.max(p, 1 - p))));
}

/** The smallest z with F(z) >= u of the two-sided geometric distribution, from the inverse and checked beside it. */
function noiseAt(u: number, epsilon: number): number {
  const alpha = Math.exp(-epsilon);
  const reaches = (z: number) => (z < 0 ? alpha ** -z / (1 + alpha) : 1 - alpha ** (z + 1) / (1 + alpha)) >= u;
  const guess =
    u * (1 + alpha) <= alpha ? Math.log(u * (1 + alpha)) / epsilon : -Math.log((1 - u) * (1 + alpha)) / epsilon - 1;
  let z = Math.ceil(guess) - 1;
  while (!reaches(z)) z += 1;
  while (reaches(z - 1)) z -= 1;
  return z;
}
