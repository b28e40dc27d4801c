import { groupKeyOf } from '#contracts/group';
import type { Cell, Change, GroupRef, Ledger } from '#contracts/release';

/** One version of a cell that some release published afresh: exactly who was counted in it, from the ledgers. */
export interface PublishedRow {
  /** `<release id>/<group key>`. */
  version: string;
  group: GroupRef;
  /** Figures of one date; or a change, which stands twice: by its members' last and by their first submissions. */
  part: 'level' | 'last' | 'first';
  /** The version whose figures it is; `version` but for `first`. */
  cellVersion: string;
  /** Organisation -> its contributing submission, as whole numbers shared by all rows. */
  members: Map<number, number>;
  /** Of the row `last`: organisation -> first and last submission as one number. */
  pairs?: Map<number, number>;
  invited: number;
}

/** Organisations and submissions as whole numbers, the same in every row. */
export interface Numbering {
  organisation(name: string): number;
  column(organisation: string, submission: string): number;
}

export function createNumbering(): Numbering {
  const organisations = new Map<string, number>();
  const columns = new Map<string, number>();
  const numberOf = (known: Map<string, number>, name: string) => {
    const number = known.get(name) ?? known.size;
    known.set(name, number);
    return number;
  };
  return {
    organisation: (name) => numberOf(organisations, name),
    column: (organisation, submission) => numberOf(columns, `${organisation}/${submission}`),
  };
}

/** A row for each (ledger, group) pair, in the order of the ledgers. Groups come from the shown cells. */
export function publishedRows(
  ledgers: readonly Ledger[],
  releases: readonly { cells: readonly Cell[]; changes?: readonly Change[] }[],
  numbering: Numbering,
): PublishedRow[] {
  const groups = new Map(
    releases.flatMap(({ cells, changes = [] }) =>
      [...cells, ...changes].map(({ group }): [string, GroupRef] => [group.key, group]),
    ),
  );
  const rows = new Map<string, PublishedRow>();
  for (const { releaseId, entries } of ledgers) {
    for (const entry of entries) {
      const organisation = numbering.organisation(entry.organisation);
      const column = numbering.column(entry.organisation, entry.submission);
      for (const key of entry.groups) {
        const version = `${releaseId}/${key}`;
        const groupKey = groupKeyOf(key);
        const group = groups.get(groupKey) ?? { key: groupKey, where: {} };
        const rowOf = (part: PublishedRow['part'], label: string): PublishedRow => {
          const row = rows.get(label) ?? {
            version: label,
            cellVersion: version,
            group,
            part,
            members: new Map(),
            invited: 0,
          };
          rows.set(label, row);
          if (entry.isInvited) row.invited += 1;
          return row;
        };
        if (groupKey === key) rowOf('level', version).members.set(organisation, column);
        else {
          const last = rowOf('last', version);
          last.members.set(organisation, column);
          last.pairs ??= new Map();
          last.pairs.set(organisation, numbering.column(entry.organisation, pairOf(entry.first, entry.submission)));
          // A change without a first submission is its own difference: nothing, which other attempts then find.
          const first = numbering.column(entry.organisation, entry.first ?? entry.submission);
          rowOf('first', `${version} (first submissions)`).members.set(organisation, first);
        }
      }
    }
  }
  return [...rows.values()];
}

/**
 * How many distinct organisations A less B touches: those in one only, and those in both with another submission.
 */
export function touchedByDifference(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let shared = 0;
  let equal = 0;
  for (const [organisation, column] of small) {
    const other = large.get(organisation);
    if (other === undefined) continue;
    shared += 1;
    if (other === column) equal += 1;
  }
  return a.size + b.size - shared - equal;
}

/** How many distinct organisations a signed sum of rows touches. */
export function touchedBySum(terms: readonly { row: PublishedRow; factor: number }[]): number {
  const sums = new Map<number, { organisation: number; sum: number }>();
  for (const { row, factor } of terms) {
    for (const [organisation, column] of row.members) {
      const entry = sums.get(column);
      if (entry) entry.sum += factor;
      else sums.set(column, { organisation, sum: factor });
    }
  }
  const touched = new Set<number>();
  for (const { organisation, sum } of sums.values()) if (sum !== 0) touched.add(organisation);
  return touched.size;
}

/** What a change counts an organisation with. */
export function pairOf(first: string | undefined, last: string): string {
  return `${first} to ${last}`;
}

/** The changes among themselves: a row each, a column for each pair of submissions. */
export function changeRows(rows: readonly PublishedRow[]): PublishedRow[] {
  return rows.flatMap((row) => (row.pairs ? [{ ...row, members: row.pairs }] : []));
}

/** Whether one row is by definition a part of another: narrower, and of the same kind of figures. */
export function isPartOf(inner: PublishedRow, outer: PublishedRow): boolean {
  return inner.part === outer.part && isNarrower(inner.group, outer.group);
}

/** Whether every member of `inner` is by definition one of `outer`: same panel, all conditions of `outer` and more. */
function isNarrower(inner: GroupRef, outer: GroupRef): boolean {
  if (inner.key === outer.key || inner.panel !== outer.panel) return false;
  if (outer.cohort !== undefined && inner.cohort !== outer.cohort) return false;
  return Object.entries(outer.where).every(([id, code]) => inner.where[id] === code);
}
