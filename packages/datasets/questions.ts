import { mayShowItems } from '#contracts/group';
import { isPublished, questionOf } from '#contracts/released-cell';
import { bandFrom, cellColumns, cellValues, shareColumns, shareValues, toComposition } from './cell-columns.ts';
import { type DatasetInput, publicCells } from './release.ts';
import type { Table, Value } from './table.ts';

/**
 * Shares of each code of the unscored questions. A question that some group shows has rows of every group that may show
 * questions, suppressed or not; one that no group shows, for instance since nobody was asked yet, has none.
 */
export function questions(input: DatasetInput): Table {
  const { manifest, instrument } = input;
  const cells = publicCells(input).filter(({ group }) => mayShowItems(group));
  const shown = instrument.questions.filter(({ id }) =>
    cells.some((cell) => isPublished(cell) && questionOf(cell, id)),
  );
  const rows: Value[][] = [];
  for (const cell of cells) {
    const start = cellValues(manifest, instrument, cell);
    for (const { id, codes } of shown) {
      const figures = isPublished(cell) ? questionOf(cell, id) : null;
      const base = figures ? [figures.base, bandFrom(figures.base, manifest.policy)] : [null, null];
      for (const code of codes) rows.push([...start, id, code.id, ...base, ...shareValues(figures?.shares[code.id])]);
    }
  }
  return {
    name: 'questions',
    title: 'Unscored questions: shares of each answer',
    description: `For each group that is narrowed by one attribute at most, and each question, the share of those asked and answering that chose a code. Where several may be chosen, shares add up to more than 100. Where fewer than ${manifest.policy.questionsFromBase} were asked and answered, the rows are there without a value; a question that no group of the release shows has no rows.`,
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
      {
        name: 'base_from',
        title: 'Asked and answered, lower end of the band',
        description: 'Organisations of the group that were asked and answered: moved at random, then rounded down.',
        type: 'integer',
        isRequired: false,
        unit: 'organisations',
        minimum: 0,
      },
      {
        name: 'base_band',
        title: 'Asked and answered, band',
        description: 'The band that holds the moved number; the true one may lie outside.',
        type: 'string',
        isRequired: false,
        unit: 'organisations',
      },
      ...shareColumns('Share of those asked and answering, whole per cents of the middle of base_band.'),
    ],
    rows,
    primaryKey: ['release', 'peer_group', 'question', 'code'],
    foreignKeys: toComposition,
    hasParquet: false,
  };
}
