/** The mean of a block of pooled neighbours, as a fraction: whole numbers, so that who rounds it rounds exactly. */
export interface Pooled {
  sum: number;
  size: number;
}

/**
 * The non-increasing sequence nearest to the given one by least squares: pool adjacent violators (Ayer et al. 1955, Ann.
 * Math. Statist. 26(4), 641-647).
 *
 * @param values whole numbers
 * @returns for each place the block it was pooled into
 * @example nonIncreasing([3, 5, 1]) // => [{ sum: 8, size: 2 }, { sum: 8, size: 2 }, { sum: 1, size: 1 }]
 */
export function nonIncreasing(values: readonly number[]): Pooled[] {
  const blocks: Pooled[] = [];
  for (const value of values) {
    let block = { sum: value, size: 1 };
    for (let last = blocks.at(-1); last && last.sum * block.size < block.sum * last.size; last = blocks.at(-1)) {
      blocks.pop();
      block = { sum: last.sum + block.sum, size: last.size + block.size };
    }
    blocks.push(block);
  }
  return blocks.flatMap((block) => new Array<Pooled>(block.size).fill(block));
}
