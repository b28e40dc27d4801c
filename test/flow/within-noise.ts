import { expect } from 'vitest';

/**
 * How far a drawn median may lie from the exact one, in participations: at epsilon 0.7 each further participation makes a
 * value half as likely (e^-0.7), so that 25 are passed less than once in a million draws.
 */
const RANKS = 25;

/** Whether a drawn median lies among the middle ones of the values, and on the grid that figures are published on. */
export function expectNearMedian(drawn: number, exact: readonly number[], step = 5): void {
  const onGrid = exact.map((value) => Math.floor(value / step + 0.5) * step);
  const below = onGrid.filter((value) => value < drawn).length;
  const upTo = onGrid.filter((value) => value <= drawn).length;
  const half = onGrid.length / 2;
  expect(drawn % step).toBe(drawn < 0 ? -0 : 0);
  expect(below).toBeLessThanOrEqual(half + RANKS);
  expect(upTo).toBeGreaterThanOrEqual(half - RANKS);
}

/**
 * Whether a drawn share fits an exact count: two-sided geometric noise at epsilon 0.5 passes 30 once in three million draws.
 *
 * @param drawn whole per cents
 */
export function expectNearShare(drawn: number, count: number, n: number): void {
  expect(drawn).toBeGreaterThanOrEqual(Math.floor((100 * Math.max(0, count - 30)) / (n + 5)));
  expect(drawn).toBeLessThanOrEqual(Math.min(100, Math.ceil((100 * (count + 30)) / (n - 5))));
}
