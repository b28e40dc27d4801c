import type { Instrument } from '#contracts/instrument';
import type { CutLadder, Policy } from '#contracts/policy';
import { scoredIds } from '#contracts/scored-ids';

/** As many associations as a submission may name (contracts/submission.ts). */
const MAX_ASSOCIATIONS = 3;
const ITEM_COUNTS = 6;
const DIRECTIONS = 3;
/** Far above what binary fractions leave behind, far below a tenth. */
const ROUNDING_ERROR = 1e-6;

/**
 * Upper bound of what the guarantees of all single draws come to for one participation: by e to the power of it at most other
 * answers would change the probability of everything a release says. A cut counts epsilon / max(p, 1-p), a count epsilon;
 * summed over a cell of each kind of group that it can be in, each as large as the largest, level and change; rounded up to a
 * tenth. It is large, and no claim rests on it.
 */
export function epsilonSum(instrument: Instrument, policy: Policy): number {
  const cutsOf = (ladder: CutLadder) =>
    Math.max(
      ...ladder.map(({ permilles }) =>
        permilles.reduce((sum, permille) => sum + (1000 * policy.epsilon.cut) / Math.max(permille, 1000 - permille), 0),
      ),
    );
  const dimensions = scoredIds(instrument).length;
  const questions = instrument.questions.reduce((sum, { codes }) => sum + codes.length + 1, 0);
  const items = policy.epsilon.count * (ITEM_COUNTS * instrument.items.length + questions);
  const levels = dimensions * cutsOf(policy.cutLadder);
  const change = dimensions * (cutsOf(policy.changeCutLadder) + DIRECTIONS * policy.epsilon.count);
  const perSet = (attributes: number, isMembers: boolean) =>
    levels + change + (attributes <= (isMembers ? 0 : 1) ? items : 0);
  const sumOf = (sets: Instrument['catalogue'], isMembers: boolean) =>
    sets.reduce((sum, set) => sum + perSet(set.length, isMembers), 0);
  const sum = sumOf(instrument.catalogue, false) + MAX_ASSOCIATIONS * sumOf(instrument.memberSets, true);
  return Math.ceil(10 * sum - ROUNDING_ERROR) / 10;
}
