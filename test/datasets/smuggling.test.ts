import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import type { Instrument } from '#contracts/instrument';
import { csvFile } from '#datasets/csv';
import { datasetFiles, datasetTables } from '#datasets/dataset-files';
import { aSmallRelease, CHECK, textOf } from './a-release.ts';

const FORMULAS = [
  '=HYPERLINK("http://x","y")',
  '+1+cmd|x',
  '-1',
  '@SUM(A1)',
  '＝1+1',
  '＋1',
  '－1',
  '＠A1',
  'a;=1+1',
  'a; "=1+1',
  'a\t=1+1',
  'a\r\n=1+1',
  'a","=1+1',
];
const MARKUP = '<img src=x onerror=alert(1)>"\'&</title></style><script>';

/** The check with a hostile text in every place that holds a text. */
function hostile(text: string): Instrument {
  const replaced = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replaced);
    if (value === null || typeof value !== 'object') return value;
    if ('de' in value && 'en' in value) return { de: text, en: text };
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, replaced(entry)]));
  };
  return replaced(CHECK) as Instrument;
}

/** The fields as a spreadsheet finds them that cuts at this separator: quotes count at the start of a field only. */
function fieldsAsCutBy(delimiter: string, text: string): string[] {
  return parse(text, {
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
  })
    .flat()
    .map((field: string) => field.trim());
}

const release = aSmallRelease();
/** Of the tables of figures some rows do: labels stand in their headers and in the table of codes. */
const SOME_ROWS = 200;

test.each(FORMULAS)('no label makes a formula: %j', (formula) => {
  const instrument = { ...hostile(formula), catalogue: release.instrument.catalogue };
  for (const table of datasetTables({ ...release, instrument })) {
    const rows = table.name === 'codes' ? table.rows : table.rows.slice(0, SOME_ROWS);
    const { path, bytes } = csvFile({ ...table, rows });
    const text = new TextDecoder().decode(bytes);
    // Changes may be negative, and their table holds no labels.
    for (const delimiter of [',', ';', '\t'])
      for (const field of new Set(fieldsAsCutBy(delimiter, text)))
        if (!(path === 'change.csv' && /^-\d{1,3}$/.test(field)))
          expect(field, `${path} cut at ${JSON.stringify(delimiter)}`).not.toMatch(/^["'\s]*(?<!')[=+@＝＋－＠-]/);
  }
});

test('an ordinary label is left as it is', async () => {
  const rows: string[][] = parse(textOf(await datasetFiles(aSmallRelease()), 'codes.csv'), { from: 2 });
  const labels = new Set(rows.map(([, , de]) => de));
  for (const { label } of CHECK.questions.flatMap(({ codes }) => codes)) expect(labels).toContain(label.de);
  for (const { title } of CHECK.items) expect(labels).toContain(title.de);
});

test('no label makes markup in the codebook', async () => {
  const html = textOf(await datasetFiles(aSmallRelease(hostile(MARKUP))), 'codebook.html');
  expect(html).not.toContain('<img');
  expect(html).not.toContain('<script');
  expect(html.match(/<\/title>/g)).toHaveLength(1);
  expect(html.match(/<\/style>/g)).toHaveLength(1);
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;');
});

test("the operator's words are text, not markup", async () => {
  const input = aSmallRelease();
  const words = '# Heading\n<script>alert(1)</script> [x](javascript:alert(1)) | `y`';
  const files = await datasetFiles({
    ...input,
    manifest: { ...input.manifest, replaces: input.manifest.follows },
    facts: { ...input.facts, erratum: words, fieldwork: { channels: [words], pretests: words } },
  });
  for (const name of ['fieldwork.md', 'CHANGELOG.md']) {
    const text = textOf(files, name);
    expect(text).toContain('\\# Heading \\<script\\>');
    expect(text).not.toMatch(/^# Heading|(?<!\\)<script|(?<!\\)\[x/m);
  }
});
