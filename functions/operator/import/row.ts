import type { Instrument } from '#contracts/instrument';
import type { Answer, SubmissionBody } from '#contracts/submission';
import { IsoDate } from '#contracts/text';
import type { Column } from './columns.ts';
import type { CsvRow } from './csv-file.ts';

/** Why a row does not go in; `column` is empty where the row as a whole is meant. */
export interface Reject {
  line: number;
  organisation: string;
  column: string;
  value: string;
  reason: string;
}

/** A row ready to be sent: the partner's key, which stays here, and the body, which does not contain it. */
export interface ReadRow {
  line: number;
  organisation: string;
  conductedOn: string;
  body: SubmissionBody;
  /** Column name -> cell, for the rejects file, should the service refuse the row. */
  cells: Record<string, string>;
}

/** @param column the one that is to blame; without it, the row as a whole is */
export function rejectOf(
  { line, organisation, cells }: Omit<ReadRow, 'body' | 'conductedOn'>,
  reason: string,
  column = '',
): Reject {
  return { line, organisation, column, value: cells[column] ?? '', reason };
}

/**
 * Reads one row. Checked here is what a spreadsheet gets wrong; the service checks the rest and its word is final.
 * Empty answers and scores are unanswered; an absent or empty unit type attribute means its first code.
 */
export function readRow(row: CsvRow, columns: (Column | undefined)[], instrument: Instrument): ReadRow | Reject[] {
  const cells: Record<string, string> = {};
  columns.forEach((column, index) => {
    if (column) cells[column.name] = row.cells[index] ?? '';
  });
  const organisation = cells.organisation ?? '';
  const rejects: Reject[] = [];
  const reject = (column: string, reason: string) =>
    rejects.push(rejectOf({ line: row.line, organisation, cells }, reason, column));

  const surplus = row.cells.slice(columns.length).filter((cell) => cell !== '');
  if (surplus.length > 0)
    reject('', `the row has more cells than the header (${row.cells.length} instead of ${columns.length})`);
  if (organisation === '') reject('organisation', 'empty: every row needs the key of its organisation');
  const conductedOn = readDate(cells.conductedOn ?? '');
  if (conductedOn === null)
    reject(
      'conductedOn',
      cells.conductedOn === ''
        ? 'empty: the day the check was made is needed'
        : 'not a date: write it as 2026-06-30 (or 30.06.2026)',
    );

  const profile: Record<string, string> = {};
  for (const attribute of instrument.profile) {
    const code = cells[attribute.id] ?? '';
    if (code !== '') {
      if (attribute.codes.some((entry) => entry.id === code)) profile[attribute.id] = code;
      else reject(attribute.id, `not a code of "${attribute.id}"; ${listOf(attribute.codes.map((entry) => entry.id))}`);
    } else if (attribute.id === instrument.unitTypeAttribute) {
      profile[attribute.id] = attribute.codes[0]!.id;
    } else if (attribute.required) {
      reject(attribute.id, `empty, but needed; ${listOf(attribute.codes.map((entry) => entry.id))}`);
    }
  }

  const answers: Record<string, Answer> = {};
  const scores: Record<string, number> = {};
  for (const column of columns) {
    if (column?.kind !== 'answer' && column?.kind !== 'score') continue;
    const cell = cells[column.name] ?? '';
    if (cell === '') continue;
    if (column.kind === 'answer') {
      const answer = readAnswer(cell);
      if (answer === null) reject(column.name, `not an answer: 0, 1, 2, 3, 4, na or dk${decimalHint(cell)}`);
      else answers[column.id] = answer;
    } else {
      const score = readScore(cell);
      if (score === null) reject(column.name, `not a whole number from 0 to 100${decimalHint(cell)}`);
      else scores[column.id] = score;
    }
  }
  const isQuestionnaire = instrument.kind === 'questionnaire';
  if (rejects.length === 0 && Object.keys(isQuestionnaire ? answers : scores).length === 0)
    reject('', isQuestionnaire ? 'no item is answered' : 'no dimension has a score');

  const associations = (cells.associations ?? '').split(/[\s|]+/).filter((code) => code !== '');
  if (associations.length > 3) reject('associations', `${associations.length} codes: at most three are possible`);

  if (rejects.length > 0 || conductedOn === null) return rejects;
  const body: SubmissionBody = {
    instrument: instrument.id,
    profile,
    conductedOn,
    ...(isQuestionnaire ? { answers } : { scores }),
    ...(associations.length > 0 ? { associations } : {}),
  };
  return { line: row.line, organisation, conductedOn, body, cells };
}

/** `2026-06-30`, or `30.06.2026` and `30.6.2026` as a German spreadsheet rewrites it; null for anything else. */
export function readDate(cell: string): string | null {
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(cell);
  const text = german ? `${german[3]}-${german[2]!.padStart(2, '0')}-${german[1]!.padStart(2, '0')}` : cell;
  return IsoDate.safeParse(text).success ? text : null;
}

function readAnswer(cell: string): Answer | null {
  const text = cell.toLowerCase();
  if (text === 'na' || text === 'dk') return text;
  return /^[0-4]$/.test(text) ? (Number(text) as Answer) : null;
}

function readScore(cell: string): number | null {
  return /^(\d|[1-9]\d|100)$/.test(cell) ? Number(cell) : null;
}

function decimalHint(cell: string): string {
  if (/^-?\d+,\d+$/.test(cell)) return ' (this one has a decimal comma: round it)';
  return /^-?\d+\.\d+$/.test(cell) ? ' (this one has decimals: round it)' : '';
}

function listOf(codes: string[]): string {
  return `one of: ${codes.slice(0, 20).join(', ')}${codes.length > 20 ? ' ...' : ''}`;
}
