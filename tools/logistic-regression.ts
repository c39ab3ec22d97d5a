/** One example: what was measured of it, and whether it belongs to the class that is learned. */
export type Example = {
  readonly values: readonly number[];
  readonly isPositive: boolean;
  readonly group: string;
};

/** Weights for raw values: no scaling is needed when they are used. */
export type LogisticFit = { readonly bias: number; readonly weights: readonly number[] };

const maxSteps = 100;
const stepTolerance = 1e-8;

/**
 * Logistic regression with a ridge penalty on the standardised values, by Newton's method (iteratively reweighted
 * least squares; Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 4.4). Deterministic.
 */
export function fitLogistic(examples: readonly Example[], ridge: number): LogisticFit {
  const width = examples[0]?.values.length ?? 0;
  const mean = Array.from({ length: width }, (_, index) =>
    average(examples.map((one) => one.values[index] ?? 0)),
  );
  const spread = mean.map((center, index) => {
    const variance = average(examples.map((one) => ((one.values[index] ?? 0) - center) ** 2));
    return variance > 1e-12 ? Math.sqrt(variance) : 1;
  });
  const rows = examples.map((one) => [
    1,
    ...one.values.map((value, index) => (value - (mean[index] ?? 0)) / (spread[index] ?? 1)),
  ]);
  const solution = new Array<number>(width + 1).fill(0);
  for (let step = 0; step < maxSteps; step++) {
    const gradient = solution.map((value, index) => (index === 0 ? 1e-6 : ridge) * value);
    const curvature = solution.map((_, row) =>
      solution.map((__, column) => (row === column ? (row === 0 ? 1e-6 : ridge) : 0)),
    );
    examples.forEach((one, index) => {
      const row = rows[index] ?? [];
      const chance = sigmoid(row.reduce((sum, value, at) => sum + value * (solution[at] ?? 0), 0));
      const error = chance - (one.isPositive ? 1 : 0);
      const weight = chance * (1 - chance);
      row.forEach((value, at) => {
        gradient[at] = (gradient[at] ?? 0) + error * value;
        const line = curvature[at];
        if (line === undefined || value === 0) return;
        row.forEach((other, column) => {
          line[column] = (line[column] ?? 0) + weight * value * other;
        });
      });
    });
    const move = solveLinear(curvature, gradient);
    move.forEach((value, index) => {
      solution[index] = (solution[index] ?? 0) - value;
    });
    if (Math.max(...move.map(Math.abs)) < stepTolerance) break;
  }
  const weights = solution.slice(1).map((value, index) => value / (spread[index] ?? 1));
  const bias =
    (solution[0] ?? 0) - weights.reduce((sum, weight, index) => sum + weight * (mean[index] ?? 0), 0);
  return { bias, weights };
}

/** The probability that an example is positive. */
export function predictLogistic({ bias, weights }: LogisticFit, values: readonly number[]): number {
  return sigmoid(weights.reduce((sum, weight, index) => sum + weight * (values[index] ?? 0), bias));
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Gaussian elimination with partial pivoting. */
function solveLinear(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = row;
    }
    const top = rows[pivot] ?? [];
    rows[pivot] = rows[column] ?? [];
    rows[column] = top;
    for (const row of rows.slice(column + 1)) {
      const factor = (row[column] ?? 0) / (top[column] ?? 1);
      if (factor === 0) continue;
      for (let at = column; at <= size; at++) row[at] = (row[at] ?? 0) - factor * (top[at] ?? 0);
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    const line = rows[row] ?? [];
    let value = line[size] ?? 0;
    for (let column = row + 1; column < size; column++)
      value -= (line[column] ?? 0) * (solution[column] ?? 0);
    solution[row] = value / (line[row] ?? 1);
  }
  return solution;
}
