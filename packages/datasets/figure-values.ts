import type { Policy } from '#contracts/policy';
import type { ItemFigures, QuestionFigures, Share } from '#contracts/release';
import { cutEstimate, outward } from '#standing/cut-estimate';
import type { Terms } from '#standing/place-score';
import { itemRanges, questionRanges, shareRange } from '#standing/share-ranges';
import { cutNoiseError, shareNoiseError } from '#statistics/noise-error';
import type { QuantilePoint } from '#statistics/published-quantile';
import type { Interval } from '#statistics/wilson';
import { bandMiddle, RELEASED, STATUS_COLUMNS, SUPPRESSED, whole } from './columns.ts';
import type { Column, Value } from './table.ts';

/** How a figure stands in a table: value, 95 % limits, the noise's own standard error, status. The same in every table. */
export function figureColumns(given: {
  title: string;
  description: string;
  range: Pick<Column, 'unit' | 'minimum' | 'maximum'>;
  /** Where limits are empty beside a value. */
  limits?: string;
}): Column[] {
  const { title, description, range, limits } = given;
  const also = limits ? `; ${limits}` : '.';
  const limit = (name: string, which: string) =>
    whole(
      name,
      `${which} limit of 95 %`,
      `Between lower and upper the true figure of the whole field lies in 95 of 100 cases, if participants were a random sample of it: chance, noise, rounding and the band of n together. Empty where suppressed${also}`,
      range,
    );
  return [
    whole('value', title, `${description} Empty where suppressed.`, range),
    limit('lower', 'Lower'),
    limit('upper', 'Upper'),
    {
      ...whole(
        'noise_se',
        'Standard error of the noise alone',
        `By how much the figure was moved at random, as a standard error; chance comes on top. Empty where suppressed${also}`,
        range.unit === undefined ? {} : { unit: range.unit, minimum: 0 },
      ),
      type: 'number',
    },
    ...STATUS_COLUMNS,
  ];
}

/** The values of `figureColumns` where nothing is published. */
export const HIDDEN: Value[] = [null, null, null, null, ...SUPPRESSED];

/** Of a published cut. `least`: what there can be at least, 0 for scores and -100 for changes. */
export function cutValues(
  cuts: readonly QuantilePoint[],
  { permille, value }: QuantilePoint,
  n: number,
  { terms, least }: { terms: Terms; least: number },
): Value[] {
  const estimate = cutEstimate(cuts, permille, { n }, terms);
  const error = cutNoiseError(cuts, permille, n, { epsilon: terms.epsilon.cut, step: terms.step });
  return published(value, estimate && outward(estimate, least, 100), error);
}

/** Of an item's shares, in the order level 1 to 4 or above, does not apply, don't know. */
export function itemValues(figures: ItemFigures, n: number, policy: Policy): Value[][] {
  const ranges = itemRanges(figures, n, policy);
  const of = (share: Share, range: Interval) => published(share, range, countError(share, n, policy));
  return [
    ...figures.atLeast.map((share, place) => of(share, ranges.atLeast[place]!)),
    of(figures.notApplicable, ranges.notApplicable),
    of(figures.dontKnow, ranges.dontKnow),
  ];
}

/** Of a question's shares, by code. */
export function questionValues(figures: QuestionFigures, policy: Policy): Record<string, Value[]> {
  const ranges = questionRanges(figures, policy);
  const error = (share: Share) => shareNoiseError(share, bandMiddle(figures.base, policy), policy.epsilon.count, true);
  return Object.fromEntries(
    Object.entries(figures.shares).map(([code, share]) => [code, published(share, ranges[code]!, error(share))]),
  );
}

/** Of the share of matched organisations that moved one way. */
export function changeShareValues(share: Share, n: number, policy: Policy): Value[] {
  return published(share, shareRange(share, n, policy), countError(share, n, policy));
}

const countError = (share: Share, n: number, policy: Policy) =>
  shareNoiseError(share, bandMiddle(n, policy), policy.epsilon.count);

function published(value: number, limits: Interval | null, error: number | null): Value[] {
  return [value, limits?.lower ?? null, limits?.upper ?? null, error && Math.round(100 * error) / 100, ...RELEASED];
}
