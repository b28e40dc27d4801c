import { setMaxListeners } from 'node:events';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Instrument } from '#contracts/instrument';
import type { Lang, LocalText } from '#contracts/text';
import { CannotRun } from '#functions/local/cannot-run';
import { holdFolder } from '#functions/local/hold-folder';
import { sha256Hex } from '#store/hashes';
import { columnFinder, columnsOf } from './columns.ts';
import { isColumnTitle, readHeader } from './header.ts';
import type { Mapping } from './mapping.ts';
import { openTable } from './open-table.ts';
import { planRows, type SameOrNew } from './plan.ts';
import {
  clearPlan,
  inBatches,
  lineKey,
  Pending,
  type PlanStore,
  planStore,
  type QueuedRow,
  RUN,
  type RunState,
  rejectKey,
} from './plan-store.ts';
import { showProgress } from './progress.ts';
import { fileHash, holdReceipts, loadReceipts, revisionKey, writeReceipts } from './receipts-file.ts';
import { Refusal } from './refusal.ts';
import { checkRejectsPath, rejectsOf, writeRejects } from './rejects-file.ts';
import { type Reject, rejectOf } from './row.ts';
import { connect, type Outcome, type Retrying, type Shipment } from './send.ts';
import { stampRows, stampSpellings } from './stamp.ts';
import type { ImportSummary } from './summary.ts';

export interface ImportRequest {
  instrument: Instrument;
  /** Paths of the files. */
  csv: string;
  receipts: string;
  rejects: string;
  /** Of a workbook; the first where none is named. */
  sheet?: string | undefined;
  mapping?: Mapping | undefined;
  sameOrNew: SameOrNew;
  /** Where to send; null for a dry run, which validates everything and sends nothing. */
  service: { /** Without `v1`. */ url: URL; sourceKey: string | undefined } | null;
}

export interface ImportDependencies {
  randomBytes: (n: number) => Uint8Array;
  retrying: Retrying;
  /** Stops the import: what is under way is broken off, and a later run goes on from there. */
  signal: AbortSignal;
  out: NodeJS.WritableStream & { isTTY?: boolean };
  lang: Lang;
  /** The date in Berlin. */
  today: string;
}

const PARALLEL_REQUESTS = 8;
/** After so many rows in a row without a usable answer the service counts as gone. */
const GIVE_UPS_IN_A_ROW = 3;

/**
 * Imports a file through the public api. The order is what makes it safe to kill and run again: (1) everything local is
 * read and checked, (2) receipts and revisions are written to the disk, (3) rows are sent. A row's idempotency key follows
 * from (instrument, day, revision), so that whatever was sent before is recognised by the service; and the same command
 * again goes on with the rows that are left.
 */
export async function runImport(request: ImportRequest, deps: ImportDependencies): Promise<ImportSummary> {
  await keepApart(request);
  await checkRejectsPath(request.rejects);
  return request.service === null ? dryRun(request, deps) : importHeld(request, request.service, deps);
}

/** Plans in a folder of its own, and forgets it: the receipts file and a run that was broken off stay as they are. */
async function dryRun(request: ImportRequest, deps: ImportDependencies): Promise<ImportSummary> {
  const folder = await mkdtemp(path.join(tmpdir(), 'import-'));
  const level = await holdFolder(folder);
  try {
    const store = planStore(level);
    const { summary } = await planned(store, request, deps);
    return await finished(summary, store, request, deps);
  } finally {
    await level.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function importHeld(
  request: ImportRequest,
  service: NonNullable<ImportRequest['service']>,
  deps: ImportDependencies,
): Promise<ImportSummary> {
  const store = await holdReceipts(request.receipts);
  try {
    const fingerprint = await fingerprintOf(request);
    const state =
      (await resumed(store, fingerprint, request, deps)) ?? (await begun(store, fingerprint, request, deps));
    try {
      await sendQueue(store, state, { request, service, deps });
    } catch (error) {
      await finished(state.summary, store, request, deps);
      throw error;
    }
    const summary = await finished(state.summary, store, request, deps);
    if (state.gaveUp.length === 0) await clearPlan(store);
    return summary;
  } finally {
    await store.level.close();
  }
}

/** What a former run with the same file and options was broken off in, if the receipts are as it left them. */
async function resumed(
  store: PlanStore,
  fingerprint: string,
  { receipts }: ImportRequest,
  { out, lang }: ImportDependencies,
): Promise<RunState | undefined> {
  const state = await store.run.get(RUN);
  if (state?.fingerprint !== fingerprint || state.receiptsHash !== (await fileHash(receipts))) return undefined;
  const { rows, stored, replayed } = state.summary;
  await store.rejects.batch(state.gaveUp.map((line) => ({ type: 'del', key: rejectKey(line, 0) })));
  out.write(
    lang === 'de'
      ? `Der vorige Lauf wurde unterbrochen; ${stored + replayed} von ${rows} Zeilen sind schon gespeichert. Es geht weiter.\n`
      : `The former run was broken off; ${stored + replayed} of ${rows} rows are in already. Going on from there.\n`,
  );
  return { ...state, gaveUp: [] };
}

/** Plans from the beginning, and has receipts and revisions on the disk. */
async function begun(
  store: PlanStore,
  fingerprint: string,
  request: ImportRequest,
  deps: ImportDependencies,
): Promise<RunState> {
  const { summary, isChanged } = await planned(store, request, deps);
  if (isChanged) await writeReceipts(request.receipts, store, deps.lang);
  const state = { fingerprint, receiptsHash: await fileHash(request.receipts), summary, gaveUp: [] };
  await store.run.put(RUN, state);
  return state;
}

async function planned(
  store: PlanStore,
  request: ImportRequest,
  { out, lang, today, randomBytes }: ImportDependencies,
): Promise<{ summary: ImportSummary; isChanged: boolean }> {
  const say = (text: LocalText) => void out.write(`${text[lang]}\n`);
  const { instrument, mapping, sameOrNew } = request;
  await clearPlan(store);
  const columns = columnsOf(instrument);
  const findColumn = columnFinder(columns);
  const table = await openTable(request.csv, isColumnTitle({ findColumn, mapping }), request.sheet);
  const header = await readHeader(table, { instrument, columns, findColumn, mapping });
  for (const note of [...table.notes, ...header.notes]) say(note);
  const before = await loadReceipts(request.receipts, store);
  const summary = await planRows(
    table,
    store,
    { instrument, header, always: mapping?.always ?? {}, today, sameOrNew },
    say,
  );
  if (before > 0) say(knownAndNew(summary));
  const isStamped = await stampRows(store, summary, { instrument, randomBytes });
  const isSpelled = await stampSpellings(store);
  return { summary, isChanged: isStamped || isSpelled };
}

const knownAndNew = ({ known, new: fresh }: ImportSummary): LocalText => ({
  de: `Organisationen: ${known} bekannt, ${fresh} neu.`,
  en: `Organisations: ${known} known, ${fresh} new.`,
});

/** Writes the rejects file, and what it says into the summary. */
async function finished(
  summary: ImportSummary,
  store: PlanStore,
  { rejects: file }: ImportRequest,
  { lang }: ImportDependencies,
): Promise<ImportSummary> {
  const { rows, reasons } = await writeRejects(file, store, lang);
  return { ...summary, rejected: rows, reasons };
}

/** A row with the receipt and the key under which it goes out. */
type Stamped = Shipment & { row: QueuedRow; revision: number };

async function* stampedRows(store: PlanStore, { id }: Instrument): AsyncGenerator<Stamped> {
  for await (const batch of inBatches(store.queue.values(), 100)) {
    const organisations = await store.organisations.getMany(batch.map(({ organisation }) => organisation));
    for (const [index, row] of batch.entries()) {
      const { receipt = null, revisions = {} } = organisations[index] ?? {};
      const sent = revisions[revisionKey(id, row.conductedOn)];
      if (receipt === null || !sent) throw new Error(`line ${row.line} was queued without a receipt`);
      const idempotencyKey = `import-${row.conductedOn}-r${sent.revision}`;
      yield { row, revision: sent.revision, receipt, body: row.body, idempotencyKey };
    }
  }
}

/** Notes what became of a row, with its removal from the queue, in one step. */
async function settle(store: PlanStore, state: RunState, { row, revision }: Stamped, outcome: Outcome): Promise<void> {
  const pending = new Pending(store);
  const reject = (rejects: readonly Reject[]) => {
    for (const [place, one] of rejects.entries()) pending.put(store.rejects, rejectKey(row.line, place), one);
  };
  if (outcome.kind === 'gave-up') {
    const { de, en } = outcome.reason;
    state.gaveUp.push(row.line);
    reject([rejectOf(row, { de: `${de}: führen Sie den Import noch einmal aus`, en: `${en}: run the import again` })]);
  } else {
    pending.put(store.queue, lineKey(row.line), undefined);
    if (outcome.kind === 'refused') reject(rejectsOf(row, outcome.status, outcome.problem));
    else {
      state.summary[outcome.kind] += 1;
      if (outcome.kind === 'stored' && revision > 1) state.summary.changed += 1;
    }
  }
  pending.put(store.run, RUN, state);
  await pending.write();
}

async function sendQueue(
  store: PlanStore,
  state: RunState,
  {
    request,
    service: at,
    deps,
  }: { request: ImportRequest; service: NonNullable<ImportRequest['service']>; deps: ImportDependencies },
): Promise<void> {
  const total = state.summary.rows;
  const waiting = await countOf(store.queue.keys());
  if (waiting === 0) return;
  // A sentence for everybody must also stop the rows under way: hence a signal of our own.
  const stopping = new AbortController();
  const signal = AbortSignal.any([deps.signal, stopping.signal]);
  // Every request under way listens; Node takes more than ten for a leak.
  setMaxListeners(0, signal);
  const service = connect(at.url, { sourceKey: at.sourceKey, signal, retrying: deps.retrying, lang: deps.lang });
  await service.greet(request.instrument.id);
  const progress = showProgress({ total, already: total - waiting, lang: deps.lang }, deps.out);
  let giveUpsInARow = 0;
  let settled = 0;
  const queue = stampedRows(store, request.instrument);
  const sendSome = async () => {
    for await (const shipment of queue) {
      signal.throwIfAborted();
      const outcome = await service.send(shipment);
      giveUpsInARow = outcome.kind === 'gave-up' ? giveUpsInARow + 1 : 0;
      if (outcome.kind === 'gave-up' && giveUpsInARow >= GIVE_UPS_IN_A_ROW) throw new Refusal(outcome.reason);
      await settle(store, state, shipment, outcome);
      settled += 1;
      progress.step();
    }
  };
  const senders = Array.from({ length: PARALLEL_REQUESTS }, sendSome);
  try {
    await Promise.all(senders);
  } catch (error) {
    stopping.abort();
    await Promise.allSettled(senders);
    if (!(error instanceof CannotRun) && !deps.signal.aborted) throw error;
    const why = error instanceof Refusal ? error.text : STOPPED;
    throw brokenOff(why, settled, waiting);
  } finally {
    progress.end();
  }
}

async function countOf(items: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of items) count += 1;
  return count;
}

const STOPPED: LocalText = { de: 'Angehalten', en: 'Stopped' };

const brokenOff = ({ de, en }: LocalText, settled: number, waiting: number): Refusal => {
  const sentence = (text: string) => text.replace(/[.?]$/, '');
  return new Refusal({
    de: `${sentence(de)}. ${settled} von ${waiting} Zeilen sind erledigt; führen Sie denselben Befehl für den Rest noch einmal aus, nichts geht doppelt ein.`,
    en: `${sentence(en)}. ${settled} of ${waiting} rows were dealt with; run the same command again for the rest, nothing goes in twice.`,
  });
};

/** Of what is asked for: a later run with the same goes on where the former was broken off. */
async function fingerprintOf({ instrument, csv, sheet, mapping, sameOrNew, service }: ImportRequest): Promise<string> {
  const { all, keys } = sameOrNew;
  const parts = [instrument.id, await fileHash(csv), sheet, mapping, all, [...keys], service?.url.href];
  return sha256Hex(JSON.stringify(parts));
}

/** One path given for two files would destroy one of them. */
async function keepApart({ csv, receipts, rejects }: ImportRequest): Promise<void> {
  const paths = await Promise.all(
    [csv, receipts, rejects].map((file) => realpath(file).catch(() => path.resolve(file))),
  );
  if (new Set(paths).size < paths.length)
    throw new Refusal({
      de: '--csv, --receipts und --rejects müssen drei verschiedene Dateien nennen.',
      en: '--csv, --receipts and --rejects must name three different files.',
    });
}
