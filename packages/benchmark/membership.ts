/**
 * Who belongs where, over everything an outsider may combine: one row for each cell, or former version of a cell, one
 * column for each contribution (an organisation's submission). A resubmission is another column of the same
 * organisation, not another member. Columns with equal membership form one atom.
 */
export interface Membership {
  /** Row -> atoms it contains, ascending. */
  rows: number[][];
  /** Atom -> the organisations in it, as whole numbers; each at most once. */
  atoms: Int32Array[];
  /** Organisation hashes by those whole numbers. */
  organisations: string[];
}

/** The contributions of one row: organisation and submission, place by place. */
export interface Contributions {
  organisations: readonly string[];
  submissions: readonly string[];
}

/** Compresses rows of contributions to atoms. Some 50 bytes of memory for each contribution. */
export function membershipOf(rows: readonly Contributions[]): Membership {
  const organisationIds = new Map<string, number>();
  // Columns of one organisation form a chain: its newest, then the one before.
  const newestColumnOf: number[] = [];
  const olderColumn: number[] = [];
  const submissionOf: string[] = [];
  const organisationOf: number[] = [];
  // The rows a column is in so far, as a place in a tree whose edges are rows; 0 is the root, no row.
  const signatureOf: number[] = [];
  const tree: Map<number, number>[] = [new Map()];

  const columnOf = (name: string, submission: string): number => {
    let organisation = organisationIds.get(name);
    if (organisation === undefined) {
      organisation = organisationIds.size;
      organisationIds.set(name, organisation);
      newestColumnOf.push(-1);
    }
    for (let column = newestColumnOf[organisation]!; column !== -1; column = olderColumn[column]!)
      if (submissionOf[column] === submission) return column;
    const column = submissionOf.push(submission) - 1;
    organisationOf.push(organisation);
    olderColumn.push(newestColumnOf[organisation]!);
    signatureOf.push(0);
    newestColumnOf[organisation] = column;
    return column;
  };

  rows.forEach(({ organisations, submissions }, row) => {
    for (let place = 0; place < organisations.length; place++) {
      const column = columnOf(organisations[place]!, submissions[place]!);
      const edges = tree[signatureOf[column]!]!;
      let next = edges.get(row);
      if (next === undefined) {
        next = tree.push(new Map()) - 1;
        edges.set(row, next);
      }
      signatureOf[column] = next;
    }
  });

  const members = new Map<number, number[]>();
  signatureOf.forEach((signature, column) => {
    const known = members.get(signature);
    if (known) known.push(organisationOf[column]!);
    else members.set(signature, [organisationOf[column]!]);
  });
  const membership: Membership = { rows: rows.map(() => []), atoms: [], organisations: [...organisationIds.keys()] };
  const walk = (signature: number, path: readonly number[]) => {
    const organisations = members.get(signature);
    if (organisations) {
      const atom = membership.atoms.push(Int32Array.from(organisations)) - 1;
      for (const row of path) membership.rows[row]!.push(atom);
    }
    for (const [row, next] of tree[signature]!) walk(next, [...path, row]);
  };
  walk(0, []);
  return membership;
}

/** A signed combination of rows: row and coefficient. */
export type Terms = readonly (readonly [row: number, coefficient: number])[];

/**
 * How many distinct organisations a signed combination of rows touches, counted no further than `enough`; 0 for the
 * combination in which everything cancels.
 */
export function touchedBy(membership: Membership, terms: Terms, enough: number): number {
  return organisationsTouchedBy(membership, terms, enough)?.size ?? enough;
}

/** The organisations a signed combination of rows touches, or null if they are `enough` or more. */
export function organisationsTouchedBy(membership: Membership, terms: Terms, enough: number): Set<number> | null {
  const coefficients = new Map<number, number>();
  for (const [row, coefficient] of terms)
    for (const atom of membership.rows[row]!) coefficients.set(atom, (coefficients.get(atom) ?? 0) + coefficient);
  const touched = new Set<number>();
  for (const [atom, coefficient] of coefficients) {
    if (coefficient === 0) continue;
    const organisations = membership.atoms[atom]!;
    if (organisations.length >= enough) return null;
    for (const organisation of organisations) touched.add(organisation);
    if (touched.size >= enough) return null;
  }
  return touched;
}
