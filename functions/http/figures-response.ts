import type { Context } from 'hono';
import type { Lang } from '#contracts/text';
import type { FiguresTable } from '#views/figures-table';
import type { View } from '#views/view';
import { type Format, MEDIA_TYPES } from './private-formats.ts';
import { compileSpec, renderSvg } from './svg.ts';

/** Answers with one of the shapes of the same figures; only the one asked for is made. */
export async function figuresResponse(
  c: Context,
  format: Exclude<Format, 'json'>,
  figures: { view: () => View; table: () => FiguresTable; lang: Lang },
  headers: Record<string, string>,
): Promise<Response> {
  const all = { 'Content-Language': figures.lang, ...headers };
  if (format === 'vl.json') {
    return c.body(JSON.stringify(figures.view().spec), 200, { 'Content-Type': MEDIA_TYPES['vl.json'], ...all });
  }
  if (format === 'vg.json') {
    const compiled = await compileSpec(figures.view().spec);
    return c.body(JSON.stringify(compiled), 200, { 'Content-Type': MEDIA_TYPES['vg.json'], ...all });
  }
  if (format === 'csv') {
    return c.body(await csvText(figures.table()), 200, {
      'Content-Type': 'text/csv; charset=utf-8; header=present',
      ...all,
    });
  }
  return svgResponse(c, figures.view, figures.lang, headers);
}

/** A picture as SVG. */
export async function svgResponse(
  c: Context,
  view: () => View,
  lang: Lang,
  headers: Record<string, string>,
): Promise<Response> {
  return c.body(await renderSvg(view().spec, lang), 200, {
    'Content-Type': 'image/svg+xml; charset=utf-8',
    // Vega writes inline styles; opened as a page of its own, the picture may do nothing else.
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
    'Content-Language': lang,
    ...headers,
  });
}

/** RFC 4180 with a header line. Formulas are defused: spreadsheets run what begins with "=". */
async function csvText({ columns, rows }: FiguresTable): Promise<string> {
  const { stringify } = await import('csv-stringify/sync');
  return stringify(rows, {
    header: true,
    columns,
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { boolean: String },
  });
}
