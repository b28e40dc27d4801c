import { OVERALL } from '#contracts/scored-ids';
import { groupColumn, STATUS_COLUMNS, TOTAL, text } from './columns.ts';
import { type DatasetInput, groupAttributes } from './dataset-input.ts';
import type { Table, Value } from './table.ts';

/** Every code with its label in German and English, for joining in a spreadsheet. */
export function codes({ instrument }: DatasetInput): Table {
  const rows: Value[][] = [];
  const list = (variable: string, entries: readonly { id: string; de: string; en: string; broader?: string }[]) => {
    for (const { id, de, en, broader } of entries) rows.push([variable, id, de, en, broader ?? null]);
  };
  const titled = ({ id, title }: { id: string; title: { de: string; en: string } }) => ({ id, ...title });
  const labelled = ({ id, label }: { id: string; label: { de: string; en: string } }) => ({ id, ...label });
  for (const attribute of groupAttributes(instrument))
    list(groupColumn(attribute.id), [
      { id: TOTAL, de: 'Insgesamt', en: 'Total' },
      ...[...attribute.codes, ...attribute.broaderCodes].map(({ broader, ...code }) => ({
        ...labelled(code),
        ...(broader === undefined ? {} : { broader }),
      })),
    ]);
  list('dimension', [...instrument.dimensions.map(titled), { id: OVERALL, de: 'Gesamt', en: 'Overall' }]);
  list('item', instrument.items.map(titled));
  for (const item of instrument.items)
    list(
      `item:${item.id}`,
      item.anchors.map((anchor, level) => ({ id: `${level}`, ...anchor })),
    );
  list('question', instrument.questions.map(titled));
  for (const question of instrument.questions) list(`question:${question.id}`, question.codes.map(labelled));
  for (const { name, categories } of STATUS_COLUMNS)
    list(
      name,
      categories!.map(({ value, label }) => ({ id: value, de: GERMAN_STATUS[value]!, en: label })),
    );
  return {
    name: 'codes',
    title: 'Codes and their labels',
    description:
      'The labels of every code. A label that a spreadsheet could take for a formula is preceded by an apostrophe.',
    columns: [
      text('variable', 'Variable', 'The column that the code occurs in, or "item:<item>", "question:<question>".'),
      text('code', 'Code', 'The code.'),
      text('label_de', 'German label', 'What people read in German.'),
      text('label_en', 'English label', 'What people read in English.'),
      {
        ...text('broader', 'Broader code', 'The code of the same variable that this one rolls up to, if any.'),
        isRequired: false,
      },
    ],
    rows,
    primaryKey: ['variable', 'code'],
    hasParquet: false,
  };
}

const GERMAN_STATUS: Record<string, string> = {
  A: 'Veröffentlichter Wert',
  Q: 'Zum Schutz nicht veröffentlicht',
  F: 'Frei',
  C: 'Vertraulich',
};
