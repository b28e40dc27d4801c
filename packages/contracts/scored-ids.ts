/** What the overall score is called beside the ids of dimensions. */
export const OVERALL = 'overall';

/** Ids of every dimension and, last, of the overall score: the order of all figures. */
export function scoredIds({ dimensions }: { dimensions: readonly { id: string }[] }): string[] {
  return [...dimensions.map(({ id }) => id), OVERALL];
}
