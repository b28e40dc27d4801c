import { cellColumns, cellValues, RELEASED, STATUS_COLUMNS, WITHHELD } from './cell-columns.ts';
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
    columns: [
      ...cellColumns(instrument),
      {
        name: 'cell_version',
        title: 'Version',
        description: 'Release and group that first published these figures; equal versions are the same figures.',
        type: 'string',
        isRequired: false,
      },
      ...STATUS_COLUMNS,
    ],
    rows: publicCells(input).map((cell) => [
      ...cellValues(manifest, instrument, cell),
      ...(cell.state === 'published' ? [cell.version, ...RELEASED] : [null, ...WITHHELD]),
    ]),
    primaryKey: ['release', 'peer_group'],
    foreignKeys: [],
    hasParquet: false,
  };
}
