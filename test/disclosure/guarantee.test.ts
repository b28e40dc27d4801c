import { describe, expect, it } from 'vitest';
import { pooledShareOf } from '#disclosure/draw-cell';
import { exponentialCut } from '#disclosure/exponential';
import { geometric } from '#disclosure/geometric';
import { nonIncreasing } from '#disclosure/isotonic';
import { POLICY } from '#disclosure/policy';

/**
 * The guarantee itself: of small populations every outcome's probability is computed, and the largest ratio between two
 * neighbours is at most what docs/method.md says. Probabilities are read off the functions that draw, by looking for the u
 * at which the outcome changes; the mechanism's formula is not used.
 */
const { epsilon } = POLICY;
const ROUNDING = 1 + 1e-6;

/** Outcome -> probability of a draw by one uniform number, which gives greater outcomes for greater u. */
function probabilitiesOf(draw: (u: number) => number): Map<number, number> {
  const found = new Map<number, number>();
  const search = (from: number, to: number): void => {
    const [first, last] = [draw(from), draw(to)];
    if (first === last) {
      found.set(first, (found.get(first) ?? 0) + to - from);
      return;
    }
    if (to - from < 1e-13) return;
    const middle = (from + to) / 2;
    search(from, middle);
    search(middle, to);
  };
  search(1e-15, 1 - 1e-15);
  return found;
}

/** The largest ratio between probabilities of one outcome; Infinity where only one of both can have it. */
function largestRatio<T>(one: Map<T, number>, other: Map<T, number>): number {
  let largest = 1;
  for (const outcome of new Set([...one.keys(), ...other.keys()])) {
    const [a, b] = [one.get(outcome) ?? 0, other.get(outcome) ?? 0];
    largest = Math.max(largest, a / b, b / a);
  }
  return largest;
}

/** Every way to put n scores on some points. */
function* populations(n: number, points: number): Generator<number[]> {
  if (points === 1) yield [n];
  else
    for (let first = 0; first <= n; first++)
      for (const rest of populations(n - first, points - 1)) yield [first, ...rest];
}

const plus = (counts: number[], place: number, by = 1) => counts.with(place, counts[place]! + by);

describe('a cut', () => {
  const POINTS = 4;
  const of = (() => {
    const known = new Map<string, Map<number, number>>();
    return (counts: number[], permille: number) => {
      const name = `${counts}/${permille}`;
      const found = known.get(name) ?? probabilitiesOf((u) => exponentialCut(counts, permille, epsilon.cut, u));
      known.set(name, found);
      return found;
    };
  })();

  it.each([500, 250, 100, 950])(
    'at %i permille tells by e^epsilon at most who was added or removed, and by e^(epsilon / max(p, 1-p)) what one answered',
    (permille) => {
      let added = 1;
      let changed = 1;
      for (const n of [1, 2, 3, 4])
        for (const counts of populations(n, POINTS))
          for (let place = 0; place < POINTS; place++) {
            added = Math.max(added, largestRatio(of(counts, permille), of(plus(counts, place), permille)));
            if (counts[place] === 0) continue;
            for (let to = 0; to < POINTS; to++) {
              const neighbour = plus(plus(counts, place, -1), to);
              changed = Math.max(changed, largestRatio(of(counts, permille), of(neighbour, permille)));
            }
          }
      expect(added).toBeLessThanOrEqual(Math.exp(epsilon.cut) * ROUNDING);
      expect(changed).toBeLessThanOrEqual(
        Math.exp((1000 * epsilon.cut) / Math.max(permille, 1000 - permille)) * ROUNDING,
      );
      // The bounds are no empty ones: a good part of them is reached.
      expect(added).toBeGreaterThan(1.2);
      expect(changed).toBeGreaterThan(added);
    },
  );

  it('is drawn with the probabilities of the exponential mechanism, a change of -100 to 100 like a score', () => {
    const counts = new Array<number>(41).fill(0).with(20, 3).with(25, 2).with(40, 1);
    const weights = counts.map((_, place) => {
      const below = counts.slice(0, place).reduce((sum, count) => sum + count, 0);
      return Math.exp(-epsilon.cut * Math.max(0, below - 3, 3 - below - counts[place]!));
    });
    const sum = weights.reduce((a, b) => a + b);
    const probabilities = of(counts, 500);
    weights.forEach((weight, place) => {
      expect(probabilities.get(place)).toBeCloseTo(weight / sum, 9);
    });
  });
});

/** The probability of every clamped count, 0 to n. */
function countsOf(count: number, n: number): Map<number, number> {
  return probabilitiesOf((u) => Math.min(n, Math.max(0, count + geometric(u, epsilon.count))));
}

describe('a count', () => {
  it('tells by e^epsilon at most of one organisation more or less', () => {
    let largest = 1;
    for (const n of [1, 2, 5, 20])
      for (let count = 0; count < n; count++)
        largest = Math.max(largest, largestRatio(countsOf(count, n), countsOf(count + 1, n)));
    expect(largest).toBeLessThanOrEqual(Math.exp(epsilon.count) * ROUNDING);
    expect(largest).toBeGreaterThan(Math.exp(epsilon.count) * 0.99);
  });
});

describe('the published shares of an item', () => {
  const N = 4;
  const counts = Array.from({ length: N + 1 }, (_, count) => countsOf(count, N));

  /** Shares at level 1, 2, 3 and 4 or above, after clamping, pooling and rounding -> probability. */
  function sharesOf(levels: readonly number[]): Map<string, number> {
    const found = new Map<string, number>();
    const drawn = levels.map((level) => [...counts[level]!]);
    for (const [a, pa] of drawn[0]!)
      for (const [b, pb] of drawn[1]!)
        for (const [c, pc] of drawn[2]!)
          for (const [d, pd] of drawn[3]!) {
            const shares = String(nonIncreasing([a, b, c, d]).map((pooled) => pooledShareOf(pooled, 0)));
            found.set(shares, (found.get(shares) ?? 0) + pa * pb * pc * pd);
          }
    return found;
  }

  it('together tell by e^(4 epsilon) at most what one answered', () => {
    const all = new Map<string, Map<string, number>>();
    for (let a = 0; a <= N; a++)
      for (let b = 0; b <= a; b++)
        for (let c = 0; c <= b; c++) for (let d = 0; d <= c; d++) all.set(String([a, b, c, d]), sharesOf([a, b, c, d]));
    let largest = 1;
    for (const [name, shares] of all) {
      const levels = name.split(',').map(Number);
      // One who answered level 0 answers level 1, 2, 3 or 4 instead: so many counts rise by one.
      for (let to = 1; to <= 4; to++) {
        const neighbour = all.get(String(levels.map((count, place) => (place < to ? count + 1 : count))));
        if (!neighbour) continue;
        const ratio = largestRatio(shares, neighbour);
        expect(ratio).toBeLessThanOrEqual(Math.exp(to * epsilon.count) * ROUNDING);
        largest = Math.max(largest, ratio);
      }
    }
    expect(largest).toBeGreaterThan(Math.exp(2 * epsilon.count));
  });

  it('lie between 0 and 100 and never rise', () => {
    for (const shares of sharesOf([4, 3, 1, 0]).keys()) {
      const values = shares.split(',').map(Number);
      expect(values).toEqual(values.toSorted((a, b) => b - a));
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...values)).toBeLessThanOrEqual(100);
    }
  });
});

describe('pooledShareOf', () => {
  it('rounds half up to per cents of the middle of the band, and tells no exact n', () => {
    expect(pooledShareOf({ sum: 21, size: 1 }, 40)).toBe(50);
    expect(pooledShareOf({ sum: 21, size: 2 }, 40)).toBe(25);
    expect(pooledShareOf({ sum: 1, size: 1 }, 198)).toBe(1);
    expect(pooledShareOf({ sum: 44, size: 1 }, 40)).toBe(100);
  });
});
