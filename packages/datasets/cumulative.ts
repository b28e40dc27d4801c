import { OVERALL } from '#contracts/scored-ids';
import { categoriesOf, cellColumns, STATUS_COLUMNS, text, whole } from './columns.ts';
import { csvFile } from './csv.ts';
import type { DatasetInput } from './dataset-input.ts';
import { change, items, percentiles, questions } from './figure-tables.ts';
import { parquetFile } from './parquet.ts';
import type { Column, DatasetFile, Table, Value } from './table.ts';

/** The file of all releases, without its ending. */
export const CUMULATIVE = 'all-releases';

const TABLES = [
  { value: 'percentiles', label: 'Percentiles of the scores' },
  { value: 'items', label: 'Items: shares at each level' },
  { value: 'questions', label: 'Unscored questions: shares of each answer' },
  { value: 'change', label: 'Matched change of the scores' },
];

/**
 * Every figure of every listed release in one long table, oldest release first: the rows of `percentiles`, `items`,
 * `questions` and `change`, with the columns they share.
 *
 * @param releases of one series, oldest first; at least one
 */
export function cumulativeTable(releases: readonly DatasetInput[]): Table {
  const columns = columnsOf(releases.at(-1)!);
  return {
    name: CUMULATIVE,
    title: 'All figures of all releases',
    description:
      'One row for each figure of each release that is given out, suppressed ones included: the rows of percentiles, items, questions and change of all releases. The file is made anew with each release.',
    columns,
    rows: releases.flatMap((release) =>
      [percentiles(release), items(release), questions(release), change(release)].flatMap((table) =>
        table.rows.map((row) => rowOf(columns, table, row)),
      ),
    ),
    primaryKey: ['release', 'peer_group', 'table', 'dimension', 'variable', 'measure'],
    hasParquet: true,
  };
}

/** The two files of it. Equal releases give equal bytes. */
export function cumulativeFiles(releases: readonly DatasetInput[]): DatasetFile[] {
  const table = cumulativeTable(releases);
  return [csvFile(table), parquetFile(table, { title: table.title, license: 'CC-BY-4.0' })];
}

function columnsOf({ instrument }: DatasetInput): Column[] {
  return [
    ...cellColumns(instrument),
    text('table', 'Table', 'The table of the release that holds this row too; its description says more.', TABLES),
    optional('dimension', 'Dimension', `Dimension of the instrument, or "${OVERALL}"; empty for questions.`),
    optional('variable', 'Item or question', 'Id of the item or question; empty for scores and their change.', [
      ...categoriesOf(instrument.items),
      ...categoriesOf(instrument.questions),
    ]),
    text(
      'measure',
      'Measure',
      'p and the percentile; at-least-1 to at-least-4, not-applicable, dont-know of an item; the code of an answer; rose, same, fell of a change.',
    ),
    text('unit', 'Unit of the value', 'What value, lower, upper and noise_se are told in.', [
      { value: 'points', label: 'Points from 0 to 100, of a change from -100 to 100' },
      { value: 'percent', label: 'Percent' },
    ]),
    whole('base_from', 'Asked and answered, lower end of the band', 'Of questions alone: see questions.', {
      unit: 'organisations',
      minimum: 0,
    }),
    ...(['value', 'lower', 'upper'] as const).map((name) =>
      whole(name, name, 'As in the table named by "table"; empty where suppressed or not determinable.', {
        unit: 'see the column unit',
        minimum: -100,
        maximum: 100,
      }),
    ),
    {
      ...whole('noise_se', 'Standard error of the noise alone', 'As in the table named by "table".', {
        unit: 'see the column unit',
        minimum: 0,
      }),
      type: 'number',
    },
    ...STATUS_COLUMNS,
  ];
}

const optional = (...given: Parameters<typeof text>): Column => ({ ...text(...given), isRequired: false });

/** A row of a release's table in the shared columns; what its instrument did not have yet is empty. */
function rowOf(columns: readonly Column[], table: Table, row: readonly Value[]): Value[] {
  const own = new Map(table.columns.map(({ name }, place) => [name, row[place]!]));
  const read = (name: string) => own.get(name) ?? null;
  const shared: Record<string, Value> = {
    table: table.name,
    variable: read('item') ?? read('question'),
    measure: read('measure') ?? read('code') ?? `p${read('p')}`,
    unit: read('unit') ?? (table.name === 'percentiles' ? 'points' : 'percent'),
  };
  return columns.map(({ name }) => (name in shared ? shared[name]! : read(name)));
}
