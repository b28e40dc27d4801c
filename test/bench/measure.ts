import { readFileSync, writeFileSync } from 'node:fs';

/** Median, least and greatest of repeated measurements. */
export interface Spread {
  median: number;
  least: number;
  greatest: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median, least: sorted[0]!, greatest: sorted.at(-1)! };
}

/** `1,204 (1,180 to 1,233) ms` */
export function show(values: readonly number[], unit: string, digits = 0): string {
  const { median, least, greatest } = spreadOf(values);
  const text = (value: number) =>
    value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${text(median)} (${text(least)} to ${text(greatest)}) ${unit}`;
}

/** Ratios of what was measured side by side, round by round: a machine that slows down slows both. */
export function ratios(values: readonly number[], against: readonly number[]): string {
  return show(
    values.map((value, round) => value / against[round]!),
    'x',
    2,
  );
}

/** Milliseconds a call takes, and what it returns. */
export async function timed<T>(run: () => T | Promise<T>): Promise<{ ms: number; result: T }> {
  const start = performance.now();
  const result = await run();
  return { ms: performance.now() - start, result };
}

/** Runs the garbage collector if the process was started with --expose-gc. */
export function collectGarbage(): void {
  for (let pass = 0; pass < 3; pass++) globalThis.gc?.();
}

/**
 * How far the resident memory of this process rises above where it stands now while `run` runs, in MB. On Linux the
 * kernel's own high-water mark, reset before; elsewhere the process's, which never falls.
 */
export async function peakAbove<T>(run: () => T | Promise<T>): Promise<{ mb: number; result: T }> {
  collectGarbage();
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {}
  const before = process.memoryUsage.rss();
  const result = await run();
  return { mb: (highWaterBytes() - before) / 1e6, result };
}

function highWaterBytes(): number {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    if (kilobytes) return Number(kilobytes) * 1024;
  } catch {}
  return process.resourceUsage().maxRSS * 1024;
}

export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}
