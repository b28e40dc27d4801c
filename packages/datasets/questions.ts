import { cellColumns, cellValues, SHARE_COLUMNS, shareValues, toComposition } from './cell-columns.ts';
import { type DatasetInput, publicCells } from './release.ts';
import type { Table, Value } from './table.ts';

/** Shares of each code of the unscored questions; every code has its row, also where it is withheld. */
export function questions(input: DatasetInput): Table {
  const { manifest, instrument } = input;
  const rows: Value[][] = [];
  for (const cell of publicCells(input)) {
    const start = cellValues(manifest, instrument, cell);
    for (const { id, codes } of instrument.questions) {
      const figures = cell.state === 'published' ? cell.questions[id] : undefined;
      for (const code of codes) {
        const share = figures?.state === 'published' ? figures.shares[code.id] : undefined;
        rows.push([...start, id, code.id, ...shareValues(share)]);
      }
    }
  }
  return {
    name: 'questions',
    title: 'Unscored questions: shares of each answer',
    description:
      'For each group and question, the share of all participations that chose a code. Where several may be chosen, shares add up to more than 100; those who left the question out, or were not asked, count as not having chosen.',
    columns: [
      ...cellColumns(instrument),
      {
        name: 'question',
        title: 'Question',
        description: 'Id of the question; its wording is in the codebook.',
        type: 'string',
        isRequired: true,
        categories: instrument.questions.map(({ id, title }) => ({ value: id, label: title.en })),
      },
      {
        name: 'code',
        title: 'Answer',
        description: 'Code of the answer; its label is in codes.csv under the variable "question:<question>".',
        type: 'string',
        isRequired: true,
      },
      ...SHARE_COLUMNS,
    ],
    rows,
    primaryKey: ['release', 'peer_group', 'question', 'code'],
    foreignKeys: toComposition,
    hasParquet: false,
  };
}
