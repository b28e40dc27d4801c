import { parse } from 'csv-parse/sync';
import { CannotRun } from '#functions/local/cannot-run';

/** One record of a file: the physical line it begins on (1 is the file's first) and its trimmed cells. */
export interface CsvRow {
  line: number;
  cells: string[];
}

export interface CsvFile {
  /** Trimmed names of the first record. */
  header: string[];
  /** Records after the header; those with nothing in them are left out. */
  rows: CsvRow[];
  delimiter: ',' | ';' | '\t';
  encoding: Encoding;
}

export type Encoding = 'utf-8' | 'windows-1252' | 'utf-16';

/**
 * Reads a spreadsheet's export. Delimiter: comma, semicolon or tab, whichever makes the header hold the most of
 * `knownColumns`. Line ends: CRLF, LF, CR, also mixed. Cells may be quoted and hold line ends. Text: see `decode`.
 * `name` is how the file is called in messages. Throws `CannotRun` where a cell's end cannot be told for certain.
 */
export function readCsv(bytes: Uint8Array, name: string, knownColumns: readonly string[]): CsvFile {
  const { text, encoding } = decode(bytes, name);
  const hint = /^"?sep=([,;\t])"?(\r\n|\n|\r)/i.exec(text); // Excel's own first line, naming the delimiter
  const body = hint ? text.slice(hint[0].length) : text;
  const delimiter = (hint?.[1] as CsvFile['delimiter'] | undefined) ?? delimiterOf(body, knownColumns);
  const records = recordsOf(body, delimiter, hint ? 2 : 1, name);
  const [first, ...rest] = records;
  if (!first) throw new CannotRun(`${name} is empty: a header line is needed.`);
  return { header: first.cells, rows: rest, delimiter, encoding };
}

/**
 * UTF-8 with or without a byte order mark, UTF-16 with one, else Windows-1252 (what Excel writes as plain "CSV" on a
 * German Windows), as long as no byte in it is undefined there. Composed to NFC: a key must not depend on who typed it.
 */
export function decode(bytes: Uint8Array, name: string): { text: string; encoding: Encoding } {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  if (utf16) return { text: new TextDecoder(utf16).decode(bytes).normalize('NFC'), encoding: 'utf-16' };
  if (bytes.includes(0)) throw new CannotRun(`${name} is not a text file: save it as "CSV UTF-8" and try again.`);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes).normalize('NFC'), encoding: 'utf-8' };
  } catch {
    return { text: decodeWindows1252(bytes, name).normalize('NFC'), encoding: 'windows-1252' };
  }
}

/** What Windows-1252 has at 0x80 to 0x9f; a space where it has nothing. */
const WINDOWS_1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** By hand: TextDecoder('windows-1252') of Node 20 decodes Latin-1 instead. */
function decodeWindows1252(bytes: Uint8Array, name: string): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (character) => {
      const byte = character.charCodeAt(0);
      const symbol = WINDOWS_1252[byte - 0x80] ?? ' ';
      if (symbol === ' ')
        throw new CannotRun(
          `${name} is neither UTF-8 nor Windows-1252 (byte 0x${byte.toString(16)}): save it as "CSV UTF-8" and try again.`,
        );
      return symbol;
    });
}

/** The delimiter that finds the most known columns in the first line; a comma where none finds any. */
function delimiterOf(text: string, knownColumns: readonly string[]): CsvFile['delimiter'] {
  const known = new Set(knownColumns.map((column) => column.toLowerCase()));
  const firstLine = /^(?:\s*(?:\r\n|\n|\r))*([^\r\n]*)/.exec(text)?.[1] ?? '';
  const found = (delimiter: string) =>
    firstLine.split(delimiter).filter((cell) => known.has(cell.trim().replace(/^"|"$/g, '').trim().toLowerCase()))
      .length;
  const candidates: CsvFile['delimiter'][] = [',', ';', '\t'];
  return candidates.reduce((best, candidate) => (found(candidate) > found(best) ? candidate : best));
}

/** Characters of one row; the longest that makes sense has some thousand. */
const ROW_LIMIT = 100_000;

function recordsOf(text: string, delimiter: string, firstLine: number, name: string): CsvRow[] {
  const records: CsvRow[] = [];
  let line = firstLine;
  try {
    parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      max_record_size: ROW_LIMIT,
      raw: true,
      info: true,
      on_record: (record: unknown, context) => {
        const cells = (record as { record: string[] }).record.map((cell) => cell.trim());
        if (cells.some((cell) => cell !== '')) records.push({ line, cells });
        // Counted from the raw text: the parser's own count takes a CRLF inside quotes for two lines.
        line += 1 + ((context.raw ?? '').replace(/(\r\n|\n|\r)$/, '').match(/\r\n|\n|\r/g)?.length ?? 0);
        return null;
      },
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === '') throw error;
    const what =
      code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'a quoted cell begins and never ends'
        : code === 'CSV_MAX_RECORD_SIZE'
          ? `the row has more than ${ROW_LIMIT} characters (is a closing quotation mark missing?)`
          : 'a quotation mark stands inside a cell (write it twice, and put the cell in quotation marks)';
    throw new CannotRun(`${name}, line ${line}: ${what}. Nothing was sent.`);
  }
  return records;
}
