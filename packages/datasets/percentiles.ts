import { cutsOf, isPublished } from '#contracts/released-cell';
import {
  cellColumns,
  cellValues,
  dimensionColumn,
  RELEASED,
  STAND_IN,
  STATUS_COLUMNS,
  SUPPRESSED,
  toComposition,
} from './cell-columns.ts';
import { type DatasetInput, publicCells } from './release.ts';
import type { Table } from './table.ts';

/** The published cuts, one row for each; each dimension of a suppressed group has one empty row at the median. */
export function percentiles(input: DatasetInput): Table {
  const { manifest, instrument } = input;
  const dimension = dimensionColumn(instrument);
  return {
    name: 'percentiles',
    title: 'Percentiles of the scores',
    description:
      'For each group and dimension, the scores at the published percentiles. How many percentiles a group shows depends on its size. Each dimension of a suppressed group has one row, at the median, without a value.',
    columns: [
      ...cellColumns(instrument),
      dimension,
      {
        name: 'p',
        title: 'Percentile',
        description: 'About so many percent of the participations lie at or below the value.',
        type: 'number',
        isRequired: true,
        unit: 'percent',
        minimum: 0,
        maximum: 100,
      },
      {
        name: 'value',
        title: 'Score',
        description: `Drawn near the percentile, on multiples of ${instrument.scoreStep} (method.md); empty where suppressed.`,
        type: 'integer',
        isRequired: false,
        unit: 'points from 0 to 100',
        minimum: 0,
        maximum: 100,
      },
      ...STATUS_COLUMNS,
    ],
    rows: publicCells(input).flatMap((cell) => {
      const start = cellValues(manifest, instrument, cell);
      return dimension.categories.flatMap(({ value: id }) =>
        isPublished(cell)
          ? cutsOf(cell, id).map((cut) => [...start, id, cut.permille / 10, cut.value, ...RELEASED])
          : [[...start, id, STAND_IN, null, ...SUPPRESSED]],
      );
    }),
    primaryKey: ['release', 'peer_group', 'dimension', 'p'],
    foreignKeys: toComposition,
    hasParquet: true,
  };
}
