import { Readable } from 'node:stream';
import { CsvError, type Options, parse as streamParser } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import type { LocalText } from '#contracts/text';
import { detectEncoding, type Encoding, textOf } from './encoding.ts';
import { refuseFile } from './refusal.ts';
import type { Table, TableRow } from './table.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
const LINE_ENDS = ['\r\n', '\n', '\r'];
/** Characters of one row; the longest that makes sense has some thousand. */
const ROW_LIMIT = 100_000;
/** Characters, and records, in which the header is looked for. */
const HEAD = { characters: 200_000, records: 20 };

/** How a file's lines are written. */
interface Form {
  delimiter: string;
  /** Characters and lines before the table: Excel's own first line, `sep=;`. */
  preamble: { characters: number; lines: number };
  /** Each line is one quoted cell, as a spreadsheet leaves a file whose delimiter it did not know; this is the one within. */
  within?: string;
}

/**
 * Opens a spreadsheet's export. Delimiter: comma, semicolon, tab or bar, whichever makes the header hold the most of the
 * known columns. Line ends: CRLF, LF, CR, also mixed. Cells may be quoted and hold line ends. Text: see `detectEncoding`.
 * While rows are read, throws a Refusal where a cell's end cannot be told for certain.
 */
export async function openCsv(file: string, isKnown: (title: string) => boolean): Promise<Table> {
  const { encoding, fault } = await detectEncoding(file, file);
  const head = await headOf(file, encoding);
  const form = formOf(head, isKnown);
  return {
    name: file,
    isWorkbook: false,
    notes: await notesOf(file, encoding, form),
    rows: () => rowsOf(file, encoding, form),
    ...(fault ? { fault } : {}),
  };
}

async function headOf(file: string, encoding: Encoding): Promise<string> {
  let head = '';
  for await (const piece of textOf(file, encoding, file)) {
    head += piece;
    if (head.length >= HEAD.characters) break;
  }
  return head;
}

/** `sep=;`, also quoted or padded by the spreadsheet that saved the file again. */
const SEPARATOR_LINE = /^\s*"?sep=(\t|\S)"?[,;\t|"]*(?:\r\n|\n|\r|$)/i;

function formOf(head: string, isKnown: (title: string) => boolean): Form {
  const hint = SEPARATOR_LINE.exec(head);
  const preamble = { characters: hint?.[0].length ?? 0, lines: hint ? 1 : 0 };
  const text = head.slice(preamble.characters);
  const found = (body: string, delimiter: string) =>
    Math.max(0, ...firstRecords(body, delimiter).map((cells) => cells.filter(isKnown).length));
  const best = (body: string) =>
    // What the file itself names comes first, and wins where none is better.
    [hint?.[1], ...DELIMITERS]
      .filter((delimiter) => delimiter !== undefined)
      .map((delimiter) => ({ delimiter, known: found(body, delimiter) }))
      .reduce((one, other) => (other.known > one.known ? other : one));

  const outer = best(text);
  if (outer.known <= 1)
    for (const delimiter of DELIMITERS) {
      const lines = firstRecords(text, delimiter, { relax_quotes: false });
      if (lines.length === 0 || lines.some((cells) => cells.slice(1).some((cell) => cell.trim() !== ''))) continue;
      const within = best(lines.map(([cell]) => cell).join('\n'));
      if (within.known > Math.max(outer.known, 1)) return { delimiter, preamble, within: within.delimiter };
    }
  return { delimiter: outer.delimiter, preamble };
}

function firstRecords(text: string, delimiter: string, more: Options = { relax_quotes: true }): string[][] {
  try {
    const options: Options = { ...PARSING, delimiter, to: HEAD.records, ...more };
    return parse(text, options) as unknown as string[][];
  } catch {
    return [];
  }
}

const PARSING: Options = {
  record_delimiter: LINE_ENDS,
  relax_column_count: true,
  skip_empty_lines: true,
  max_record_size: ROW_LIMIT,
};

async function* rowsOf(file: string, encoding: Encoding, form: Form): AsyncGenerator<TableRow> {
  // Of the record that the parser is at, which may be ahead of the one that is read.
  let line = form.preamble.lines + 1;
  const options: Options = {
    ...PARSING,
    skip_empty_lines: false,
    delimiter: form.delimiter,
    raw: true,
    on_record: (record: unknown, { raw = '' }) => {
      const { record: cells } = record as { record: string[] };
      const row: TableRow = { line, cells: form.within === undefined ? cells : unwrapped(cells, form.within) };
      // Counted from the raw text: the parser's own count takes a CRLF inside quotes for two lines.
      line += 1 + (raw.replace(/(\r\n|\n|\r)$/, '').match(/\r\n|\n|\r/g)?.length ?? 0);
      return row as unknown as string[];
    },
  };
  const parser = streamParser(options);
  const source = Readable.from(withoutStart(textOf(file, encoding, file), form.preamble.characters));
  source.once('error', (error) => parser.destroy(error)).pipe(parser);
  try {
    for await (const row of parser as AsyncIterable<TableRow>)
      if (row.cells.some((cell) => cell.trim() !== '')) yield row;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw refuseFile(file, FAULTS[error.code] ?? STRAY_QUOTE, line);
  } finally {
    source.destroy();
  }
}

const unwrapped = ([line = '', ...rest]: string[], delimiter: string): string[] =>
  rest.some((cell) => cell.trim() !== '') ? [line, ...rest] : (firstRecords(line, delimiter)[0] ?? ['']);

async function* withoutStart(pieces: AsyncIterable<string>, characters: number): AsyncGenerator<string> {
  let left = characters;
  for await (const piece of pieces) {
    yield piece.slice(Math.min(left, piece.length));
    left -= Math.min(left, piece.length);
  }
}

/** Windows-1252 is a guess, so three cells show what it makes of the file. */
async function notesOf(file: string, encoding: Encoding, form: Form): Promise<LocalText[]> {
  const notes: LocalText[] = [];
  if (encoding === 'windows-1252') {
    const samples = new Set<string>();
    for await (const { cells } of rowsOf(file, encoding, form)) {
      for (const cell of cells) if (/[^\0-\x7f]/.test(cell) && samples.size < 3) samples.add(cell.trim().slice(0, 60));
      if (samples.size === 3) break;
    }
    notes.push({
      de: `${file} ist kein UTF-8; gelesen als Windows-1252, zum Beispiel: ${[...samples].map((text) => `„${text}“`).join(', ')}.`,
      en: `${file} is not UTF-8; read as Windows-1252, for example: ${[...samples].map((text) => `"${text}"`).join(', ')}.`,
    });
  } else if (encoding !== 'utf-8')
    notes.push({ de: `${file} wird als UTF-16 gelesen.`, en: `${file} is read as UTF-16.` });
  if (form.within !== undefined)
    notes.push({
      de: `${file}: Jede Zeile steht in einer einzigen Zelle (eine Tabellenkalkulation hat das Trennzeichen nicht erkannt); gelesen werden die Spalten darin.`,
      en: `${file}: every line stands in a single cell (a spreadsheet did not know the delimiter); the columns within it are read.`,
    });
  return notes;
}

const STRAY_QUOTE: LocalText = {
  de: 'innerhalb einer Zelle steht ein Anführungszeichen (verdoppeln Sie es und setzen Sie die Zelle in Anführungszeichen)',
  en: 'a quotation mark stands inside a cell (write it twice, and put the cell in quotation marks)',
};

const FAULTS: Record<string, LocalText> = {
  CSV_QUOTE_NOT_CLOSED: {
    de: 'eine Zelle beginnt mit einem Anführungszeichen, das nirgends schließt',
    en: 'a quoted cell begins and never ends',
  },
  CSV_MAX_RECORD_SIZE: {
    de: `die Zeile hat mehr als ${ROW_LIMIT} Zeichen (fehlt ein schließendes Anführungszeichen?)`,
    en: `the row has more than ${ROW_LIMIT} characters (is a closing quotation mark missing?)`,
  },
};
