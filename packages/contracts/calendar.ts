import type { IsoDate } from '#contracts/text';

const MS_PER_DAY = 86_400_000;

/** Days since 1970-01-01 of a calendar date. */
export function dayNumber(date: IsoDate): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / MS_PER_DAY);
}

/** The calendar date `days` days after `date`. */
export function addDays(date: IsoDate, days: number): IsoDate {
  return new Date((dayNumber(date) + days) * MS_PER_DAY).toISOString().slice(0, 10);
}

/**
 * The calendar date `months` months before `date`; the month's last day where the day does not exist there.
 *
 * @example monthsBefore('2026-08-31', 6) // => '2026-02-28'
 */
export function monthsBefore(date: IsoDate, months: number): IsoDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 - months, 1));
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, lastDay));
  return first.toISOString().slice(0, 10);
}

/** The calendar date in Europe/Berlin at an instant. */
export function berlinDate(instant: Date): IsoDate {
  // Made when first used: a start would wait for it.
  berlin ??= new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin', dateStyle: 'short' });
  return berlin.format(instant);
}
let berlin: Intl.DateTimeFormat | undefined;

/**
 * The instant at which a day begins in Europe/Berlin.
 *
 * @example berlinMidnight('2026-06-30') // => '2026-06-29T22:00:00.000Z'
 */
export function berlinMidnight(date: IsoDate): string {
  const utcMidnight = Date.parse(`${date}T00:00:00Z`);
  // Berlin is one hour ahead of UTC, in summer two; of both instants the earlier that is that day already.
  const summer = new Date(utcMidnight - 7_200_000);
  return (berlinDate(summer) === date ? summer : new Date(utcMidnight - 3_600_000)).toISOString();
}
