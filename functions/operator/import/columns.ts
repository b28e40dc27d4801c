import type { Instrument } from '#contracts/instrument';
import { CannotRun } from '#functions/local/cannot-run';
import type { CsvFile } from './csv-file.ts';

/** What a column holds: a part of the submission, or the partner's own key. */
export type Column =
  | { kind: 'organisation' | 'conductedOn' | 'associations'; name: string }
  | { kind: 'profile' | 'answer' | 'score'; name: string; id: string };

/** Every column an instrument's import file may have, in the order of the documentation. */
export function columnsOf(instrument: Instrument): Column[] {
  const columns: Column[] = [
    { kind: 'organisation', name: 'organisation' },
    { kind: 'conductedOn', name: 'conductedOn' },
    { kind: 'associations', name: 'associations' },
    ...instrument.profile.map(({ id }) => ({ kind: 'profile' as const, name: id, id })),
    ...(instrument.kind === 'questionnaire'
      ? instrument.items.map(({ id }) => ({ kind: 'answer' as const, name: id, id }))
      : instrument.dimensions.map(({ id }) => ({ kind: 'score' as const, name: id, id }))),
  ];
  const names = columns.map((column) => column.name.toLowerCase());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new CannotRun(`${instrument.id} cannot be imported from CSV: two of its parts are called "${twice}".`);
  return columns;
}

/**
 * Matches a header with the instrument's columns, regardless of case: by position, undefined for a column without a name
 * and without content. Throws a sentence naming every unknown, repeated or missing column, before anything is sent.
 */
export function matchColumns(file: CsvFile, instrument: Instrument, name: string): (Column | undefined)[] {
  const columns = columnsOf(instrument);
  const byName = new Map(columns.map((column) => [column.name.toLowerCase(), column]));
  const matched = file.header.map((title) => byName.get(title.toLowerCase()));

  const isUsed = (index: number) =>
    file.header[index] !== '' || file.rows.some((row) => (row.cells[index] ?? '') !== '');
  const unknown = file.header.flatMap((title, index) =>
    matched[index] || !isUsed(index) ? [] : [title === '' ? `the ${index + 1}th, which has no name` : `"${title}"`],
  );
  if (unknown.length > 0)
    throw new CannotRun(
      `${name} has ${unknown.length === 1 ? 'a column' : 'columns'} that ${instrument.id} does not know: ${unknown.join(', ')}. ` +
        `Nothing was sent. Known columns: ${columns.map((column) => column.name).join(', ')}.`,
    );

  const repeated = matched.filter((column, index) => column && matched.indexOf(column) !== index);
  if (repeated.length > 0)
    throw new CannotRun(`${name} has the column "${repeated[0]?.name}" more than once. Nothing was sent.`);

  const isNeeded = (column: Column) =>
    column.kind === 'organisation' ||
    column.kind === 'conductedOn' ||
    (column.kind === 'profile' &&
      column.id !== instrument.unitTypeAttribute &&
      instrument.profile.some((attribute) => attribute.id === column.id && attribute.required));
  const missing = columns
    .filter((column) => isNeeded(column) && !matched.includes(column))
    .map((column) => column.name);
  if (missing.length > 0)
    throw new CannotRun(
      `${name} lacks the column${missing.length === 1 ? '' : 's'} ${missing.join(', ')}, which ${instrument.id} needs. Nothing was sent.`,
    );
  if (!matched.some((column) => column?.kind === 'answer' || column?.kind === 'score'))
    throw new CannotRun(
      `${name} has no column for any ${instrument.kind === 'questionnaire' ? 'item' : 'dimension'} of ${instrument.id}. Nothing was sent.`,
    );
  return matched;
}
