import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Column, DatasetFile, Table } from './table.ts';

/** A table as Parquet with the same columns and values as its CSV. `metadata` is stored in the file. */
export function parquetFile(table: Table, metadata: Record<string, string>): DatasetFile {
  const buffer = parquetWriteBuffer({
    columnData: table.columns.map(({ name, type }, place) => ({
      name,
      data: table.rows.map((row) => {
        const value = row[place]!;
        return type === 'date' && value !== null ? new Date(`${value}T00:00:00.000Z`) : value;
      }),
    })),
    schema: [
      { name: 'root', num_children: table.columns.length },
      ...table.columns.map(({ name, type, isRequired }) => ({
        name,
        ...PARQUET_TYPES[type],
        repetition_type: isRequired ? ('REQUIRED' as const) : ('OPTIONAL' as const),
      })),
    ],
    kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    createdBy: 'sektorspiegel',
  });
  return {
    path: `${table.name}.parquet`,
    bytes: new Uint8Array(buffer),
    mediaType: 'application/vnd.apache.parquet',
  };
}

const PARQUET_TYPES = {
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT32' },
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  date: { type: 'INT32', converted_type: 'DATE' },
} as const satisfies Record<Column['type'], object>;
