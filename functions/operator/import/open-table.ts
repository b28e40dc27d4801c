import { open } from 'node:fs/promises';
import type { LocalText } from '#contracts/text';
import { openCsv } from './csv-table.ts';
import { Refusal, refuseFile } from './refusal.ts';
import type { Table } from './table.ts';
import { openWorkbook } from './workbook-table.ts';

/**
 * Opens a file of rows as it is: text with any usual delimiter and encoding, or a workbook of Excel.
 *
 * @param isKnown whether a cell may be the name of a column: tells the delimiter
 * @param sheet of a workbook; the first where none is named
 * @throws Refusal for a file that is neither, with what to do
 */
export async function openTable(file: string, isKnown: (title: string) => boolean, sheet?: string): Promise<Table> {
  const kind = await kindOf(file);
  if (kind === 'xlsx') return openWorkbook(file, sheet);
  if (kind !== 'text') throw refuseFile(file, OTHER_KINDS[kind]);
  if (sheet !== undefined) throw refuseFile(file, NO_SHEETS);
  return openCsv(file, isKnown);
}

type Kind = 'text' | 'xlsx' | 'ods' | 'xls' | 'numbers' | 'locked' | 'zip' | 'pdf' | 'empty';

/** By the first bytes, not by the name: people rename files. */
async function kindOf(file: string): Promise<Kind> {
  const start = await startOf(file);
  const text = start.toString('latin1');
  if (start.length === 0) return 'empty';
  // Since Excel 97 a compound file; one with a package in it is a workbook with a password.
  if (text.startsWith('\xd0\xcf\x11\xe0'))
    return start.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'locked' : 'xls';
  if (text.startsWith('%PDF')) return 'pdf';
  if (!text.startsWith('PK\x03\x04')) return 'text';
  if (text.includes('mimetypeapplication/vnd.oasis.opendocument')) return 'ods';
  if (/Index\/|\.iwa/.test(text)) return 'numbers';
  return /\[Content_Types\]\.xml|xl\/|_rels\/|docProps\//.test(text) ? 'xlsx' : 'zip';
}

async function startOf(file: string): Promise<Buffer> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, error);
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(65_536), 0, 65_536, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw unreadable(file, error as NodeJS.ErrnoException);
  } finally {
    await handle.close();
  }
}

const unreadable = (file: string, { code }: NodeJS.ErrnoException) =>
  new Refusal({ de: `${file} kann nicht gelesen werden (${code}).`, en: `${file} cannot be read (${code}).` });

const AS_XLSX: LocalText = {
  de: 'Öffnen Sie sie in Ihrer Tabellenkalkulation und speichern Sie sie als „Excel-Arbeitsmappe (.xlsx)“ oder „CSV UTF-8“',
  en: 'Open it in your spreadsheet program and save it as "Excel workbook (.xlsx)" or "CSV UTF-8"',
};

const other = (de: string, en: string): LocalText => ({ de: `${de}. ${AS_XLSX.de}`, en: `${en}. ${AS_XLSX.en}` });

const OTHER_KINDS: Record<Exclude<Kind, 'text' | 'xlsx'>, LocalText> = {
  ods: other(
    'Tabellen von LibreOffice und OpenOffice (.ods) werden nicht gelesen',
    'spreadsheets of LibreOffice and OpenOffice (.ods) are not read',
  ),
  xls: other(
    'Arbeitsmappen im alten Format von Excel (.xls) werden nicht gelesen',
    'workbooks in the old format of Excel (.xls) are not read',
  ),
  numbers: other('Tabellen von Numbers werden nicht gelesen', 'spreadsheets of Numbers are not read'),
  locked: other(
    'die Arbeitsmappe ist durch ein Kennwort geschützt',
    'the workbook is protected by a password, which has to be taken away first',
  ),
  zip: other('das ist ein Archiv und keine Tabelle', 'this is an archive and no table'),
  pdf: other('das ist ein PDF und keine Tabelle', 'this is a PDF and no table'),
  empty: {
    de: 'die Datei ist leer; sie braucht eine Kopfzeile mit den Namen der Spalten',
    en: 'the file is empty: a header line with the names of the columns is needed',
  },
};

const NO_SHEETS: LocalText = {
  de: '--sheet nennt das Blatt einer Arbeitsmappe (.xlsx), und das ist keine',
  en: '--sheet names a sheet of a workbook (.xlsx), and this is none',
};
