import type { Instrument } from '#contracts/instrument';
import { plainText } from '#contracts/plain-code';
import type { LocalText } from '#contracts/text';
import { Refusal } from './refusal.ts';

/** What a column holds: a part of the submission, or the partner's own key. */
export interface Column {
  kind: 'organisation' | 'conductedOn' | 'associations' | 'profile' | 'answer' | 'score' | 'question';
  /** How the import's file calls it: for parts of the instrument their id. */
  name: string;
  title: LocalText;
}

/** Every column an instrument's import file may have, in the order of the documentation. */
export function columnsOf(instrument: Instrument): Column[] {
  const parts = (kind: Column['kind'], entries: readonly { id: string; title: LocalText }[]) =>
    entries.map(({ id, title }) => ({ kind, name: id, title }));
  const columns: Column[] = [
    { kind: 'organisation', name: 'organisation', title: { de: 'Organisation', en: 'Organisation' } },
    { kind: 'conductedOn', name: 'conductedOn', title: { de: 'Datum des Checks', en: 'Date of the check' } },
    { kind: 'associations', name: 'associations', title: { de: 'Beitrittscodes', en: 'Join codes' } },
    ...parts('profile', instrument.profile),
    ...(instrument.kind === 'questionnaire'
      ? parts('answer', instrument.items)
      : parts('score', instrument.dimensions)),
    ...parts('question', instrument.questions),
  ];
  const names = columns.map((column) => column.name.toLowerCase());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new Refusal({
      de: `${instrument.id} lässt sich nicht importieren: Zwei Teile heißen „${twice}“.`,
      en: `${instrument.id} cannot be imported: two of its parts are called "${twice}".`,
    });
  return columns;
}

/** What else columns are called. */
const ALSO: Record<string, string[]> = {
  organisation: ['organisationsschlüssel', 'schlüssel', 'key'],
  conductedOn: ['datum', 'date', 'durchgeführt am', 'conducted on'],
  associations: ['cohorts', 'mitgliedergruppen', 'association codes'],
};

/**
 * Titles and codes are compared without regard to letter case, quotation marks, a colon or star behind them, umlauts written
 * as two letters, and what `plainText` drops.
 */
export const comparable = (text: string): string =>
  plainText(text)
    .replace(/["'“”„‚‘’]/g, '')
    .replace(/ ?- ?/g, '-')
    .replace(/[\s:*]+$/, '')
    .trim()
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => TWO_LETTERS[letter] ?? letter);

const TWO_LETTERS: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/** Finds a column by its name, its title in either language, or both as the template writes them: `Größe (size)`. */
export function columnFinder(columns: readonly Column[]): (title: string) => Column | undefined {
  const found = new Map<string, Column | null>();
  const add = (title: string, column: Column) => {
    const former = found.get(comparable(title));
    // A title of two columns names neither.
    found.set(comparable(title), former && former !== column ? null : column);
  };
  for (const column of columns)
    for (const title of [column.title.de, column.title.en, ...(ALSO[column.name] ?? [])]) add(title, column);
  for (const column of columns) found.set(comparable(column.name), column);
  return (title) => {
    const inBrackets = /\(([^()]+)\)\s*$/.exec(title)?.[1];
    return found.get(comparable(title)) ?? (inBrackets ? (found.get(comparable(inBrackets)) ?? undefined) : undefined);
  };
}

/** How a header column is written in the template: `Größe (size)`. */
export const columnTitle = ({ name, title }: Column, lang: 'de' | 'en'): string => `${title[lang]} (${name})`;
