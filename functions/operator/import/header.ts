import type { Instrument } from '#contracts/instrument';
import type { LocalText } from '#contracts/text';
import { type Column, comparable } from './columns.ts';
import type { Mapping } from './mapping.ts';
import { refuseFile } from './refusal.ts';
import type { Table, TableRow } from './table.ts';

/** Where the columns of an import stand in a file. */
export interface Header {
  line: number;
  /** How many columns the header has. */
  width: number;
  /** By position; undefined for a column that is left out. */
  places: (Place | undefined)[];
  /** Positions of columns without a name: nothing may stand there. */
  unnamed: number[];
  notes: LocalText[];
}

export interface Place {
  column: Column;
  /** Their values -> ours. */
  values: ReadonlyMap<string, string>;
  /** The code that a yes in this column means: one column for each choice of a question. */
  chosen?: string;
}

interface HeaderOptions {
  instrument: Instrument;
  columns: readonly Column[];
  findColumn: (title: string) => Column | undefined;
  mapping?: Mapping | undefined;
}

/** In so many records the header is looked for: a workbook may have a title above it. */
const WITHIN_RECORDS = 20;

/**
 * Finds the header and matches it with the instrument's columns, or with those a mapping names.
 *
 * @throws Refusal naming every unknown, repeated or missing column, before anything is sent: an unknown column may well
 *   be something that should not be sent
 */
export async function readHeader(table: Table, options: HeaderOptions): Promise<Header> {
  const { row, above } = await headerRow(table, options);
  const match = placeFinder(options);
  const places = row.cells.map(match);
  const unknown = row.cells.filter((title, at) => places[at] === undefined && title.trim() !== '');
  if (unknown.length > 0) throw refuseFile(table.name, unknownColumns(unknown, options));

  const read = places.map((place) => (place === 'left-out' ? undefined : place));
  const repeated = read.find(
    (place, at) => place && !place.chosen && read.findIndex((other) => other?.column === place.column) !== at,
  );
  if (repeated) throw refuseFile(table.name, repeatedColumn(repeated.column.name));
  refuseMissing(table.name, read, options);
  return {
    line: row.line,
    width: row.cells.length,
    places: read,
    unnamed: row.cells.flatMap((title, at) => (title.trim() === '' ? [at] : [])),
    notes: above.length > 0 ? [headerBelow(table.name, row.line, above)] : [],
  };
}

/** Whether a text may be the name of a column, of the instrument or of a mapping. */
export function isColumnTitle(options: Omit<HeaderOptions, 'instrument' | 'columns'>): (title: string) => boolean {
  const match = placeFinder(options);
  return (title) => title.trim() !== '' && match(title) !== undefined;
}

/** The first record with a known column; or, if there is none, the first. */
async function headerRow(table: Table, options: HeaderOptions): Promise<{ row: TableRow; above: TableRow[] }> {
  const isTitle = isColumnTitle(options);
  const first: TableRow[] = [];
  for await (const row of table.rows()) {
    if (row.cells.some(isTitle) && row.cells.filter(isTitle).length * 2 >= row.cells.filter(Boolean).length)
      return { row, above: first };
    first.push(row);
    if (first.length === WITHIN_RECORDS) break;
  }
  const best = first.toSorted((a, b) => b.cells.filter(isTitle).length - a.cells.filter(isTitle).length)[0];
  if (!best) throw refuseFile(table.name, EMPTY);
  return { row: best, above: first.slice(0, first.indexOf(best)) };
}

type Match = Place | 'left-out' | undefined;

function placeFinder({ findColumn, mapping }: Omit<HeaderOptions, 'instrument' | 'columns'>): (title: string) => Match {
  if (!mapping) {
    return (title) => {
      const column = findColumn(title);
      return column && { column, values: new Map() };
    };
  }
  const byTitle = new Map<string, Match>(mapping.leaveOut.map((title) => [comparable(title), 'left-out']));
  for (const [title, { to, values, chosen }] of Object.entries(mapping.columns)) {
    const column = findColumn(to);
    if (!column) throw refuseFile(`--map`, unknownTarget(title, to));
    const own = column.kind === 'answer' ? { ...mapping.answers, ...values } : (values ?? {});
    byTitle.set(comparable(title), {
      column,
      values: new Map(Object.entries(own).map(([theirs, ours]) => [comparable(theirs), ours])),
      ...(chosen === undefined ? {} : { chosen }),
    });
  }
  return (title) => byTitle.get(comparable(title));
}

function refuseMissing(name: string, places: (Place | undefined)[], { instrument, columns, mapping }: HeaderOptions) {
  const has = (column: Column) =>
    places.some((place) => place?.column === column) || Object.hasOwn(mapping?.always ?? {}, column.name);
  const isNeeded = ({ kind, name: id }: Column) =>
    kind === 'organisation' ||
    kind === 'conductedOn' ||
    (kind === 'profile' &&
      id !== instrument.unitTypeAttribute &&
      instrument.profile.some((attribute) => attribute.id === id && attribute.required));
  const missing = columns.filter((column) => isNeeded(column) && !has(column)).map((column) => column.name);
  if (missing.length > 0) throw refuseFile(name, missingColumns(missing, instrument.id));
  if (!columns.some((column) => (column.kind === 'answer' || column.kind === 'score') && has(column)))
    throw refuseFile(name, noAnswers(instrument));
}

const EMPTY: LocalText = {
  de: 'die Datei ist leer; sie braucht eine Kopfzeile mit den Namen der Spalten',
  en: 'the file is empty: a header line with the names of the columns is needed',
};

const quoted = (names: string[], lang: 'de' | 'en') =>
  names.map((name) => (lang === 'de' ? `„${name.trim()}“` : `"${name.trim()}"`)).join(', ');

function unknownColumns(titles: string[], { instrument, columns, mapping }: HeaderOptions): LocalText {
  const known = columns.map((column) => column.name).join(', ');
  const isOne = titles.length === 1;
  if (mapping)
    return {
      de: `die Zuordnung (--map) nennt ${isOne ? 'eine Spalte' : 'Spalten'} nicht: ${quoted(titles, 'de')}. Ordnen Sie sie unter „columns“ zu oder lassen Sie sie unter „leaveOut“ weg`,
      en: `the mapping (--map) does not name ${isOne ? 'a column' : 'columns'}: ${quoted(titles, 'en')}. Place them under "columns", or leave them out under "leaveOut"`,
    };
  return {
    de: `${instrument.id} kennt ${isOne ? 'eine Spalte' : 'Spalten'} nicht: ${quoted(titles, 'de')}. Bekannt sind: ${known}. Für Dateien anderer Programme gibt es --map`,
    en: `there ${isOne ? 'is a column' : 'are columns'} that ${instrument.id} does not know: ${quoted(titles, 'en')}. Known columns: ${known}. For files of other tools there is --map`,
  };
}

const repeatedColumn = (name: string): LocalText => ({
  de: `die Spalte „${name}“ steht mehrmals da`,
  en: `the column "${name}" is there more than once`,
});

const missingColumns = (names: string[], instrument: string): LocalText => ({
  de: `es ${names.length === 1 ? 'fehlt die Spalte' : 'fehlen die Spalten'} ${names.join(', ')}, ${names.length === 1 ? 'die' : 'die'} ${instrument} braucht`,
  en: `it lacks the column${names.length === 1 ? '' : 's'} ${names.join(', ')}, which ${instrument} needs`,
});

const noAnswers = ({ id, kind }: Instrument): LocalText => ({
  de: `keine Spalte gehört zu ${kind === 'questionnaire' ? 'einer Frage' : 'einem Bereich'} von ${id}`,
  en: `there is no column for any ${kind === 'questionnaire' ? 'item' : 'dimension'} of ${id}`,
});

const headerBelow = (name: string, line: number, above: TableRow[]): LocalText => ({
  de: `${name}: Die Namen der Spalten stehen in Zeile ${line}; was darüber steht, wird nicht gelesen (${above.length === 1 ? 'eine Zeile' : `${above.length} Zeilen`}).`,
  en: `${name}: the names of the columns stand in line ${line}; what stands above is not read (${above.length === 1 ? 'one line' : `${above.length} lines`}).`,
});

const unknownTarget = (title: string, to: string): LocalText => ({
  de: `die Spalte „${title}“ soll „${to}“ werden, das es nicht gibt`,
  en: `the column "${title}" is to become "${to}", which there is not`,
});
