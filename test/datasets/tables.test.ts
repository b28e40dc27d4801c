import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import { isPublished, itemOf, questionOf } from '#contracts/released-cell';
import { SUPPRESSED } from '#contracts/suppressed';
import { datasetFiles } from '#datasets/dataset-files';
import { cutEstimate } from '#standing/cut-estimate';
import { aRelease, sumsOf, textOf } from './a-release.ts';

const input = aRelease();
const files = await datasetFiles(input);
const parsed = new Map<string, Record<string, string>[]>();
function rowsOf(name: string): Record<string, string>[] {
  const rows = parsed.get(name) ?? parse(textOf(files, `${name}.csv`), { columns: true });
  parsed.set(name, rows);
  return rows;
}
const published = input.cells.filter((cell) => isPublished(cell));
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
  boolean: /^(TRUE|FALSE)$/,
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
      Object.entries(cell.dimensions).flatMap(([dimension, cuts]) =>
        cuts.map(({ permille, value }) => [cell.group.key, dimension, permille, value].join()),
      ),
    );
    expect(shown.sort()).toEqual(released.sort());
    expect(shown.length).toBeGreaterThan(1500);
  });

  test('changes likewise, and the shares that rose, stayed and fell', () => {
    const shown = rowsOf('change')
      .filter((row) => row.value !== '')
      .map((row) => [row.peer_group, row.dimension, row.measure, row.p, row.unit, row.value].join());
    const released = input.changes
      .filter(isPublished)
      .flatMap((change) =>
        Object.entries(change.dimensions).flatMap(([dimension, { cuts, shares }]) => [
          ...cuts.map(({ permille, value }) =>
            [change.group.key, dimension, `p${permille / 10}`, permille / 10, 'points', value].join(),
          ),
          ...Object.entries(shares ?? {}).map(([direction, share]) =>
            [change.group.key, dimension, direction, '', 'percent', share].join(),
          ),
        ]),
      );
    expect(shown.sort()).toEqual(released.sort());
    expect(shown.length).toBeGreaterThan(400);
    expect(rowsOf('change').some((row) => Number(row.value) < 0)).toBe(true);
    expect(new Set(rowsOf('change').map((row) => [row.months_from, row.months_to].join()))).toEqual(new Set(['6,24']));
  });

  test('limits hold the value and follow from released values alone; the noise has its standard error', () => {
    const terms = { ...input.manifest.policy, step: input.instrument.scoreStep };
    for (const name of ['percentiles', 'items', 'questions', 'change'])
      for (const row of rowsOf(name)) {
        const [value, lower, upper] = [row.value, row.lower, row.upper];
        if (value === '') expect([lower, upper, row.noise_se], name).toEqual(['', '', '']);
        else if (lower !== '') {
          expect(Number(lower)).toBeLessThanOrEqual(Number(value));
          expect(Number(upper)).toBeGreaterThanOrEqual(Number(value));
        }
        // Only of cuts may they be open: what lies beyond the outermost is not known.
        else expect(`${name} ${row.unit}`).toMatch(/^(percentiles|change points)/);
      }
    const everybody = cellOf.get('level=facility')!;
    if (!isPublished(everybody)) throw new Error('everybody is published');
    const { lower, upper } = cutEstimate(everybody.dimensions.it!, 500, { n: everybody.participations }, terms)!;
    const median = rowsOf('percentiles').find(
      (row) => row.peer_group === 'level=facility' && row.dimension === 'it' && row.p === '50',
    )!;
    expect([Number(median.lower), Number(median.upper)]).toEqual([Math.floor(lower), Math.ceil(upper)]);
    const share = rowsOf('items').find((row) => row.peer_group === 'level=facility')!;
    expect(Number(share.noise_se)).toBeCloseTo(280 / (everybody.participations + 2), 1);
  });

  test('shares of items and questions likewise', () => {
    for (const row of rowsOf('items')) {
      const cell = cellOf.get(row.peer_group!)!;
      const figures = isPublished(cell) ? itemOf(cell, row.item!) : null;
      const share =
        row.measure === 'not-applicable'
          ? figures?.notApplicable
          : row.measure === 'dont-know'
            ? figures?.dontKnow
            : figures?.atLeast[Number(row.measure!.at(-1)) - 1];
      expect(row.value).toBe(share === undefined ? '' : `${share}`);
    }
    for (const row of rowsOf('questions')) {
      const cell = cellOf.get(row.peer_group!)!;
      const figures = isPublished(cell) ? questionOf(cell, row.question!) : null;
      expect([row.value, row.base_from]).toEqual(
        figures ? [`${figures.shares[row.code!]}`, `${figures.base}`] : ['', ''],
      );
    }
  });

  test('no question of a group that was asked too few has a number, and one that nobody was asked has no rows', () => {
    const shown = new Set(rowsOf('questions').map(({ question }) => question));
    expect(shown.size).toBeGreaterThan(3);
    expect(rowsOf('questions').every((row) => row.value === '' || Number(row.base_from) >= 40)).toBe(true);
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
    expect(withheld.length).toBeGreaterThan(10);
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
          for (const column of Object.keys(row)) if (/^(group|code_level)_/.test(column)) delete row[column];
          return row;
        }),
      );
      expect(text[0]!.length * text[3]!.length).toBeGreaterThan(0);
      for (const row of text.flat())
        expect([row.n_from, row.n_band, row.lower ?? '', row.upper ?? '', row.noise_se ?? '']).toEqual([
          '',
          '',
          '',
          '',
          '',
        ]);
      shapes.add(JSON.stringify(text));
    }
    // One shape of groups that may show items, and one of those that never do.
    expect(shapes.size).toBeLessThanOrEqual(2);
  });

  test('participations stand in bands, of published groups only', () => {
    for (const row of rowsOf('composition')) {
      const cell = cellOf.get(row.peer_group!)!;
      if (cell.state === 'published') {
        expect([row.n_from, row.n_band]).toEqual([
          `${cell.participations}`,
          `${cell.participations} to ${cell.participations + 4}`,
        ]);
      }
    }
    expect(new Set(rowsOf('composition').map((row) => row.cutoff_on))).toEqual(new Set(['2026-06-30']));
  });

  test("an association's cells stay out of every file", async () => {
    const [first] = published;
    const group = {
      key: 'level=facility,association=c-0a1b2c3d',
      unitType: 'facility',
      where: {},
      association: 'c-0a1b2c3d',
    };
    const cell = { ...first!, group };
    const entry = { ...input.manifest.cells[0]!, group };
    const withMembers = { ...input.manifest, cells: [...input.manifest.cells, entry] };
    const changes = [...input.changes, { group, ...SUPPRESSED }];
    const again = await datasetFiles({ ...input, manifest: withMembers, cells: [...input.cells, cell], changes });
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
    const rows = reader
      .getRows()
      .map((row) =>
        row.map((value) =>
          value === null ? '' : typeof value === 'boolean' ? `${value}`.toUpperCase() : String(value),
        ),
      );
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
