import { mayShowItems } from '#contracts/group';
import type { Cell, Change, PublishedChange } from '#contracts/release';
import { changeOf, cutsOf, isPublished, itemOf, questionOf } from '#contracts/released-cell';
import { OVERALL, scoredIds } from '#contracts/scored-ids';
import {
  band,
  bandFrom,
  categoriesOf,
  cellColumns,
  cellValues,
  dimensionCategories,
  PERCENT,
  RELEASED,
  STATUS_COLUMNS,
  SUPPRESSED,
  text,
  whole,
} from './columns.ts';
import { type DatasetInput, publicCells, publicChanges } from './dataset-input.ts';
import { changeShareValues, cutValues, figureColumns, HIDDEN, itemValues, questionValues } from './figure-values.ts';
import type { Column, Table, Value } from './table.ts';

/** Who took part: every group of the catalogue with the band of its participations, where it is published. */
export function composition(input: DatasetInput): Table {
  return {
    ...tableOf(input, publicCells(input), STATUS_COLUMNS, (cell) => [isPublished(cell) ? RELEASED : SUPPRESSED]),
    name: 'composition',
    title: 'Groups and who took part',
    description:
      'Every group of the fixed catalogue, with the band of its participations where the group is published. The figures of all other tables refer to it.',
    primaryKey: ['release', 'peer_group'],
    foreignKeys: undefined,
    hasParquet: false,
  };
}

/** The published cuts, one row for each; each dimension of a suppressed group has one empty row at the median. */
export function percentiles(input: DatasetInput): Table {
  const { instrument, manifest } = input;
  const terms = { ...manifest.policy, step: instrument.scoreStep };
  const columns = [
    dimensionColumn(input),
    { ...percentColumn('About so many percent of the participations lie at or below the value.'), isRequired: true },
    ...figureColumns({
      title: 'Score',
      description: `Drawn near the percentile, on multiples of ${instrument.scoreStep} (method.md).`,
      range: { unit: 'points from 0 to 100', minimum: 0, maximum: 100 },
      limits: UNDETERMINED,
    }),
  ];
  return {
    ...tableOf(input, publicCells(input), columns, (cell) =>
      scoredIds(instrument).flatMap((id) =>
        isPublished(cell)
          ? cutsOf(cell, id).map((cut, _, cuts) => [
              id,
              cut.permille / 10,
              ...cutValues(cuts, cut, cell.participations, { terms, least: 0 }),
            ])
          : [[id, STAND_IN, ...HIDDEN]],
      ),
    ),
    name: 'percentiles',
    title: 'Percentiles of the scores',
    description:
      'For each group and dimension, the scores at the published percentiles. How many percentiles a group shows depends on its size. Each dimension of a suppressed group has one row, at the median, without a value.',
    primaryKey: ['release', 'peer_group', 'dimension', 'p'],
  };
}

const DIRECTIONS = [
  { value: 'rose', label: 'Share whose score rose' },
  { value: 'same', label: 'Share whose score stayed the same' },
  { value: 'fell', label: 'Share whose score fell' },
] as const;

/** The least distance between the two checks of a matched organisation. */
const MATCHED_MONTHS = 6;

/** Matched change: a row for each published cut, and one for each of the shares that rose, stayed and fell. */
export function change(input: DatasetInput): Table {
  const { manifest, instrument } = input;
  const { windowMonths } = instrument;
  const columns = [
    dimensionColumn(input),
    text(
      'measure',
      'Measure',
      'p and the percentile, for a change that about so many percent of the matched organisations do not exceed; or the share of them that rose, stayed the same or fell. The three shares are moved at random each by itself: they need not add up to 100.',
    ),
    percentColumn('The percentile as a number; empty for shares.'),
    text('unit', 'Unit of the value', 'Changes are told in points, shares in percent.', [
      { value: 'points', label: 'Points, last less first score' },
      { value: 'percent', label: 'Percent of the matched organisations' },
    ]),
    monthsColumn('months_from', 'Least months between the two checks'),
    monthsColumn('months_to', 'Most months between the two checks'),
    ...figureColumns({
      title: 'Change or share',
      description: `Changes are drawn near the percentile, on multiples of ${instrument.scoreStep}; shares are whole per cents of the middle of n_band (method.md).`,
      range: { unit: 'points or percent: see the column unit', minimum: -100, maximum: 100 },
      limits: UNDETERMINED,
    }),
  ];
  const rowsOf = (id: string, shown: PublishedChange) => {
    const { cuts, shares } = changeOf(shown, id);
    const terms = { ...manifest.policy, step: instrument.scoreStep };
    return [
      ...cuts.map((cut) => [
        ...[id, cutName(cut.permille), cut.permille / 10, 'points', MATCHED_MONTHS, windowMonths],
        ...cutValues(cuts, cut, shown.participations, { terms, least: -100 }),
      ]),
      ...DIRECTIONS.map(({ value: direction }) => [
        ...[id, direction, null, 'percent', MATCHED_MONTHS, windowMonths],
        ...(shares ? changeShareValues(shares[direction], shown.participations, manifest.policy) : HIDDEN),
      ]),
    ];
  };
  return {
    ...tableOf(input, publicChanges(input), columns, (shown) =>
      scoredIds(instrument).flatMap((id) =>
        isPublished(shown)
          ? rowsOf(id, shown)
          : [[id, cutName(10 * STAND_IN), STAND_IN, 'points', MATCHED_MONTHS, windowMonths, ...HIDDEN]],
      ),
    ),
    name: 'change',
    title: 'Matched change of the scores',
    description: `For each group and dimension, by how many points matched organisations moved, and which shares of them rose, stayed the same and fell: from their first submission in the ${windowMonths} months up to the cut-off to their last, at least ${MATCHED_MONTHS} months later. Only organisations with both are counted, so numbers of organisations are smaller than those of the group. Below ${manifest.policy.itemsFromN} matched organisations the shares have no value. Each dimension of a suppressed group has one row, at the median, without a value.`,
    primaryKey: ['release', 'peer_group', 'dimension', 'measure'],
  };
}

/** @example cutName(250) // => 'p25' */
const cutName = (permille: number) => `p${permille / 10}`;

const monthsColumn = (name: string, title: string): Column => ({
  ...whole(name, title, 'Calendar months. Which distance each organisation had is not published.', {
    unit: 'months',
    minimum: 0,
  }),
  isRequired: true,
});

const MEASURES = [
  { value: 'at-least-1', label: 'Level 1 or above' },
  { value: 'at-least-2', label: 'Level 2 or above' },
  { value: 'at-least-3', label: 'Level 3 or above' },
  { value: 'at-least-4', label: 'Level 4' },
  { value: 'not-applicable', label: 'Does not apply' },
  { value: 'dont-know', label: 'Don’t know, or not answered' },
];

/** Shares at each level of each item: six rows for an item of each group that may show items, suppressed or not. */
export function items(input: DatasetInput): Table {
  const { dimensions, items: asked } = input.instrument;
  const { policy } = input.manifest;
  const columns = [
    text('dimension', 'Dimension', 'The dimension that the item counts towards.', categoriesOf(dimensions)),
    text('item', 'Item', 'The question asked; its five anchors are in the codebook.', categoriesOf(asked)),
    text('measure', 'Measure', 'Which answers the share counts.', MEASURES),
    ...figureColumns({
      title: 'Share',
      description: `Share of all participations of the group, whole per cents of the middle of n_band. ${MOVED_SHARE}`,
      range: PERCENT,
    }),
  ];
  return {
    ...tableOf(input, cellsWithItems(input), columns, (cell) =>
      asked.flatMap(({ id, dimension }) => {
        const figures = isPublished(cell) ? itemOf(cell, id) : null;
        const values = figures && isPublished(cell) ? itemValues(figures, cell.participations, policy) : [];
        return MEASURES.map(({ value: measure }, place) => [dimension, id, measure, ...(values[place] ?? HIDDEN)]);
      }),
    ),
    name: 'items',
    title: 'Items: shares at each level',
    description: `For each group that is narrowed by one attribute at most, and each item, the share of all participations at a level or above; "does not apply" and "don’t know" count as below and have rows of their own. Below ${policy.itemsFromN} participations the rows are there without a value.`,
    primaryKey: ['release', 'peer_group', 'item', 'measure'],
  };
}

/**
 * Shares of each code of the unscored questions. A question that some group shows has rows of every group that may show
 * questions, suppressed or not; one that no group shows, for instance since nobody was asked yet, has none.
 */
export function questions(input: DatasetInput): Table {
  const { manifest, instrument } = input;
  const cells = cellsWithItems(input);
  const shown = instrument.questions.filter(({ id }) =>
    cells.some((cell) => isPublished(cell) && questionOf(cell, id)),
  );
  const columns = [
    text(
      'question',
      'Question',
      'Id of the question; its wording is in the codebook.',
      categoriesOf(instrument.questions),
    ),
    text('code', 'Answer', 'Code of the answer; its label is in codes.csv under the variable "question:<question>".'),
    whole(
      'base_from',
      'Asked and answered, lower end of the band',
      'Organisations of the group that were asked and answered: moved at random, then rounded down.',
      { unit: 'organisations', minimum: 0 },
    ),
    band(
      'base_band',
      'Asked and answered, band',
      'The band that holds the moved number; the true one may lie outside.',
    ),
    ...figureColumns({
      title: 'Share',
      description: `Share of those asked and answering, whole per cents of the middle of base_band. ${MOVED_SHARE}`,
      range: PERCENT,
    }),
  ];
  return {
    ...tableOf(input, cells, columns, (cell) =>
      shown.flatMap(({ id, codes }) => {
        const figures = isPublished(cell) ? questionOf(cell, id) : null;
        const base = figures ? [figures.base, bandFrom(figures.base, manifest.policy)] : [null, null];
        const values = figures ? questionValues(figures, manifest.policy) : {};
        return codes.map((code) => [id, code.id, ...base, ...(values[code.id] ?? HIDDEN)]);
      }),
    ),
    name: 'questions',
    title: 'Unscored questions: shares of each answer',
    description: `For each group that is narrowed by one attribute at most, and each question, the share of those asked and answering that chose a code. Where several may be chosen, shares add up to more than 100. Where fewer than ${manifest.policy.questionsFromBase} were asked and answered, the rows are there without a value; a question that no group of the release shows has no rows.`,
    primaryKey: ['release', 'peer_group', 'question', 'code'],
  };
}

/** What all tables of figures share: each row begins with its cell, and refers to the table of groups. */
function tableOf<Shown extends Cell | Change>(
  { manifest, instrument }: DatasetInput,
  cells: readonly Shown[],
  columns: Column[],
  rowsOf: (cell: Shown) => Value[][],
) {
  return {
    columns: [...cellColumns(instrument), ...columns],
    rows: cells.flatMap((cell) => {
      const start = cellValues(manifest, instrument, cell);
      return rowsOf(cell).map((row) => [...start, ...row]);
    }),
    foreignKeys: [{ fields: ['release', 'peer_group'], table: 'composition', references: ['release', 'peer_group'] }],
    hasParquet: true,
  };
}

const cellsWithItems = (input: DatasetInput) => publicCells(input).filter(({ group }) => mayShowItems(group));

/** Percent of the one row that stands for a dimension of a suppressed group. */
const STAND_IN = 50;

/** Limits of a cut are read off its neighbours. */
const UNDETERMINED =
  'empty too where the published percentiles of so small a group, or so far out, do not bound the value.';

const MOVED_SHARE = 'Moved at random: 0 does not mean nobody, 100 not everybody.';

const dimensionColumn = ({ instrument }: DatasetInput) =>
  text('dimension', 'Dimension', `Dimension of the instrument, or "${OVERALL}".`, dimensionCategories(instrument));

const percentColumn = (description: string): Column => ({
  ...text('p', 'Percentile', description),
  type: 'number',
  isRequired: false,
  ...PERCENT,
});
