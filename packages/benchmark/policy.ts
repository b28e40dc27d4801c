import { Policy } from '#contracts/policy';

/**
 * The disclosure policy: one file, every value with its reason. Deployments may only make it stricter
 * (`checkedPolicy`); each release carries the values it was made under and their hash.
 */
export const POLICY: Policy = {
  /** No set of organisations that can be isolated by who belongs where has fewer members. */
  k: 10,

  /**
   * Without invitations anybody can invent organisations. A cell without k invited participations needs this many,
   * so that nine inventions around one house never make a cell.
   */
  minOpenParticipations: 30,

  /** A set defined by answers, such as the slice between two cuts, holds at least so many organisations. */
  minSlice: 5,

  /** The number of participations is shown rounded down to a multiple of this. */
  participationsRoundedTo: 5,

  /** Which cuts a cell of at least `fromN` shows: interior multiples of the step. Every slice holds minSlice or more. */
  cutLadder: [
    { fromN: 10, stepPermille: 500 },
    { fromN: 20, stepPermille: 250 },
    { fromN: 40, stepPermille: 125 },
    { fromN: 100, stepPermille: 50 },
    { fromN: 500, stepPermille: 10 },
  ],

  /** Shares are shown rounded to multiples of so many percent, and of a wider step where that would cover fewer than minSlice. */
  shareRoundedTo: 5,

  /** One score held by more than this share of a cell would tell nearly everybody's answer: the dimension is suppressed. */
  homogeneityPercent: 80,

  /**
   * Reliabilities and correlations join answers with each other: only of so many participations, in steps of 0.1, where one
   * more or less can hardly be seen.
   */
  coefficientsFromN: 100,

  /** Cut-offs lie so many days apart, so that few changes cannot be read off two releases. 0 only when stamped `demo`. */
  minDaysBetweenReleases: 180,

  /** Information sets tried by the search for combinations of cells that touch fewer than k organisations. */
  isolationBases: 200,

  /**
   * Open submissions that look careless or invented wait until the operator has looked at them. Strict enough for scripts and
   * idle clicking, lenient enough for a house that is simply far behind: a wrong flag costs it a wait, and the operator time.
   */
  quality: {
    /** One level throughout, in at least so many answered items: chance hardly ever does that in three dimensions. */
    straightLineFromItems: 15,
    /** Two seconds an item do not suffice to read it (Huang et al. 2012, J Bus Psychol 27, 99-114). */
    minSecondsPerItem: 2,
    /** Near-duplicates share profile and all answers outside one dimension, at least so many of them levels. */
    duplicateFromItems: 12,
    /** So many different organisations of that kind: two or three may be sites of one house, or a lost code. */
    duplicateCluster: 5,
  },

  stamp: 'production',
};

/** A policy value looser than the floor. The message names the field and the rule. */
export class PolicyError extends Error {}

/**
 * The policy of a deployment: the floor with stricter values in their place.
 *
 * @throws PolicyError when a value is of the wrong type or looser than the floor, naming field and rule
 * @example checkedPolicy({ k: 15 }).k // => 15
 */
export function checkedPolicy(overrides: Partial<Policy> = {}): Policy {
  const parsed = Policy.safeParse({ ...POLICY, ...overrides });
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new PolicyError(`policy ${issue.path.join('.')}: ${issue.message}`);
  }
  const policy = parsed.data;
  const atLeast = (
    field:
      | 'k'
      | 'minOpenParticipations'
      | 'minSlice'
      | 'participationsRoundedTo'
      | 'shareRoundedTo'
      | 'coefficientsFromN'
      | 'isolationBases',
  ) => {
    if (policy[field] < POLICY[field])
      throw new PolicyError(`policy ${field}: ${policy[field]} is looser than the floor of ${POLICY[field]}`);
  };
  atLeast('k');
  atLeast('minOpenParticipations');
  atLeast('minSlice');
  atLeast('participationsRoundedTo');
  atLeast('shareRoundedTo');
  atLeast('coefficientsFromN');
  atLeast('isolationBases');
  checkQuality(policy.quality);
  if (policy.minOpenParticipations < 3 * policy.k)
    throw new PolicyError(`policy minOpenParticipations: must be at least three times k (${3 * policy.k})`);
  if (policy.homogeneityPercent > POLICY.homogeneityPercent || policy.homogeneityPercent < 1)
    throw new PolicyError(`policy homogeneityPercent: must lie between 1 and ${POLICY.homogeneityPercent}`);
  if (100 % policy.shareRoundedTo !== 0) throw new PolicyError('policy shareRoundedTo: must divide 100');
  const isDemo = policy.stamp === 'demo';
  if (policy.minDaysBetweenReleases < (isDemo ? 0 : POLICY.minDaysBetweenReleases))
    throw new PolicyError(
      `policy minDaysBetweenReleases: ${policy.minDaysBetweenReleases} is looser than the floor of ${POLICY.minDaysBetweenReleases}; only a deployment stamped "demo" may go below`,
    );
  let former: Policy['cutLadder'][number] | undefined;
  policy.cutLadder.forEach((rung, index) => {
    const where = `policy cutLadder.${index}`;
    if (rung.stepPermille < 1 || 1000 % rung.stepPermille !== 0 || rung.stepPermille > 500)
      throw new PolicyError(`${where}: stepPermille must divide 1000 and be at most 500`);
    if ((rung.fromN * rung.stepPermille) / 1000 < policy.minSlice)
      throw new PolicyError(`${where}: its slices would hold fewer than ${policy.minSlice}`);
    if (former && (rung.fromN <= former.fromN || rung.stepPermille >= former.stepPermille))
      throw new PolicyError(`${where}: rungs must rise in fromN and fall in stepPermille`);
    former = rung;
  });
  return policy;
}

/** Stricter flags more: more seconds, smaller patterns and clusters. */
function checkQuality(quality: Policy['quality']): void {
  const floor = POLICY.quality!;
  if (!quality) throw new PolicyError('policy quality: is missing');
  for (const field of ['straightLineFromItems', 'duplicateFromItems', 'duplicateCluster'] as const)
    if (quality[field] > floor[field])
      throw new PolicyError(`policy quality.${field}: ${quality[field]} is looser than the floor of ${floor[field]}`);
  if (quality.minSecondsPerItem < floor.minSecondsPerItem)
    throw new PolicyError(
      `policy quality.minSecondsPerItem: ${quality.minSecondsPerItem} is looser than the floor of ${floor.minSecondsPerItem}`,
    );
}

/** Permille of the cuts a cell of n participations shows, ascending; empty below the first rung. */
export function shownCuts(n: number, policy: Policy): number[] {
  const rung = policy.cutLadder.findLast((entry) => n >= entry.fromN);
  if (!rung) return [];
  return Array.from({ length: 1000 / rung.stepPermille - 1 }, (_, index) => (index + 1) * rung.stepPermille);
}
