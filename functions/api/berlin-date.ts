/** The calendar date in Berlin at an instant, `YYYY-MM-DD`. */
export function berlinDate(instant: Date): string {
  // Made when first used: a start would wait for it.
  calendar ??= new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Europe/Berlin',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const part = Object.fromEntries(calendar.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day}`;
}

let calendar: Intl.DateTimeFormat | undefined;
