import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import { holdFolder } from '#functions/local/hold-folder';
import { columnFinder, columnsOf } from '#functions/operator/import/columns';
import { type Header, isColumnTitle, readHeader } from '#functions/operator/import/header';
import type { Mapping } from '#functions/operator/import/mapping';
import { openTable } from '#functions/operator/import/open-table';
import { type PlanStore, planStore } from '#functions/operator/import/plan-store';
import { receiptLines } from '#functions/operator/import/receipts-file';
import { type ReadRow, type Reject, rowReader } from '#functions/operator/import/row';
import { type ImportRequest, runImport } from '#functions/operator/import/run-import';
import type { ImportSummary } from '#functions/operator/import/summary';
import type { Table } from '#functions/operator/import/table';

export const TODAY = '2026-11-25';
export const QUICK = { retries: 4, minPauseMs: 1, maxPauseMs: 4, timeoutMs: 2000 };

/** A folder of its own for a test, and what a partner does in it. */
export async function workplace(): Promise<Workplace> {
  return new Workplace(await mkdtemp(path.join(tmpdir(), 'import-')));
}

export class Workplace {
  readonly folder: string;
  printed = '';
  constructor(folder: string) {
    this.folder = folder;
  }

  at = (name: string): string => path.join(this.folder, name);
  write = async (name: string, content: string | Uint8Array): Promise<string> => {
    await writeFile(this.at(name), content);
    return this.at(name);
  };
  remove = (): Promise<void> => rm(this.folder, { recursive: true, force: true });

  out = (): Writable =>
    new Writable({
      write: (chunk, _encoding, done) => {
        this.printed += chunk;
        done();
      },
    });

  /** Without `url` a dry run. */
  async run(
    instrument: Instrument,
    csv: string,
    {
      url,
      signal,
      retrying,
      lang = 'en',
      sourceKey,
      ...change
    }: Partial<ImportRequest> & {
      url?: URL | undefined;
      sourceKey?: string | undefined;
      signal?: AbortSignal | undefined;
      retrying?: typeof QUICK | undefined;
      lang?: Lang | undefined;
    } = {},
  ): Promise<ImportSummary> {
    const request: ImportRequest = {
      instrument,
      csv,
      receipts: this.at('receipts.csv'),
      rejects: this.at('rejects.csv'),
      sameOrNew: { keys: new Map() },
      service: url ? { url, sourceKey } : null,
      ...change,
    };
    return runImport(request, {
      randomBytes,
      retrying: retrying ?? QUICK,
      signal: signal ?? new AbortController().signal,
      out: this.out(),
      lang,
      today: TODAY,
    });
  }

  rejects = (): Promise<Record<string, string>[]> => readTable(this.at('rejects.csv'));
  receiptsLines = (): Promise<Record<string, string>[]> => readTable(this.at('receipts.csv'));
}

/** A file that the import wrote, by an independent reader. */
export async function readTable(file: string): Promise<Record<string, string>[]> {
  const text = await readFile(file, 'utf8');
  const delimiter = text.split('\n')[0]?.includes(';') ? ';' : ',';
  return parse(text, { columns: true, bom: true, delimiter }) as Record<string, string>[];
}

/** Each organisation's receipt, as the file has it. */
export async function receiptsOf(file: string): Promise<Map<string, string>> {
  const receipts = new Map<string, string>();
  for await (const { organisation, receipt } of receiptLines(file)) receipts.set(organisation, receipt);
  return receipts;
}

/** A store in a folder, for the time of some work. */
export async function withStore<T>(folder: string, work: (store: PlanStore) => Promise<T>): Promise<T> {
  const level = await holdFolder(folder);
  try {
    return await work(planStore(level));
  } finally {
    await level.close();
  }
}

/** A file's table, header and rows, read but not planned. */
export async function readRows(
  file: string,
  instrument: Instrument,
  { mapping, sheet }: { mapping?: Mapping; sheet?: string } = {},
): Promise<{ table: Table; header: Header; read: (ReadRow | Reject[])[] }> {
  const columns = columnsOf(instrument);
  const findColumn = columnFinder(columns);
  const table = await openTable(file, isColumnTitle({ findColumn, mapping }), sheet);
  const header = await readHeader(table, { instrument, columns, findColumn, mapping });
  const readRow = rowReader(instrument, header, { always: mapping?.always ?? {}, today: TODAY });
  const read: (ReadRow | Reject[])[] = [];
  for await (const row of table.rows()) if (row.line > header.line) read.push(readRow(row));
  return { table, header, read };
}
