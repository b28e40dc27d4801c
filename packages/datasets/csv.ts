import { stringify } from 'csv-stringify/sync';
import type { DatasetFile, Table } from './table.ts';

/**
 * A table as CSV of RFC 4180: comma, CRLF, UTF-8 without a mark, names in the first line, an empty field for no value.
 * No field can begin a formula, however a spreadsheet cuts the line.
 */
export function csvFile(table: Table): DatasetFile {
  const text = stringify(
    table.rows.map((row) => row.map((value) => (typeof value === 'string' ? withoutInnerFormulas(value) : value))),
    {
      header: true,
      columns: table.columns.map(({ name }) => name),
      record_delimiter: '\r\n',
      escape_formulas: true,
      // Read as logical by R, pandas and spreadsheets alike.
      cast: { boolean: (value) => (value ? 'TRUE' : 'FALSE') },
    },
  );
  return {
    path: `${table.name}.csv`,
    bytes: new TextEncoder().encode(text),
    mediaType: 'text/csv; charset=utf-8; header=present',
  };
}

/** A German spreadsheet cuts lines at semicolons too, so a formula may not stand behind one either. */
function withoutInnerFormulas(text: string): string {
  return text.replace(/([;\t\r\n]["'\s]*)(?=[=+@\uFF1D\uFF0B\uFF0D\uFF20-])/g, "$1'");
}
