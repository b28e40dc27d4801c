import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CannotRun } from '#functions/local/cannot-run';
import { columnsOf, matchColumns } from '#functions/operator/import/columns';
import { readCsv } from '#functions/operator/import/csv-file';
import { type ReadRow, type Reject, readDate, readRow } from '#functions/operator/import/row';
import { QUESTIONNAIRE, SCORES } from './import-instruments.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const KNOWN = ['organisation', 'conductedOn', 'sector', 'size', 'it'];
const read = (text: string | Uint8Array) => readCsv(typeof text === 'string' ? utf8(text) : text, 'rows.csv', KNOWN);

describe('a spreadsheet’s export', () => {
  it('reads the same cells and the same line numbers, however it is written', () => {
    const cell = fc
      .array(fc.constantFrom('a', 'Ä', 'ß', '€', ' ', '"', ',', ';', '\t', '\n', '\r\n', '7', '=1+1', '😀'), {
        maxLength: 6,
      })
      .map((parts) => parts.join('').trim());
    const row = fc.array(cell, { minLength: 3, maxLength: 3 }).filter((cells) => cells.some((text) => text !== ''));
    const options = fc.record({
      rows: fc.array(row, { maxLength: 6 }),
      delimiter: fc.constantFrom(',' as const, ';' as const, '\t' as const),
      lineEnds: fc.array(fc.constantFrom('\r\n', '\n', '\r'), { minLength: 1, maxLength: 3 }),
      hasBom: fc.boolean(),
      quotesAll: fc.boolean(),
      endsWithLineEnd: fc.boolean(),
    });
    fc.assert(
      fc.property(options, ({ rows, delimiter, lineEnds, hasBom, quotesAll, endsWithLineEnd }) => {
        const write = (text: string) =>
          quotesAll || /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
        const lines = [['organisation', 'conductedOn', 'it'], ...rows].map((cells) => cells.map(write).join(delimiter));
        // A lone CR before a cell's LF would read as one line end: only whole files use CR.
        const ends = lineEnds.includes('\r') ? ['\r'] : lineEnds;
        const body = lines.map((line, index) => line + (ends[index % ends.length] ?? '')).join('');
        const text = endsWithLineEnd ? body : body.replace(/(\r\n|\n|\r)$/, '');
        const file = read(`${hasBom ? '\ufeff' : ''}${text}`);

        let line = 1 + lineBreaks(lines[0] ?? '') + 1;
        const expected = rows.map((cells, index) => {
          const start = line;
          line += 1 + lineBreaks(lines[index + 1] ?? '');
          return { line: start, cells };
        });
        expect(file).toEqual({
          header: ['organisation', 'conductedOn', 'it'],
          rows: expected,
          delimiter,
          encoding: 'utf-8',
        });
      }),
      { numRuns: 500 },
    );
  });

  const lineBreaks = (text: string) => text.match(/\r\n|\n|\r/g)?.length ?? 0;

  it('reads what Excel writes in Germany: Windows-1252 with semicolons, or UTF-16 with tabs', () => {
    const cp1252 = Uint8Array.from(Buffer.from('organisation;sector\r\nDiakonie Würzburg \x96 Süd;\x80\r\n', 'latin1'));
    expect(read(cp1252)).toMatchObject({
      encoding: 'windows-1252',
      delimiter: ';',
      rows: [{ line: 2, cells: ['Diakonie Würzburg – Süd', '€'] }],
    });
    const utf16 = Uint8Array.from(Buffer.from('\ufefforganisation\tsector\r\nMünchen\tx\r\n', 'utf16le'));
    expect(read(utf16)).toMatchObject({
      encoding: 'utf-16',
      delimiter: '\t',
      rows: [{ line: 2, cells: ['München', 'x'] }],
    });
    expect(read('sep=;\r\norganisation;sector\r\na;b')).toMatchObject({
      delimiter: ';',
      rows: [{ line: 3, cells: ['a', 'b'] }],
    });
  });

  it('makes one key of a composed and a decomposed umlaut', () => {
    expect(read('organisation,it\nMu\u0308ller,1\n').rows[0]?.cells[0]).toBe('Müller');
  });

  it('leaves out empty lines and lines of delimiters, and goes on counting', () => {
    expect(read('organisation;it\r\n\r\na;1\r\n;\r\nb;2\r\n').rows).toEqual([
      { line: 3, cells: ['a', '1'] },
      { line: 5, cells: ['b', '2'] },
    ]);
  });

  it.each([
    ['', 'rows.csv is empty'],
    ['organisation,it\na,"1\nb,2\n', 'rows.csv, line 2: a quoted cell begins and never ends'],
    ['organisation,it\na,1\nb,5" pipe\n', 'rows.csv, line 3: a quotation mark stands inside a cell'],
    [`organisation,it\na,${'x'.repeat(20 * 2 ** 20)}\n`, 'rows.csv, line 2: the row has more than 100000 characters'],
    [`organisation,it\na,"${'b,2\n'.repeat(50_000)}`, 'line 2: the row has more than 100000 characters (is a closing'],
    [Uint8Array.from([0x61, 0x00, 0x62]), 'not a text file'],
    [Uint8Array.from([0x61, 0x81, 0x62]), 'neither UTF-8 nor Windows-1252 (byte 0x81)'],
  ])('refuses what it cannot read for certain: %.60j', (text, message) => {
    expect(() => read(text)).toThrow(CannotRun);
    expect(() => read(text)).toThrow(message);
  });
});

describe('columns', () => {
  const match = (header: string) => matchColumns(read(`${header}\nx\n`), SCORES, 'rows.csv');

  it('are found in any order and case, the unit type attribute and optional ones may be absent', () => {
    expect(match('IT,Organisation,conductedon,size,sector').map((column) => column?.name)).toEqual([
      'it',
      'organisation',
      'conductedOn',
      'size',
      'sector',
    ]);
  });

  it.each([
    [
      'organisation,conductedOn,sector,size,it,Umsatz,e-mail',
      'columns that scorecheck.1 does not know: "Umsatz", "e-mail"',
    ],
    ['organisation,conductedOn,sector,size,it,it', 'the column "it" more than once'],
    ['organisation,sector,it', 'lacks the columns conductedOn, size'],
    ['organisation,conductedOn,sector,size', 'no column for any dimension'],
  ])('are refused: %s', (header, message) => {
    expect(() => match(header)).toThrow(message);
  });

  it('without a name pass only when empty', () => {
    const header = 'organisation,conductedOn,sector,size,it,';
    expect(matchColumns(read(`${header}\na,b,c,d,1,\n`), SCORES, 'f').at(-1)).toBeUndefined();
    expect(() => matchColumns(read(`${header}\na,b,c,d,1,x\n`), SCORES, 'f')).toThrow('the 6th, which has no name');
  });
});

describe('a row', () => {
  const rowOf = (instrument: typeof SCORES, cells: Record<string, string>): ReadRow | Reject[] => {
    const columns = columnsOf(instrument).filter((column) => column.name in cells);
    return readRow({ line: 7, cells: columns.map((column) => cells[column.name] ?? '') }, columns, instrument);
  };
  const good = { organisation: 'k-1', conductedOn: '2026-06-30', sector: 'youth', size: '1-9', it: '40', culture: '' };

  it('becomes a body without the partner’s key; level defaults to its first code, empty scores stay out', () => {
    expect(rowOf(SCORES, { ...good, associations: 'AB-12|CD-34' })).toMatchObject({
      organisation: 'k-1',
      conductedOn: '2026-06-30',
      body: {
        instrument: 'scorecheck.1',
        profile: { level: 'facility', sector: 'youth', size: '1-9' },
        conductedOn: '2026-06-30',
        scores: { it: 40 },
        associations: ['AB-12', 'CD-34'],
      },
    });
    expect(JSON.stringify((rowOf(SCORES, good) as ReadRow).body)).not.toContain('k-1');
  });

  it('reads answers, also in capitals', () => {
    const { it: _, culture: __, ...profile } = good;
    const row = rowOf(QUESTIONNAIRE, { ...profile, level: 'carrier', 'it-1': '0', 'it-2': 'NA', 'it-3': '' });
    expect(row).toMatchObject({ body: { answers: { 'it-1': 0, 'it-2': 'na' }, profile: { level: 'carrier' } } });
  });

  it.each([
    [{ it: '47,5' }, 'it', 'has a decimal comma: round it'],
    [{ it: '47.5' }, 'it', 'has decimals: round it'],
    [{ it: '101' }, 'it', 'not a whole number from 0 to 100'],
    [{ it: '-1' }, 'it', 'not a whole number from 0 to 100'],
    [{ it: '' }, '', 'no dimension has a score'],
    [{ organisation: '' }, 'organisation', 'empty'],
    [{ conductedOn: '' }, 'conductedOn', 'empty'],
    [{ conductedOn: '2026-02-30' }, 'conductedOn', 'not a date'],
    [{ conductedOn: '6/30/2026' }, 'conductedOn', 'not a date'],
    [{ sector: 'Altenhilfe' }, 'sector', 'one of: elder-care, youth'],
    [{ size: '' }, 'size', 'empty, but needed'],
    [{ associations: 'a b c d' }, 'associations', 'at most three'],
  ])('is rejected with line, column and reason: %j', (change, column, reason) => {
    const rejects = rowOf(SCORES, { ...good, ...change });
    expect(rejects).toEqual([expect.objectContaining({ line: 7, column, reason: expect.stringContaining(reason) })]);
  });

  it('names every fault at once', () => {
    expect(rowOf(SCORES, { ...good, it: 'x', sector: 'y', conductedOn: 'z' })).toHaveLength(3);
  });

  it('with more cells than the header is rejected', () => {
    const columns = columnsOf(SCORES).slice(0, 2);
    const rejects = readRow({ line: 2, cells: ['a', '2026-01-01', '', 'surplus'] }, columns, SCORES);
    expect(rejects).toContainEqual(
      expect.objectContaining({ column: '', reason: expect.stringContaining('more cells') }),
    );
  });

  it('takes a German date for what it is', () => {
    expect(readDate('01.07.2016')).toBe('2016-07-01');
    expect(readDate('1.7.2016')).toBe('2016-07-01');
    expect(readDate('31.2.2016')).toBeNull();
    expect(readDate('1.7.16')).toBeNull();
  });
});
