import { type CutLadder, Policy } from '#contracts/policy';
import { POLICY, shownCuts } from './policy.ts';

/** A policy value looser than the floor. The message names the field and the rule. */
export class PolicyError extends Error {}

/** Values that may only rise, and values that may only fall. */
const MAY_RISE = [
  'minParticipations',
  'minNestedDifference',
  'minIndependent',
  'participationsRoundedTo',
  'itemsFromN',
  'questionsFromBase',
  'verdictFromN',
  'rangeConstant',
] as const;
const MAY_FALL = ['releasesPerParticipation', 'campaignDraws'] as const;

/**
 * The policy of a deployment: the floor with stricter values in their place.
 *
 * @throws PolicyError when a value is of the wrong type or looser than the floor, naming field and rule
 * @example checkedPolicy({ minParticipations: 30 }).minParticipations // => 30
 */
export function checkedPolicy(overrides: Partial<Policy> = {}): Policy {
  const parsed = Policy.safeParse({ ...POLICY, ...overrides });
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new PolicyError(`policy ${issue.path.join('.')}: ${issue.message}`);
  }
  const policy = parsed.data;
  for (const field of MAY_RISE) atLeast(field, policy[field], POLICY[field]);
  for (const field of MAY_FALL) atMost(field, policy[field], POLICY[field]);
  for (const field of ['cut', 'count', 'participation'] as const)
    atMost(`epsilon.${field}`, policy.epsilon[field], POLICY.epsilon[field]);
  for (const field of ['straightLineFromItems', 'duplicateFromItems', 'duplicateCluster'] as const)
    atMost(`quality.${field}`, policy.quality[field], POLICY.quality[field]);
  atLeast('quality.minSecondsPerItem', policy.quality.minSecondsPerItem, POLICY.quality.minSecondsPerItem);
  if (!policy.isTrial) atLeast('minDaysBetweenReleases', policy.minDaysBetweenReleases, POLICY.minDaysBetweenReleases);
  for (const field of ['cutLadder', 'changeCutLadder'] as const) checkCutLadder(field, policy[field], policy);
  return policy;
}

function atLeast(field: string, value: number, floor: number): void {
  if (value < floor) throw new PolicyError(`policy ${field}: ${value} is looser than the floor of ${floor}`);
}

function atMost(field: string, value: number, ceiling: number): void {
  if (value > ceiling) throw new PolicyError(`policy ${field}: ${value} is looser than the most allowed, ${ceiling}`);
}

/** Each step shows nothing that the floor would not show of as few participations, and always the median. */
function checkCutLadder(
  field: 'cutLadder' | 'changeCutLadder',
  ladder: CutLadder,
  { minParticipations }: Pick<Policy, 'minParticipations'>,
): void {
  ladder.forEach(({ fromN, permilles }, index) => {
    const where = `policy ${field}.${index}`;
    if (index > 0 && fromN <= ladder[index - 1]!.fromN) throw new PolicyError(`${where}: steps must rise in fromN`);
    if (!permilles.includes(500)) throw new PolicyError(`${where}: must contain the median, 500`);
    if (permilles.some((permille, place) => place > 0 && permille <= permilles[place - 1]!))
      throw new PolicyError(`${where}: permilles must rise`);
    const allowed = shownCuts(fromN, POLICY[field]);
    const extra = permilles.find((permille) => !allowed.includes(permille));
    if (extra !== undefined)
      throw new PolicyError(`${where}: the floor shows no cut of ${extra} permille from ${fromN} participations on`);
  });
  if (ladder[0]!.fromN > minParticipations)
    throw new PolicyError(`policy ${field}: must begin at minParticipations (${minParticipations}) or below`);
}
