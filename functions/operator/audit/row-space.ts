import type { PublishedRow } from './published-rows.ts';

/** 2^26 - 5: products of two residues stay below 2^53. */
const PRIME = 67_108_859;
const INVERSE = 1 / PRIME;

/** Columns (organisation, submission) that are in the same rows are one atom. */
export interface Atom {
  /** Places of the rows that contain it, ascending. */
  rows: number[];
  organisations: Set<number>;
}

export function atomsOf(rows: readonly Pick<PublishedRow, 'members'>[]): Atom[] {
  const columns = new Map<number, { organisation: number; rows: number[] }>();
  rows.forEach(({ members }, place) => {
    for (const [organisation, column] of members) {
      const entry = columns.get(column);
      if (entry) entry.rows.push(place);
      else columns.set(column, { organisation, rows: [place] });
    }
  });
  const atoms = new Map<string, Atom>();
  for (const { organisation, rows: containing } of columns.values()) {
    const pattern = containing.join();
    const atom = atoms.get(pattern);
    if (atom) atom.organisations.add(organisation);
    else atoms.set(pattern, { rows: containing, organisations: new Set([organisation]) });
  }
  return [...atoms.values()];
}

/**
 * What real combinations of the rows can leave, when every atom of `k` or more organisations has to cancel: a basis of
 * that space in reduced echelon form, over the small atoms. Empty: no combination isolates fewer than k, whatever its
 * coefficients. Gaussian elimination modulo a prime, the large atoms' columns first.
 */
export interface SmallSpace {
  atoms: Atom[];
  /** Places in `atoms` with fewer than k organisations, in the order of the basis's columns. */
  small: number[];
  basis: Float64Array[];
  /** Basis vector -> its pivot's place in `small`. */
  pivots: number[];
}

export function smallSpace(rowCount: number, atoms: Atom[], k: number): SmallSpace {
  const isSmall = (place: number) => atoms[place]!.organisations.size < k;
  const places = [...atoms.keys()];
  const large = places.filter((place) => !isSmall(place));
  const small = places.filter(isSmall);
  const { rows, pivots } = reduce(matrixOf(rowCount, atoms, [...large, ...small]));
  const basis: Float64Array[] = [];
  const smallPivots: number[] = [];
  rows.forEach((row, place) => {
    const pivot = pivots[place]!;
    if (pivot < large.length) return;
    basis.push(row.slice(large.length));
    smallPivots.push(pivot - large.length);
  });
  return { atoms, small, basis, pivots: smallPivots };
}

/** Whether the space has a non-zero vector that touches no organisation outside `organisations`. Exact. */
export function touchesOnly(space: SmallSpace, organisations: ReadonlySet<number>): boolean {
  const isAllowed = (column: number) => {
    for (const organisation of space.atoms[space.small[column]!]!.organisations)
      if (!organisations.has(organisation)) return false;
    return true;
  };
  // In reduced form, a vector that is zero outside some columns combines only rows with their pivot in them.
  const rows = space.basis.filter((_, place) => isAllowed(space.pivots[place]!));
  const [first, second] = rows;
  if (!first) return false;
  // Nearly always a column or two outside show that nothing cancels there.
  if (rows.length === 1) return !first.some((value, column) => value !== 0 && !isAllowed(column));
  if (rows.length === 2 && second) {
    const lead = first.findIndex((value, column) => value !== 0 && !isAllowed(column));
    if (lead === -1) return true;
    const [a, b] = [first[lead]!, second[lead]!];
    return !first.some((value, column) => modulo(value * b) !== modulo(second[column]! * a) && !isAllowed(column));
  }
  const outside = [...space.small.keys()].filter((column) => !isAllowed(column));
  const restricted = rows.map((row) => Float64Array.from(outside, (column) => row[column]!));
  return reduce(restricted).rows.length < rows.length;
}

/** Tells whether members, organisation -> column, are a real combination of the rows. */
export function spanOf(
  rows: readonly Pick<PublishedRow, 'members'>[],
): (members: ReadonlyMap<number, number>) => boolean {
  const patterns = new Map<number, number[]>();
  rows.forEach(({ members }, place) => {
    for (const column of members.values()) patterns.set(column, [...(patterns.get(column) ?? []), place]);
  });
  const numbers = new Map<string, number>();
  const atoms: { rows: number[]; columns: number }[] = [];
  const atomOf = new Map<number, number>();
  for (const [column, containing] of patterns) {
    const pattern = containing.join();
    const atom = numbers.get(pattern) ?? atoms.push({ rows: containing, columns: 0 }) - 1;
    numbers.set(pattern, atom);
    atoms[atom]!.columns += 1;
    atomOf.set(column, atom);
  }
  const { rows: echelon, pivots } = reduce(matrixOf(rows.length, atoms, [...atoms.keys()]));
  return (members) => {
    const vector = new Float64Array(atoms.length);
    const met = new Map<number, number>();
    for (const column of members.values()) {
      const atom = atomOf.get(column);
      // What is in no row, or only a part of those that are always together, cannot be told apart.
      if (atom === undefined) return false;
      vector[atom] = 1;
      met.set(atom, (met.get(atom) ?? 0) + 1);
    }
    for (const [atom, columns] of met) if (columns !== atoms[atom]!.columns) return false;
    echelon.forEach((row, place) => {
      const factor = vector[pivots[place]!]!;
      if (factor === 0) return;
      for (let atom = 0; atom < vector.length; atom++)
        if (row[atom] !== 0) vector[atom] = modulo(vector[atom]! + (PRIME - factor) * row[atom]!);
    });
    return vector.every((value) => value === 0);
  };
}

function matrixOf(rowCount: number, atoms: readonly Pick<Atom, 'rows'>[], order: readonly number[]): Float64Array[] {
  const matrix = Array.from({ length: rowCount }, () => new Float64Array(order.length));
  order.forEach((place, column) => {
    for (const row of atoms[place]!.rows) matrix[row]![column] = 1;
  });
  return matrix;
}

/** Reduced row echelon form in place; only the non-zero rows are returned, with the column of each one's pivot. */
function reduce(matrix: Float64Array[]): { rows: Float64Array[]; pivots: number[] } {
  const width = matrix[0]?.length ?? 0;
  const pivots: number[] = [];
  let rank = 0;
  for (let column = 0; column < width && rank < matrix.length; column++) {
    const found = matrix.findIndex((row, place) => place >= rank && row[column] !== 0);
    if (found === -1) continue;
    [matrix[rank], matrix[found]] = [matrix[found]!, matrix[rank]!];
    const pivotRow = matrix[rank]!;
    const scale = inverse(pivotRow[column]!);
    for (let place = column; place < width; place++) pivotRow[place] = modulo(pivotRow[place]! * scale);
    for (let other = 0; other < matrix.length; other++) {
      const row = matrix[other]!;
      const factor = row[column]!;
      if (other === rank || factor === 0) continue;
      for (let place = column; place < width; place++)
        if (pivotRow[place] !== 0) row[place] = modulo(row[place]! + (PRIME - factor) * pivotRow[place]!);
    }
    pivots.push(column);
    rank += 1;
  }
  return { rows: matrix.slice(0, rank), pivots };
}

/** Remainder of a whole number below 2^53; a division by multiplication, off by one at most, put right. */
function modulo(value: number): number {
  const rest = value - Math.floor(value * INVERSE) * PRIME;
  return rest < 0 ? rest + PRIME : rest >= PRIME ? rest - PRIME : rest;
}

/** Fermat: a^(p-2). */
function inverse(value: number): number {
  let result = 1;
  let base = value;
  for (let exponent = PRIME - 2; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result = modulo(result * base);
    base = modulo(base * base);
  }
  return result;
}
