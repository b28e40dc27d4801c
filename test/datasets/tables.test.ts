import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PublishedCell } from '#contracts/release';
import { SUPPRESSED } from '#contracts/suppressed';
import { datasetFiles } from '#datasets/dataset-files';
import { aRelease, sumsOf, textOf } from './a-release.ts';

const input = aRelease();
const files = await datasetFiles(input);
const parsed = new Map<string, Record<string, string>[]>();
function rowsOf(name: string): Record<string, string>[] {
  const rows = parsed.get(name) ?? parse(textOf(files, `${name}.csv`), { columns: true });
  parsed.set(name, rows);
  return rows;
}
const published = input.cells.filter((cell): cell is PublishedCell => cell.state === 'published');
const cellOf = new Map(input.cells.map((cell) => [cell.group.key, cell]));

interface Field {
  name: string;
  type: string;
  constraints: { required: boolean; minimum?: number; maximum?: number; enum?: string[] };
}
interface Resource {
  name: string;
  format: string;
  path: string;
  schema: {
    fields: Field[];
    primaryKey: string[];
    foreignKeys?: { fields: string[]; reference: { resource: string; fields: string[] } }[];
  };
}
const resources: Resource[] = JSON.parse(textOf(files, 'datapackage.json')).resources;

const LEXICAL: Record<string, RegExp> = {
  string: /^.+$/s,
  integer: /^-?\d+$/,
  number: /^-?\d+(\.\d+)?$/,
  boolean: /^(true|false)$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
};

describe.each(resources.filter(({ format }) => format === 'csv'))('$path', ({ name, path, schema }) => {
  const rows = rowsOf(name);

  test('has the columns of its Table Schema, in their order', () => {
    const [header] = parse(textOf(files, path), { to: 1 }) as string[][];
    expect(header).toEqual(schema.fields.map((field) => field.name));
    expect(rows.length).toBeGreaterThan(0);
  });

  test('has values of the declared types, within their constraints', () => {
    for (const { name: column, type, constraints } of schema.fields) {
      const values = new Set(rows.map((row) => row[column]!));
      for (const value of values) {
        if (value === '') expect(constraints.required, column).toBe(false);
        else {
          expect(value).toMatch(LEXICAL[type]!);
          if (constraints.enum) expect(constraints.enum).toContain(value);
          if (constraints.minimum !== undefined) expect(Number(value)).toBeGreaterThanOrEqual(constraints.minimum);
          if (constraints.maximum !== undefined) expect(Number(value)).toBeLessThanOrEqual(constraints.maximum);
        }
      }
    }
  });

  test('keeps its primary and foreign keys', () => {
    const keyOf = (row: Record<string, string>, fields: string[]) => JSON.stringify(fields.map((field) => row[field]));
    expect(new Set(rows.map((row) => keyOf(row, schema.primaryKey))).size).toBe(rows.length);
    for (const { fields, reference } of schema.foreignKeys ?? []) {
      const there = new Set(rowsOf(reference.resource).map((row) => keyOf(row, reference.fields)));
      expect(rows.filter((row) => !there.has(keyOf(row, fields)))).toEqual([]);
    }
  });

  test('is RFC 4180 without a byte order mark', () => {
    const text = textOf(files, path);
    expect(text.startsWith('\uFEFF')).toBe(false);
    expect(text.endsWith('\r\n')).toBe(true);
  });
});

describe('every value is a released value', () => {
  const atStatus = (row: Record<string, string>) => `${row.OBS_STATUS}${row.CONF_STATUS}`;

  test('percentiles are the published cuts, all of them and no other', () => {
    const shown = rowsOf('percentiles')
      .filter((row) => row.value !== '')
      .map((row) => [row.peer_group, row.dimension, Number(row.p) * 10, Number(row.value)].join());
    const released = published.flatMap((cell) =>
      Object.entries(cell.dimensions).flatMap(([dimension, figures]) =>
        figures.state === 'published'
          ? figures.cuts.map(({ permille, value }) => [cell.group.key, dimension, permille, value].join())
          : [],
      ),
    );
    expect(shown.sort()).toEqual(released.sort());
    expect(shown.length).toBeGreaterThan(5000);
  });

  test('changes likewise, with the share that rose in every row of a dimension', () => {
    const shown = rowsOf('change')
      .filter((row) => row.value !== '')
      .map((row) => [row.peer_group, row.dimension, Number(row.p) * 10, row.value, row.rose, row.rose_word].join());
    const released = input.changes!.flatMap((change) =>
      Object.entries(change.state === 'published' ? change.dimensions : {}).flatMap(([dimension, figures]) =>
        figures.state === 'published'
          ? figures.cuts.map(({ permille, value }) => {
              const rose = typeof figures.rose === 'number' ? [figures.rose, ''] : ['', figures.rose];
              return [change.group.key, dimension, permille, value, ...rose].join();
            })
          : [],
      ),
    );
    expect(shown.sort()).toEqual(released.sort());
    expect(shown.length).toBeGreaterThan(3000);
    expect(rowsOf('change').filter((row) => row.value === '' && (row.rose !== '' || row.rose_word !== ''))).toEqual([]);
    expect(rowsOf('change').some((row) => Number(row.value) < 0)).toBe(true);
  });

  test('shares of items and questions likewise', () => {
    for (const row of rowsOf('items')) {
      const cell = cellOf.get(row.peer_group!)!;
      const figures = cell.state === 'published' ? cell.items[row.item!]! : undefined;
      const share =
        figures?.state !== 'published'
          ? null
          : row.measure === 'not-applicable'
            ? figures.notApplicable
            : row.measure === 'dont-know'
              ? figures.dontKnow
              : figures.atLeast[Number(row.measure!.at(-1)) - 1]!;
      expect([row.value, row.word]).toEqual(
        typeof share === 'number' ? [`${share}`, ''] : ['', share === null ? '' : share],
      );
    }
    for (const row of rowsOf('questions')) {
      const cell = cellOf.get(row.peer_group!)!;
      const figures = cell.state === 'published' ? cell.questions[row.question!]! : undefined;
      const share = figures?.state === 'published' ? figures.shares[row.code!]! : null;
      expect([row.value, row.word]).toEqual(
        typeof share === 'number' ? [`${share}`, ''] : ['', share === null ? '' : share],
      );
    }
  });

  test('a value is empty exactly where it is flagged as suppressed and confidential', () => {
    for (const name of ['percentiles', 'items', 'questions', 'change']) {
      const rows = rowsOf(name);
      for (const row of rows) expect(atStatus(row)).toBe(row.value === '' ? 'QC' : 'AF');
      expect(new Set(rows.map(atStatus))).toEqual(new Set(['QC', 'AF']));
    }
  });

  test('a withheld group has its rows, and nothing in them tells what it hides', () => {
    const withheld = input.cells.filter((cell) => cell.state === 'suppressed').map((cell) => cell.group.key);
    expect(withheld.length).toBeGreaterThan(20);
    const shapes = new Set<string>();
    const rowsByGroup: Record<string, Map<string, Record<string, string>[]>> = {};
    for (const name of ['percentiles', 'items', 'questions', 'composition']) {
      const byGroup = new Map(withheld.map((group): [string, Record<string, string>[]] => [group, []]));
      for (const row of rowsOf(name)) byGroup.get(row.peer_group!)?.push(row);
      rowsByGroup[name] = byGroup;
    }
    for (const group of withheld) {
      const text = ['percentiles', 'items', 'questions', 'composition'].map((name) =>
        (rowsByGroup[name]!.get(group) ?? []).map(({ peer_group: _, ...row }) => {
          for (const column of Object.keys(row)) if (column.startsWith('group_')) delete row[column];
          return row;
        }),
      );
      expect(text.every((rows) => rows.length > 0)).toBe(true);
      for (const row of text.flat())
        expect([row.as_of, row.n_from, row.n_band, row.is_carried_forward]).toEqual(['', '', '', '']);
      shapes.add(JSON.stringify(text));
    }
    expect(shapes.size).toBe(1);
  });

  test('participations stand in bands, of published groups only', () => {
    for (const row of rowsOf('composition')) {
      const cell = cellOf.get(row.peer_group!)!;
      if (cell.state === 'published') {
        expect([row.n_from, row.n_band]).toEqual([
          `${cell.participations}`,
          `${cell.participations} to ${cell.participations + 4}`,
        ]);
        expect([row.as_of, row.is_carried_forward, row.cell_version]).toEqual([
          cell.asOf,
          `${cell.isCarriedForward}`,
          cell.version,
        ]);
      }
    }
    expect(rowsOf('composition').some((row) => row.is_carried_forward === 'true')).toBe(true);
  });

  test("an association's cells stay out of every file", async () => {
    const [first] = published;
    const group = { key: 'level=facility,cohort=c-0a1b2c3d', panel: 'facility', where: {}, cohort: 'c-0a1b2c3d' };
    const cell = { ...first!, group };
    const entry = { ...input.manifest.cells[0]!, key: group.key, group };
    const withCohort = { ...input.manifest, cells: [...input.manifest.cells, entry] };
    const changes = [...input.changes!, { group, ...SUPPRESSED }];
    const again = await datasetFiles({ ...input, manifest: withCohort, cells: [...input.cells, cell], changes });
    expect(sumsOf(again)).toEqual(sumsOf(files));
  });

  test('a release whose manifest and cells disagree is not written', async () => {
    await expect(datasetFiles({ ...input, cells: input.cells.slice(1) })).rejects.toThrow('disagree');
  });
});

describe.each(resources.filter(({ format }) => format === 'parquet'))('$path', ({ path, schema }) => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parquet-'));
    await writeFile(join(folder, path), files.find((file) => file.path === path)!.bytes);
  });

  test('read back by DuckDB it equals the CSV cell by cell, with the declared types', async () => {
    const connection = await (await DuckDBInstance.create()).connect();
    const reader = await connection.runAndReadAll(`select * from '${join(folder, path)}'`);
    expect(reader.columnNames()).toEqual(schema.fields.map(({ name }) => name));
    expect(reader.columnTypes().map(String)).toEqual(schema.fields.map(({ type }) => DUCKDB_TYPES[type]));
    const csv: string[][] = parse(textOf(files, path.replace('parquet', 'csv')), { from: 2 });
    const rows = reader.getRows().map((row) => row.map((value) => (value === null ? '' : String(value))));
    expect(rows.length).toBe(csv.length);
    for (const [place, row] of rows.entries()) {
      if (row.join('\u0000') !== csv[place]!.join('\u0000')) expect(row).toEqual(csv[place]);
    }
    connection.closeSync();
  });
});

const DUCKDB_TYPES: Record<string, string> = {
  string: 'VARCHAR',
  integer: 'INTEGER',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
};
