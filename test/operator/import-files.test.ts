import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Instrument } from '#contracts/instrument';
import { CannotRun } from '#functions/local/cannot-run';
import { isMadeDate, readDate } from '#functions/operator/import/dates';
import { comparableKey, keyDamage } from '#functions/operator/import/keys';
import { openTable } from '#functions/operator/import/open-table';
import type { ReadRow, Reject } from '#functions/operator/import/row';
import { summaryLines } from '#functions/operator/import/summary';
import { loadInstruments } from '#instruments/load-instruments';
import { QUESTIONNAIRE, SCORES } from './import-instruments.ts';
import { readRows, type Workplace, workplace } from './import-run.ts';

/** Files as partners have them: how they are read, and what is said where they cannot be. */

const CASES = path.join(import.meta.dirname, 'import-cases');
const digitalcheck = (await loadInstruments([])).get('digitalcheck.1')!;

let place: Workplace;
beforeEach(async () => {
  place = await workplace();
});
afterEach(() => place.remove());

const isReject = (read: ReadRow | Reject[]): read is Reject[] => Array.isArray(read);
const keysOf = (read: (ReadRow | Reject[])[]) =>
  read.flatMap((row) => (isReject(row) ? [] : [`${row.organisation} ${row.conductedOn}`]));
const reasonsOf = (read: (ReadRow | Reject[])[]) =>
  read.flatMap((row) =>
    isReject(row) ? row.map(({ line, column, reason }) => `${line} ${column}: ${reason.en}`) : [],
  );

const KNOWN = ['organisation', 'conductedOn', 'sector', 'size', 'it'];
async function table(content: string | Uint8Array) {
  const opened = await openTable(await place.write('rows.csv', content), (title) => KNOWN.includes(title.trim()));
  const rows = [];
  for await (const row of opened.rows()) rows.push(row);
  return { rows, notes: opened.notes, fault: opened.fault };
}
const cellsOf = async (content: string | Uint8Array) => (await table(content)).rows.map(({ cells }) => cells);

describe('the small inputs that fell short', () => {
  const read = (file: string) => readRows(path.join(CASES, file), digitalcheck);
  const DATE_REASON = /size: a spreadsheet has made a date of a size class/;

  it('a size class that became a date is told as such', async () => {
    const { read: rows } = await read('02-excel-size-date.csv');
    expect(reasonsOf(rows)).toHaveLength(5);
    for (const reason of reasonsOf(rows)) expect(reason).toMatch(DATE_REASON);
    const exported = await read('31-lo-utf8-semi.csv');
    expect(keysOf(exported.read)).toEqual([
      'Haus Müller 2026-06-30',
      'Haus B 2026-06-30',
      '007 2026-06-30',
      'Haus "Süd", Nord 2026-06-30',
    ]);
    expect(reasonsOf(exported.read)).toEqual([expect.stringMatching(DATE_REASON), expect.stringMatching(DATE_REASON)]);
  });

  it('dates that can mean one day only are read, others say which forms are', async () => {
    const { read: rows } = await read('03-dates.csv');
    expect(keysOf(rows)).toEqual(
      ['serial', 'dt', 'iso-dt', 'short', 'isoT', 'serial.0', 'isoms'].map((key) => `${key} 2026-06-30`),
    );
    expect(reasonsOf(rows).map((reason) => reason.split(':')[0])).toEqual(
      ['6', '7', '9'].map((line) => `${line} conductedOn`),
    );
    expect(reasonsOf(rows)[0]).toContain('these forms are read: 2026-06-30,');
  });

  it('dashes, capitals and signs that nobody sees make no difference in codes, headers and keys', async () => {
    expect(reasonsOf((await read('04-dash.csv')).read)).toEqual([]);
    const invisible = await read('05-invisible-cells.csv');
    expect(reasonsOf(invisible.read)).toEqual([]);
    const keys = keysOf(invisible.read);
    expect([keys[5], keys[7]]).toEqual([keys[6], keys[8]]);
    for (const file of ['06-zwsp-header.csv', '07c-sep-padded.csv', '24-one-column-quoted.csv'])
      expect(keysOf((await read(file)).read)).toEqual(['Haus Müller 2026-06-30']);
    expect((await read('24-one-column-quoted.csv')).table.notes[0]?.de).toContain('in einer einzigen Zelle');
    expect(keysOf((await read('16-nfd.csv')).read)[0]).toBe('Haus Müller 2026-06-30');
  });

  it('a workbook is read: the first sheet or the one named, dates as dates, numbers as numbers', async () => {
    const { read: rows, table: opened } = await read('31-checks.xlsx');
    expect(keysOf(rows)).toEqual([
      'Haus Müller 2026-06-30',
      'Haus B 2026-06-30',
      '7 2026-06-30',
      'Haus "Süd", Nord 2026-06-30',
    ]);
    expect(reasonsOf(rows)).toEqual([expect.stringMatching(DATE_REASON), expect.stringMatching(DATE_REASON)]);
    expect(opened.notes[0]?.en).toContain('the sheet "Checks" is read');
    const file = path.join(CASES, '31-checks.xlsx');
    await expect(readRows(file, digitalcheck, { sheet: 'Notizen' })).rejects.toThrow('does not know: "Hinweis"');
    await expect(readRows(file, digitalcheck, { sheet: 'x' })).rejects.toThrow('there are "Checks", "Notizen"');
  });

  it('errors, formulas without a result and the dates of 1904 in a workbook are what they are', async () => {
    const sheet = [
      '<row r="1"><c r="A1" t="inlineStr"><is><t>Organisation*</t></is></c><c r="B1" t="inlineStr"><is><t>Datum:</t></is></c>',
      '<c r="C1" t="inlineStr"><is><t>sector</t></is></c><c r="D1" t="inlineStr"><is><t>Groesse</t></is></c>',
      '<c r="E1" t="inlineStr"><is><t>region</t></is></c><c r="F1" t="inlineStr"><is><t>workplaces</t></is></c></row>',
      '<row r="3"><c r="A3"><v>260512345678</v></c><c r="B3" s="1"><v>44741</v></c>',
      '<c r="C3" t="str"><f>X1</f><v>elder-care</v></c><c r="D3" t="inlineStr"><is><t>10 bis 49</t></is></c>',
      '<c r="E3" t="inlineStr"><is><t>Baden-Wuerttemberg</t></is></c><c r="F3"><v>3</v></c></row>',
      '<row r="4"><c r="A4"><f>X1</f></c><c r="F4" t="e"><v>#N/A</v></c></row>',
    ];
    const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
    const parts: Record<string, string> = {
      '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
      'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="1"/><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      'xl/_rels/workbook.xml.rels':
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
      'xl/styles.xml': `<styleSheet xmlns="${main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
      'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${sheet.join('')}</sheetData></worksheet>`,
    };
    const bytes = zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)])));
    const { read: rows, table: opened } = await readRows(await place.write('rows.xlsx', bytes), digitalcheck);
    expect(rows[0]).toMatchObject({
      line: 3,
      organisation: '260512345678',
      conductedOn: '2026-06-30',
      body: { profile: { sector: 'elder-care', size: '10-49', region: 'de-bw' }, answers: { workplaces: 3 } },
    });
    expect(opened.notes[0]?.en).toContain('are read as empty: A4, F4');
    await place.write('receipts.csv', bytes);
    await expect(place.run(digitalcheck, path.join(CASES, '30a-first.csv'))).rejects.toThrow(
      'this is a workbook: save it',
    );
  });

  it('keys in scientific notation are refused with the line and what to do', async () => {
    const reasons = reasonsOf((await read('33-scientific-keys.csv')).read);
    expect(reasons).toHaveLength(3);
    expect(reasons[0]).toMatch(/^2 organisation: damaged by a spreadsheet.*keep the column as text/);
  });

  it('a file of two encodings is refused with its line', async () => {
    const file = path.join(CASES, '10d-mixed-encoding.csv');
    await expect(place.run(digitalcheck, file)).rejects.toThrow(/line 3: the file is UTF-8, but this line is not/);
  });
});

describe('keys that differ by no more than a spreadsheet changes', () => {
  const first = path.join(CASES, '30a-first.csv');
  const second = path.join(CASES, '30b-second.csv');
  const receipts = () =>
    place.write(
      'receipts.csv',
      'organisation;receipt\r\n7;000-000-000-000-000-000-000-000-000\r\n8;000-000-000-000-000-000-000-000-011\r\n',
    );

  it('stop the run and are listed in pairs, beside every other fault, before anything is sent', async () => {
    await expect(place.run(digitalcheck, first)).resolves.toMatchObject({ known: 0, new: 3 });
    const { read } = await readRows(first, digitalcheck);
    expect(keysOf(read).map((key) => key.split(' 2026')[0])).toEqual(['Haus Müller', '007', 'Haus Y']);
    await place.write(
      'receipts.csv',
      'organisation,receipt\nHaus Müller,000-000-000-000-000-000-000-000-000\n007,000-000-000-000-000-000-000-000-011\n',
    );
    const failed = place.run(digitalcheck, second);
    await expect(failed).rejects.toThrow(/line 5: the file is UTF-8/);
    await expect(failed).rejects.toThrow(/line 3: "7" and "007"/);
  });

  it('are the same or new as the partner says, for all or for one', async () => {
    const csv = path.join(CASES, '34-zero-keys.csv');
    await receipts();
    await expect(place.run(digitalcheck, csv)).rejects.toThrow(
      /2 organisations: 0 known, 2 new\. 2 new keys differ[\s\S]*line 2: "007" and "7"[\s\S]*line 3: "008" and "8"[\s\S]*--same/,
    );
    await expect(place.run(digitalcheck, csv, { lang: 'de' })).rejects.toMatchObject({
      text: { de: expect.stringContaining('Zeile 2: „007“ und „7“') },
    });
    const keys = new Map<string, 'same' | 'new'>();
    expect(await place.run(digitalcheck, csv, { sameOrNew: { all: 'same', keys } })).toMatchObject({
      known: 2,
      new: 0,
    });
    expect(await place.run(digitalcheck, csv, { sameOrNew: { all: 'new', keys } })).toMatchObject({ known: 0, new: 2 });
    keys.set('007', 'new');
    expect(await place.run(digitalcheck, csv, { sameOrNew: { all: 'same', keys } })).toMatchObject({
      known: 1,
      new: 1,
    });
  });

  it.each([
    ['Haus Müller', 'haus müller'],
    ['STRASSE 1', 'Straße 1'],
    ['007', '7'],
    ['H-007', 'H-7'],
    ['7,0', '7'],
    ['1.234', '1234'],
    ['Haus Y', 'HausY'],
    ["'12", '12'],
    ['１２', '12'],
  ])('%s and %s are such keys', (one, other) => expect(comparableKey(one)).toBe(comparableKey(other)));

  it.each([
    ['Haus 1', 'Haus 10'],
    ['1.5', '15'],
    ['A-1', 'A-2'],
    ['0', '00A'],
  ])('%s and %s are not', (one, other) => expect(comparableKey(one)).not.toBe(comparableKey(other)));

  it.each(['2,60512E+11', '1.2E+05', '#NAME?', '#NV', '########', '1234567890123450000', 'MÃ¼ller', 'M\ufffdller', ''])(
    'the key %j is damage',
    (key) => expect(keyDamage(key)).toBeDefined(),
  );
  it.each(['260512345678', '1E', 'E+11', '12-34', '#7', 'Größe', 'x'.repeat(500)])('the key %.20j is none', (key) =>
    expect(keyDamage(key)).toBeUndefined(),
  );
});

describe('text', () => {
  const SHEET = 'organisation;it\r\nDiakonie Würzburg;1\r\nCafé “Süd” – Ost;2\r\n';
  const bytes = (...parts: (string | number[])[]) =>
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));
  const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();

  it.each<[string, Buffer]>([
    ['UTF-8', Buffer.from(SHEET)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${SHEET}`)],
    ['UTF-16 LE with a mark', Buffer.from(`\ufeff${SHEET}`, 'utf16le')],
    ['UTF-16 LE', Buffer.from(SHEET, 'utf16le')],
    ['UTF-16 BE with a mark', swapped(`\ufeff${SHEET}`)],
    ['UTF-16 BE', swapped(SHEET)],
    ['Windows-1252', bytes('organisation;it\r\nDiakonie Würzburg;1\r\nCafé \x93Süd\x94 \x96 Ost;2\r\n')],
  ])('is read as %s', async (_, content) => {
    expect(await cellsOf(content)).toEqual([
      ['organisation', 'it'],
      ['Diakonie Würzburg', '1'],
      ['Café “Süd” – Ost', '2'],
    ]);
  });

  it('of Windows-1252 is said to be a guess, with three samples', async () => {
    const { notes } = await table(bytes('organisation;it\r\nMüller;1\r\nMüller;2\r\nStraße;3\r\nÄ;4\r\nÖ;5\r\n'));
    expect(notes[0]?.en).toContain('read as Windows-1252, for example: "Müller", "Straße", "Ä"');
  });

  it.each<[string, Buffer, RegExp]>([
    ['a DOS code page', bytes('organisation;it\nM\x81ller;1\nGr\x94\xe1e;1\n'), /DOS code page/],
    ['a DOS code page without ü', bytes('organisation;it\nSch\x94n;1\nGr\x94\xe1e;1\n'), /DOS code page/],
    ['Mac Roman', bytes('organisation;it\nM\x9fller;1\nStra\xa7e;1\n'), /Mac Roman/],
    ['what no code page has', bytes('organisation;it\na\x81;1\n'), /neither UTF-8 nor Windows-1252/],
    ['UTF-32', bytes([0xff, 0xfe, 0, 0], 'a\0\0\0'), /not a text file/],
    ['zero bytes', bytes('organisation\0;it\n', 'x'.repeat(200)), /not a text file/],
    [
      'half a character of UTF-16',
      Buffer.from('\ufefforganisation;it\na;1', 'utf16le').subarray(0, -1),
      /damaged UTF-16/,
    ],
    ['a PDF', Buffer.from('%PDF-1.7'), /this is a PDF/],
    ['an old workbook', bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), /\(\.xls\) are not read\. Open it in your spreadsheet/],
    [
      'a spreadsheet of LibreOffice',
      bytes('PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet'),
      /\(\.ods\)/,
    ],
    ['an archive', bytes('PK\x03\x04....notes.txt'), /an archive/],
    ['nothing', Buffer.alloc(0), /the file is empty/],
  ])('is refused in %s, with what to do', async (_, content, message) => {
    await expect(table(content)).rejects.toThrow(message);
    await expect(table(content)).rejects.toThrow(CannotRun);
  });

  it('names the line of UTF-8 that broke off', async () => {
    expect((await table(bytes('organisation;it\r\nM\xc3\xbcller;1\r\nGr\xc3'))).fault?.message).toContain('line 3');
  });

  it('with a quotation mark of the German kind, an á after a consonant or an ellipsis is still Windows-1252', async () => {
    const { rows } = await table(bytes('organisation;it\n\x84Haus\x93 Nord\x85;1\nHern\xe1ndez;1\n'));
    expect(rows[1]?.cells[0]).toBe('„Haus“ Nord…');
    expect(rows[2]?.cells[0]).toBe('Hernández');
  });
});

describe('lines', () => {
  it('are the same cells and line numbers, however they are written', async () => {
    const cell = fc
      .array(fc.constantFrom('a', 'Ä', 'ß', '€', '"', ',', ';', '\t', '|', '\n', '\r\n', '7', '=1+1', '😀'), {
        maxLength: 6,
      })
      .map((parts) => parts.join('').trim());
    const row = fc.array(cell, { minLength: 3, maxLength: 3 }).filter((cells) => cells.some((text) => text !== ''));
    const form = fc.record({
      rows: fc.array(row, { maxLength: 6 }),
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      lineEnds: fc.array(fc.constantFrom('\r\n', '\n', '\r'), { minLength: 1, maxLength: 3 }),
      mark: fc.constantFrom('', '\ufeff'),
      sep: fc.constantFrom('none', 'plain', 'padded', 'quoted'),
      quotesAll: fc.boolean(),
    });
    const lineBreaks = (text: string) => text.match(/\r\n|\n|\r/g)?.length ?? 0;
    await fc.assert(
      fc.asyncProperty(form, async ({ rows, delimiter, lineEnds, mark, sep, quotesAll }) => {
        const write = (text: string) =>
          quotesAll || /[",;|\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
        const lines = [['organisation', 'conductedOn', 'it'], ...rows].map((cells) => cells.map(write).join(delimiter));
        // A lone CR before a cell's LF would read as one line end: only whole files use CR.
        const ends = lineEnds.includes('\r') ? ['\r'] : lineEnds;
        const first = {
          none: '',
          plain: `sep=${delimiter}`,
          padded: `sep=${delimiter.repeat(3)}`,
          quoted: `"sep=${delimiter}"`,
        };
        const start = sep === 'none' ? '' : `${first[sep]}${ends[0]}`;
        const body = lines.map((line, index) => line + (ends[index % ends.length] ?? '')).join('');
        let line = 1 + lineBreaks(start);
        const expected = lines.map((text, index) => {
          const at = line;
          line += 1 + lineBreaks(text);
          return { line: at, cells: index === 0 ? ['organisation', 'conductedOn', 'it'] : rows[index - 1] };
        });
        expect((await table(`${mark}${start}${body}`)).rows).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('that are empty or hold delimiters alone are left out, and counted', async () => {
    expect((await table('organisation;it;;\r\n\r\na;1;;\r\n;;;\r\nb;2\r\n')).rows.map(({ line }) => line)).toEqual([
      1, 3, 5,
    ]);
  });

  it('that are one quoted cell each are unwrapped, also with delimiters behind them', async () => {
    expect(await cellsOf('"organisation,it";;\r\n"a,""b, c""";;\r\n')).toEqual([
      ['organisation', 'it'],
      ['a', 'b, c'],
    ]);
    expect(await cellsOf('organisation\tit\r\na\t1\r\n')).toEqual([
      ['organisation', 'it'],
      ['a', '1'],
    ]);
  });

  it.each([
    ['organisation,it\na,"1\nb,2\n', 'line 2: a quoted cell begins and never ends'],
    ['organisation,it\na,1\nb,5" pipe\n', 'line 3: a quotation mark stands inside a cell'],
    [`organisation,it\na,"${'b,2\n'.repeat(50_000)}`, 'line 2: the row has more than 100000 characters'],
    [`organisation,it\na,${'x'.repeat(3 * 2 ** 20)}\n`, 'a line of more than 1 MB'],
  ])('that cannot be told apart for certain stop the import: %.40j', async (text, message) => {
    await expect(table(text)).rejects.toThrow(message);
  });
});

describe('the header', () => {
  const rowsOf = async (header: string, row: string, instrument: Instrument = SCORES) =>
    readRows(await place.write('rows.csv', `${header}\n${row}\n`), instrument);
  const names = async (header: string) => (await rowsOf(header, '')).header.places.map((found) => found?.column.name);

  it('is found in any order, case, dash and language, with and without the column’s own name in brackets', async () => {
    expect(await names('IT;Organisation;conductedon;"size";\u200bsector')).toEqual([
      'it',
      'organisation',
      'conductedOn',
      'size',
      'sector',
    ]);
    const columns = 'Schlüssel;Datum;Handlungsfeld;Größe (size);Land;Neue digitale Angebote;New\u2011Technology';
    const { header } = await rowsOf(columns.normalize('NFD'), '', digitalcheck);
    expect(header.places.map((found) => found?.column.name)).toEqual([
      'organisation',
      'conductedOn',
      'sector',
      'size',
      'region',
      'new-services',
      'new-technology',
    ]);
  });

  it('may stand below a title, which is said', async () => {
    const { header, read } = await rowsOf(
      'Digitalcheck 2026;;;;\n\norganisation;conductedOn;sector;size;it',
      'a;2026-06-30;youth;1-9;40',
    );
    expect(header.line).toBe(3);
    expect(header.notes[0]?.de).toContain('in Zeile 3');
    expect(keysOf(read)).toEqual(['a 2026-06-30']);
  });

  it.each([
    [
      'organisation,conductedOn,sector,size,it,Umsatz,e-mail',
      'columns that scorecheck.1 does not know: "Umsatz", "e-mail"',
    ],
    ['organisation,conductedOn,sector,size,it,IT', 'the column "it" is there more than once'],
    ['organisation,sector,it', 'lacks the columns conductedOn, size'],
    ['organisation,conductedOn,sector,size', 'no column for any dimension'],
  ])('is refused: %s', async (header, message) => {
    await expect(rowsOf(header, '')).rejects.toThrow(message);
  });

  it('may have columns without a name as long as nothing stands there', async () => {
    const header = 'organisation,conductedOn,sector,size,it,';
    expect(keysOf((await rowsOf(header, 'a,2026-06-30,youth,1-9,40,')).read)).toEqual(['a 2026-06-30']);
    expect(reasonsOf((await rowsOf(header, 'a,2026-06-30,youth,1-9,40,x')).read)[0]).toContain(
      'column 6, which has no name',
    );
    expect(reasonsOf((await rowsOf(header, 'a,2026-06-30,youth,1-9,40,,y')).read)[0]).toContain(
      'more cells than the header',
    );
  });
});

describe('a row', () => {
  const good: Record<string, string> = {
    organisation: 'k-1',
    conductedOn: '2026-06-30',
    sector: 'youth',
    size: '1-9',
    it: '40',
  };
  const rowOf = async (instrument: Instrument, cells: Record<string, string>) => {
    const quoted = (texts: string[]) => texts.map((text) => `"${text.replaceAll('"', '""')}"`).join(';');
    const file = await place.write('rows.csv', `${quoted(Object.keys(cells))}\n${quoted(Object.values(cells))}\n`);
    return (await readRows(file, instrument)).read[0]!;
  };

  it('becomes a body without the partner’s key; level defaults to its first code, empty scores stay out', async () => {
    const row = await rowOf(SCORES, { ...good, culture: '', cohorts: 'AB–12| CD-34\u200b' });
    expect(row).toMatchObject({ organisation: 'k-1', conductedOn: '2026-06-30' });
    expect((row as ReadRow).body).toEqual({
      instrument: 'scorecheck.1',
      profile: { level: 'facility', sector: 'youth', size: '1-9' },
      conductedOn: '2026-06-30',
      scores: { it: 40 },
      associations: ['AB-12', 'CD-34'],
    });
  });

  it('takes answers in capitals, as decimals without a fraction, and as the words of a level', async () => {
    const { it: _, ...profile } = good;
    const answers = { 'it-1': '3,0', 'it-2': ' NA ', 'it-3': 'IT-3 at 4' };
    expect(await rowOf(QUESTIONNAIRE, { ...profile, ...answers })).toMatchObject({
      body: { answers: { 'it-1': 3, 'it-2': 'na', 'it-3': 4 } },
    });
    const words = { 'it-1': 'Weiß nicht', 'it-2': 'Does not apply', 'it-3': 'Stufe 2' };
    expect(await rowOf(QUESTIONNAIRE, { ...profile, ...words })).toMatchObject({
      body: { answers: { 'it-1': 'dk', 'it-2': 'na', 'it-3': 2 } },
    });
  });

  const check = {
    ...{
      organisation: 'x',
      conductedOn: '30.06.2026',
      sector: 'Altenhilfe und Pflege',
      size: '10 – 49',
      region: 'Nordrhein\u2011Westfalen',
    },
    ...{ workplaces: '3', systems: '2', security: '1' },
  };

  it('takes labels in German and English, and unscored questions with one code or several', async () => {
    const questions = {
      obstacle: 'Zu wenig Geld oder keine Refinanzierung',
      tried: 'workplaces, Datensicherung und Notfälle',
    };
    const read = await rowOf(digitalcheck, { ...check, ...questions });
    expect(read).toMatchObject({
      body: {
        profile: { level: 'facility', sector: 'elder-care', size: '10-49', region: 'de-nw' },
        questions: { obstacle: ['money'], tried: ['workplaces', 'security'] },
      },
    });
    const english = { sector: 'Elder care and nursing', size: '1000 or more employees', region: 'Bavaria' };
    expect(await rowOf(digitalcheck, { ...check, ...english })).toMatchObject({
      body: { profile: { sector: 'elder-care', size: '1000-plus', region: 'de-by' } },
    });
  });

  it.each([
    [{ obstacle: 'money|time' }, 'obstacle: 2 given: at most one is possible'],
    [{ tried: 'none|data' }, 'tried: "none" excludes every other choice'],
    [{ tried: 'data|data' }, 'tried: a choice is there twice'],
    [{ tried: 'data|nonsense' }, 'tried: not a code of "tried"'],
    [{ region: 'Preußen' }, 'region: not a code of "region" and not a label'],
  ])('with a wrong choice says which rule: %j', async (change, reason) => {
    expect(reasonsOf([await rowOf(digitalcheck, { ...check, ...change })])).toEqual([expect.stringContaining(reason)]);
  });

  it.each([
    [{ it: '47,5' }, 'it', 'has a decimal comma: round it'],
    [{ it: '47.5' }, 'it', 'has decimals: round it'],
    [{ it: '101' }, 'it', 'not a whole number from 0 to 100'],
    [{ it: 'TRUE' }, 'it', 'not a whole number'],
    [{ it: '' }, '', 'no dimension has a score'],
    [{ organisation: '\u200b ' }, 'organisation', 'empty'],
    [{ organisation: '2,6E+11' }, 'organisation', 'damaged by a spreadsheet'],
    [{ conductedOn: '' }, 'conductedOn', 'empty'],
    [{ conductedOn: '2026-02-30' }, 'conductedOn', 'one day only'],
    [{ conductedOn: '6/30/2026' }, 'conductedOn', 'these forms are read'],
    [{ conductedOn: '01.07.2099' }, 'conductedOn', 'is in the future'],
    [{ conductedOn: '1999-12-31' }, 'conductedOn', 'is before 2000-01-01'],
    [{ sector: 'Altenhilfe' }, 'sector', 'one of: elder-care, youth'],
    [{ size: '' }, 'size', 'empty, but needed'],
    [{ associations: 'a b c d' }, 'associations', 'at most 3'],
  ])('is rejected with line, column and reason, in both languages: %j', async (change, column, reason) => {
    const rejects = (await rowOf(SCORES, { ...good, ...change })) as Reject[];
    expect(rejects).toEqual([
      expect.objectContaining({
        line: 2,
        column,
        reason: { en: expect.stringContaining(reason), de: expect.stringMatching(/\p{L}/u) },
      }),
    ]);
    expect(rejects[0]!.reason.de).not.toBe(rejects[0]!.reason.en);
  });

  it('names every fault at once', async () => {
    expect(await rowOf(SCORES, { ...good, it: 'x', sector: 'y', conductedOn: 'z' })).toHaveLength(3);
  });
});

describe('dates', () => {
  it.each([
    ['2026-06-30', '2026-06-30'],
    ['2026-06-30 14:22', '2026-06-30'],
    ['2026-06-30T14:22:05.123', '2026-06-30'],
    ['2026-06-30T23:30:00Z', '2026-07-01'],
    ['2026-06-30T23:30:00+02:00', '2026-06-30'],
    ['30.06.2026', '2026-06-30'],
    ['1.7.2016', '2016-07-01'],
    ['30.06.2026 00:00', '2026-06-30'],
    ['30.06.2026, 14:22:05', '2026-06-30'],
    ['30.06.26', '2026-06-30'],
    ['46203', '2026-06-30'],
    ['46203,5986', '2026-06-30'],
  ])('%s is %s', (text, day) => expect(readDate(text)).toBe(day));

  it.each([
    '31.2.2016',
    '6/30/2026',
    '30/06/2026',
    '30. Juni 2026',
    '2026',
    '06.2026',
    '12345',
    '99999',
    '2026-6-30',
    '',
  ])('%j is none', (text) => expect(readDate(text)).toBeNull());

  it.each([
    '01. Sep',
    '09. Jan',
    '1. Sep.',
    'Okt 49',
    'Okt. 49',
    'Oct-49',
    '9-Jan',
    '09.01.2026',
    '46031',
    '2049-10-01',
    'Mrz 49',
    '1/9',
  ])('%s is a date that was made', (text) => expect(isMadeDate(text)).toBe(true));
  it.each(['1-9', '10-49', 'Mai', '1 bis 9', 'Altenhilfe'])('%s is none that was made', (text) =>
    expect(isMadeDate(text)).toBe(false),
  );
});

it('a dry run says what would be sent, what not and why, in the caller’s language, and changes nothing', async () => {
  const file = path.join(CASES, '02-excel-size-date.csv');
  const summary = await place.run(digitalcheck, file, { lang: 'de' });
  expect(summary).toMatchObject({ rows: 5, rejected: 5, reasons: [{ column: 'size', count: 5 }] });
  const text = await readFile(place.at('rejects.csv'), 'utf8');
  expect(text.startsWith('\ufeffline;organisation;column;value;reason\r\n')).toBe(true);
  expect(text).toContain('eine Tabellenkalkulation hat aus einer Größenklasse ein Datum gemacht');
  await expect(readFile(place.at('receipts.csv'))).rejects.toThrow('ENOENT');
});

it('the summary says which rows are incomplete, in which dimensions, and that they count in no figure', async () => {
  const header = 'organisation;conductedOn;sector;size;region;workplaces;systems;security;data;it-support';
  const row = '2026-06-30;elder-care;10-49;de-nw;3;3;3;3';
  const csv = await place.write('rows.csv', `${header}\na;${row};3\nb;${row};\nb;${row};\nc;${row};dk\n`);
  const summary = await place.run(digitalcheck, csv);
  expect(summary).toMatchObject({
    ...{ rows: 4, incomplete: 3, repeated: 1, rejected: 0 },
    missing: { processes: 3, leadership: 3, innovation: 3 },
  });
  const told = (lang: 'de' | 'en') =>
    summaryLines(summary, { instrument: digitalcheck, lang, isDryRun: true }).join('\n');
  expect(told('de')).toContain('3 Zeilen sind unvollständig: gespeichert, aber in keiner Auswertung gezählt');
  expect(told('de')).toContain('  3 x Prozesse');
  expect(told('en')).toContain('1 row repeats another word for word (line 4 repeats line 3) and counts once.');
});
