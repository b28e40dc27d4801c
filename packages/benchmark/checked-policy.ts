import { Policy } from '#contracts/policy';
import { POLICY } from './policy.ts';

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
