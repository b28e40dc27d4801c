import { parseAccept } from 'hono/utils/accept';
import { problem } from './problem.ts';

/**
 * The shapes an answer comes in: figures with spec and words, the Vega-Lite spec alone, the same compiled to Vega (a
 * page that draws it needs no compiler), the drawn picture, the table.
 */
export type Format = 'json' | 'vl.json' | 'vg.json' | 'svg' | 'csv';

export const MEDIA_TYPES: Record<Format, string> = {
  json: 'application/json',
  'vl.json': 'application/vnd.vegalite.v6+json',
  'vg.json': 'application/vnd.vega.v6+json',
  svg: 'image/svg+xml',
  csv: 'text/csv',
};

const FORMATS = Object.keys(MEDIA_TYPES) as Format[];
/** Any spelling of Vega-Lite 6, or of no version. */
const VEGA_LITE = /^application\/vnd\.vegalite(\.v6(\.\d+){0,2})?\+json$/;

/**
 * The format a private answer takes, by `Accept` (RFC 9110, 12.5.1): the most specific entry that matches a format gives
 * its weight; of equals JSON wins, then specs, picture and table.
 *
 * @throws ProblemError `not-acceptable` when the header admits none
 */
export function negotiateFormat(accept: string | undefined): Format {
  if (accept === undefined || accept.trim() === '') return 'json';
  const entries = parseAccept(accept);
  let best: { format: Format; weight: number } | undefined;
  for (const format of FORMATS) {
    let matched = { specificity: 0, weight: 0 };
    for (const { type, q } of entries) {
      const specificity = specificityOf(type.toLowerCase(), format);
      if (specificity > matched.specificity) matched = { specificity, weight: q };
    }
    if (matched.weight > (best?.weight ?? 0)) best = { format, weight: matched.weight };
  }
  if (best) return best.format;
  throw problem('not-acceptable', { available: Object.values(MEDIA_TYPES).join(', ') });
}

/** 3 for the type itself, 2 for `image/*`, 1 for `*` `/*`, 0 for no match. */
function specificityOf(range: string, format: Format): 0 | 1 | 2 | 3 {
  if (range === MEDIA_TYPES[format] || (format === 'vl.json' && VEGA_LITE.test(range))) return 3;
  if (range === `${MEDIA_TYPES[format].split('/')[0]}/*`) return 2;
  return range === '*/*' ? 1 : 0;
}
