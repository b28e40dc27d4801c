import { logisticFit } from './logistic-regression.ts';

/** One organisation's answer to an item, its standing in all other items, and whether it is of the group looked at. */
export interface ItemCase {
  /** The item's level is at or above the middle one. */
  isHigh: boolean;
  /** Mean level of all other items. */
  rest: number;
  isOfGroup: boolean;
}

export type FairnessClass = 'negligible' | 'moderate' | 'large';

/** Whether an item is harder or easier for a group than its standing elsewhere lets expect. */
export interface ItemFairness {
  /** Of no difference, before it is adjusted for the number of comparisons. */
  p: number;
  /** By how much group and its interaction raise Nagelkerke's R squared. */
  effect: number;
  size: FairnessClass;
  /** At the same standing the group reaches the level more often (true) or less often. */
  isEasier: boolean;
}

/** Classes of the effect (Jodoin & Gierl 2001, Applied Measurement in Education 14, 329-349). */
const MODERATE = 0.035;
const LARGE = 0.07;

/**
 * Differential item functioning by logistic regression (Swaminathan & Rogers 1990, Journal of Educational Measurement 27,
 * 361-370): the likelihood ratio of the model with group and its interaction over the one with the rest score alone, 2
 * degrees of freedom.
 *
 * @returns null with fewer than 40 cases in or out of the group, of which the test says too often that they differ, or where all answers are alike
 */
export function itemFairness(cases: readonly ItemCase[]): ItemFairness | null {
  const inGroup = cases.filter(({ isOfGroup }) => isOfGroup).length;
  const outcomes = cases.map(({ isHigh }) => isHigh);
  if (inGroup < FEWEST || cases.length - inGroup < FEWEST || new Set(outcomes).size < 2) return null;
  const none = logisticFit(
    cases.map(() => [1]),
    outcomes,
  ).logLikelihood;
  const plain = logisticFit(
    cases.map(({ rest }) => [1, rest]),
    outcomes,
  ).logLikelihood;
  const mean = cases.reduce((sum, { rest }) => sum + rest, 0) / cases.length;
  const full = logisticFit(
    cases.map(({ rest, isOfGroup }) => [1, rest, Number(isOfGroup), Number(isOfGroup) * (rest - mean)]),
    outcomes,
  );
  const nagelkerke = (logLikelihood: number) =>
    (1 - Math.exp((2 * (none - logLikelihood)) / cases.length)) / (1 - Math.exp((2 * none) / cases.length));
  const effect = nagelkerke(full.logLikelihood) - nagelkerke(plain);
  return {
    p: Math.exp(-Math.max(0, full.logLikelihood - plain)),
    effect,
    size: effect >= LARGE ? 'large' : effect >= MODERATE ? 'moderate' : 'negligible',
    isEasier: full.coefficients[2]! > 0,
  };
}

const FEWEST = 40;

/**
 * P values held against all comparisons made, so that a false alarm anywhere is as rare as each says (Holm 1979,
 * Scandinavian Journal of Statistics 6, 65-70).
 *
 * @example holmAdjusted([0.01, 0.04]); // => [0.02, 0.04]
 */
export function holmAdjusted(values: readonly number[]): number[] {
  const order = values.map((_, place) => place).toSorted((a, b) => values[a]! - values[b]!);
  const adjusted = new Array<number>(values.length);
  let highest = 0;
  order.forEach((place, rank) => {
    highest = Math.max(highest, Math.min(1, (values.length - rank) * values[place]!));
    adjusted[place] = highest;
  });
  return adjusted;
}
