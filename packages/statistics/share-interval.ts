import { type Interval, Z_95 } from './wilson.ts';

/** What a published share was made by. */
export interface ShareDraw {
  /** The shown n, 1 or more. */
  shown: number;
  /** n is shown rounded down to a multiple of this. */
  roundedTo: number;
  /** Of the two-sided geometric noise of a count. */
  epsilon: number;
  /** n is drawn too, as the base of a question is. */
  isBaseDrawn?: boolean;
}

/** Organisations, in units of 1 / epsilon, that hold 95 % of a two-sided geometric count: 7 at epsilon 0.5, which hold 97 %. */
const NOISE_CONSTANT = 3.5;

/** Half of the whole per cent that shares are rounded to. */
const ROUNDING = 0.005;

/**
 * Between which shares the share in the whole field may lie, told from a published, perturbed one; 95 %. All shares p that
 * lie within chance and noise of what was seen: (seen - p)^2 <= z^2 p (1 - p) f^2 / n + w^2. That is Wilson's score interval
 * (Wilson 1927, JASA 22, 209-212) with the noise's half-width w in the same square, solved for p. Chance is taken at p, not
 * at the published share, whose own would be none at 0. Seen is whatever the published number can stand for: it is
 * rounded, and a share of the middle of a band that n may lie anywhere in; the outermost limits count.
 *
 * @param percent as published, 0 to 100
 * @param populationFactor f, of chance alone (`finite-population.ts`); 1 for a field without end
 * @returns per cents, within 0 and 100, not rounded
 * @throws RangeError if the share or n is out of range
 * @example
 * shareInterval(50, { shown: 100, roundedTo: 5, epsilon: 0.5 }); // => { lower: 37.09, upper: 63.30 }
 */
export function shareInterval(percent: number, draw: ShareDraw, populationFactor = 1): Interval {
  const { shown, roundedTo, epsilon, isBaseDrawn = false } = draw;
  if (!(percent >= 0 && percent <= 100)) throw new RangeError(`a share is 0 to 100 per cent, not ${percent}`);
  if (!(shown >= 1)) throw new RangeError(`participations must be 1 or more, not ${shown}`);
  const share = percent / 100;
  const limits = [shown, shown + roundedTo - 1].map((n) => {
    const counted = (rounded: number) => ((share + rounded) * (shown + Math.floor(roundedTo / 2))) / n;
    const width = {
      chance: (Z_95 * populationFactor) ** 2 / n,
      noise: (NOISE_CONSTANT / (epsilon * n)) ** 2,
      isBaseDrawn,
    };
    return { lower: limit(counted(-ROUNDING), width, -1), upper: limit(counted(ROUNDING), width, 1) };
  });
  return {
    lower: 100 * Math.max(0, Math.min(...limits.map(({ lower }) => lower))),
    upper: 100 * Math.min(1, Math.max(...limits.map(({ upper }) => upper))),
  };
}

/** The outer root of (seen - p)^2 = chance p (1 - p) + noise, or noise (1 + p^2) where the base carries the same noise. */
function limit(
  seen: number,
  { chance, noise, isBaseDrawn }: { chance: number; noise: number; isBaseDrawn: boolean },
  side: -1 | 1,
): number {
  const square = 1 + chance - (isBaseDrawn ? noise : 0);
  const half = seen + chance / 2;
  return (half + side * Math.sqrt(Math.max(0, half ** 2 - square * (seen ** 2 - noise)))) / square;
}
