import { describe, expect, it } from 'vitest';
import { exponentialCut } from '#disclosure/exponential';
import { geometric } from '#disclosure/geometric';
import { POLICY, shownCuts } from '#disclosure/policy';
import { countNoiseError, cutNoiseError, shareNoiseError } from '#statistics/noise-error';
import { randomFrom } from '../bench/synthetic.ts';

const deviation = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);

describe('the standard error of the noise', () => {
  it('of a count is what the mechanism draws', () => {
    const random = randomFrom(3);
    const drawn = Array.from({ length: 40_000 }, () => geometric(1 - random(), POLICY.epsilon.count));
    expect(deviation(drawn)).toBeCloseTo(countNoiseError(POLICY.epsilon.count), 1);
    expect(countNoiseError(0.5)).toBeCloseTo(2.8, 1);
  });

  it('of a share falls with n, and is larger where the base is drawn too', () => {
    expect(shareNoiseError(30, 52, 0.5)).toBeCloseTo((100 * countNoiseError(0.5)) / 52, 9);
    expect(shareNoiseError(100, 52, 0.5, true)).toBeCloseTo(Math.SQRT2 * shareNoiseError(100, 52, 0.5), 9);
    const random = randomFrom(4);
    const noise = () => geometric(1 - random(), 0.5);
    const moved = Array.from({ length: 20_000 }, () => 100 * ((120 + noise()) / (200 + noise()) - 0.6));
    expect(deviation(moved)).toBeCloseTo(shareNoiseError(60, 200, 0.5, true), 1);
  });

  it.each([60, 100, 200])('of a cut of %i lies within a quarter of the simulated one', (n) => {
    const random = randomFrom(n);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    for (const permille of [250, 500, 750].filter((cut) => shownCuts(n, POLICY.cutLadder).includes(cut))) {
      const misses: number[] = [];
      const told: number[] = [];
      for (let round = 0; round < 400; round++) {
        const counts = new Uint32Array(21);
        const scores = Array.from({ length: n }, () => Math.max(0, Math.min(20, Math.round((45 + 17 * normal()) / 5))));
        for (const score of scores) counts[score]! += 1;
        const values = shownCuts(n, POLICY.cutLadder)
          .map((cut) => 5 * exponentialCut(counts, cut, POLICY.epsilon.cut, 1 - random()))
          .toSorted((a, b) => a - b);
        const cuts = shownCuts(n, POLICY.cutLadder).map((cut, place) => ({ permille: cut, value: values[place]! }));
        const sorted = scores.toSorted((a, b) => a - b);
        const place = ((n - 1) * permille) / 1000;
        const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
        misses.push(cuts.find((cut) => cut.permille === permille)!.value - 5 * (below + (above - below) * (place % 1)));
        told.push(cutNoiseError(cuts, permille, n, { epsilon: POLICY.epsilon.cut, step: 5 })!);
      }
      const ratio = told.reduce((sum, one) => sum + one, 0) / told.length / deviation(misses);
      expect(ratio, `${permille}`).toBeGreaterThan(0.75);
      expect(ratio, `${permille}`).toBeLessThan(1.45);
    }
  });

  it('of a cut is not known beyond the outermost cuts', () => {
    expect(cutNoiseError([{ permille: 500, value: 50 }], 500, 20, { epsilon: 0.7, step: 5 })).toBeNull();
  });
});
