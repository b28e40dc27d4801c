import { type Options, stringify } from 'csv-stringify/sync';
import type { Lang } from '#contracts/text';

/**
 * How CSV is written so that a double click opens it as a table: with a mark, because spreadsheets else take UTF-8 for the
 * system's code page, and with a semicolon where the decimal sign is a comma. No cell is run as a formula.
 */
export function csvOptions(lang: Lang): Options {
  return { delimiter: lang === 'de' ? ';' : ',', record_delimiter: '\r\n', escape_formulas: true };
}

export const BYTE_ORDER_MARK = '\ufeff';

/** A small table as text. */
export function spreadsheetCsv(rows: readonly (readonly string[])[], columns: readonly string[], lang: Lang): string {
  return (
    BYTE_ORDER_MARK +
    stringify(
      [columns, ...rows].map((row) => [...row]),
      csvOptions(lang),
    )
  );
}

/** A cell as it was before it was kept from being run as a formula. */
export const withoutEscape = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/, '');
