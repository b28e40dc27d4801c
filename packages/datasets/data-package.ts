import { sha256 } from './checksums.ts';
import { type DatasetInput, landingPage, releaseDescription, releaseTitle } from './dataset-input.ts';
import { type Column, type DatasetFile, jsonFile, type Table } from './table.ts';

export interface TableFiles {
  table: Table;
  csv: DatasetFile;
  parquet: DatasetFile | null;
}

export const CC_BY = {
  name: 'CC-BY-4.0',
  path: 'https://creativecommons.org/licenses/by/4.0/',
  title: 'Creative Commons Attribution 4.0',
};

/** datapackage.json (Data Package version 2): every table with its Table Schema, size and SHA-256. */
export async function dataPackageFile(input: DatasetInput, tables: readonly TableFiles[]): Promise<DatasetFile> {
  const { manifest, facts, instrument } = input;
  const resources = [];
  for (const { table, csv, parquet } of tables) {
    resources.push({
      name: table.name,
      ...(await resourceOf(table, csv)),
      mediatype: 'text/csv',
      format: 'csv',
      encoding: 'utf-8',
      dialect: { delimiter: ',', lineTerminator: '\r\n', quoteChar: '"', doubleQuote: true, header: true },
      schema: tableSchema(table),
    });
    if (parquet)
      resources.push({
        name: `${table.name}-parquet`,
        ...(await resourceOf(table, parquet)),
        mediatype: 'application/vnd.apache.parquet',
        format: 'parquet',
        schema: tableSchema(table),
      });
  }
  return jsonFile('datapackage.json', {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: manifest.releaseId,
    id: facts.doi && `https://doi.org/${facts.doi}`,
    title: releaseTitle(input, 'en'),
    description: releaseDescription(input, 'en'),
    homepage: facts.serviceUrl && landingPage(input),
    version: manifest.releaseId,
    created: `${facts.publishedOn}T00:00:00Z`,
    keywords: ['digital maturity', 'benchmark', 'percentiles', instrument.id],
    contributors: [
      { title: facts.publisher.name, path: facts.publisher.url, email: facts.publisher.email, roles: ['publisher'] },
    ],
    licenses: [CC_BY],
    resources,
  });
}

async function resourceOf(table: Table, { path, bytes }: DatasetFile) {
  return {
    type: 'table',
    path,
    title: table.title,
    description: table.description,
    bytes: bytes.length,
    hash: `sha256:${await sha256(bytes)}`,
  };
}

function tableSchema(table: Table) {
  return {
    $schema: 'https://datapackage.org/profiles/2.0/tableschema.json',
    fields: table.columns.map(fieldOf),
    fieldsMatch: 'exact',
    missingValues: [''],
    primaryKey: table.primaryKey,
    foreignKeys: table.foreignKeys?.map((key) => ({
      fields: key.fields,
      reference: { resource: key.table, fields: key.references },
    })),
  };
}

function fieldOf({ name, type, title, description, unit, categories, isRequired, minimum, maximum }: Column) {
  return {
    name,
    type,
    title,
    description,
    unit,
    categories,
    constraints: { required: isRequired, minimum, maximum, enum: categories?.map(({ value }) => value) },
  };
}
