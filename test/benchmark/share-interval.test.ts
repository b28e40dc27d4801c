import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cumulativeShares } from '#disclosure/figures';
import { POLICY } from '#disclosure/policy';
import { roundedShareInterval, Z_975 } from '#statistics/share-interval';
import { wilson } from '#statistics/wilson';

describe('roundedShareInterval', () => {
  it('holds Wilson’s interval of the exact share, whatever the rounding and the words hide', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 1200 }), fc.nat(1000), (n, part) => {
        const count = Math.round((part * n) / 1000);
        const [share] = cumulativeShares([count], n, POLICY);
        const shown = n - (n % 5);
        const told = roundedShareInterval(share!, shown, POLICY);
        const exact = wilson(count / n, n);
        expect(told.lower).toBeLessThanOrEqual(100 * exact.lower + 1e-6);
        expect(told.upper).toBeGreaterThanOrEqual(100 * exact.upper - 1e-6);
      }),
    );
  });

  it('is wider at 97.5 %', () => {
    const [one, both] = [roundedShareInterval(50, 100, POLICY), roundedShareInterval(50, 100, POLICY, Z_975)];
    expect(one).toEqual({ lower: 37, upper: 63 });
    expect(both.lower).toBeLessThan(one.lower);
    expect(both.upper).toBeGreaterThan(one.upper);
  });
});
