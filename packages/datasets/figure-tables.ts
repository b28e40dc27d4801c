import { mayShowItems } from '#contracts/group';
import type { Cell, Change, Share } from '#contracts/release';
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
  const { instrument } = input;
  const columns = cutColumns(
    input,
    'participations lie at or below',
    whole(
      'value',
      'Score',
      `Drawn near the percentile, on multiples of ${instrument.scoreStep} (method.md); empty where suppressed.`,
      { unit: 'points from 0 to 100', minimum: 0, maximum: 100 },
    ),
  );
  return {
    ...tableOf(input, publicCells(input), columns, (cell) =>
      scoredIds(instrument).flatMap((id) =>
        isPublished(cell)
          ? cutsOf(cell, id).map(({ permille, value }) => [id, permille / 10, value, ...RELEASED])
          : [[id, STAND_IN, null, ...SUPPRESSED]],
      ),
    ),
    name: 'percentiles',
    title: 'Percentiles of the scores',
    description:
      'For each group and dimension, the scores at the published percentiles. How many percentiles a group shows depends on its size. Each dimension of a suppressed group has one row, at the median, without a value.',
    primaryKey: ['release', 'peer_group', 'dimension', 'p'],
  };
}

const DIRECTIONS = { rose: 'rose', same: 'stayed the same', fell: 'fell' } as const;

/** Matched change: the published cuts, one row for each, with the shares that rose, stayed and fell beside them. */
export function change(input: DatasetInput): Table {
  const { manifest, instrument } = input;
  const directions = Object.entries(DIRECTIONS) as [keyof typeof DIRECTIONS, string][];
  const columns = [
    ...cutColumns(
      input,
      'matched organisations changed by at most',
      whole(
        'value',
        'Change',
        `Last less first score, drawn near the percentile, on multiples of ${instrument.scoreStep} (method.md); empty where suppressed.`,
        { unit: 'points', minimum: -100, maximum: 100 },
      ),
    ),
    ...directions.map(([name, words]) =>
      whole(
        name,
        `Share whose score ${words}`,
        `Share of the matched organisations whose score ${words}, the same in every row of a dimension. Empty below ${manifest.policy.itemsFromN} matched organisations. Each of the three is moved at random by itself: they need not add up to 100.`,
        PERCENT,
      ),
    ),
  ];
  return {
    ...tableOf(input, publicChanges(input), columns, (shown) =>
      scoredIds(instrument).flatMap((id) => {
        if (!isPublished(shown)) return [[id, STAND_IN, null, ...SUPPRESSED, null, null, null]];
        const { cuts, shares } = changeOf(shown, id);
        const moved = directions.map(([direction]) => shares?.[direction] ?? null);
        return cuts.map(({ permille, value }) => [id, permille / 10, value, ...RELEASED, ...moved]);
      }),
    ),
    name: 'change',
    title: 'Matched change of the scores',
    description: `For each group and dimension, by how many points matched organisations moved: from their first submission in the ${instrument.windowMonths} months up to the cut-off to their last, at least six months later. Only organisations with both are counted, so numbers of organisations are smaller than those of the group. Each dimension of a suppressed group has one row, at the median, without a value.`,
    primaryKey: ['release', 'peer_group', 'dimension', 'p'],
  };
}

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
  const columns = [
    text('dimension', 'Dimension', 'The dimension that the item counts towards.', categoriesOf(dimensions)),
    text('item', 'Item', 'The question asked; its five anchors are in the codebook.', categoriesOf(asked)),
    text('measure', 'Measure', 'Which answers the share counts.', MEASURES),
    ...shareColumns('Share of all participations of the group, whole per cents of the middle of n_band.'),
  ];
  return {
    ...tableOf(input, cellsWithItems(input), columns, (cell) =>
      asked.flatMap(({ id, dimension }) => {
        const figures = isPublished(cell) ? itemOf(cell, id) : null;
        const shares = figures ? [...figures.atLeast, figures.notApplicable, figures.dontKnow] : [];
        return MEASURES.map(({ value: measure }, place) => [dimension, id, measure, ...shareValues(shares[place])]);
      }),
    ),
    name: 'items',
    title: 'Items: shares at each level',
    description: `For each group that is narrowed by one attribute at most, and each item, the share of all participations at a level or above; "does not apply" and "don’t know" count as below and have rows of their own. Below ${input.manifest.policy.itemsFromN} participations the rows are there without a value.`,
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
    ...shareColumns('Share of those asked and answering, whole per cents of the middle of base_band.'),
  ];
  return {
    ...tableOf(input, cells, columns, (cell) =>
      shown.flatMap(({ id, codes }) => {
        const figures = isPublished(cell) ? questionOf(cell, id) : null;
        const base = figures ? [figures.base, bandFrom(figures.base, manifest.policy)] : [null, null];
        return codes.map((code) => [id, code.id, ...base, ...shareValues(figures?.shares[code.id])]);
      }),
    ),
    name: 'questions',
    title: 'Unscored questions: shares of each answer',
    description: `For each group that is narrowed by one attribute at most, and each question, the share of those asked and answering that chose a code. Where several may be chosen, shares add up to more than 100. Where fewer than ${manifest.policy.questionsFromBase} were asked and answered, the rows are there without a value; a question that no group of the release shows has no rows.`,
    primaryKey: ['release', 'peer_group', 'question', 'code'],
    hasParquet: false,
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

/** Dimension, percentile and value of a cut; `whose` as in "About so many percent of the ... the value". */
function cutColumns({ instrument }: DatasetInput, whose: string, value: Column): Column[] {
  return [
    text('dimension', 'Dimension', `Dimension of the instrument, or "${OVERALL}".`, dimensionCategories(instrument)),
    {
      ...text('p', 'Percentile', `About so many percent of the ${whose} the value.`),
      type: 'number',
      ...PERCENT,
    },
    value,
    ...STATUS_COLUMNS,
  ];
}

/** The columns of a share: a number, or suppressed. */
const shareColumns = (description: string): Column[] => [
  whole(
    'value',
    'Share',
    `${description} Moved at random: 0 does not mean nobody, 100 not everybody. Empty where suppressed.`,
    PERCENT,
  ),
  ...STATUS_COLUMNS,
];

const shareValues = (share: Share | undefined): Value[] =>
  share === undefined ? [null, ...SUPPRESSED] : [share, ...RELEASED];
