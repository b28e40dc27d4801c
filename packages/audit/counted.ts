import { addDays, dayNumber, monthsBefore } from '#contracts/calendar';
import { unitTypesOf } from '#contracts/group';
import type { AuditLog } from './audit-log.ts';

const MATCHED_MONTHS = 6;

/** Who counts, by rows of the log. */
export interface Counted {
  /** The submission of each organisation that counts. */
  rows: Int32Array;
  /** Beside each the submission that its change is measured from; -1 where it is not matched. */
  firsts: Int32Array;
  /** Organisations in no figure, by unit type. */
  leftOut: { unitType: string | undefined; incomplete: number[]; underReview: number[] }[];
}

/**
 * One organisation counts once: with its last complete submission of the window that is neither withdrawn nor held back
 * and was accepted late enough for rule 7.
 *
 * @param held 1 for each row that may not count
 * @param without numbers of organisations that are left aside altogether
 */
export function countedIn(log: AuditLog, held: Uint8Array, without: ReadonlySet<number> = new Set()): Counted {
  const { window, instrument } = log;
  const acceptedAfter = window.acceptedAfter === null ? -Infinity : Date.parse(window.acceptedAfter);
  const last = new Int32Array(log.organisations.length).fill(-1);
  const lastOfAll = new Int32Array(log.organisations.length).fill(-1);
  for (let row = 0; row < log.size; row++) {
    const organisation = log.organisationOf(row);
    if (log.acceptedAt(row) <= acceptedAfter || without.has(organisation) || log.isWithdrawn(row)) continue;
    for (const places of log.isComplete(row) && held[row] === 0 ? [last, lastOfAll] : [lastOfAll])
      if (places[organisation] === -1 || log.isLater(row, places[organisation]!)) places[organisation] = row;
  }

  const unitTypePlace = instrument.profile.findIndex(({ id }) => id === instrument.unitTypeAttribute);
  const unitTypeOf = (row: number) => (unitTypePlace === -1 ? 0 : log.codeOf(row, unitTypePlace));
  const first = new Int32Array(log.organisations.length).fill(-1);
  for (let row = 0; row < log.size; row++) {
    const organisation = log.organisationOf(row);
    const own = last[organisation]!;
    if (
      own === -1 ||
      own === row ||
      !log.isComplete(row) ||
      unitTypeOf(row) !== unitTypeOf(own) ||
      log.isWithdrawn(row)
    )
      continue;
    if (log.dayOf(row) > latestFirstOf(log.dayOf(own))) continue;
    if (first[organisation] === -1 || log.isLater(first[organisation]!, row)) first[organisation] = row;
  }

  const rows = last.filter((row) => row !== -1);
  // Another first in place of one that is held back would measure another change.
  const firsts = rows.map((row) => {
    const own = first[log.organisationOf(row)]!;
    return own !== -1 && held[own] === 1 ? -1 : own;
  });
  const leftOut = unitTypesOf(instrument).map((unitType) => ({
    unitType,
    incomplete: [] as number[],
    underReview: [] as number[],
  }));
  lastOfAll.forEach((row, organisation) => {
    if (row !== -1 && last[organisation] === -1)
      leftOut[unitTypeOf(row)]?.[log.isComplete(row) ? 'underReview' : 'incomplete'].push(organisation);
  });
  return { rows, firsts, leftOut };
}

const latestFirsts = new Map<number, number>();

/** The latest day on which the first of a pair may lie. */
function latestFirstOf(day: number): number {
  let latest = latestFirsts.get(day);
  if (latest === undefined) {
    latest = dayNumber(monthsBefore(addDays('1970-01-01', day), MATCHED_MONTHS));
    latestFirsts.set(day, latest);
  }
  return latest;
}
