import type { Share } from '#contracts/release';

/** How many organisations something may be true of, both ends included. */
export interface Bounds {
  from: number;
  to: number;
}

/** What is certain: at least one, and fewer than `minSlice`. */
export function isSmallForCertain({ from, to }: Bounds, minSlice: number): boolean {
  return from >= 1 && to < minSlice;
}

/** The counts that a shown share allows, for somebody who knows n. */
export function boundsOfShare(share: Share | null, n: number, step: number, minSlice: number): Bounds {
  if (share === null) return { from: 0, to: n };
  if (share === 'almost-none') return { from: 0, to: Math.min(n, minSlice - 1) };
  if (share === 'almost-all') return { from: Math.max(0, n - minSlice + 1), to: n };
  // Rounded half up: share - step/2 <= 100 * count / n < share + step/2.
  const from = Math.ceil(((2 * share - step) * n) / 200);
  const beyond = Math.ceil(((2 * share + step) * n) / 200);
  // Fewer on a side would have been a word.
  return { from: Math.max(minSlice, from), to: Math.min(n - minSlice, beyond - 1) };
}

/**
 * The step, in percent, to which a cell's shares are rounded: the policy's, or in small cells the wider one that leaves
 * `minSlice` organisations to each number, where every share of the cell keeps to it. Read off the figures.
 */
export function stepOfShares(
  shares: readonly (Share | null)[],
  n: number,
  rule: { shareRoundedTo: number; minSlice: number },
): number {
  let wide = rule.shareRoundedTo;
  while (wide < 50 && (100 % wide !== 0 || wide * n < 100 * rule.minSlice)) wide += rule.shareRoundedTo;
  return shares.every((share) => typeof share !== 'number' || share % wide === 0) ? wide : rule.shareRoundedTo;
}

/**
 * What cuts say about the number of scores of at most s, for each s from -1 (place 0) to the highest possible (the last
 * place), to somebody who knows n and that cuts are type 7 quantiles of whole scores, rounded half up.
 */
export function boundsOfDistribution(
  cuts: readonly { permille: number; value: number }[],
  n: number,
  highest = 100,
): Bounds[] {
  const last = highest + 1;
  const bounds = Array.from({ length: last + 1 }, (): Bounds => ({ from: 0, to: n }));
  bounds[0] = { from: 0, to: 0 };
  bounds[last] = { from: n, to: n };
  for (const { permille, value } of cuts) {
    const position = (n - 1) * permille;
    const below = Math.floor(position / 1000);
    // The value lies between the sorted scores number `below` and `below + 1`, counted from 0, or is the former.
    const isExact = position % 1000 === 0;
    const atMost = bounds[value + 1]!;
    atMost.from = Math.max(atMost.from, below + 1);
    const under = bounds[value]!;
    under.to = Math.min(under.to, isExact ? below : below + 1);
  }
  return tightened(bounds);
}

/** Counts of at most s never fall with s; narrows the bounds, in place, by that. */
export function tightened(bounds: Bounds[]): Bounds[] {
  for (let s = 1; s < bounds.length; s++) bounds[s]!.from = Math.max(bounds[s]!.from, bounds[s - 1]!.from);
  for (let s = bounds.length - 2; s >= 0; s--) bounds[s]!.to = Math.min(bounds[s]!.to, bounds[s + 1]!.to);
  return bounds;
}

/** The bounds of a difference of two counts, of a set of `size`. */
export function difference(a: Bounds, b: Bounds, size: number): Bounds {
  return { from: Math.max(0, a.from - b.to), to: Math.min(size, a.to - b.from) };
}
