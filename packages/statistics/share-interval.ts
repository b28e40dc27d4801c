import type { Policy } from '#contracts/policy';
import type { Share } from '#contracts/release';
import { type Interval, wilson, Z_95 } from './wilson.ts';

/** Normal quantile of a two-sided interval of 97.5 %, one side of a difference. */
export const Z_975 = 2.2414027276049464;

/**
 * Between which shares the share in the whole field may lie, told from a published, rounded share alone: Wilson's limits
 * at both ends of what the rounding may hide. "Almost none" stands for fewer than `minSlice`, "almost all" for all but
 * fewer.
 *
 * @param share as published
 * @param participations the shown n; being rounded down, it errs on the wide side
 * @param z normal quantile, `Z_95` or `Z_975`
 * @returns percent, 0 to 100, rounded outward to whole ones
 * @example
 * roundedShareInterval(50, 100, { minSlice: 5, shareRoundedTo: 5 }); // => { lower: 37, upper: 63 }
 */
export function roundedShareInterval(
  share: Share,
  participations: number,
  policy: Pick<Policy, 'minSlice' | 'shareRoundedTo'>,
  z: number = Z_95,
): Interval {
  const [from, to] = hiddenBy(share, participations, policy);
  return {
    lower: Math.floor(100 * wilson(from, participations, z).lower + 1e-9),
    upper: Math.ceil(100 * wilson(to, participations, z).upper - 1e-9),
  };
}

/** The smallest and the largest share that are published as this one. */
function hiddenBy(
  share: Share,
  n: number,
  { minSlice, shareRoundedTo }: Pick<Policy, 'minSlice' | 'shareRoundedTo'>,
): [number, number] {
  const few = Math.min(1, minSlice / n);
  if (share === 'almost-none') return [0, few];
  if (share === 'almost-all') return [1 - few, 1];
  let step = shareRoundedTo;
  while (step < 50 && (100 % step !== 0 || step * n < 100 * minSlice)) step += shareRoundedTo;
  return [Math.max(0, share - step / 2) / 100, Math.min(100, share + step / 2) / 100];
}
