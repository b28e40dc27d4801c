/**
 * Of two groups of which one lies within the other both are published only if they differ by `minDifference` or more: the
 * difference of their figures is a figure of the rest (rule 3). The larger group is kept first, of equal ones the broader.
 *
 * @param n participations by group; the groups in an order in which no group stands before one that it lies within
 * @param isCandidate whether a group may be published by itself
 * @param containing for each group the places of all groups that it lies within by definition
 * @returns which groups are too close to a larger one that is published
 */
export function tooClose(
  n: ArrayLike<number>,
  isCandidate: (group: number) => boolean,
  containing: (group: number) => readonly number[],
  minDifference: number,
): Uint8Array {
  const isPublished = new Uint8Array(n.length);
  const isTooClose = new Uint8Array(n.length);
  const inOrder = Array.from(n, (_, group) => group).sort((a, b) => n[b]! - n[a]! || a - b);
  for (const group of inOrder) {
    if (!isCandidate(group)) continue;
    if (containing(group).some((outer) => isPublished[outer] === 1 && n[outer]! - n[group]! < minDifference))
      isTooClose[group] = 1;
    else isPublished[group] = 1;
  }
  return isTooClose;
}
