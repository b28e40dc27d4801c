const MINUTE_MS = 60_000;

/**
 * How often each name was counted in the minute under way, in this process. No more names than `remembered` are kept:
 * beyond them the one counted longest ago is forgotten, so memory stays flat.
 */
export function minuteCounts(remembered: number) {
  const counts = new Map<string, number>();
  let minute = 0;
  function settle(now: Date): void {
    const current = Math.floor(now.getTime() / MINUTE_MS);
    if (current !== minute) counts.clear();
    minute = current;
  }
  return {
    of(name: string, now: Date): number {
      settle(now);
      return counts.get(name) ?? 0;
    },
    add(name: string, now: Date): number {
      settle(now);
      const count = (counts.get(name) ?? 0) + 1;
      const oldest = counts.keys().next();
      if (counts.size >= remembered && !oldest.done && !counts.has(name)) counts.delete(oldest.value);
      counts.set(name, count);
      return count;
    },
  };
}

/** Whole seconds until the next minute begins, 1 to 60: what `Retry-After` says. */
export const secondsToNextMinute = (now: Date): number => Math.ceil((MINUTE_MS - (now.getTime() % MINUTE_MS)) / 1000);
