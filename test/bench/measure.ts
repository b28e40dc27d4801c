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

/**
 * Milliseconds a call takes by the clock, and processor time of the whole process with its helper threads, which tells
 * more on a busy machine.
 */
export async function timed<T>(run: () => T | Promise<T>): Promise<{ ms: number; cpuMs: number; result: T }> {
  const start = performance.now();
  const used = process.cpuUsage();
  const result = await run();
  const { user, system } = process.cpuUsage(used);
  return { ms: performance.now() - start, cpuMs: (user + system) / 1000, result };
}

/** The times of one contender, round by round. */
export class Timings {
  readonly name: string;
  readonly ms: number[] = [];
  readonly cpuMs: number[] = [];
  constructor(name: string) {
    this.name = name;
  }

  async time<T>(run: () => T | Promise<T>): Promise<T> {
    const { ms, cpuMs, result } = await timed(run);
    this.ms.push(ms);
    this.cpuMs.push(cpuMs);
    return result;
  }

  say(): void {
    say(`${`${this.name}:`.padEnd(36)} ${show(this.ms, 'ms')}; processor ${show(this.cpuMs, 'ms')}`);
  }
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
