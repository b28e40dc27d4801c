import { describe, expect, it } from 'vitest';
import { checkedPolicy, PolicyError } from '#disclosure/checked-policy';
import { POLICY, shownCuts } from '#disclosure/policy';

describe('checkedPolicy', () => {
  it('gives the floor when nothing is overridden', () => {
    expect(checkedPolicy()).toEqual(POLICY);
  });

  it.each([
    [{ minParticipations: 19 }, /policy minParticipations: 19 is looser than the floor of 20/],
    [{ minNestedDifference: 9 }, /minNestedDifference/],
    [{ minIndependent: 9 }, /minIndependent/],
    [{ participationsRoundedTo: 1 }, /participationsRoundedTo/],
    [{ itemsFromN: 39 }, /itemsFromN/],
    [{ questionsFromBase: 39 }, /questionsFromBase/],
    [{ verdictFromN: 49 }, /verdictFromN/],
    [{ rangeConstant: 4 }, /rangeConstant/],
    [{ releasesPerParticipation: 3 }, /releasesPerParticipation: 3 is looser than the most allowed, 2/],
    [{ campaignDraws: 5 }, /campaignDraws/],
    [{ epsilon: { ...POLICY.epsilon, cut: 0.8 } }, /epsilon.cut/],
    [{ epsilon: { ...POLICY.epsilon, count: 0.6 } }, /epsilon.count/],
    [{ epsilon: { ...POLICY.epsilon, participation: 0 } }, /epsilon.participation/],
    [{ quality: { ...POLICY.quality, duplicateCluster: 6 } }, /quality.duplicateCluster/],
    [{ quality: { ...POLICY.quality, minSecondsPerItem: 1 } }, /quality.minSecondsPerItem/],
    [{ minDaysBetweenReleases: 0 }, /minDaysBetweenReleases/],
    [{ cutLadder: [{ fromN: 20, permilles: [250, 500, 750] }] }, /cutLadder.0: the floor shows no cut of 250 permille/],
    [{ cutLadder: [{ fromN: 20, permilles: [250] }] }, /must contain the median/],
    [{ cutLadder: [{ fromN: 30, permilles: [500] }] }, /must begin at minParticipations/],
    [{ changeCutLadder: POLICY.cutLadder }, /changeCutLadder.1: the floor shows no cut of 250 permille from 40/],
    [{ minParticipations: 'ten' as never }, /policy minParticipations/],
  ])('refuses %o', (overrides, message) => {
    expect(() => checkedPolicy(overrides)).toThrow(PolicyError);
    expect(() => checkedPolicy(overrides)).toThrow(message);
  });

  it('accepts stricter values, and no distance between releases under a trial policy', () => {
    const strict = { minParticipations: 30, epsilon: { cut: 0.5, count: 0.4, participation: 0.4 } };
    expect(checkedPolicy(strict)).toEqual({ ...POLICY, ...strict });
    expect(checkedPolicy({ cutLadder: [{ fromN: 20, permilles: [500] }] }).cutLadder).toHaveLength(1);
    expect(checkedPolicy({ isTrial: true, minDaysBetweenReleases: 0 }).minDaysBetweenReleases).toBe(0);
  });
});

describe('shownCuts', () => {
  it.each([
    [19, []],
    [20, [500]],
    [39, [500]],
    [40, [250, 500, 750]],
    [59, [250, 500, 750]],
    [60, [100, 200, 250, 300, 400, 500, 600, 700, 750, 800, 900]],
    [199, [100, 200, 250, 300, 400, 500, 600, 700, 750, 800, 900]],
  ])('n = %i shows %o', (n, cuts) => {
    expect(shownCuts(n, POLICY.cutLadder)).toEqual(cuts);
  });

  it.each([
    [19, []],
    [59, [500]],
    [60, [250, 500, 750]],
    [199, [250, 500, 750]],
    [1000, [100, 200, 250, 300, 400, 500, 600, 700, 750, 800, 900]],
  ])('%i matched show %o', (n, cuts) => {
    expect(shownCuts(n, POLICY.changeCutLadder)).toEqual(cuts);
  });

  it('shows every 5 % from 200', () => {
    expect(shownCuts(200, POLICY.cutLadder)).toEqual(Array.from({ length: 19 }, (_, place) => 50 * (place + 1)));
  });
});
