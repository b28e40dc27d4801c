import { dcatFile, schemaOrgFile } from './catalogue-record.ts';
import { changelogFile } from './changelog.ts';
import { checksumFile } from './checksums.ts';
import { citationFile, dataciteFile, licenseFile } from './citation.ts';
import { codebookHtml, codebookJson } from './codebook.ts';
import { codes } from './codes.ts';
import { csvFile } from './csv.ts';
import { dataPackageFile } from './data-package.ts';
import type { DatasetInput } from './dataset-input.ts';
import { ddiCodebookFile } from './ddi-codebook.ts';
import { fieldworkFile } from './fieldwork.ts';
import { change, composition, items, percentiles, questions } from './figure-tables.ts';
import { frameTables } from './frame-tables.ts';
import { importScripts } from './import-scripts.ts';
import { methodFile } from './method.ts';
import { parquetFile } from './parquet.ts';
import { sdmxCsvFile, sdmxStructureFile } from './sdmx.ts';
import type { DatasetFile, Table } from './table.ts';
import { zipFile } from './zip.ts';

/** The tables of a release. An instrument without items or questions has no table of them. */
export function datasetTables(input: DatasetInput): Table[] {
  const { instrument } = input;
  return [
    percentiles(input),
    ...(instrument.items.length === 0 ? [] : [items(input)]),
    ...(instrument.questions.length === 0 ? [] : [questions(input)]),
    change(input),
    composition(input),
    ...frameTables(input),
    codes(input),
  ];
}

/**
 * All files of a release: the tables as CSV and Parquet, their description for people and machines, the sums and one
 * zip of everything. A pure function: equal input gives equal bytes, on any machine and in any time zone.
 *
 * @throws Error when the manifest and the cells disagree
 */
export async function datasetFiles(input: DatasetInput): Promise<DatasetFile[]> {
  const { releaseId, cutoffOn } = input.manifest;
  const tables = datasetTables(input);
  const tableFiles = tables.map((table) => ({
    table,
    csv: csvFile(table),
    parquet: table.hasParquet
      ? parquetFile(table, { release: releaseId, title: table.title, license: 'CC-BY-4.0' })
      : null,
  }));
  const data = [
    ...tableFiles.flatMap(({ csv, parquet }) => (parquet ? [csv, parquet] : [csv])),
    sdmxCsvFile(input),
    sdmxStructureFile(input),
    ...importScripts(tables),
    await dataPackageFile(input, tableFiles),
    await ddiCodebookFile(input, tableFiles),
    codebookHtml(input, tables),
    codebookJson(input, tables),
    methodFile(input),
    fieldworkFile(input),
    changelogFile(input),
    citationFile(input),
    dataciteFile(input),
    licenseFile(input),
  ];
  const described = [...data, schemaOrgFile(input, data), await dcatFile(input, data)];
  const summed = [...described, await checksumFile(described)];
  return [...summed, zipFile(releaseId, cutoffOn, summed)];
}
