import type { Change } from '#contracts/release';
import {
  cellColumns,
  cellValues,
  RELEASED,
  SHARE_COLUMNS,
  STATUS_COLUMNS,
  toComposition,
  WITHHELD,
} from './cell-columns.ts';
import { type DatasetInput, publicChanges } from './release.ts';
import type { Table, Value } from './table.ts';

/** Percent of the one row that stands for a dimension whose change is withheld. */
const STAND_IN = 50;

/** Matched change: the published cuts, one row for each, with the share that rose beside them. */
export function change(input: DatasetInput): Table {
  const { instrument } = input;
  const dimensions = [
    ...instrument.dimensions.map(({ id, title }) => ({ value: id, label: title.en })),
    { value: 'overall', label: 'Overall: mean of all dimensions' },
  ];
  const [share, word] = SHARE_COLUMNS;
  return {
    name: 'change',
    title: 'Matched change of the scores',
    description: `For each group and dimension, by how many points matched organisations moved: from their first submission in the ${instrument.panelMonths} months up to the date to their last, at least six months later. Only organisations with both are counted, so numbers of organisations are smaller than those of the group. A dimension that is withheld has one row, at the median, without a value.`,
    columns: [
      ...cellColumns(instrument),
      {
        name: 'dimension',
        title: 'Dimension',
        description: 'Dimension of the instrument, or "overall".',
        type: 'string',
        isRequired: true,
        categories: dimensions,
      },
      {
        name: 'p',
        title: 'Percentile',
        description: 'About so many percent of the matched organisations changed by at most the value.',
        type: 'number',
        isRequired: true,
        unit: 'percent',
        minimum: 0,
        maximum: 100,
      },
      {
        name: 'value',
        title: 'Change',
        description:
          'Last less first score: quantile of type 7, rounded half up to a whole point; empty where withheld.',
        type: 'integer',
        isRequired: false,
        unit: 'points',
        minimum: -100,
        maximum: 100,
      },
      ...STATUS_COLUMNS,
      {
        ...share!,
        name: 'rose',
        title: 'Share that rose',
        description:
          'Share of the matched organisations whose score rose, the same in every row of a dimension; empty where a word stands for it or where it is withheld.',
      },
      { ...word!, name: 'rose_word', title: 'Word in place of the share that rose' },
    ],
    rows: publicChanges(input).flatMap((one) => rowsOf(one, input, dimensions)),
    primaryKey: ['release', 'peer_group', 'dimension', 'p'],
    foreignKeys: toComposition,
    hasParquet: true,
  };
}

function rowsOf(
  shown: Change,
  { manifest, instrument }: DatasetInput,
  dimensions: readonly { value: string }[],
): Value[][] {
  const start = cellValues(manifest, instrument, shown);
  return dimensions.flatMap(({ value: dimension }): Value[][] => {
    const figures = shown.state === 'published' ? shown.dimensions[dimension] : undefined;
    if (figures?.state !== 'published') return [[...start, dimension, STAND_IN, null, ...WITHHELD, null, null]];
    const rose: Value[] = typeof figures.rose === 'number' ? [figures.rose, null] : [null, figures.rose];
    return figures.cuts.map((cut) => [...start, dimension, cut.permille / 10, cut.value, ...RELEASED, ...rose]);
  });
}
