import type { Policy } from '#contracts/policy';

/** What a group's participations come to, before it is decided about. */
export interface GroupSize {
  n: number;
  /** Of these from its largest named source; 0 where the rule of one source does not hold. */
  largestSource: number;
}

/**
 * Why a group by itself may not be published, or null: nobody, too few, or too many of one source, which would see itself
 * in the figures (rules 2 and 4).
 */
export function belowThreshold(
  { n, largestSource }: GroupSize,
  { minParticipations, minIndependent }: Pick<Policy, 'minParticipations' | 'minIndependent'>,
): 'nobody' | 'too-few' | 'one-source' | null {
  if (n === 0) return 'nobody';
  if (n < minParticipations) return 'too-few';
  return n - largestSource < minIndependent ? 'one-source' : null;
}
