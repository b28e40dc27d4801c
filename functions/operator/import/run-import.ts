import { setMaxListeners } from 'node:events';
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import pMap from 'p-map';
import type { Instrument } from '#contracts/instrument';
import { CannotRun } from '#functions/local/cannot-run';
import { canonicalJson, sha256Hex } from '#store/hashes';
import { columnsOf, matchColumns } from './columns.ts';
import { readCsv } from './csv-file.ts';
import { showProgress } from './progress.ts';
import { lockReceipts, readReceipts, reviseRow, writeReceipts } from './receipts-file.ts';
import { checkRejectsPath, rejectsOf, writeRejects } from './rejects-file.ts';
import { type ReadRow, type Reject, readRow, rejectOf } from './row.ts';
import { connect, type Outcome, type Retrying, type Shipment } from './send.ts';

export interface ImportRequest {
  instrument: Instrument;
  /** Paths of the files. */
  csv: string;
  receipts: string;
  rejects: string;
  /** The service's address, without `v1`. */
  url: URL;
  sourceKey: string | undefined;
}

export interface ImportDependencies {
  randomBytes: (n: number) => Uint8Array;
  retrying: Retrying;
  /** Stops the import: what is under way is broken off, and a later run goes on from there. */
  signal: AbortSignal;
  out: NodeJS.WritableStream & { isTTY?: boolean };
}

export interface ImportSummary {
  rows: number;
  stored: number;
  /** Of those stored, how many changed an earlier one. */
  changed: number;
  replayed: number;
  /** Rows of the CSV, not lines of the rejects file. */
  rejected: number;
}

const PARALLEL_REQUESTS = 8;
/** After so many rows in a row without a usable answer the service counts as gone. */
const GIVE_UPS_IN_A_ROW = 3;

/**
 * Imports a CSV file through the public api. The order is what makes it safe to kill and run again: (1) everything local
 * is read and checked, (2) receipts and revisions are written to the disk, (3) rows are sent. A row's idempotency key
 * follows from (instrument, day, revision), so that whatever was sent before is recognised by the service.
 */
export async function runImport(request: ImportRequest, deps: ImportDependencies): Promise<ImportSummary> {
  await keepApart(request);
  const release = await lockReceipts(request.receipts);
  try {
    return await importLocked(request, deps);
  } finally {
    await release();
  }
}

async function importLocked(request: ImportRequest, deps: ImportDependencies): Promise<ImportSummary> {
  const say = (line: string) => deps.out.write(`${line}\n`);
  await checkRejectsPath(request.rejects);
  const { readable, rejects } = await readRows(request, say);
  const shipments = await stamped(readable, request, deps.randomBytes);
  const summary = { rows: readable.length + rowsOf(rejects), stored: 0, changed: 0, replayed: 0, rejected: 0 };
  const note = ({ row, revision }: Stamped, outcome: Outcome) => {
    if (outcome.kind === 'refused') rejects.push(...rejectsOf(row, outcome.status, outcome.problem));
    else if (outcome.kind === 'gave-up') rejects.push(rejectOf(row, `${outcome.reason}: run the import again`));
    else {
      summary[outcome.kind] += 1;
      if (outcome.kind === 'stored' && revision > 1) summary.changed += 1;
    }
  };
  try {
    if (shipments.length > 0) await sendAll(shipments, request, deps, note);
  } finally {
    await writeRejects(request.rejects, rejects);
    summary.rejected = rowsOf(rejects);
  }
  return summary;
}

const rowsOf = (rejects: readonly Reject[]) => new Set(rejects.map(({ line }) => line)).size;

/** A row with the receipt and the key under which it goes out. */
type Stamped = Shipment & { row: ReadRow; revision: number };

/** Gives each row its receipt and revision, and has all of them on the disk before anything is sent. */
async function stamped(
  rows: readonly ReadRow[],
  { instrument, receipts: file }: ImportRequest,
  randomBytes: ImportDependencies['randomBytes'],
): Promise<Stamped[]> {
  const receipts = await readReceipts(file);
  let isChanged = false;
  const shipments = rows.map((row) => {
    const { organisation, conductedOn, body } = row;
    const identity = { organisation, instrument: instrument.id, conductedOn, rowHash: sha256Hex(canonicalJson(body)) };
    const { receipt, revision, isChange } = reviseRow(receipts, identity, randomBytes);
    isChanged ||= isChange;
    return { row, revision, receipt, body, idempotencyKey: `import-${conductedOn}-r${revision}` };
  });
  if (isChanged) await writeReceipts(file, receipts);
  return shipments;
}

async function sendAll(
  shipments: readonly Stamped[],
  request: ImportRequest,
  deps: ImportDependencies,
  note: (shipment: Stamped, outcome: Outcome) => void,
): Promise<void> {
  // A sentence for everybody must also stop the rows under way: hence a signal of our own.
  const stopping = new AbortController();
  const signal = AbortSignal.any([deps.signal, stopping.signal]);
  // Every request under way listens; Node takes more than ten for a leak.
  setMaxListeners(0, signal);
  const service = connect(request.url, { sourceKey: request.sourceKey, signal, retrying: deps.retrying });
  await service.greet(request.instrument.id);
  const progress = showProgress(shipments.length, deps.out);
  let giveUpsInARow = 0;
  let settled = 0;
  const send = async (shipment: Stamped) => {
    const outcome = await service.send(shipment);
    giveUpsInARow = outcome.kind === 'gave-up' ? giveUpsInARow + 1 : 0;
    if (outcome.kind === 'gave-up' && giveUpsInARow >= GIVE_UPS_IN_A_ROW) throw new CannotRun(outcome.reason);
    note(shipment, outcome);
    settled += 1;
    progress.step();
  };
  try {
    await pMap(shipments, send, { concurrency: PARALLEL_REQUESTS, signal });
  } catch (error) {
    stopping.abort();
    if (!(error instanceof CannotRun) && !deps.signal.aborted) throw error;
    const why = error instanceof CannotRun ? error.message : 'Stopped';
    throw new CannotRun(
      `${why.replace(/[.?]$/, '')}. ${settled} of ${shipments.length} rows were dealt with; run the same command again for the rest, nothing goes in twice.`,
    );
  } finally {
    progress.end();
  }
}

/** A file is read as a whole; the largest holds about a million rows. */
const FILE_LIMIT_MB = 200;
/** What lies on one line is refused while it is read: parsing it would take six times its size. */
const LINE_LIMIT_MB = 1;

async function readWhole(file: string): Promise<Uint8Array> {
  try {
    const megabytes = (await stat(file)).size / 2 ** 20;
    if (megabytes > FILE_LIMIT_MB)
      throw new CannotRun(
        `${file} has ${Math.round(megabytes)} MB: split it into files of at most ${FILE_LIMIT_MB} MB. Nothing was sent.`,
      );
    const chunks: Buffer[] = [];
    let sinceLineEnd = 0;
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      const lineEnd = Math.max(chunk.lastIndexOf(0x0a), chunk.lastIndexOf(0x0d));
      sinceLineEnd = lineEnd < 0 ? sinceLineEnd + chunk.length : chunk.length - 1 - lineEnd;
      if (sinceLineEnd > LINE_LIMIT_MB * 2 ** 20)
        throw new CannotRun(
          `${file} has a line of more than ${LINE_LIMIT_MB} MB, so it is no table of checks. Nothing was sent.`,
        );
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof CannotRun) throw error;
    throw new CannotRun(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

/** The rows that can be sent, and the reasons why others cannot. */
async function readRows(
  request: ImportRequest,
  say: (line: string) => void,
): Promise<{ readable: ReadRow[]; rejects: Reject[] }> {
  const { instrument } = request;
  const bytes = await readWhole(request.csv);
  const file = readCsv(
    bytes,
    request.csv,
    columnsOf(instrument).map((column) => column.name),
  );
  if (file.encoding !== 'utf-8')
    say(`${request.csv} is not UTF-8; read as ${file.encoding === 'utf-16' ? 'UTF-16' : 'Windows-1252'}.`);
  const columns = matchColumns(file, instrument, request.csv);

  const rejects: Reject[] = [];
  const byIdentity = new Map<string, ReadRow[]>();
  for (const csvRow of file.rows) {
    const row = readRow(csvRow, columns, instrument);
    if (Array.isArray(row)) {
      rejects.push(...row);
      continue;
    }
    const identity = JSON.stringify([row.organisation, row.conductedOn]);
    byIdentity.set(identity, [...(byIdentity.get(identity) ?? []), row]);
  }

  const readable: ReadRow[] = [];
  for (const rows of byIdentity.values()) {
    const isOne = new Set(rows.map((row) => canonicalJson(row.body))).size === 1;
    const [first, ...others] = rows;
    if (isOne && first) {
      readable.push(first);
      if (others.length > 0)
        say(`Line ${others.map((row) => row.line).join(', ')} repeats line ${first.line} word for word: counted once.`);
      continue;
    }
    for (const row of rows) {
      const rivals = rows.filter((other) => other !== row).map((other) => other.line);
      rejects.push(rejectOf(row, `line ${rivals.join(', ')} says something else of the same organisation and day`));
    }
  }
  readable.sort((a, b) => a.line - b.line);
  return { readable, rejects };
}

/** One path given for two files would destroy one of them. */
async function keepApart({ csv, receipts, rejects }: ImportRequest): Promise<void> {
  const paths = await Promise.all(
    [csv, receipts, rejects].map((file) => realpath(file).catch(() => path.resolve(file))),
  );
  if (new Set(paths).size < paths.length)
    throw new CannotRun('--csv, --receipts and --rejects must name three different files.');
}
