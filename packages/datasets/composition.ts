import { cellColumns, cellValues, RELEASED, STATUS_COLUMNS, SUPPRESSED } from './cell-columns.ts';
import { type DatasetInput, publicCells } from './release.ts';
import type { Table } from './table.ts';

/** Who took part: every group of the catalogue with the band of its participations, where it is published. */
export function composition(input: DatasetInput): Table {
  const { manifest, instrument } = input;
  return {
    name: 'composition',
    title: 'Groups and who took part',
    description:
      'Every group of the fixed catalogue, with the band of its participations where the group is published. The figures of all other tables refer to it.',
    columns: [...cellColumns(instrument), ...STATUS_COLUMNS],
    rows: publicCells(input).map((cell) => [
      ...cellValues(manifest, instrument, cell),
      ...(cell.state === 'published' ? RELEASED : SUPPRESSED),
    ]),
    primaryKey: ['release', 'peer_group'],
    foreignKeys: [],
    hasParquet: false,
  };
}
