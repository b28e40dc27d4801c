import { addDays } from '#contracts/calendar';

/** A day in a calendar. */
export interface CalendarDay {
  /** Globally unique; the same id updates the entry when it is imported again. */
  uid: string;
  /** `YYYY-MM-DD` */
  on: string;
  /** UTC instant at which the file is made. */
  madeAt: Date;
  title: string;
  description: string;
}

/**
 * An iCalendar file (RFC 5545) with one all-day entry and a reminder the day before. It takes no time of the day, so that
 * no time zone is needed.
 *
 * @returns text with CRLF line ends; no line is longer than 75 octets
 */
export function calendarFile({ uid, on, madeAt, title, description }: CalendarDay): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Sektorspiegel//Naechster Schritt//DE',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${escaped(uid)}`,
    `DTSTAMP:${madeAt.toISOString().replaceAll(/[-:]|\.\d{3}/g, '')}`,
    `DTSTART;VALUE=DATE:${compact(on)}`,
    `DTEND;VALUE=DATE:${compact(addDays(on, 1))}`,
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(description)}`,
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escaped(title)}`,
    'TRIGGER:-P1D',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

const compact = (day: string): string => day.replaceAll('-', '');

/** RFC 5545, 3.3.11: backslash, semicolon, comma and line ends are escaped; other control characters may not occur. */
function escaped(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\\;,]/g, (symbol) => `\\${symbol}`)
    .replaceAll('\n', '\\n')
    .replaceAll(/\p{Cc}/gu, ' ');
}

const LONGEST_LINE = 75;

/** RFC 5545, 3.1: lines of at most 75 octets, continued by a space; never within a character. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let result = '';
  let octets = 0;
  for (const symbol of line) {
    const size = encoder.encode(symbol).length;
    if (octets + size > LONGEST_LINE) {
      result += '\r\n ';
      octets = 1;
    }
    result += symbol;
    octets += size;
  }
  return result;
}
