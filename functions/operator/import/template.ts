import { open } from 'node:fs/promises';
import writeWorkbook, { type SheetData } from 'write-excel-file/node';
import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import { NO_LEVEL } from './choices.ts';
import { type Column, columnsOf, columnTitle } from './columns.ts';
import { Refusal } from './refusal.ts';

/** Rows that are prepared: formatted, with lists to choose from. */
const PREPARED_ROWS = 1_000;

/**
 * Writes a workbook to fill in: a sheet with lists of labels to choose from, in which keys, dates, codes and size classes are
 * text, so that no spreadsheet rewrites them; an explanation with an example; and the lists.
 *
 * @throws Refusal where the file exists or cannot be written
 */
export async function writeTemplate(file: string, instrument: Instrument, lang: Lang): Promise<void> {
  const columns = columnsOf(instrument);
  const lists = columns.map((column) => labelsOf(column, instrument, lang));
  const words = WORDS[lang];
  const bytes = await writeWorkbook(
    [
      {
        data: sheetToFill(columns, lang),
        sheet: words.fill,
        columns: columns.map(widthOf),
        stickyRowsCount: 1,
        stickyColumnsCount: 1,
      },
      {
        data: explanation(columns, lists, instrument, lang),
        sheet: words.explanation,
        columns: [{ width: 34 }, { width: 60 }, { width: 34 }],
      },
      { data: listsSheet(columns, lists), sheet: words.lists },
    ],
    { features: [dropDowns(lists, words.lists)] },
  ).toBuffer();
  const handle = await open(file, 'wx').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST'
      ? new Refusal({
          de: `${file} gibt es schon; nennen Sie eine neue Datei.`,
          en: `${file} exists already; name a new file.`,
        })
      : new Refusal({
          de: `${file} kann nicht geschrieben werden (${error.code}).`,
          en: `${file} cannot be written (${error.code}).`,
        });
  });
  await handle.writeFile(bytes);
  await handle.close();
}

/** What a cell of a column may say; none where it is free. */
function labelsOf({ kind, name }: Column, instrument: Instrument, lang: Lang): string[] {
  if (kind === 'answer') return ['0', '1', '2', '3', '4', NO_LEVEL.na[lang], NO_LEVEL.dk[lang]];
  const list =
    instrument.profile.find(({ id }) => kind === 'profile' && id === name) ??
    instrument.questions.find(({ id, maxChoices }) => kind === 'question' && id === name && maxChoices === 1);
  return list?.codes.map(({ label }) => label[lang]) ?? [];
}

const TEXT = '@';
const widthOf = ({ kind }: Column) => ({ width: kind === 'answer' || kind === 'score' ? 14 : 30 });

function sheetToFill(columns: readonly Column[], lang: Lang): SheetData {
  const head = columns.map((column) => ({
    value: columnTitle(column, lang),
    type: String,
    format: TEXT,
    fontWeight: 'bold' as const,
    wrap: true,
    backgroundColor: '#dfe7ee',
  }));
  const row = columns.map(() => ({ value: '', type: String, format: TEXT }));
  return [head, ...Array.from({ length: PREPARED_ROWS }, () => row)];
}

function explanation(columns: readonly Column[], lists: string[][], instrument: Instrument, lang: Lang): SheetData {
  const words = WORDS[lang];
  const bold = (value: string) => ({ value, fontWeight: 'bold' as const });
  const text = (value: string) => ({ value, type: String, format: TEXT, wrap: true, alignVertical: 'top' as const });
  return [
    [bold(`${instrument.title[lang]} (${instrument.id})`)],
    ...words.about.map((line) => [{ ...text(line), columnSpan: 3 }, null, null]),
    [],
    [bold(words.column), bold(words.meaning), bold(words.example)],
    ...columns.map((column, at) => [
      text(columnTitle(column, lang)),
      text(meaningOf(column, instrument, lang)),
      text(lists[at]?.[column.kind === 'answer' ? 3 : 1] ?? EXAMPLES[column.kind] ?? ''),
    ]),
  ];
}

const EXAMPLES: Partial<Record<Column['kind'], string>> = {
  organisation: 'H-0042',
  conductedOn: '30.06.2026',
  score: '47',
};

function meaningOf({ kind, name }: Column, instrument: Instrument, lang: Lang): string {
  const words = WORDS[lang];
  if (kind === 'organisation' || kind === 'conductedOn' || kind === 'associations' || kind === 'score')
    return words[kind];
  const part =
    instrument.profile.find(({ id }) => id === name) ??
    instrument.items.find(({ id }) => id === name) ??
    instrument.questions.find(({ id }) => id === name);
  const choices = instrument.questions.find(({ id }) => kind === 'question' && id === name);
  const several =
    choices && choices.maxChoices > 1 ? ` ${words.several(choices.codes.map(({ id }) => id).join(', '))}` : '';
  return `${part?.question[lang] ?? ''}${several}`;
}

/** One column a list; its first row is the name of the column. */
function listsSheet(columns: readonly Column[], lists: string[][]): SheetData {
  const longest = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: longest + 1 }, (_, row) =>
    columns.map(({ name }, at) => ({
      value: (row === 0 ? name : lists[at]?.[row - 1]) ?? '',
      type: String,
      format: TEXT,
    })),
  );
}

/** Lists to choose from: `write-excel-file` has none of its own, but lets its files be added to. */
function dropDowns(lists: string[][], listsName: string) {
  const rules = lists.flatMap((list, at) => {
    if (list.length === 0) return [];
    const column = columnLetters(at);
    const source = `'${listsName}'!$${column}$2:$${column}$${list.length + 1}`;
    return [
      `<dataValidation type="list" allowBlank="1" showErrorMessage="1" errorStyle="warning" sqref="${column}2:${column}${PREPARED_ROWS + 1}"><formula1>${source}</formula1></dataValidation>`,
    ];
  });
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          // Behind the cells and what is merged, where the order of the format wants it.
          transform: (xml: string, _: unknown, { sheetIndex }: { sheetIndex: number }) =>
            sheetIndex === 0
              ? xml.replace(
                  '</sheetData>',
                  `</sheetData><dataValidations count="${rules.length}">${rules.join('')}</dataValidations>`,
                )
              : xml,
        },
      },
    },
  };
}

/** 0 is A, 26 is AA. */
function columnLetters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter;
}

interface Words {
  fill: string;
  explanation: string;
  lists: string;
  column: string;
  meaning: string;
  example: string;
  about: string[];
  organisation: string;
  conductedOn: string;
  associations: string;
  score: string;
  several: (codes: string) => string;
}

const WORDS: Record<Lang, Words> = {
  de: {
    fill: 'Checks',
    explanation: 'Erklärung',
    lists: 'Listen',
    column: 'Spalte',
    meaning: 'Bedeutung',
    example: 'Beispiel',
    about: [
      'Auf dem Blatt „Checks“ steht in jeder Zeile ein Check. Die Kopfzeile bleibt, wie sie ist; Spalten, die Sie nicht brauchen, dürfen Sie löschen oder leer lassen.',
      'Alle Zellen sind Text, damit die Tabellenkalkulation aus „1-9“ kein Datum und aus „007“ keine 7 macht. Fügen Sie Kopiertes deshalb als „nur Werte“ ein.',
      'Wo es eine Liste gibt, wählen Sie daraus. Antworten sind Stufen von 0 bis 4; leer heißt nicht beantwortet.',
    ],
    organisation:
      'Ihr eigener Schlüssel der Organisation. Er verlässt Ihren Rechner nicht und bleibt über alle Jahre derselbe.',
    conductedOn: 'Der Tag, an dem der Check ausgefüllt wurde.',
    associations: 'Bis zu drei Beitrittscodes von Mitgliedergruppen, durch Leerzeichen getrennt; meist leer.',
    score: 'Eine ganze Zahl von 0 bis 100.',
    several: (codes) => `Mehrere Angaben sind möglich, durch Kommas getrennt: ${codes}.`,
  },
  en: {
    fill: 'Checks',
    explanation: 'Explanation',
    lists: 'Lists',
    column: 'Column',
    meaning: 'Meaning',
    example: 'Example',
    about: [
      'Each row of the sheet "Checks" is one check. The header stays as it is; columns that you do not need may be deleted or left empty.',
      'All cells are text, so that the spreadsheet makes no date of "1-9" and no 7 of "007". Paste what you copied as "values only".',
      'Where there is a list, choose from it. Answers are levels from 0 to 4; empty means not answered.',
    ],
    organisation:
      'Your own key of the organisation. It does not leave your computer, and stays the same over the years.',
    conductedOn: 'The day on which the check was filled in.',
    associations: 'Up to three join codes of associations, separated by spaces; mostly empty.',
    score: 'A whole number from 0 to 100.',
    several: (codes) => `Several choices are possible, separated by commas: ${codes}.`,
  },
};
