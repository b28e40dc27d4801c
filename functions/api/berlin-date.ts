const CALENDAR = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Berlin',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The calendar date in Berlin at an instant, `YYYY-MM-DD`. */
export function berlinDate(instant: Date): string {
  const part = Object.fromEntries(CALENDAR.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day}`;
}
