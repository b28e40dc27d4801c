/** Steps of the fit; some thirty do for items as surveys have them. */
const MAX_STEPS = 10_000;
const SETTLED = 1e-12;

/**
 * Reliability of a sum of items: which part of its variance is due to what the items have in common. McDonald's omega of
 * a one-factor model (McDonald 1999, Test Theory, ch. 6): omega = (sum of loadings)^2 / ((sum of loadings)^2 + sum of unique
 * variances). Unlike Cronbach's alpha it does not ask that all items measure equally well.
 *
 * The loadings are those that reproduce the covariances between the items best by least squares (MINRES; Harman & Jones
 * 1966, Psychometrika 31, 351-368), found by solving for one loading after the other until none moves any more. The
 * items' covariances are used, not their correlations, because the dimension's score is the mean of the items as they are.
 *
 * @param covariances symmetric, variances on the diagonal, of at least three items
 * @returns 0 to 1; null where no one-factor model fits: an item without variance, nothing in common, or a loading that
 *   would explain more than its item's variance (Heywood case)
 * @throws RangeError for fewer than three items, of which no model is determined
 * @example
 * omega([[2, 1, 1], [1, 2, 1], [1, 1, 2]]); // => 0.75, which is also alpha, since all items are alike
 */
export function omega(covariances: readonly (readonly number[])[]): number | null {
  const size = covariances.length;
  if (size < 3) throw new RangeError(`omega needs three items or more, not ${size}`);
  const variance = (item: number) => covariances[item]![item]!;
  const withOthers = covariances.map((row, item) => sumOf(row) - variance(item));
  const total = sumOf(withOthers);
  if (!(total > 0) || covariances.some((_, item) => !(variance(item) > 0))) return null;

  const loadings = withOthers.map((sum) => sum / Math.sqrt(total));
  for (let step = 0, moved = 1; moved > SETTLED; step++) {
    if (step === MAX_STEPS) return null;
    moved = 0;
    for (let item = 0; item < size; item++) {
      let product = 0;
      let square = 0;
      for (let other = 0; other < size; other++) {
        if (other === item) continue;
        product += covariances[item]![other]! * loadings[other]!;
        square += loadings[other]! ** 2;
      }
      if (square === 0) return null;
      moved = Math.max(moved, Math.abs(product / square - loadings[item]!) / Math.sqrt(variance(item)));
      loadings[item] = product / square;
    }
  }
  const unique = loadings.map((loading, item) => variance(item) - loading ** 2);
  if (unique.some((rest) => rest < 0)) return null;
  const common = sumOf(loadings) ** 2;
  return common / (common + sumOf(unique));
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
