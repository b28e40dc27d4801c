/** A fitted model of a yes or no. */
export interface LogisticFit {
  /** One for each column of the predictors. */
  coefficients: number[];
  logLikelihood: number;
}

const MOST_STEPS = 50;
const ENOUGH = 1e-8;
/** Keeps the steps finite where a predictor tells yes and no apart entirely. */
const RIDGE = 1e-6;

/**
 * Logistic regression by Newton's method (iteratively reweighted least squares; McCullagh & Nelder 1989, Generalized Linear
 * Models, ch. 4).
 *
 * @param predictors one row for each case, the first column 1 for the intercept
 * @param outcomes of the same cases
 * @throws RangeError unless there are as many outcomes as cases, and at least one
 * @example
 * logisticFit([[1], [1], [1], [1]], [true, true, true, false]).coefficients; // => [1.0986], the log of 3 to 1
 */
export function logisticFit(predictors: readonly (readonly number[])[], outcomes: readonly boolean[]): LogisticFit {
  if (outcomes.length === 0 || outcomes.length !== predictors.length)
    throw new RangeError(`${predictors.length} cases and ${outcomes.length} outcomes`);
  const width = predictors[0]!.length;
  let coefficients = new Array<number>(width).fill(0);
  let before = logLikelihoodOf(predictors, outcomes, coefficients);
  for (let step = 0; step < MOST_STEPS; step++) {
    const gradient = new Array<number>(width).fill(0);
    const curvature = Array.from({ length: width }, (_, row) =>
      Array.from({ length: width }, (_, column) => (row === column ? RIDGE : 0)),
    );
    predictors.forEach((row, place) => {
      const chance = chanceOf(row, coefficients);
      const weight = chance * (1 - chance);
      for (let a = 0; a < width; a++) {
        gradient[a]! += row[a]! * (Number(outcomes[place]) - chance);
        for (let b = 0; b < width; b++) curvature[a]![b]! += weight * row[a]! * row[b]!;
      }
    });
    const move = solved(curvature, gradient);
    coefficients = coefficients.map((value, place) => value + move[place]!);
    const after = logLikelihoodOf(predictors, outcomes, coefficients);
    if (Math.abs(after - before) < ENOUGH) return { coefficients, logLikelihood: after };
    before = after;
  }
  return { coefficients, logLikelihood: before };
}

function chanceOf(row: readonly number[], coefficients: readonly number[]): number {
  return 1 / (1 + Math.exp(-row.reduce((sum, value, place) => sum + value * coefficients[place]!, 0)));
}

function logLikelihoodOf(
  predictors: readonly (readonly number[])[],
  outcomes: readonly boolean[],
  coefficients: readonly number[],
): number {
  return predictors.reduce((sum, row, place) => {
    const chance = Math.min(1 - 1e-12, Math.max(1e-12, chanceOf(row, coefficients)));
    return sum + Math.log(outcomes[place] ? chance : 1 - chance);
  }, 0);
}

/** A small system of equations by elimination with pivots. */
function solved(matrix: number[][], values: number[]): number[] {
  const rows = matrix.map((row, place) => [...row, values[place]!]);
  const size = rows.length;
  for (let pivot = 0; pivot < size; pivot++) {
    const best = rows
      .slice(pivot)
      .reduce((at, row, offset) => (Math.abs(row[pivot]!) > Math.abs(rows[at]![pivot]!) ? pivot + offset : at), pivot);
    [rows[pivot], rows[best]] = [rows[best]!, rows[pivot]!];
    for (let below = pivot + 1; below < size; below++) {
      const factor = rows[below]![pivot]! / rows[pivot]![pivot]!;
      for (let column = pivot; column <= size; column++) rows[below]![column]! -= factor * rows[pivot]![column]!;
    }
  }
  const answer = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    const known = rows[row]!.slice(row + 1, size).reduce(
      (sum, value, offset) => sum + value * answer[row + 1 + offset]!,
      0,
    );
    answer[row] = (rows[row]![size]! - known) / rows[row]![row]!;
  }
  return answer;
}
