import { addDays, dayNumber, monthsBefore } from '#contracts/calendar';
import { unitTypesOf } from '#contracts/group';
import { type ByteRows, NONE, type SubmissionTable } from './submission-table.ts';

/**
 * The unit records of a release: one row per organisation that counts, in columns. Codes are places in the instrument's
 * lists. Scores hold every dimension and, last, the overall score.
 */
export interface Participations {
  size: number;
  organisations: string[];
  submissions: string[];
  /** size x attributes. */
  codes: Uint8Array;
  isTrusted: boolean[];
  sources: (string | undefined)[];
  associations: (readonly string[])[];
  /** size x (dimensions + 1). */
  scores: Uint8Array;
  /** size x items: 0 to 4, NOT_APPLICABLE or DONT_KNOW. */
  answers: Uint8Array;
  /** Question id -> chosen codes. */
  questions: Readonly<Record<string, readonly string[]>>[];
  /** Of matched organisations the submission that change is measured from; null of all others. */
  firsts: (string | null)[];
  /** size x (dimensions + 1): the scores of `firsts`, 0 where there is none. */
  firstScores: Uint8Array;
  /** One entry for each unit type. */
  leftOut: LeftOutOrganisations[];
}

/** Organisations of one unit type without a participation, told by the last of their submissions that might have counted. */
export interface LeftOutOrganisations {
  unitType?: string;
  /** It has no score in some dimension. */
  incomplete: string[];
  /** It waits for the operator's review, or was excluded. */
  underReview: string[];
}

/** Two submissions of an organisation at least so many months apart make it a matched one. */
const MATCHED_MONTHS = 6;

/**
 * One row per organisation: its greatest (conductedOn, acceptedAt, key) that is complete, not withdrawn, not held for review
 * and accepted late enough.
 *
 * @param held rows that may not count: flagged and not admitted, or excluded
 */
export function participationsOf(table: SubmissionTable, held: ReadonlySet<number>): Participations {
  const { counted, leftOut } = lastRows(table, held);
  const rows = Array.from(counted.filter((row) => row !== -1));
  const firsts = firstRows(table, counted, held);
  const firstOf = rows.map((row) => firsts[table.organisation[row]!]!);
  const column = <Value>(values: readonly Value[]) => rows.map((row) => values[row]!);
  return {
    size: rows.length,
    organisations: rows.map((row) => table.nameOf(row)),
    submissions: column(table.key),
    codes: picked(table.codes, rows),
    isTrusted: rows.map((row) => table.admission[row] === 'trusted'),
    sources: column(table.source),
    associations: column(table.associations),
    scores: picked(table.scores, rows),
    answers: picked(table.answers, rows),
    questions: column(table.questions),
    firsts: firstOf.map((row) => (row === -1 ? null : table.key[row]!)),
    firstScores: picked(table.scores, firstOf),
    leftOut,
  };
}

/** By organisation the last row that counts, -1 without one; organisations without one, by the last row that might have counted. */
function lastRows(table: SubmissionTable, held: ReadonlySet<number>) {
  const counted = new Int32Array(table.names.length).fill(-1);
  const last = new Int32Array(table.names.length).fill(-1);
  for (let row = 0; row < table.size; row++) {
    if (!table.mayCount[row] || table.isWithdrawn(row)) continue;
    keepLater(table, last, row);
    if (table.isComplete[row] && !held.has(row)) keepLater(table, counted, row);
  }
  const unitTypes = unitTypesOf(table.instrument);
  const leftOut = unitTypes.map(
    (unitType): LeftOutOrganisations => ({
      ...(unitType === undefined ? {} : { unitType }),
      incomplete: [],
      underReview: [],
    }),
  );
  for (const [organisation, row] of last.entries()) {
    if (row === -1 || counted[organisation] !== -1) continue;
    const unitType = unitTypes.length === 1 ? 0 : unitTypeOf(table, row);
    leftOut[unitType]?.[held.has(row) ? 'underReview' : 'incomplete'].push(table.names[organisation]!);
  }
  return { counted, leftOut };
}

function keepLater(table: SubmissionTable, rows: Int32Array, row: number): void {
  const organisation = table.organisation[row]!;
  const best = rows[organisation]!;
  if (best === -1 || table.isLater(row, best)) rows[organisation] = row;
}

/** By organisation the earliest row half a year or more before the last, in the same unit type; -1 without one. */
function firstRows(table: SubmissionTable, lasts: Int32Array, held: ReadonlySet<number>): Int32Array {
  const latest = new Map<number, number>();
  const latestFirst = (day: number) => {
    const found = latest.get(day) ?? dayNumber(monthsBefore(addDays('1970-01-01', day), MATCHED_MONTHS));
    latest.set(day, found);
    return found;
  };
  const firsts = new Int32Array(lasts.length).fill(-1);
  for (let row = 0; row < table.size; row++) {
    const organisation = table.organisation[row]!;
    const last = lasts[organisation]!;
    if (last === -1 || last === row || table.day[row]! > latestFirst(table.day[last]!)) continue;
    if (unitTypeOf(table, row) !== unitTypeOf(table, last) || !table.isUsable(row)) continue;
    const best = firsts[organisation]!;
    if (best === -1 || table.isLater(best, row)) firsts[organisation] = row;
  }
  // Another first in place of one that is held would measure another change: such an organisation is not matched.
  return firsts.map((row) => (held.has(row) ? -1 : row));
}

/** Place of the unit-type attribute's code; NONE without one, or without the attribute. */
function unitTypeOf({ instrument, codes }: SubmissionTable, row: number): number {
  return codes.of(row)[instrument.profile.findIndex(({ id }) => id === instrument.unitTypeAttribute)] ?? NONE;
}

/** The given rows of a table, in that order; zeros for -1. */
function picked(table: ByteRows, rows: readonly number[]): Uint8Array {
  const found = new Uint8Array(rows.length * table.width);
  rows.forEach((row, place) => {
    if (row !== -1) found.set(table.of(row), place * table.width);
  });
  return found;
}
