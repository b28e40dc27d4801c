import { describe, expect, it } from 'vitest';
import { checkedPolicy, PolicyError } from '#disclosure/checked-policy';
import { POLICY, shownCuts } from '#disclosure/policy';

describe('checkedPolicy', () => {
  it('gives the floor when nothing is overridden', () => {
    expect(checkedPolicy()).toEqual(POLICY);
  });

  it.each([
    [{ k: 9 }, /policy k: 9 is looser/],
    [{ minOpenParticipations: 29 }, /minOpenParticipations/],
    [{ k: 12, minOpenParticipations: 30 }, /three times k/],
    [{ minSlice: 4 }, /minSlice/],
    [{ homogeneityPercent: 90 }, /homogeneityPercent/],
    [{ shareRoundedTo: 1 }, /shareRoundedTo/],
    [{ shareRoundedTo: 30 }, /divide 100/],
    [{ participationsRoundedTo: 1 }, /participationsRoundedTo/],
    [{ isolationBases: 10 }, /isolationBases/],
    [{ minDaysBetweenReleases: 0 }, /stamped "demo"/],
    [{ cutLadder: [{ fromN: 10, stepPermille: 250 }] }, /cutLadder.0/],
    [{ cutLadder: [{ fromN: 20, stepPermille: 300 }] }, /divide 1000/],
    [{ k: 'ten' as never }, /policy k/],
  ])('refuses %o', (overrides, message) => {
    expect(() => checkedPolicy(overrides)).toThrow(PolicyError);
    expect(() => checkedPolicy(overrides)).toThrow(message);
  });

  it('accepts stricter values, and no pause between releases in a demo', () => {
    expect(checkedPolicy({ k: 15, minOpenParticipations: 45, cutLadder: [{ fromN: 20, stepPermille: 500 }] }).k).toBe(
      15,
    );
    expect(checkedPolicy({ stamp: 'demo', minDaysBetweenReleases: 0 }).minDaysBetweenReleases).toBe(0);
  });
});

describe('shownCuts', () => {
  it.each([
    [9, []],
    [10, [500]],
    [19, [500]],
    [20, [250, 500, 750]],
    [39, [250, 500, 750]],
    [40, [125, 250, 375, 500, 625, 750, 875]],
  ])('n = %i shows %o', (n, cuts) => {
    expect(shownCuts(n, POLICY)).toEqual(cuts);
  });

  it('shows 19 cuts from 100 and 99 from 500, each slice of at least five', () => {
    expect(shownCuts(100, POLICY)).toHaveLength(19);
    expect(shownCuts(500, POLICY)).toHaveLength(99);
    for (let n = 10; n <= 1200; n++) {
      const [step = 1000] = shownCuts(n, POLICY);
      expect((n * step) / 1000).toBeGreaterThanOrEqual(POLICY.minSlice);
    }
  });
});
