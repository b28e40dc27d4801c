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

/** Compresses rows of contributions to atoms. */
export function membershipOf(rows: readonly Contributions[]): Membership {
  const organisationIds = new Map<string, number>();
  const columns = new Map<string, { organisation: number; rows: number[] }>();
  rows.forEach(({ organisations, submissions }, row) => {
    for (let place = 0; place < organisations.length; place++) {
      const name = organisations[place]!;
      const key = `${name}/${submissions[place]!}`;
      const column = columns.get(key);
      if (column) column.rows.push(row);
      else {
        let organisation = organisationIds.get(name);
        if (organisation === undefined) {
          organisation = organisationIds.size;
          organisationIds.set(name, organisation);
        }
        columns.set(key, { organisation, rows: [row] });
      }
    }
  });
  const bySignature = new Map<string, { rows: number[]; organisations: number[] }>();
  for (const column of columns.values()) {
    const signature = column.rows.join();
    const atom = bySignature.get(signature);
    if (atom) atom.organisations.push(column.organisation);
    else bySignature.set(signature, { rows: column.rows, organisations: [column.organisation] });
  }
  const membership: Membership = { rows: rows.map(() => []), atoms: [], organisations: [...organisationIds.keys()] };
  for (const { rows: containing, organisations } of bySignature.values()) {
    const atom = membership.atoms.push(Int32Array.from(organisations)) - 1;
    for (const row of containing) membership.rows[row]!.push(atom);
  }
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
