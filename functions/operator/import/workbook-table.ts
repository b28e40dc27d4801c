import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import readWorkbook, { type Sheet } from 'read-excel-file/node';
import type { LocalText } from '#contracts/text';
import { refuseFile } from './refusal.ts';
import type { Table, TableRow } from './table.ts';

/** A workbook is held in memory as a whole; at some 100,000 rows that is half a gigabyte. */
const ROW_LIMIT = 100_000;

/** As `parseNumber` gives it: the digits of the file, which no calculation has rounded. */
interface FileNumber {
  digits: string;
}
type WorkbookCell = string | boolean | Date | FileNumber | null;

/**
 * Opens a workbook of Excel (.xlsx). Dates become `2026-06-30` (with a time behind a T where there is one), numbers their
 * digits, formulas what they last gave.
 */
export async function openWorkbook(file: string, wanted: string | undefined): Promise<Table> {
  const sheets = (await readWorkbook(file, {
    parseNumber: (digits): FileNumber => ({ digits }),
  }).catch((error: unknown) => {
    throw refuseFile(file, damaged(error));
  })) as unknown as Sheet[];
  const names = sheets.map(({ sheet }) => sheet);
  const filled = sheets.filter(({ data }) => data.length > 0);
  const chosen = wanted === undefined ? (filled[0] ?? sheets[0]) : sheets.find(({ sheet }) => sameName(sheet, wanted));
  if (!chosen) throw refuseFile(file, noSheet(wanted ?? '', names));
  const data = chosen.data as unknown as WorkbookCell[][];
  if (data.length > ROW_LIMIT) throw refuseFile(file, TOO_MANY);
  const empty = await cellsWithoutValue(file);
  return {
    name: file,
    isWorkbook: true,
    notes: [
      ...(filled.length > 1 && wanted === undefined ? [readFirst(file, chosen.sheet, names)] : []),
      ...(empty.length > 0 ? [withoutValue(file, empty)] : []),
    ],
    rows: () => rowsOf(data),
  };
}

/** An error such as #NV, or a formula that was never calculated; the library gives both as empty. */
const NO_VALUE =
  /<c (?=[^>]*\bt="e")[^>]*\br="([A-Z]+\d+)"|<c [^>]*\br="([A-Z]+\d+)"[^>]*>\s*<f\b(?:[^>]*\/>|[^>]*>[^<]*<\/f>)\s*<\/c>/g;

/** The places of cells without a value, of all sheets. */
async function cellsWithoutValue(file: string): Promise<string[]> {
  const sheets = unzipSync(await readFile(file), { filter: ({ name }) => /^xl\/worksheets\/[^/]+\.xml$/.test(name) });
  return Object.values(sheets).flatMap((xml) =>
    [...strFromU8(xml).matchAll(NO_VALUE)].map(([, error, formula]) => error ?? formula ?? ''),
  );
}

async function* rowsOf(data: readonly WorkbookCell[][]): AsyncGenerator<TableRow> {
  for (const [index, cells] of data.entries()) {
    const texts = cells.map(textOf);
    if (texts.some((text) => text.trim() !== '')) yield { line: index + 1, cells: texts };
  }
}

function textOf(cell: WorkbookCell): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return dateText(cell);
  if (typeof cell === 'object') return numberText(cell.digits);
  return String(cell);
}

/** A day, and its time where there is one; rounded to seconds, which a serial number cannot hold exactly. */
function dateText(date: Date): string {
  const seconds = new Date(Math.round(date.getTime() / 1000) * 1000);
  const [day = '', time = ''] = seconds.toISOString().split('T');
  return time.startsWith('00:00:00') ? day : `${day}T${time.slice(0, 8)}`;
}

/** Whole numbers written out, as long as a spreadsheet holds all their digits (15); else as the file has them. */
function numberText(digits: string): string {
  const number = Number(digits);
  return Number.isInteger(number) && Math.abs(number) < 1e15 ? String(number) : digits;
}

const sameName = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase();

const damaged = (error: unknown): LocalText => {
  const detail = error instanceof Error ? ` (${error.message})` : '';
  return {
    de: `die Arbeitsmappe lässt sich nicht lesen${detail}; öffnen Sie sie in Ihrer Tabellenkalkulation und speichern Sie sie neu als .xlsx`,
    en: `the workbook cannot be read${detail}: open it in your spreadsheet program and save it anew as .xlsx`,
  };
};

const noSheet = (wanted: string, names: string[]): LocalText => ({
  de: `es gibt kein Blatt „${wanted}“; vorhanden: ${names.map((name) => `„${name}“`).join(', ')}`,
  en: `there is no sheet "${wanted}"; there are ${names.map((name) => `"${name}"`).join(', ')}`,
});

const readFirst = (file: string, sheet: string, names: string[]): LocalText => ({
  de: `${file}: gelesen wird das Blatt „${sheet}“; --sheet nennt ein anderes (${names.join(', ')}).`,
  en: `${file}: the sheet "${sheet}" is read; --sheet names another (${names.join(', ')}).`,
});

const withoutValue = (file: string, places: string[]): LocalText => {
  const listed = places.slice(0, 10).join(', ') + (places.length > 10 ? ' ...' : '');
  return {
    de: `${file}: Zellen mit einem Fehlerwert (wie #NV) oder mit einer Formel ohne Ergebnis werden als leer gelesen: ${listed}.`,
    en: `${file}: cells with an error value (such as #N/A), or with a formula that has no result, are read as empty: ${listed}.`,
  };
};

const TOO_MANY: LocalText = {
  de: `eine Arbeitsmappe darf höchstens ${ROW_LIMIT.toLocaleString('de')} Zeilen haben; speichern Sie das Blatt als „CSV UTF-8“`,
  en: `a workbook may have at most ${ROW_LIMIT.toLocaleString('en')} rows: save the sheet as "CSV UTF-8"`,
};
