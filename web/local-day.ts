/** `YYYY-MM-DD` on the visitor's calendar. In the browser only: the server's day may be another. */
export const localDay = (now: Date) => now.toLocaleDateString('sv-SE');
