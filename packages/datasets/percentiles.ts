import { cellColumns, cellValues, RELEASED, STATUS_COLUMNS, toComposition, WITHHELD } from './cell-columns.ts';
import { type DatasetInput, publicCells } from './release.ts';
import type { Table, Value } from './table.ts';

/** Percent of the one row that stands for a dimension whose cuts are withheld. */
const STAND_IN = 50;

/** The published cuts, one row for each; a withheld dimension has one empty row at the median. */
export function percentiles(input: DatasetInput): Table {
  const { manifest, instrument } = input;
  const dimensions = [
    ...instrument.dimensions.map(({ id, title }) => ({ value: id, label: title.en })),
    { value: 'overall', label: 'Overall: mean of all dimensions' },
  ];
  const rows: Value[][] = [];
  for (const cell of publicCells(input)) {
    const start = cellValues(manifest, instrument, cell);
    for (const { value: dimension } of dimensions) {
      const figures = cell.state === 'published' ? cell.dimensions[dimension] : undefined;
      if (figures?.state === 'published')
        for (const cut of figures.cuts) rows.push([...start, dimension, cut.permille / 10, cut.value, ...RELEASED]);
      else rows.push([...start, dimension, STAND_IN, null, ...WITHHELD]);
    }
  }
  return {
    name: 'percentiles',
    title: 'Percentiles of the scores',
    description:
      'For each group and dimension, the scores at the published percentiles. How many percentiles a group shows depends on its size. A dimension that is withheld has one row, at the median, without a value.',
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
        description: 'Quantile of type 7 (Hyndman and Fan), rounded half up to a whole point; empty where withheld.',
        type: 'integer',
        isRequired: false,
        unit: 'points from 0 to 100',
        minimum: 0,
        maximum: 100,
      },
      ...STATUS_COLUMNS,
    ],
    rows,
    primaryKey: ['release', 'peer_group', 'dimension', 'p'],
    foreignKeys: toComposition,
    hasParquet: true,
  };
}
