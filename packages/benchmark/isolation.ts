import { inverseModulo, multiplyAdd, PRIMES, RowSpan, type SpanVector } from './row-span.ts';

/** What a search for isolated sets needs. Same settings, same answer: nothing is drawn but from the seed. */
export interface IsolationSettings {
  /** Sets of fewer distinct organisations than this must not be isolated. */
  k: number;
  /** Information sets the search looks at; 200 if absent. */
  bases?: number;
  /** Where the search begins; 1 if absent. */
  seed?: number;
}

/** A combination of rows that touches somebody, but fewer than k. */
export interface Isolation {
  /** Number of distinct organisations. */
  weight: number;
  organisations: number[];
  /** Atoms in which the combination is not 0. */
  atoms: number[];
  /** The combination: rows in ascending order, coefficients as small whole numbers where `isExact`, else modulo a prime. */
  certificate: { row: number; coefficient: number }[];
  /** Whether the certificate was added up in whole numbers too, and not only modulo a prime. */
  isExact: boolean;
  /** Sets of one or two organisations are found by exhaustion, larger ones by the search. */
  foundBy: 'proof' | 'search';
}

const DEFAULT_BASES = 200;
const DEFAULT_SEED = 1;

/**
 * Whether somebody who adds and subtracts the rows can isolate fewer than k organisations (docs/method.md, rule 6c). The rows
 * span a linear code; an isolated set is a non-zero word of it that touches fewer than k distinct organisations.
 *
 * For one or two organisations this is proved: a word within some atoms exists exactly when their columns of the null
 * space depend on each other (modulo two primes). For more it is a search for words of low weight by information-set
 * decoding (Lee & Brickell 1988; pairs met by hashing as in Stern 1989): of each of many bases the vectors, and all
 * combinations of two, are weighed. A word is missed only if every one of the bases has three or more pivots in it.
 *
 * @param rows atoms of each row, each at most once
 * @param atoms organisations in each atom, at least one
 * @returns the isolation of fewest organisations among those found first, or null if none was found
 * @throws RangeError if a row names no atom, or an atom has no organisation
 * @example
 * // 48 houses of a sector, 45 of them an association's: the difference isolates three.
 * isolates([[0, 1], [0]], [houses0to44, houses45to47], { k: 10 })?.weight; // => 3
 */
export function isolates(
  rows: readonly (readonly number[])[],
  atoms: readonly ArrayLike<number>[],
  settings: IsolationSettings,
): Isolation | null {
  const field = fieldOf(rows, atoms, settings.k);
  const spans = PRIMES.map((prime) => new RowSpan(rows, field.levels, prime));
  for (const span of spans) {
    const proved = smallestOf(provenWords(span, field));
    if (proved) return isolationOf(proved, 'proof', span, field);
  }
  const [first, second] = spans as [RowSpan, RowSpan];
  const span = second.rank > first.rank ? second : first;
  for (const words of searchedWords(span, field, settings)) {
    const found = smallestOf(words);
    if (found) return isolationOf(found, 'search', span, field);
  }
  return null;
}

/**
 * Whether a row is a combination of others: whether a cell that was held back can be computed from what is published.
 * Decided modulo two primes; either saying so is enough.
 *
 * @param rows atoms of the published rows
 * @param atomCount number of atoms
 * @param candidate atoms of the row in question
 */
export function inRowSpan(
  rows: readonly (readonly number[])[],
  atomCount: number,
  candidate: readonly number[],
): boolean {
  const levels = new Uint8Array(atomCount);
  return PRIMES.some((prime) => new RowSpan(rows, levels, prime).represent(candidate) !== null);
}

export interface AdmissionRequest {
  /** Atoms of every row that is named below. */
  rows: readonly (readonly number[])[];
  atoms: readonly ArrayLike<number>[];
  /** Rows that are published already and stay so. */
  fixed: readonly number[];
  /** Rows that would join, the ones to keep first in front. */
  candidates: readonly number[];
  /** Rows that are held back: none of them may be a combination of what is published. */
  hidden: readonly number[];
  /** Differences of two rows without a common atom, such as a change: none of them may be a combination either. */
  hiddenDifferences?: readonly (readonly [row: number, less: number])[];
  /** Whether a refused candidate is held back too; false where an older version of it is published instead. */
  isHiddenWhenRefused?: (row: number) => boolean;
}

export interface Refusal {
  row: number;
  /** What the row's joining would isolate, or the hidden row that it would give away. */
  because: { isolation: Isolation } | { hidden: number };
}

export interface AdmissionDecision {
  /** Candidates that join, in the order given. */
  admitted: number[];
  /** In the order of refusal. */
  refused: Refusal[];
  /** What the fixed rows isolate by themselves: no refusal cures it. Empty unless rules were once looser. */
  beyondCure: Isolation[];
}

/**
 * Which rows may join what is published, so that neither fewer than k organisations are isolated nor a hidden row is
 * given away. Candidates are taken in their order: of the rows in a forbidden combination, the last gives way.
 *
 * The outcome is that of asking for one candidate after the other, at the cost of a few searches instead of one for
 * each: the span of all is reduced once, and rows are taken out of it until nothing forbidden is left. What a search
 * over more rows did not find, it would not have found over fewer.
 */
export function admit(request: AdmissionRequest, settings: IsolationSettings): AdmissionDecision {
  const { fixed, candidates } = request;
  const order = [...fixed, ...candidates];
  const rows = order.map((row) => request.rows[row]!);
  const field = fieldOf(rows, request.atoms, settings.k);
  const refused: Refusal[] = [];
  const isRefused = new Set<number>();
  const beyondCure = new Map<string, Isolation>();
  const hidden: Secret[] = [
    ...request.hidden.map((row) => ({ row })),
    ...(request.hiddenDifferences ?? []).map(([row, less]) => ({ row, less })),
  ];

  const restore = (isolation: Isolation, places: readonly number[]): Isolation => ({
    ...isolation,
    certificate: isolation.certificate
      .map(({ row, coefficient }) => ({ row: order[places[row]!]!, coefficient }))
      .sort((a, b) => a.row - b.row),
  });
  const pass = (prime: number, places: readonly number[]) => {
    const span = new RowSpan(
      places.map((place) => rows[place]!),
      field.levels,
      prime,
    );
    // The span only shrinks: what is not given away once never is again.
    const unchecked = new Set(hidden);

    /**
     * Deals with forbidden vectors in the order in which they came into the span: as long as one is a combination, the
     * last row of it is refused. True if a row was.
     */
    const cure = (words: readonly SpanVector[], foundBy: Isolation['foundBy']): boolean => {
      const before = refused.length;
      const waiting: { of: { word: SpanVector } | { secret: Secret }; last: number }[] = words.map((word) => ({
        of: { word },
        last: lastUsed(word.coefficients),
      }));
      for (;;) {
        for (const secret of unchecked) waiting.push({ of: { secret }, last: -1 });
        unchecked.clear();
        const next = waiting.reduce((first, one) => (first && first.last <= one.last ? first : one), waiting[0]);
        if (!next) return refused.length > before;
        const word = 'word' in next.of ? next.of.word : null;
        const coefficients =
          'word' in next.of
            ? span.represent(next.of.word.atoms, next.of.word.values)
            : representSecret(span, next.of.secret, request.rows);
        const last = coefficients ? lastUsed(coefficients) : -1;
        // The empty row is a combination of nothing.
        if (!coefficients || last < 0) waiting.splice(waiting.indexOf(next), 1);
        else if (last > next.last) next.last = last;
        else {
          const place = places[last]!;
          const isolation = word && restore(isolationOf({ ...word, coefficients }, foundBy, span, field), places);
          if (place < fixed.length) {
            if (word && isolation) beyondCure.set(keyOf(word), isolation);
            waiting.splice(waiting.indexOf(next), 1);
            continue;
          }
          const row = order[place]!;
          refused.push({
            row,
            because: 'secret' in next.of ? { hidden: next.of.secret.row } : { isolation: isolation! },
          });
          isRefused.add(place);
          span.drop(last);
          if (request.isHiddenWhenRefused?.(row) ?? true) {
            hidden.push({ row });
            unchecked.add(hidden.at(-1)!);
          }
        }
      }
    };
    const isNews = (word: SpanVector) => !beyondCure.has(keyOf(word));
    const prove = () => {
      for (;;) {
        const known = [...beyondCure.values()].filter(({ foundBy }) => foundBy === 'proof');
        const exposed = new Set(known.flatMap(({ organisations }) => organisations));
        const words = provenWords(span, field, exposed).filter(isNews);
        if (!cure(words, 'proof') && words.length === 0) return;
      }
    };
    const search = () => {
      for (const words of searchedWords(span, field, settings)) cure(words.filter(isNews), 'search');
    };
    return { prove, search };
  };

  const all = [...order.keys()];
  const first = pass(PRIMES[0], all);
  first.prove();
  first.search();
  // A second prime, lest the first one lowered the rank.
  pass(
    PRIMES[1],
    all.filter((place) => !isRefused.has(place)),
  ).prove();
  return {
    admitted: candidates.filter((_, place) => !isRefused.has(fixed.length + place)),
    refused,
    beyondCure: [...beyondCure.values()],
  };
}

/** What is held back: a row, or a row less another. */
interface Secret {
  row: number;
  less?: number;
}

function representSecret(span: RowSpan, { row, less }: Secret, rows: AdmissionRequest['rows']): Float64Array | null {
  const plus = rows[row]!;
  if (less === undefined) return span.represent(plus);
  const minus = rows[less]!;
  return span.represent([...plus, ...minus], [...plus.map(() => 1), ...minus.map(() => span.prime - 1)]);
}

/** Who is where, as the search needs it. Organisations are numbered from 0. */
interface Field {
  k: number;
  organisationIds: number[];
  /** Atom -> organisations. */
  members: Int32Array[];
  /** Atom -> 0 for at least k organisations, 1 for more than two, 2 for one or two. No isolated set enters level 0. */
  levels: Uint8Array;
}

function fieldOf(rows: readonly (readonly number[])[], atoms: readonly ArrayLike<number>[], k: number): Field {
  const numbers = new Map<number, number>();
  const numberOf = (organisation: number) => {
    const known = numbers.get(organisation);
    if (known !== undefined) return known;
    numbers.set(organisation, numbers.size);
    return numbers.size - 1;
  };
  const members = atoms.map((organisations, atom) => {
    if (organisations.length === 0) throw new RangeError(`atom ${atom} has no organisation`);
    return Int32Array.from(new Set(Array.from(organisations, numberOf)));
  });
  rows.forEach((row, place) => {
    if (row.some((atom) => members[atom] === undefined)) throw new RangeError(`row ${place} names an unknown atom`);
    if (new Set(row).size !== row.length) throw new RangeError(`row ${place} names an atom twice`);
  });
  const levels = Uint8Array.from(members, ({ length }) => (length >= k ? 0 : length > 2 ? 1 : 2));
  return { k, organisationIds: [...numbers.keys()], members, levels };
}

/** Distinct organisations in these atoms, or null as soon as there are k. */
function fewOrganisations(field: Field, atoms: readonly number[]): Set<number> | null {
  const organisations = new Set<number>();
  for (const atom of atoms) {
    const members = field.members[atom]!;
    if (members.length >= field.k) return null;
    for (const organisation of members) organisations.add(organisation);
    if (organisations.size >= field.k) return null;
  }
  return organisations;
}

function smallestOf(words: readonly SpanVector[]): SpanVector | undefined {
  return words.toSorted((a, b) => a.atoms.length - b.atoms.length)[0];
}

function keyOf({ atoms }: SpanVector): string {
  return atoms.toSorted((a, b) => a - b).join();
}

function isolationOf(word: SpanVector, foundBy: Isolation['foundBy'], span: RowSpan, field: Field): Isolation {
  const organisations = [...fewOrganisations(field, word.atoms)!].map((number) => field.organisationIds[number]!);
  return {
    weight: organisations.length,
    organisations: organisations.sort((a, b) => a - b),
    atoms: word.atoms.toSorted((a, b) => a - b),
    ...certificateOf(word, span),
    foundBy,
  };
}

function lastUsed(coefficients: Float64Array): number {
  return coefficients.findLastIndex((coefficient) => coefficient !== 0);
}

/** Coefficients as small whole numbers, if some multiple up to 60 has such and proves itself without the prime. */
function certificateOf(word: SpanVector, { rows, prime }: RowSpan) {
  const used = Array.from(word.coefficients.entries()).filter(([, coefficient]) => coefficient !== 0);
  const toOne = inverseModulo(used[0]![1], prime);
  const support = new Set(word.atoms);
  for (let scale = 1; scale <= 60; scale++) {
    const certificate = used.map(([row, coefficient]) => {
      const value = multiplyAdd(multiplyAdd(coefficient, toOne, 0, prime), scale, 0, prime);
      return { row, coefficient: value > prime / 2 ? value - prime : value };
    });
    if (certificate.some(({ coefficient }) => Math.abs(coefficient) > 1000)) continue;
    const sums = new Map<number, number>();
    for (const { row, coefficient } of certificate) {
      for (const atom of rows[row]!) sums.set(atom, (sums.get(atom) ?? 0) + coefficient);
    }
    const touched = [...sums].filter(([, sum]) => sum !== 0);
    const isExact = touched.length > 0 && touched.every(([atom]) => support.has(atom));
    if (isExact) return { certificate, isExact };
  }
  return { certificate: used.map(([row, coefficient]) => ({ row, coefficient })), isExact: false };
}

/** Dimensions of the random projection of null-space columns; dependent columns stay dependent in it. */
const PROJECTION = 24;
/** More words than this are left for the next round, after rows have been taken out. */
const WORDS_PER_ROUND = 2000;

/**
 * A word for every organisation, and for every pair of them, that can be isolated; pairs with an organisation that can
 * be isolated alone are left out, and so are the organisations in `exposed`.
 *
 * A word within atoms J exists exactly when the columns of the null space at J are linearly dependent. With the basis
 * reduced, such a column is a unit vector (no pivot at the atom) or the negative entries of the vector with its pivot
 * there. Columns are compared in a random projection, which never makes dependent ones independent; what looks dependent is
 * then worked out exactly. Words of level 2 only: no other atom fits into two organisations.
 */
function provenWords(span: RowSpan, field: Field, exposed: ReadonlySet<number> = new Set()): SpanVector[] {
  const { prime } = span;
  const words: SpanVector[] = [];
  const vectors = span.vectorsFrom(2);
  if (vectors.length === 0 || field.k <= 1) return words;

  const alone = new Map<number, number[]>();
  const together = new Map<string, number[]>();
  field.members.forEach((members, atom) => {
    if (field.levels[atom] !== 2) return;
    const key = [...members].sort((a, b) => a - b);
    if (key.some((number) => exposed.has(field.organisationIds[number]!))) return;
    if (key.length === 1) alone.set(key[0]!, [...(alone.get(key[0]!) ?? []), atom]);
    else together.set(key.join(), [...(together.get(key.join()) ?? []), atom]);
  });
  const columns = nullSpaceColumns(span, field, vectors);
  const hasPivot = (atoms: readonly number[]) => atoms.some((atom) => span.vectorAt[atom]! >= 0);
  const mayDepend = (atoms: readonly number[]) =>
    hasPivot(atoms) &&
    (atoms.length > PROJECTION ||
      rankOf(
        atoms.map((atom) => columns.subarray(atom * PROJECTION, (atom + 1) * PROJECTION)),
        prime,
      ) < atoms.length);
  const look = (atoms: readonly number[]): boolean => {
    const word = wordWithin(span, atoms);
    if (word) words.push(word);
    return word !== null;
  };

  for (const [organisation, atoms] of alone) {
    if (words.length >= WORDS_PER_ROUND) return words;
    if (mayDepend(atoms) && look(atoms)) alone.delete(organisation);
  }
  if (field.k <= 2) return words;
  const found = new Set(words.flatMap((word) => [...fewOrganisations(field, word.atoms)!]));
  for (const [key, shared] of together) {
    if (words.length >= WORDS_PER_ROUND) return words;
    const pair = key.split(',').map(Number);
    if (pair.some((organisation) => found.has(organisation))) continue;
    const atoms = [...shared, ...pair.flatMap((organisation) => alone.get(organisation) ?? [])];
    if (mayDepend(atoms)) look(atoms);
  }

  // Organisations of a single atom: two columns depend when one is a multiple of the other.
  const organisations = [...alone.values()].map((atoms) => ({ atoms, hasPivot: hasPivot(atoms) }));
  const byRatio = new Map<number, number[]>();
  for (const { atoms } of organisations) {
    if (atoms.length > 1) continue;
    const start = atoms[0]! * PROJECTION;
    const [first, second] = [columns[start]!, columns[start + 1]!];
    const ratio = second === 0 ? -1 : multiplyAdd(first, inverseModulo(second, prime), 0, prime);
    const same = byRatio.get(ratio);
    if (same) same.push(atoms[0]!);
    else byRatio.set(ratio, [atoms[0]!]);
  }
  for (const same of byRatio.values()) {
    for (let index = 1; index < same.length; index++) {
      if (words.length >= WORDS_PER_ROUND) return words;
      const pair = [same[index - 1]!, same[index]!];
      if (mayDepend(pair)) look(pair);
    }
  }
  // Organisations of several atoms against all others: independent unless the others' columns, less what lies in these,
  // lose rank in the next few dimensions.
  organisations.sort((a, b) => b.atoms.length - a.atoms.length);
  for (let first = 0; first < organisations.length; first++) {
    const one = organisations[first]!;
    if (one.atoms.length === 1) break;
    const echelon = echelonOf(one.atoms, columns, prime);
    for (let second = first + 1; second < organisations.length; second++) {
      const other = organisations[second]!;
      if (!one.hasPivot && !other.hasPivot) continue;
      if (echelon && isFree(echelon, other.atoms, columns, prime)) continue;
      if (words.length >= WORDS_PER_ROUND) return words;
      const pair = [...one.atoms, ...other.atoms];
      if (mayDepend(pair)) look(pair);
    }
  }
  return words;
}

/** Columns of the null space of the words of level 2, projected at random: atom * PROJECTION is where its own begins. */
function nullSpaceColumns(span: RowSpan, field: Field, vectors: readonly number[]): Float64Array {
  const { prime, rowCount } = span;
  const random = randomNumbers(DEFAULT_SEED);
  const columns = new Float64Array(span.atomCount * PROJECTION);
  for (let atom = 0; atom < span.atomCount; atom++) {
    if (field.levels[atom] !== 2 || span.vectorAt[atom]! >= 0) continue;
    for (let place = 0; place < PROJECTION; place++) columns[atom * PROJECTION + place] = random(prime);
  }
  const sums = new Float64Array(rowCount * PROJECTION);
  span.rows.forEach((atoms, row) => {
    for (const atom of atoms) {
      for (let place = 0; place < PROJECTION; place++) {
        sums[row * PROJECTION + place] = multiplyAdd(
          1,
          sums[row * PROJECTION + place]!,
          columns[atom * PROJECTION + place]!,
          prime,
        );
      }
    }
  });
  // A pivot's column is minus its vector's entries at the other atoms.
  for (const vector of vectors) {
    const start = span.pivotAtomOf[vector]! * PROJECTION;
    const coefficients = span.coefficientsOf(vector);
    for (let row = 0; row < rowCount; row++) {
      if (coefficients[row] === 0) continue;
      const factor = prime - coefficients[row]!;
      for (let place = 0; place < PROJECTION; place++) {
        columns[start + place] = multiplyAdd(factor, sums[row * PROJECTION + place]!, columns[start + place]!, prime);
      }
    }
  }
  return columns;
}

/** Rank of a few short vectors. */
function rankOf(vectors: readonly Float64Array[], prime: number): number {
  const rest = vectors.map((vector) => vector.slice());
  let rank = 0;
  for (let place = 0; place < PROJECTION && rank < rest.length; place++) {
    const pivot = rest.findIndex((vector, index) => index >= rank && vector[place] !== 0);
    if (pivot < 0) continue;
    [rest[rank], rest[pivot]] = [rest[pivot]!, rest[rank]!];
    subtractFrom(rest.slice(rank + 1), rest[rank]!, place, prime);
    rank += 1;
  }
  return rank;
}

function subtractFrom(vectors: readonly Float64Array[], pivot: Float64Array, place: number, prime: number): void {
  const scale = prime - inverseModulo(pivot[place]!, prime);
  for (const vector of vectors) {
    if (vector[place] === 0) continue;
    const factor = multiplyAdd(scale, vector[place]!, 0, prime);
    for (let index = place; index < vector.length; index++) {
      vector[index] = multiplyAdd(factor, pivot[index]!, vector[index]!, prime);
    }
  }
}

/** The columns of some atoms, reduced to unit vectors in the first dimensions; null where that needs other dimensions. */
function echelonOf(atoms: readonly number[], columns: Float64Array, prime: number): Float64Array[] | null {
  const vectors = atoms.map((atom) => columns.slice(atom * PROJECTION, (atom + 1) * PROJECTION));
  if (vectors.length >= PROJECTION) return null;
  for (let place = 0; place < vectors.length; place++) {
    const pivot = vectors[place]!;
    if (pivot[place] === 0) return null;
    const inverse = inverseModulo(pivot[place]!, prime);
    for (let index = 0; index < PROJECTION; index++) pivot[index] = multiplyAdd(inverse, pivot[index]!, 0, prime);
    for (const vector of vectors) {
      if (vector === pivot || vector[place] === 0) continue;
      const factor = prime - vector[place]!;
      for (let index = 0; index < PROJECTION; index++) {
        vector[index] = multiplyAdd(factor, pivot[index]!, vector[index]!, prime);
      }
    }
  }
  return vectors;
}

/** Whether the columns of `atoms` are independent of the echelon and of each other; false means: look closer. */
function isFree(
  echelon: readonly Float64Array[],
  atoms: readonly number[],
  columns: Float64Array,
  prime: number,
): boolean {
  const from = echelon.length;
  const size = atoms.length;
  if (from + size > PROJECTION) return false;
  const rest = new Float64Array(size * size);
  for (let index = 0; index < size; index++) {
    const start = atoms[index]! * PROJECTION;
    for (let place = 0; place < size; place++) {
      let value = columns[start + from + place]!;
      for (let pivot = 0; pivot < from; pivot++) {
        value = multiplyAdd(prime - columns[start + pivot]!, echelon[pivot]![from + place]!, value, prime);
      }
      rest[index * size + place] = value;
    }
    if (size === 1) return rest[0] !== 0;
  }
  // Elimination without exchange: a zero pivot only means that the closer look decides.
  for (let place = 0; place < size; place++) {
    const pivot = rest[place * size + place]!;
    if (pivot === 0) return false;
    for (let index = place + 1; index < size; index++) {
      const minus = prime - rest[index * size + place]!;
      // Scaled by the pivot, which spares an inverse for each of millions of pairs.
      for (let column = place; column < size; column++) {
        const at = index * size + column;
        rest[at] = multiplyAdd(minus, rest[place * size + column]!, multiplyAdd(pivot, rest[at]!, 0, prime), prime);
      }
    }
  }
  return true;
}

/** A word of the span that is 0 outside these atoms, or null: the vectors with pivots there, freed of all the rest. */
function wordWithin(span: RowSpan, atoms: readonly number[]): SpanVector | null {
  const { prime } = span;
  const inside = new Set(atoms);
  const reduced: { at: number; entries: Map<number, number>; coefficients: Float64Array }[] = [];
  for (const atom of atoms) {
    const vector = span.vectorAt[atom]!;
    if (vector < 0) continue;
    const whole = span.combine(span.coefficientsOf(vector));
    const coefficients = whole.coefficients.slice();
    const entries = new Map<number, number>();
    whole.atoms.forEach((at, place) => {
      if (!inside.has(at)) entries.set(at, whole.values[place]!);
    });
    for (const former of reduced) {
      const value = entries.get(former.at);
      if (value === undefined) continue;
      const factor = multiplyAdd(prime - inverseModulo(former.entries.get(former.at)!, prime), value, 0, prime);
      for (const [at, entry] of former.entries) {
        const rest = multiplyAdd(factor, entry, entries.get(at) ?? 0, prime);
        if (rest === 0) entries.delete(at);
        else entries.set(at, rest);
      }
      for (let row = 0; row < coefficients.length; row++) {
        coefficients[row] = multiplyAdd(factor, former.coefficients[row]!, coefficients[row]!, prime);
      }
    }
    const [at] = entries.keys();
    if (at === undefined) return span.combine(coefficients);
    reduced.push({ at, entries, coefficients });
  }
  return null;
}

/** Every organisation belongs to one block; an atom to that of its first. A word of w organisations touches w blocks at most. */
const BLOCKS = 32;
/** A vector in at most so many blocks is written out in full and compared organisation by organisation. */
const SPARSE_BLOCKS = 30;

/**
 * Words of fewer than k organisations, base by base. Between two bases some pivots move at random. While the caller
 * holds an answer, rows may be dropped from the span.
 *
 * In each base every vector is weighed, and every pair a - c b for the factors c that could make it light. Pairs are found in
 * two ways. Both in few blocks: by counting the organisations they share; those of one of them alone stay touched. Else:
 * the pair leaves most blocks untouched, and in an untouched block the two are multiples of each other, which shows in
 * the ratio of sums with random weights over two neighbouring blocks.
 */
function* searchedWords(span: RowSpan, field: Field, settings: IsolationSettings): Generator<SpanVector[]> {
  const { k } = field;
  // Fewer than three: proved already. Blocks are for small k; beyond, everything is compared in full.
  if (k <= 3) return;
  const sparseBlocks = 2 * k > BLOCKS - 10 ? BLOCKS : SPARSE_BLOCKS;
  const random = randomNumbers(settings.seed ?? DEFAULT_SEED);
  const sketches = new Sketches(span, field, random);
  span.hasChanged.fill(1);
  for (let base = 0; base < (settings.bases ?? DEFAULT_BASES); base++) {
    const vectors = span.vectorsFrom(1);
    if (vectors.length === 0) return;
    if (base > 0) movePivots(span, vectors, random);
    const changed = vectors.filter((vector) => span.hasChanged[vector] === 1);
    sketches.refresh(changed, sparseBlocks);
    span.hasChanged.fill(0);
    const words: SpanVector[] = [];
    const weigh = (word: SpanVector) => {
      if (words.length < WORDS_PER_ROUND && fewOrganisations(field, word.atoms)) words.push(word);
    };
    for (const vector of changed) {
      const sparse = sketches.sparse[vector];
      if (sparse && sparse.organisations.length < k) weigh(span.combine(span.coefficientsOf(vector)));
    }
    const weighPair = (a: number, b: number, factor: number) => {
      const coefficients = span.coefficientsOf(a);
      const other = span.coefficientsOf(b);
      for (let row = 0; row < coefficients.length; row++) {
        coefficients[row] = multiplyAdd(span.prime - factor, other[row]!, coefficients[row]!, span.prime);
      }
      weigh(span.combine(coefficients));
    };
    const isChanged = new Uint8Array(span.rowCount);
    for (const vector of changed) isChanged[vector] = 1;
    sketches.pairsByOrganisation(vectors, isChanged, weighPair);
    sketches.pairsByBlock(vectors, isChanged, weighPair);
    // What did not fit in must not count as looked at.
    if (words.length === WORDS_PER_ROUND) span.hasChanged.fill(1);
    yield words;
  }
}

/**
 * Moves pivots to random other atoms of their vectors, over 200 bases each a dozen times. Vectors are drawn, not atoms:
 * the pivots of sparse vectors, of which light words are made, would else hardly ever move. Of two drawn the sparser is
 * taken; dense ones cost most.
 */
function movePivots(span: RowSpan, vectors: readonly number[], random: (below: number) => number): void {
  const moves = Math.max(16, Math.ceil(vectors.length / 16));
  for (let move = 0; move < moves; move++) {
    const [one, other] = [vectors[random(vectors.length)]!, vectors[random(vectors.length)]!];
    const vector = span.rowsIn(other) < span.rowsIn(one) ? other : one;
    span.exchange(vector, atomOf(span, vector, random));
  }
}

/** A random atom in which the vector is not 0. Dense vectors meet one soon, sparse ones are cheaply written out. */
function atomOf(span: RowSpan, vector: number, random: (below: number) => number): number {
  for (let attempt = 0; attempt < 20; attempt++) {
    const atom = random(span.atomCount);
    if (span.entry(vector, atom) !== 0) return atom;
  }
  const { atoms } = span.combine(span.coefficientsOf(vector));
  return atoms[random(atoms.length)]!;
}

interface SparseVector {
  atoms: number[];
  values: number[];
  organisations: number[];
}

/** What is kept of each vector to find light pairs without writing vectors out. */
class Sketches {
  /** vector -> its entries, if it lies in few blocks. */
  readonly sparse: (SparseVector | undefined)[];
  readonly #span: RowSpan;
  readonly #field: Field;
  /** Reads the sum of a vector's entries times random weights over a block. */
  readonly #sumOf: (block: number, vector: number) => number;
  /** vector * BLOCKS + block -> sum of entries times random weights. */
  readonly #sums: Float64Array;
  readonly #inverses: Float64Array;

  constructor(span: RowSpan, field: Field, random: (below: number) => number) {
    this.#span = span;
    this.#field = field;
    this.sparse = new Array(span.rowCount).fill(undefined);
    this.#sums = new Float64Array(span.rowCount * BLOCKS);
    this.#inverses = new Float64Array(span.rowCount * BLOCKS);
    const blockOf = Uint8Array.from(field.organisationIds, () => random(BLOCKS));
    const weights = Float64Array.from(field.members, () => 1 + random(span.prime - 1));
    const rowSums = new Float64Array(BLOCKS * span.rowCount);
    span.rows.forEach((atoms, row) => {
      for (const atom of atoms) {
        const at = blockOf[field.members[atom]![0]!]! * span.rowCount + row;
        rowSums[at] = multiplyAdd(1, rowSums[at]!, weights[atom]!, span.prime);
      }
    });
    this.#sumOf = span.carry(rowSums);
  }

  refresh(vectors: readonly number[], sparseBlocks: number): void {
    const { prime } = this.#span;
    const products = new Float64Array(BLOCKS);
    for (const vector of vectors) {
      const start = vector * BLOCKS;
      let touched = 0;
      let product = 1;
      for (let block = 0; block < BLOCKS; block++) {
        const sum = this.#sumOf(block, vector);
        this.#sums[start + block] = sum;
        products[block] = product;
        if (sum === 0) continue;
        touched += 1;
        product = multiplyAdd(product, sum, 0, prime);
      }
      // All inverses from the one of the product of all sums.
      let inverse = inverseModulo(product, prime);
      for (let block = BLOCKS - 1; block >= 0; block--) {
        const sum = this.#sums[start + block]!;
        this.#inverses[start + block] = sum === 0 ? 0 : multiplyAdd(inverse, products[block]!, 0, prime);
        if (sum !== 0) inverse = multiplyAdd(inverse, sum, 0, prime);
      }
      this.sparse[vector] = undefined;
      if (touched > sparseBlocks) continue;
      const { atoms, values } = this.#span.combine(this.#span.coefficientsOf(vector));
      const organisations = new Set<number>();
      for (const atom of atoms) for (const member of this.#field.members[atom]!) organisations.add(member);
      this.sparse[vector] = { atoms, values, organisations: [...organisations] };
    }
  }

  /** Pairs of sparse vectors of which fewer than k organisations are in one alone. */
  pairsByOrganisation(
    vectors: readonly number[],
    isChanged: Uint8Array,
    weigh: (a: number, b: number, factor: number) => void,
  ): void {
    const { k, organisationIds } = this.#field;
    const present: number[][] = organisationIds.map(() => []);
    for (const vector of vectors) {
      for (const organisation of this.sparse[vector]?.organisations ?? []) present[organisation]!.push(vector);
    }
    const shared = new Int32Array(this.#span.rowCount);
    for (const a of vectors) {
      const one = this.sparse[a];
      if (!one || isChanged[a] === 0) continue;
      const met: number[] = [];
      for (const organisation of one.organisations) {
        for (const b of present[organisation]!) {
          if (b === a || (isChanged[b] === 1 && b < a)) continue;
          if (shared[b] === 0) met.push(b);
          shared[b]! += 1;
        }
      }
      for (const b of met) {
        const apart = one.organisations.length + this.sparse[b]!.organisations.length - 2 * shared[b]!;
        shared[b] = 0;
        if (apart < k) this.#compare(a, b, weigh);
      }
    }
  }

  /** Every factor that lets the two cancel somewhere, if enough of them cancels. */
  #compare(a: number, b: number, weigh: (a: number, b: number, factor: number) => void): void {
    const { prime } = this.#span;
    const [one, other] = [this.sparse[a]!, this.sparse[b]!];
    const valueAt = new Map(other.atoms.map((atom, place) => [atom, other.values[place]!]));
    const cancelling = new Map<number, number>();
    one.atoms.forEach((atom, place) => {
      const value = valueAt.get(atom);
      if (value === undefined) return;
      const factor = multiplyAdd(one.values[place]!, inverseModulo(value, prime), 0, prime);
      cancelling.set(factor, (cancelling.get(factor) ?? 0) + 1);
    });
    for (const factor of cancelling.keys()) {
      const left = new Set<number>();
      const touch = (atom: number) => {
        for (const member of this.#field.members[atom]!) left.add(member);
        return left.size < this.#field.k;
      };
      const restAt = new Map(valueAt);
      const isLight =
        one.atoms.every((atom, place) => {
          const value = restAt.get(atom);
          restAt.delete(atom);
          const cancels = value !== undefined && multiplyAdd(factor, value, 0, prime) === one.values[place];
          return cancels || touch(atom);
        }) && [...restAt.keys()].every(touch);
      if (isLight) weigh(a, b, factor);
    }
  }

  /** Pairs that are multiples of each other in two neighbouring blocks and differ in fewer than k. */
  pairsByBlock(
    vectors: readonly number[],
    isChanged: Uint8Array,
    weigh: (a: number, b: number, factor: number) => void,
  ): void {
    const { prime, rowCount } = this.#span;
    const seen = new Set<number>();
    for (let block = 0; block < BLOCKS; block++) {
      const next = (block + 1) % BLOCKS;
      const byRatio = new Map<number, number[]>();
      for (const vector of vectors) {
        const sum = this.#sums[vector * BLOCKS + block]!;
        const inverse = this.#inverses[vector * BLOCKS + next]!;
        if (sum === 0 || inverse === 0) continue;
        const ratio = multiplyAdd(sum, inverse, 0, prime);
        const same = byRatio.get(ratio);
        if (same) same.push(vector);
        else byRatio.set(ratio, [vector]);
      }
      for (const same of byRatio.values()) {
        for (let first = 0; first < same.length; first++) {
          for (let second = first + 1; second < same.length; second++) {
            const [a, b] = [same[first]!, same[second]!];
            if (isChanged[a] === 0 && isChanged[b] === 0) continue;
            if (this.sparse[a] && this.sparse[b]) continue;
            const factor = multiplyAdd(this.#sums[a * BLOCKS + block]!, this.#inverses[b * BLOCKS + block]!, 0, prime);
            if (!this.#differInFew(a, b, factor) || seen.has(a * rowCount + b)) continue;
            seen.add(a * rowCount + b);
            weigh(a, b, factor);
          }
        }
      }
    }
  }

  #differInFew(a: number, b: number, factor: number): boolean {
    const { prime } = this.#span;
    const [one, other] = [a * BLOCKS, b * BLOCKS];
    let apart = 0;
    for (let block = 0; block < BLOCKS; block++) {
      if (multiplyAdd(factor, this.#sums[other + block]!, 0, prime) === this.#sums[one + block]) continue;
      apart += 1;
      if (apart >= this.#field.k) return false;
    }
    return true;
  }
}

/** Whole numbers from 0 to below 2^32 by a fixed rule (mulberry32), scaled to the asked range. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
