import { addDays, berlinDate } from '#contracts/calendar';
import { IsoDate } from '#contracts/text';

/** The forms of a date that are read, for messages. */
export const DATE_FORMS = '2026-06-30, 2026-06-30 14:22, 30.06.2026, 30.06.2026 14:22, 30.06.26';

const TIME = String.raw`\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?`;
const ISO = new RegExp(String.raw`^(\d{4}-\d{2}-\d{2})(?:[T ]${TIME})?$`, 'i');
const ISO_WITH_ZONE = new RegExp(String.raw`^(\d{4}-\d{2}-\d{2})[T ](${TIME}) ?(Z|[+-]\d{2}:?\d{2})$`, 'i');
const GERMAN = new RegExp(String.raw`^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})(?:,? ${TIME})?$`);
/** Days since 1899-12-30, as spreadsheets count; of the years 2000 to 2099. */
const SERIAL = /^(\d{5})(?:[.,]\d+)?$/;
const SERIALS = { first: 36_526, last: 73_050 };

/**
 * The day of a cell, in a form that can mean one day only: ISO, with or without a time; `30.06.2026`, with or without a
 * time; `30.06.26`, of this century; a spreadsheet's serial number, of the years 2000 to 2099. A time with a zone is
 * told in Berlin. Null for anything else, such as `6/30/2026`.
 */
export function readDate(cell: string): string | null {
  const iso = ISO.exec(cell);
  if (iso) return checked(iso[1]!);
  const zoned = ISO_WITH_ZONE.exec(cell);
  if (zoned) {
    const instant = new Date(`${zoned[1]}T${zoned[2]!.replace(',', '.').padStart(5, '0')}${zoned[3]!.toUpperCase()}`);
    return checked(zoned[1]!) && (Number.isNaN(instant.getTime()) ? null : berlinDate(instant));
  }
  const german = GERMAN.exec(cell);
  if (german) {
    const [, day = '', month = '', year = ''] = german;
    return checked(`${year.padStart(4, '20')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  }
  const serial = Number(SERIAL.exec(cell)?.[1] ?? 0);
  return serial >= SERIALS.first && serial <= SERIALS.last ? addDays('1899-12-30', serial) : null;
}

const checked = (text: string) => (IsoDate.safeParse(text).success ? text : null);

const MONTH =
  'jan(?:uary?|uar)?|jänner|feb(?:ruary?|ruar)?|m(?:är|ar|rz|ärz|arch)z?|apr(?:il)?|ma[iy]|jun[ie]?|jul[iy]?|aug(?:ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|de[zc](?:ember)?';
const MADE_DATE = new RegExp(
  String.raw`^(?:\d{1,2}[. -]{1,2}(?:${MONTH})\.?(?:[ -]\d{2,4})?|(?:${MONTH})\.?[ -]\d{2,4}|\d{1,2}[./]\d{1,2}[./]?(?:\d{2,4})?)$`,
  'i',
);

/** Whether a cell is what spreadsheets make of `1-9` or `10-49`: `01. Sep`, `Okt 49`, `09.01.2026`, `46031`. */
export function isMadeDate(cell: string): boolean {
  return MADE_DATE.test(cell) || readDate(cell) !== null;
}
