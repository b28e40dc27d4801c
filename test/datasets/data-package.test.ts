import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { datasetFiles } from '#datasets/dataset-files';
import { sha256Hex } from '#store/hashes';
import { aSmallRelease, FACTS, RELEASE_ID, textOf } from './a-release.ts';

const profile = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/datapackage/${name}.json`, import.meta.url), 'utf8'));
const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
formats.default(ajv);
ajv.addSchema(profile('tableschema'));
const validate = ajv.compile(profile('datapackage'));

const files = await datasetFiles(aSmallRelease());
// biome-ignore lint/suspicious/noExplicitAny: a document of another standard, judged by its own schema
const descriptor = (): any => JSON.parse(textOf(files, 'datapackage.json'));

test('datapackage.json keeps the profile of Data Package 2.0', () => {
  expect(validate(descriptor()), JSON.stringify(validate.errors)).toBe(true);
});

test('so it does where the operator has stated almost nothing', async () => {
  const sparse = await datasetFiles({
    ...aSmallRelease(),
    facts: { publishedOn: '2026-07-02', publisher: { name: 'X' } },
  });
  const document = JSON.parse(textOf(sparse, 'datapackage.json'));
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  expect(document).not.toHaveProperty('id');
  expect(document).not.toHaveProperty('homepage');
});

test.each([
  ['no resources', (d: ReturnType<typeof descriptor>) => delete d.resources],
  ['the first version of the standard', (d) => (d.$schema = 'data-package')],
  ['a path that leads up', (d) => (d.resources[0].path = '../secret.csv')],
  ['a resource without a path', (d) => delete d.resources[0].path],
  ['a field without a name', (d) => delete d.resources[0].schema.fields[0].name],
  ['an unknown type', (d) => (d.resources[0].schema.fields[0].type = 'text')],
  ['categories of numbers for a string', (d) => (d.resources[0].schema.fields[3].categories = [1, 2])],
  ['a minimum for a string', (d) => (d.resources[0].schema.fields[0].constraints.minimum = 1)],
  ['missing values of two kinds', (d) => (d.resources[0].schema.missingValues = ['', { value: '-' }])],
  ['a foreign key without fields', (d) => delete d.resources[0].schema.foreignKeys[0].reference.fields],
  ['a licence without name and path', (d) => (d.licenses = [{ title: 'free' }])],
])('the profile bites on %s', (_, spoil) => {
  const spoilt = descriptor();
  spoil(spoilt);
  expect(validate(spoilt)).toBe(false);
});

test('resources are the tables of the release, with their true size and sum', () => {
  const { resources } = descriptor();
  expect(resources.map(({ name }: { name: string }) => name)).toEqual([
    'percentiles',
    'percentiles-parquet',
    'items',
    'items-parquet',
    'questions',
    'questions-parquet',
    'change',
    'change-parquet',
    'composition',
    'representativeness',
    'standardised',
    'codes',
  ]);
  for (const { path, bytes, hash } of resources) {
    const file = files.find((entry) => entry.path === path)!;
    expect([bytes, hash]).toEqual([file.bytes.length, `sha256:${sha256Hex(file.bytes)}`]);
  }
});

test('every column is described, figures have units, codes have labels', () => {
  for (const { name, schema } of descriptor().resources) {
    for (const field of schema.fields) {
      expect(field.description.length, `${name}.${field.name}`).toBeGreaterThan(5);
      if (['integer', 'number'].includes(field.type)) expect(field.unit, `${name}.${field.name}`).toBeTruthy();
      for (const category of field.categories ?? []) expect(category.label).toBeTruthy();
    }
  }
  const sector = descriptor().resources[0].schema.fields.find(
    (field: { name: string }) => field.name === 'group_sector',
  );
  expect(sector.categories).toContainEqual({ value: 'elder-care', label: expect.any(String) });
  expect(sector.categories[0]).toEqual({ value: '_T', label: 'Total' });
});

test('it names who answers for it, the licence and the DOI', () => {
  expect(descriptor()).toMatchObject({
    name: RELEASE_ID,
    id: 'https://doi.org/10.5072/sektorspiegel.1',
    homepage: `https://spiegel.example.org/v1/releases/${RELEASE_ID}`,
    contributors: [{ title: FACTS.publisher.name }],
    licenses: [{ name: 'CC-BY-4.0' }],
  });
});
