/**
 * Cronbach's alpha: how far the items of a scale go together (Cronbach 1951, Psychometrika 16, 297-334).
 *
 * @param answers one row for each case, a level for each item, without gaps
 * @returns at most 1; null with fewer than two items or cases, or where all sums are alike
 * @example cronbachAlpha([[0, 0], [2, 2], [4, 4]]); // => 1
 */
export function cronbachAlpha(answers: readonly (readonly number[])[]): number | null {
  const items = answers[0]?.length ?? 0;
  if (items < 2 || answers.length < 2) return null;
  const variance = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  };
  const whole = variance(answers.map((row) => row.reduce((sum, value) => sum + value, 0)));
  if (whole === 0) return null;
  const parts = Array.from({ length: items }, (_, item) => variance(answers.map((row) => row[item]!)));
  return (items / (items - 1)) * (1 - parts.reduce((sum, part) => sum + part, 0) / whole);
}

/** Correlation of an item with the others, by Pearson. Null where one of the two does not vary. */
export function correlation(pairs: readonly (readonly [number, number])[]): number | null {
  const mean = (at: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[at], 0) / pairs.length;
  const [x, y] = [mean(0), mean(1)];
  const [xx, yy, xy] = pairs.reduce(
    ([a, b, c], pair) => [a + (pair[0] - x) ** 2, b + (pair[1] - y) ** 2, c + (pair[0] - x) * (pair[1] - y)],
    [0, 0, 0] as [number, number, number],
  );
  return xx === 0 || yy === 0 ? null : xy / Math.sqrt(xx * yy);
}
