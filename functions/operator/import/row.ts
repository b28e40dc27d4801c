import type { Instrument, ProfileAttribute } from '#contracts/instrument';
import { plainCode, plainText } from '#contracts/plain-code';
import type { Answer, SubmissionBody } from '#contracts/submission';
import type { LocalText } from '#contracts/text';
import { choiceFault, type Readers, readChoices, readersOf, readScore } from './choices.ts';
import { comparable } from './columns.ts';
import { DATE_FORMS, isMadeDate, readDate } from './dates.ts';
import type { Header, Place } from './header.ts';
import { keyDamage } from './keys.ts';
import type { TableRow } from './table.ts';

/** Why a row does not go in; `column` is empty where the row as a whole is meant. */
export interface Reject {
  line: number;
  organisation: string;
  column: string;
  value: string;
  reason: LocalText;
}

/** A row ready to be sent: the partner's key, which stays here, and the body, which does not contain it. */
export interface ReadRow {
  line: number;
  organisation: string;
  conductedOn: string;
  body: SubmissionBody;
  /** Column name -> cell, for the rejects file, should the service refuse the row. */
  cells: Record<string, string>;
  /** The key was written with signs that nobody sees, or another dash or space than the usual one. */
  isKeyCleaned: boolean;
}

/** @param column the one that is to blame; without it, the row as a whole is */
export function rejectOf(
  { line, organisation, cells }: Pick<ReadRow, 'line' | 'organisation' | 'cells'>,
  reason: LocalText,
  column = '',
): Reject {
  return { line, organisation, column, value: cells[column] ?? '', reason };
}

/** The earliest day of a check that the service takes. */
const EARLIEST = '2000-01-01';
const MAX_ASSOCIATIONS = 3;

/** @param today the date in Berlin: no check is of a later day */
export function rowReader(
  instrument: Instrument,
  header: Header,
  { always, today }: { always: Record<string, string>; today: string },
): (row: TableRow) => ReadRow | Reject[] {
  const readers = readersOf(instrument);
  return (row) => {
    const { cells, unread } = cellsOf(row, header, always);
    const key = cells.organisation ?? '';
    const rejects: Reject[] = [];
    const given: Given = {
      instrument,
      readers,
      cells,
      reject: (column, reason) =>
        void rejects.push(rejectOf({ line: row.line, organisation: key, cells }, reason, column)),
    };
    if (unread !== undefined) given.reject('', unread);
    const damage = keyDamage(key);
    if (damage) given.reject('organisation', damage);
    const conductedOn = dayOf(given, today);
    const profile = profileOf(given);
    const values: Pick<SubmissionBody, 'answers' | 'scores'> =
      instrument.kind === 'questionnaire' ? { answers: answersOf(given) } : { scores: scoresOf(given) };
    if (rejects.length === 0 && Object.keys(values.answers ?? values.scores ?? {}).length === 0)
      given.reject('', instrument.kind === 'questionnaire' ? NO_ITEM : NO_SCORE);
    const questions = questionsOf(given);
    const associations = associationsOf(given);
    if (rejects.length > 0 || conductedOn === null) return rejects;
    const body: SubmissionBody = {
      instrument: instrument.id,
      profile,
      conductedOn,
      ...values,
      ...(Object.keys(questions).length > 0 ? { questions } : {}),
      ...(associations.length > 0 ? { associations } : {}),
    };
    return { line: row.line, organisation: key, conductedOn, body, cells, isKeyCleaned: isKeyCleaned(row, header) };
  };
}

function isKeyCleaned(row: TableRow, { places }: Header): boolean {
  const raw = row.cells[places.findIndex((place) => place?.column.kind === 'organisation')]?.trim() ?? '';
  return plainText(raw) !== raw;
}

interface Given {
  instrument: Instrument;
  readers: Readers;
  cells: Record<string, string>;
  reject: (column: string, reason: LocalText) => void;
}

/** The cells by our columns, as plain text and in our values. */
function cellsOf(row: TableRow, header: Header, always: Record<string, string>) {
  const cells: Record<string, string> = { ...always };
  for (const [at, place] of header.places.entries()) {
    if (!place) continue;
    const text = ourValue(plainText(row.cells[at] ?? ''), place);
    const { name } = place.column;
    if (place.chosen === undefined) {
      if (text !== '' || !(name in always)) cells[name] = text;
    } else {
      const former = cells[name] ?? '';
      cells[name] = text === '' ? former : [former, text].filter(Boolean).join('|');
    }
  }
  const surplus = row.cells.slice(header.width).some((cell) => plainText(cell) !== '');
  const nameless = header.unnamed.find((at) => plainText(row.cells[at] ?? '') !== '');
  const unread = surplus
    ? moreCells(row.cells.length, header.width)
    : nameless === undefined
      ? undefined
      : namelessCell(nameless + 1);
  return { cells, unread };
}

/** A spreadsheet's apostrophe before a text is no part of it. */
function ourValue(cell: string, { values, chosen, column }: Place): string {
  const text = cell.replace(/^'(?=.)/, '');
  const mapped = values.get(comparable(text)) ?? text;
  if (chosen === undefined) return mapped;
  const isChosen = /^(?:y|yes|j|ja|1|x|true|wahr|ausgewählt|selected)$/i.test(mapped);
  return isChosen || mapped === chosen
    ? chosen
    : /^(?:n|no|nein|0|false|falsch|)$/i.test(mapped)
      ? ''
      : `${column.name}=${mapped}`;
}

function dayOf({ cells, reject }: Given, today: string): string | null {
  const cell = cells.conductedOn ?? '';
  const day = readDate(cell);
  if (day === null) reject('conductedOn', cell === '' ? NO_DAY : NOT_A_DATE);
  else if (day > today) reject('conductedOn', inFuture(day, today));
  else if (day < EARLIEST) reject('conductedOn', tooEarly(day));
  return day;
}

/** An absent or empty unit type attribute means its first code. */
function profileOf({ instrument, readers, cells, reject }: Given): Record<string, string> {
  const profile: Record<string, string> = {};
  for (const attribute of instrument.profile) {
    const cell = cells[attribute.id] ?? '';
    const code = cell === '' ? undefined : readers.profile.get(attribute.id)!(cell);
    if (code !== undefined) profile[attribute.id] = code;
    else if (cell !== '') reject(attribute.id, isRangeMadeDate(attribute, cell) ? SIZE_DATE : notACode(attribute));
    else if (attribute.id === instrument.unitTypeAttribute) profile[attribute.id] = attribute.codes[0]!.id;
    else if (attribute.required) reject(attribute.id, emptyCode(attribute));
  }
  return profile;
}

const isRangeMadeDate = ({ codes }: ProfileAttribute, cell: string) =>
  codes.some(({ id }) => /^\d+-\d+$/.test(id)) && isMadeDate(cell);

/** Empty answers are unanswered. */
function answersOf({ instrument, readers, cells, reject }: Given): Record<string, Answer> {
  const answers: Record<string, Answer> = {};
  for (const { id } of instrument.items) {
    const cell = cells[id] ?? '';
    if (cell === '') continue;
    const answer = readers.answers.get(id)!(cell);
    if (answer === undefined) reject(id, notAnAnswer(cell));
    else answers[id] = answer;
  }
  return answers;
}

function scoresOf({ instrument, cells, reject }: Given): Record<string, number> {
  const scores: Record<string, number> = {};
  for (const { id } of instrument.dimensions) {
    const cell = cells[id] ?? '';
    if (cell === '') continue;
    const score = readScore(cell);
    if (score === undefined) reject(id, notAScore(cell));
    else scores[id] = score;
  }
  return scores;
}

function questionsOf({ instrument, readers, cells, reject }: Given): Record<string, string[]> {
  const questions: Record<string, string[]> = {};
  for (const question of instrument.questions) {
    const cell = cells[question.id] ?? '';
    if (cell === '') continue;
    const { codes, unknown } = readChoices(cell, readers.questions.get(question.id)!);
    const fault = choiceFault(question, codes);
    if (unknown.length > 0) reject(question.id, notACode(question));
    else if (fault === 'too-many') reject(question.id, tooMany(codes.length, question.maxChoices));
    else if (fault !== null) reject(question.id, fault === 'repeated' ? REPEATED_CODE : exclusive(question.exclusive!));
    else questions[question.id] = codes;
  }
  return questions;
}

function associationsOf({ cells, reject }: Given): string[] {
  const codes = (cells.associations ?? '')
    .split(/[\s|,;]+/)
    .map(plainCode)
    .filter((code) => code !== '');
  if (codes.length > MAX_ASSOCIATIONS) reject('associations', tooMany(codes.length, MAX_ASSOCIATIONS));
  return codes;
}

const NO_DAY: LocalText = {
  de: 'leer; gebraucht wird der Tag des Checks',
  en: 'empty: the day the check was made is needed',
};
const NOT_A_DATE: LocalText = {
  de: `kein eindeutiges Datum; gelesen werden ${DATE_FORMS}`,
  en: `not a date that can mean one day only; these forms are read: ${DATE_FORMS}`,
};
const inFuture = (day: string, today: string): LocalText => ({
  de: `${day} liegt in der Zukunft (heute ist ${today})`,
  en: `${day} is in the future (today is ${today})`,
});
const tooEarly = (day: string): LocalText => ({
  de: `${day} liegt vor dem ${EARLIEST}`,
  en: `${day} is before ${EARLIEST}`,
});
const SIZE_DATE: LocalText = {
  de: 'eine Tabellenkalkulation hat aus einer Größenklasse ein Datum gemacht (1-9 wird 01. Sep, 10-49 wird Okt 49); formatieren Sie die Spalte als Text, bevor Sie sie ausfüllen, oder schreiben Sie die Bezeichnung, etwa „1 bis 9 Beschäftigte“',
  en: 'a spreadsheet has made a date of a size class (1-9 becomes 9 Jan, 10-49 becomes Oct 49): format the column as text before you fill it in, or write the label, such as "1 to 9 employees"',
};
const NO_ITEM: LocalText = { de: 'keine Frage ist beantwortet', en: 'no item is answered' };
const NO_SCORE: LocalText = { de: 'kein Bereich hat einen Wert', en: 'no dimension has a score' };
const REPEATED_CODE: LocalText = { de: 'eine Auswahl steht zweimal da', en: 'a choice is there twice' };
const exclusive = (code: string): LocalText => ({
  de: `„${code}“ schließt alles andere aus`,
  en: `"${code}" excludes every other choice`,
});
const tooMany = (count: number, maximum: number): LocalText => ({
  de: `${count} Angaben; möglich ${maximum === 1 ? 'ist eine' : `sind höchstens ${maximum}`}`,
  en: `${count} given: at most ${maximum === 1 ? 'one is' : `${maximum} are`} possible`,
});
const moreCells = (cells: number, width: number): LocalText => ({
  de: `die Zeile hat mehr Zellen als die Kopfzeile (${cells} statt ${width})`,
  en: `the row has more cells than the header (${cells} instead of ${width})`,
});
const namelessCell = (place: number): LocalText => ({
  de: `in der ${place}. Spalte steht etwas, aber sie hat keinen Namen`,
  en: `something stands in column ${place}, which has no name`,
});

interface Listed {
  id: string;
  codes: readonly { id: string; label: LocalText }[];
}
const notACode = ({ id, codes }: Listed): LocalText => ({
  de: `kein Code von „${id}“ und keine Bezeichnung; ${listOf(codes, 'de')}`,
  en: `not a code of "${id}" and not a label; ${listOf(codes, 'en')}`,
});
const emptyCode = ({ codes }: Listed): LocalText => ({
  de: `leer, wird aber gebraucht; ${listOf(codes, 'de')}`,
  en: `empty, but needed; ${listOf(codes, 'en')}`,
});
function listOf(codes: Listed['codes'], lang: 'de' | 'en'): string {
  const ids = codes.slice(0, 20).map((entry) => entry.id);
  return `${lang === 'de' ? 'möglich sind' : 'one of'}: ${ids.join(', ')}${codes.length > 20 ? ' ...' : ''}`;
}

const notAnAnswer = (cell: string): LocalText => ({
  de: `keine Antwort; möglich sind 0, 1, 2, 3, 4, na und dk${decimalHint(cell).de}`,
  en: `not an answer: 0, 1, 2, 3, 4, na or dk${decimalHint(cell).en}`,
});
const notAScore = (cell: string): LocalText => ({
  de: `keine ganze Zahl von 0 bis 100${decimalHint(cell).de}`,
  en: `not a whole number from 0 to 100${decimalHint(cell).en}`,
});
function decimalHint(cell: string): LocalText {
  if (/^-?\d+,\d+$/.test(cell))
    return { de: ' (diese hat Nachkommastellen; runden Sie sie)', en: ' (this one has a decimal comma: round it)' };
  if (/^-?\d+\.\d+$/.test(cell))
    return { de: ' (diese hat Nachkommastellen; runden Sie sie)', en: ' (this one has decimals: round it)' };
  return { de: '', en: '' };
}
