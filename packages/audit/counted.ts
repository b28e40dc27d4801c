import { addDays, dayNumber, monthsBefore } from '#contracts/calendar';
import { unitTypesOf } from '#contracts/group';
import type { AuditLog } from './audit-log.ts';

const MATCHED_MONTHS = 6;

/** Rows of the log, one for each organisation, and beside each the row that its change is measured from; -1 without one. */
export interface CountedRows {
  rows: Int32Array;
  firsts: Int32Array;
}

/** Who counts. */
export interface Counted extends CountedRows {
  /** Organisations in no figure, by unit type. */
  leftOut: { unitType: string | undefined; incomplete: number[]; underReview: number[] }[];
}

/**
 * One organisation counts once: with its last complete submission of the window that is neither withdrawn nor kept out by review
 * and was accepted late enough for rule 7.
 *
 * @param held 1 for each row that may not count
 * @param without names of organisations that are left aside altogether
 */
export function countedIn(log: AuditLog, held: Uint8Array, without: ReadonlySet<string> = new Set()): Counted {
  const { window, instrument, organisations } = log;
  const acceptedAfter = window.acceptedAfter === null ? -Infinity : Date.parse(window.acceptedAfter);
  const isLeftAside = Uint8Array.from(organisations, (name) => (without.has(name) ? 1 : 0));
  const last = new Int32Array(organisations.length).fill(-1);
  const lastOfAll = new Int32Array(organisations.length).fill(-1);
  const keepLater = (places: Int32Array, row: number) => {
    const before = places[log.organisationOf[row]!]!;
    if (before === -1 || log.isLater(row, before)) places[log.organisationOf[row]!] = row;
  };
  for (let row = 0; row < log.size; row++) {
    if (log.acceptedOf[row]! <= acceptedAfter || isLeftAside[log.organisationOf[row]!] === 1 || log.isWithdrawn(row))
      continue;
    keepLater(lastOfAll, row);
    if (log.isCompleteOf[row] && held[row] === 0) keepLater(last, row);
  }

  const unitTypePlace = instrument.profile.findIndex(({ id }) => id === instrument.unitTypeAttribute);
  const unitTypeOf = (row: number) => (unitTypePlace === -1 ? 0 : log.codesOf[row]![unitTypePlace]!);
  const leftOut = unitTypesOf(instrument).map((unitType) => ({
    unitType,
    incomplete: [] as number[],
    underReview: [] as number[],
  }));
  lastOfAll.forEach((row, organisation) => {
    if (row !== -1 && last[organisation] === -1)
      leftOut[unitTypeOf(row)]?.[log.isCompleteOf[row] ? 'underReview' : 'incomplete'].push(organisation);
  });

  const first = new Int32Array(organisations.length).fill(-1);
  for (let row = 0; row < log.size; row++) {
    const organisation = log.organisationOf[row]!;
    const own = last[organisation]!;
    if (own === -1 || log.dayOf[row]! > latestFirstOf(log.dayOf[own]!)) continue;
    if (!log.isCompleteOf[row] || unitTypeOf(row) !== unitTypeOf(own) || log.isWithdrawn(row)) continue;
    if (first[organisation] === -1 || log.isLater(first[organisation]!, row)) first[organisation] = row;
  }
  const rows = last.filter((row) => row !== -1);
  // Another first in place of one that is kept out would measure another change.
  const firsts = rows.map((row) => {
    const own = first[log.organisationOf[row]!]!;
    return own !== -1 && held[own] === 1 ? -1 : own;
  });
  return { rows, firsts, leftOut };
}

const latestFirsts = new Map<number, number>();

/** The latest day on which the first of a pair may lie. */
function latestFirstOf(day: number): number {
  const latest = latestFirsts.get(day) ?? dayNumber(monthsBefore(addDays('1970-01-01', day), MATCHED_MONTHS));
  latestFirsts.set(day, latest);
  return latest;
}
