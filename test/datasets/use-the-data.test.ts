import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import type { PublishedCell } from '#contracts/release';
import { cutsOf } from '#contracts/released-cell';
import { datasetFiles } from '#datasets/dataset-files';
import { aSmallRelease } from './a-release.ts';

const page = await readFile(new URL('../../docs/use-the-data.md', import.meta.url), 'utf8');
const input = aSmallRelease();
const files = await datasetFiles(input);
const snippets = [...page.matchAll(/```([a-z]+)\n([\s\S]*?)```/g)].map(([, language, code]) => ({
  language,
  code: code!,
}));

test('a release is loaded in three lines by each language; npm run test:data runs them all', () => {
  expect(snippets.map(({ language }) => language)).toEqual([
    'r',
    'python',
    'python',
    'sql',
    'r',
    'python',
    'r',
    'python',
  ]);
  for (const { code } of snippets.slice(0, 4)) expect(code.trimEnd().split('\n')).toHaveLength(3);
});

test('the lines for DuckDB run on a release, and give the published figures', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'release-'));
  const parquet = files.find(({ path }) => path === 'percentiles.parquet')!;
  await writeFile(join(folder, parquet.path), parquet.bytes);
  const connection = await (await DuckDBInstance.create()).connect();
  const sql = snippets
    .find(({ language }) => language === 'sql')!
    .code.replace("'percentiles.parquet'", `'${join(folder, parquet.path)}'`);
  const [create, select] = sql.split(/;\n/);
  await connection.run(create!);
  const rows = (await connection.runAndReadAll(select!)).getRowObjects();
  const cell = input.cells.find(({ group }) => group.key === 'level=facility') as PublishedCell;
  expect(rows.map(({ p, value }) => [p, value])).toEqual(
    cutsOf(cell, 'overall').map(({ permille, value }) => [permille / 10, value]),
  );
  expect(rows.length).toBeGreaterThan(0);
  connection.closeSync();
});

test('columns and files named on the page exist, and every file of a release is named', () => {
  const columns = new Set(
    (
      JSON.parse(new TextDecoder().decode(files.find(({ path }) => path === 'datapackage.json')!.bytes)).resources as {
        schema: { fields: { name: string }[] };
      }[]
    ).flatMap(({ schema }) => schema.fields.map(({ name }) => name)),
  );
  for (const name of [
    'peer_group',
    'dimension',
    'p',
    'value',
    'lower',
    'upper',
    'noise_se',
    'base_from',
    'n_from',
    'n_band',
    'cutoff_on',
    'OBS_STATUS',
  ])
    expect(columns, name).toContain(name);
  for (const { path } of files) {
    const [stem, ending] = path.split(/\.(?=[^.]+$)/);
    if (path.endsWith('.zip')) expect(page).toContain('`<release>.zip`');
    else if (path !== 'LICENSE.md')
      expect(
        ['csv', 'html'].some((first) => page.includes(`\`${stem}.${first}\`, \`.${ending}\``)) ||
          page.includes(`\`${path}\``),
        path,
      ).toBe(true);
  }
});
