/**
 * What can be told from published cells by adding and subtracting: the row span of the membership matrix, a row a cell,
 * a column an atom, 1 where the atom's members are counted. Arithmetic is modulo a prime below 2^26, so that every
 * product is exact in a double. As long as the prime does not lower the rank, every relation between whole numbers
 * survives the reduction; two primes make a lowered rank as good as impossible.
 */

/** The two largest primes below 2^26. */
export const PRIMES = [67108859, 67108837] as const;

/** What a reduced vector is to its span, beside the level (0, 1, 2 ...) of the atom it has its pivot in. */
const RELATION = 254;
const GONE = 255;

/** A vector of the span: its entries, and how it is made of rows. Values modulo the prime, never 0. */
export interface SpanVector {
  atoms: number[];
  values: number[];
  /** Coefficient of each row, modulo the prime. */
  coefficients: Float64Array;
}

/**
 * The span in reduced form: every vector has a pivot, an atom in which it is 1 and all others are 0. Only the
 * coefficients are kept (rows x rows numbers); entries are added up when asked for, which is cheap because rows are
 * sparse. Cost of the reduction: at most rows^3, for memberships as they occur far less.
 *
 * Atoms come in levels. Pivots are taken in low levels first, so that the vectors with pivots in level l and above are a
 * basis of all vectors of the span that are 0 on every atom of a lower level.
 */
export class RowSpan {
  readonly prime: number;
  readonly rowCount: number;
  readonly atomCount: number;
  readonly rows: readonly (readonly number[])[];
  /** Vectors whose entries have changed; set here, cleared by whoever keeps something derived from them. */
  readonly hasChanged: Uint8Array;
  /** vector -> its pivot atom, or -1. */
  readonly pivotAtomOf: Int32Array;
  /** atom -> the vector that has its pivot there, or -1. */
  readonly vectorAt: Int32Array;
  readonly #levelOf: Uint8Array;
  readonly #rowsAt: Int32Array;
  readonly #rowsFrom: Int32Array;
  /** The coefficient of row q in vector i stands at q * rowCount + i; carried figures follow in the same way. */
  #coefficients: Float64Array;
  readonly #nonZeros: Int32Array;
  readonly #column: Float64Array;
  readonly #others: Int32Array;
  readonly #factors: Float64Array;
  readonly #sums: Float64Array;
  readonly #touched: Int32Array;

  /**
   * @param rows atoms of each row, each at most once
   * @param atomLevels level of each atom, 0 to 253
   * @param prime one of `PRIMES`
   */
  constructor(rows: readonly (readonly number[])[], atomLevels: Uint8Array, prime: number) {
    this.prime = prime;
    this.rows = rows;
    this.rowCount = rows.length;
    this.atomCount = atomLevels.length;
    this.hasChanged = new Uint8Array(rows.length).fill(1);
    this.pivotAtomOf = new Int32Array(rows.length).fill(-1);
    this.vectorAt = new Int32Array(this.atomCount).fill(-1);
    this.#levelOf = new Uint8Array(rows.length).fill(RELATION);
    this.#coefficients = new Float64Array(rows.length * rows.length);
    for (let row = 0; row < rows.length; row++) this.#coefficients[row * rows.length + row] = 1;
    this.#nonZeros = new Int32Array(rows.length).fill(1);
    this.#column = new Float64Array(rows.length);
    this.#others = new Int32Array(rows.length);
    this.#factors = new Float64Array(rows.length);
    this.#sums = new Float64Array(this.atomCount);
    this.#touched = new Int32Array(this.atomCount);

    this.#rowsFrom = new Int32Array(this.atomCount + 1);
    for (const atoms of rows) for (const atom of atoms) this.#rowsFrom[atom + 1]! += 1;
    for (let atom = 0; atom < this.atomCount; atom++) this.#rowsFrom[atom + 1]! += this.#rowsFrom[atom]!;
    this.#rowsAt = new Int32Array(this.#rowsFrom[this.atomCount]!);
    const next = this.#rowsFrom.slice();
    rows.forEach((atoms, row) => {
      for (const atom of atoms) this.#rowsAt[next[atom]!++] = row;
    });
    this.#reduce(atomLevels);
  }

  /** Number of independent rows. */
  get rank(): number {
    let rank = 0;
    for (const level of this.#levelOf) if (level < RELATION) rank += 1;
    return rank;
  }

  /** The vectors with a pivot in this level or above, in ascending order. */
  vectorsFrom(level: number): number[] {
    const vectors: number[] = [];
    this.#levelOf.forEach((of, vector) => {
      if (of >= level && of < RELATION) vectors.push(vector);
    });
    return vectors;
  }

  /** The coefficient of a row in a reduced vector. */
  coefficient(row: number, vector: number): number {
    return this.#coefficients[row * this.rowCount + vector]!;
  }

  /** How many rows a reduced vector is made of. */
  rowsIn(vector: number): number {
    return this.#nonZeros[vector]!;
  }

  /** The entry of a reduced vector in one atom. */
  entry(vector: number, atom: number): number {
    let sum = 0;
    for (let place = this.#rowsFrom[atom]!; place < this.#rowsFrom[atom + 1]!; place++) {
      sum += this.coefficient(this.#rowsAt[place]!, vector);
    }
    return reduced(sum, this.prime);
  }

  /** The coefficients of a reduced vector, by row. */
  coefficientsOf(vector: number): Float64Array {
    const coefficients = new Float64Array(this.rowCount);
    if (this.#nonZeros[vector] === 0) return coefficients;
    for (let row = 0; row < this.rowCount; row++) coefficients[row] = this.coefficient(row, vector);
    return coefficients;
  }

  /**
   * Keeps up further linear figures of every vector, given for every row, through all that follows.
   *
   * @param figures figure f of row q at f * rowCount + q, modulo the prime
   * @returns reads figure f of a vector
   */
  carry(figures: Float64Array): (figure: number, vector: number) => number {
    const size = this.rowCount;
    const count = figures.length / size;
    const extended = new Float64Array(size * (size + count));
    extended.set(this.#coefficients.subarray(0, size * size));
    this.#coefficients = extended;
    for (let figure = 0; figure < count; figure++) {
      for (let row = 0; row < size; row++) {
        const value = figures[figure * size + row]!;
        if (value === 0) continue;
        for (let vector = 0; vector < size; vector++) {
          const at = (size + figure) * size + vector;
          const part = extended[row * size + vector]!;
          if (part !== 0) extended[at] = multiplyAdd(value, part, extended[at]!, this.prime);
        }
      }
    }
    return (figure, vector) => this.#coefficients[(size + figure) * size + vector]!;
  }

  /** The vector made of rows by these coefficients (0 to prime - 1). */
  combine(coefficients: Float64Array): SpanVector {
    const [sums, touched] = [this.#sums, this.#touched];
    let count = 0;
    for (let row = 0; row < this.rowCount; row++) {
      const coefficient = coefficients[row]!;
      if (coefficient === 0) continue;
      // At most rowCount * 2^26: exact, and never back to 0 before the reduction below.
      for (const atom of this.rows[row]!) {
        if (sums[atom] === 0) touched[count++] = atom;
        sums[atom]! += coefficient;
      }
    }
    const atoms: number[] = [];
    const values: number[] = [];
    for (let place = 0; place < count; place++) {
      const atom = touched[place]!;
      const value = reduced(sums[atom]!, this.prime);
      sums[atom] = 0;
      if (value === 0) continue;
      atoms.push(atom);
      values.push(value);
    }
    return { atoms, values, coefficients };
  }

  /**
   * How a vector is made of the rows, or null if it does not lie in the span. Where rows depend on each other, the later
   * ones are avoided: the last row used is the one whose joining brought the vector into the span.
   *
   * @param atoms where the vector is not 0
   * @param values its entries there, modulo the prime; all 1 for the row of a cell
   */
  represent(atoms: readonly number[], values?: readonly number[]): Float64Array | null {
    const size = this.rowCount;
    const coefficients = new Float64Array(size);
    const wanted = new Map<number, number>();
    atoms.forEach((atom, place) => {
      const value = values?.[place] ?? 1;
      wanted.set(atom, value);
      const vector = this.vectorAt[atom]!;
      if (vector < 0) return;
      for (let row = 0; row < size; row++) {
        const part = this.#coefficients[row * size + vector]!;
        if (part !== 0) coefficients[row] = multiplyAdd(value, part, coefficients[row]!, this.prime);
      }
    });
    const made = this.combine(coefficients);
    if (made.atoms.length !== wanted.size) return null;
    return made.atoms.every((atom, place) => wanted.get(atom) === made.values[place]) ? coefficients : null;
  }

  /** Takes a row out of the span. */
  drop(row: number): void {
    const size = this.rowCount;
    let chosen = -1;
    let best: [number, number] = [-1, 0];
    for (let vector = 0; vector < size; vector++) {
      if (this.#levelOf[vector] === GONE || this.coefficient(row, vector) === 0) continue;
      // A relation first, of these the one that ends earliest: its last row takes this row's place. Then high levels, so
      // that what is 0 on low levels stays so.
      const level = this.#levelOf[vector]!;
      const rank: [number, number] = [level, level === RELATION ? -this.#lastRowOf(vector) : -this.#nonZeros[vector]!];
      if (rank[0] > best[0] || (rank[0] === best[0] && rank[1] > best[1])) [chosen, best] = [vector, rank];
    }
    if (chosen < 0) throw new RangeError(`row ${row} has been dropped before`);
    this.#eliminate(chosen, this.#coefficients.slice(row * size, (row + 1) * size));
    for (let place = chosen; place < this.#coefficients.length; place += size) this.#coefficients[place] = 0;
    this.#nonZeros[chosen] = 0;
    this.#levelOf[chosen] = GONE;
    const pivot = this.pivotAtomOf[chosen]!;
    if (pivot >= 0) this.vectorAt[pivot] = -1;
    this.pivotAtomOf[chosen] = -1;
  }

  /** Moves a vector's pivot to another atom, in which it is not 0 and no other vector has its pivot. */
  exchange(vector: number, atom: number): void {
    if (this.pivotAtomOf[vector] === atom) return;
    this.vectorAt[this.pivotAtomOf[vector]!] = -1;
    this.#setPivot(vector, atom, this.#columnOf(atom));
  }

  #reduce(atomLevels: Uint8Array): void {
    const occurrences = (atom: number) => this.#rowsFrom[atom + 1]! - this.#rowsFrom[atom]!;
    // Atoms of few rows first keeps the coefficients sparse.
    const order = Array.from(atomLevels.keys())
      .filter((atom) => occurrences(atom) > 0)
      .sort((a, b) => atomLevels[a]! - atomLevels[b]! || occurrences(a) - occurrences(b) || a - b);
    let open = this.rowCount;
    for (const atom of order) {
      if (open === 0) break;
      const column = this.#columnOf(atom);
      let chosen = -1;
      for (let vector = 0; vector < this.rowCount; vector++) {
        if (this.#levelOf[vector] !== RELATION || column[vector] === 0) continue;
        if (chosen < 0 || this.#nonZeros[vector]! < this.#nonZeros[chosen]!) chosen = vector;
      }
      if (chosen < 0) continue;
      this.#levelOf[chosen] = atomLevels[atom]!;
      this.#setPivot(chosen, atom, column);
      open -= 1;
    }
    // What has no pivot is a relation between rows. Each stands for its last row, which no other vector then uses.
    for (let vector = 0; vector < this.rowCount; vector++) {
      if (this.#levelOf[vector] !== RELATION) continue;
      const last = this.#lastRowOf(vector) * this.rowCount;
      this.#eliminate(vector, this.#coefficients.slice(last, last + this.rowCount));
    }
  }

  #lastRowOf(vector: number): number {
    let row = this.rowCount - 1;
    while (this.coefficient(row, vector) === 0) row -= 1;
    return row;
  }

  /** Entries of all vectors in an atom; the array is used again by the next call. */
  #columnOf(atom: number): Float64Array {
    const [size, column] = [this.rowCount, this.#column.fill(0)];
    for (let place = this.#rowsFrom[atom]!; place < this.#rowsFrom[atom + 1]!; place++) {
      const start = this.#rowsAt[place]! * size;
      for (let vector = 0; vector < size; vector++) column[vector]! += this.#coefficients[start + vector]!;
    }
    for (let vector = 0; vector < size; vector++) column[vector] = reduced(column[vector]!, this.prime);
    return column;
  }

  #setPivot(vector: number, atom: number, column: Float64Array): void {
    const size = this.rowCount;
    const inverse = inverseModulo(column[vector]!, this.prime);
    if (inverse !== 1) {
      for (let place = vector; place < this.#coefficients.length; place += size) {
        const value = this.#coefficients[place]!;
        if (value !== 0) this.#coefficients[place] = multiplyAdd(inverse, value, 0, this.prime);
      }
    }
    column[vector] = 1;
    this.#eliminate(vector, column);
    this.hasChanged[vector] = 1;
    this.pivotAtomOf[vector] = atom;
    this.vectorAt[atom] = vector;
  }

  /** Subtracts multiples of a vector from all others so that `entries`, one of each vector, become 0 but for its own. */
  #eliminate(vector: number, entries: Float64Array): void {
    const [size, prime, coefficients, nonZeros] = [this.rowCount, this.prime, this.#coefficients, this.#nonZeros];
    const scale = prime - inverseModulo(entries[vector]!, prime);
    const [others, factors] = [this.#others, this.#factors];
    let count = 0;
    for (let other = 0; other < size; other++) {
      if (other === vector || entries[other] === 0) continue;
      others[count] = other;
      factors[count++] = multiplyAdd(scale, entries[other]!, 0, prime);
      this.hasChanged[other] = 1;
    }
    if (count === 0) return;
    const inverse = 1 / prime;
    for (let start = 0; start < coefficients.length; start += size) {
      const value = coefficients[start + vector]!;
      if (value === 0) continue;
      const isRow = start < size * size ? 1 : 0;
      for (let index = 0; index < count; index++) {
        const other = others[index]!;
        const former = coefficients[start + other]!;
        // Below 2^53, so exact; the quotient may be off by one either way.
        const sum = factors[index]! * value + former;
        let rest = sum - Math.floor(sum * inverse) * prime;
        if (rest < 0) rest += prime;
        else if (rest >= prime) rest -= prime;
        coefficients[start + other] = rest;
        if (former === 0) nonZeros[other]! += isRow;
        if (rest === 0) nonZeros[other]! -= isRow;
      }
    }
  }
}

/** a * b + c modulo a prime below 2^26, for a, b, c below it. */
export function multiplyAdd(a: number, b: number, c: number, prime: number): number {
  return reduced(a * b + c, prime);
}

/** The remainder of a whole number from 0 to 2^53. `%` on doubles of this size would take ten times as long. */
function reduced(value: number, prime: number): number {
  const rest = value - Math.floor(value / prime) * prime;
  return rest < 0 ? rest + prime : rest;
}

/** The inverse modulo a prime of a number from 1 to prime - 1, by Euclid's algorithm. */
export function inverseModulo(value: number, prime: number): number {
  if (value === 1) return 1;
  let [former, factor, rest, remainder] = [0, 1, prime, value];
  while (remainder !== 0) {
    const quotient = Math.floor(rest / remainder);
    [former, factor] = [factor, former - quotient * factor];
    [rest, remainder] = [remainder, rest - quotient * remainder];
  }
  return former < 0 ? former + prime : former;
}
