import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { plainText } from '#contracts/plain-code';
import { groupReceipt, parseReceipt } from '#contracts/receipt';
import type { Lang, LocalText } from '#contracts/text';
import { FolderHeld, holdFolder } from '#functions/local/hold-folder';
import { BYTE_ORDER_MARK, csvOptions, withoutEscape } from '../spreadsheet-csv.ts';
import { comparable } from './columns.ts';
import { readDate } from './dates.ts';
import { comparableKey, keyDamage } from './keys.ts';
import { openTable } from './open-table.ts';
import { inBatches, Pending, type PlanStore, planStore, type Revision } from './plan-store.ts';
import { Refusal, refuseFile } from './refusal.ts';
import type { TableRow } from './table.ts';

const COLUMNS = ['organisation', 'receipt', 'instrument', 'conductedOn', 'revision', 'rowHash'] as const;

export const revisionKey = (instrument: string, conductedOn: string): string => `${instrument} ${conductedOn}`;

/** How many lines are looked up and written at once. */
const BATCH = 500;

/**
 * Keeps a second import from the same receipts file: each would draw receipts the other does not know. Held as the data
 * folder is, by the system (`holdFolder`), in a folder beside the file, which is at the same time where the import works.
 */
export async function holdReceipts(file: string): Promise<PlanStore> {
  const folder = `${await realpath(file).catch(() => path.resolve(file))}.lockdir`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return planStore(await holdFolder(folder));
  } catch (error) {
    if (error instanceof FolderHeld)
      throw new Refusal({
        de: `Ein anderer Import benutzt ${file}. Warten Sie, bis er fertig ist.`,
        en: `Another import is using ${file}. Wait for it to end.`,
      });
    throw new Refusal({
      de: `Neben der Datei der Rückkehr-Codes ${file} kann nichts geschrieben werden (${(error as NodeJS.ErrnoException).code}).`,
      en: `Beside the receipts file ${file} nothing can be written (${(error as NodeJS.ErrnoException).code}).`,
    });
  }
}

/** One line of the file. */
interface ReceiptLine {
  line: number;
  organisation: string;
  receipt: string;
  /** Absent for a receipt from elsewhere, with which nothing was sent yet. */
  sent?: Revision & { key: string };
}

/**
 * Reads the file, which may have been saved by a spreadsheet; an absent one holds nobody. A line that cannot be trusted
 * stops everything: it is never overwritten.
 *
 * @returns how many keys it holds
 */
export async function loadReceipts(file: string, store: PlanStore): Promise<number> {
  let keys = 0;
  for await (const lines of inBatches(receiptLines(file), BATCH)) {
    const pending = new Pending(store);
    await pending.load(
      store.organisations,
      lines.map(({ organisation }) => organisation),
    );
    await pending.load(
      store.owners,
      lines.map(({ receipt }) => receipt),
    );
    await pending.load(
      store.similar,
      lines.map(({ organisation }) => comparableKey(organisation)),
    );
    const owners = lines.flatMap(({ receipt }) => pending.get(store.owners, receipt) ?? []);
    await pending.load(store.organisations, owners);
    for (const line of lines) keys += addLine(line, { file, store, pending });
    await pending.write();
  }
  return keys;
}

/** Adds a line to what is known; 1 where its key was not met before. */
function addLine(
  { line, organisation, receipt, sent }: ReceiptLine,
  { file, store, pending }: { file: string; store: PlanStore; pending: Pending },
): number {
  const refuse = (de: string, en: string) => refuseFile(file, { de, en }, line);
  const former = pending.get(store.organisations, organisation);
  const owner = pending.get(store.owners, receipt) ?? organisation;
  if (former && (former.receipt ?? receipt) !== receipt)
    throw refuse(
      'die Organisation hat weiter oben einen anderen Rückkehr-Code',
      'the organisation has another receipt further up',
    );
  if (owner !== organisation && comparableKey(owner) !== comparableKey(organisation))
    throw refuse(
      'der Rückkehr-Code gehört noch einer anderen Organisation',
      'the receipt belongs to another organisation as well',
    );
  pending.put(store.owners, receipt, owner);
  const similar = comparableKey(organisation);
  if (pending.get(store.similar, similar) === undefined) pending.put(store.similar, similar, organisation);

  const known = pending.get(store.organisations, owner) ?? { receipt, revisions: {} };
  if (sent) {
    if (known.revisions[sent.key])
      throw refuse(
        'Organisation, Instrument und Tag stehen weiter oben schon einmal',
        'the same organisation, instrument and day stand further up',
      );
    known.revisions[sent.key] = { revision: sent.revision, rowHash: sent.rowHash };
  }
  pending.put(store.organisations, owner, known);
  if (owner !== organisation) pending.put(store.organisations, organisation, { receipt, revisions: {}, sameAs: owner });
  return former ? 0 : 1;
}

/** The lines of a receipts file, each checked by itself. */
export async function* receiptLines(file: string): AsyncGenerator<ReceiptLine> {
  const isEmpty = await stat(file).then(
    ({ size }) => size === 0,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
  if (isEmpty) return;
  const names = new Map(COLUMNS.map((name) => [comparable(name), name]));
  const table = await openTable(file, (title) => names.has(comparable(title)));
  if (table.fault) throw table.fault;
  if (table.isWorkbook) throw refuseFile(file, A_WORKBOOK);
  let header: (typeof COLUMNS)[number][] | undefined;
  for await (const row of table.rows()) {
    if (header) yield receiptLine(file, row, header);
    else header = readHeader(file, row, names);
  }
}

function readHeader(
  file: string,
  { cells }: TableRow,
  names: ReadonlyMap<string, (typeof COLUMNS)[number]>,
): (typeof COLUMNS)[number][] {
  const titles = cells.map(comparable);
  const unknown = titles.find((title) => title !== '' && !names.has(title));
  if (unknown !== undefined || !titles.includes('organisation') || !titles.includes('receipt'))
    throw refuseFile(file, unknown === undefined ? NO_RECEIPTS_FILE : unknownColumn(unknown));
  return titles.flatMap((title) => names.get(title) ?? []);
}

function receiptLine(file: string, { line, cells }: TableRow, header: (typeof COLUMNS)[number][]): ReceiptLine {
  const refuse = (de: string, en: string) => refuseFile(file, { de, en }, line);
  const cell = (name: (typeof COLUMNS)[number]) => withoutEscape(plainText(cells[header.indexOf(name)] ?? ''));
  const organisation = cell('organisation');
  if (organisation === '') throw refuse('die Organisation fehlt', 'the organisation is missing');
  const damage = keyDamage(organisation);
  if (damage) throw refuse(`${damage.de}. ${FROM_BACKUP.de}`, `${damage.en}. ${FROM_BACKUP.en}`);
  const parsed = parseReceipt(cell('receipt'));
  if (!parsed.ok)
    throw refuse(`der Rückkehr-Code ist beschädigt. ${FROM_BACKUP.de}`, `the receipt is damaged. ${FROM_BACKUP.en}`);
  const { receipt } = parsed;

  const rest = [cell('instrument'), cell('conductedOn'), cell('revision'), cell('rowHash')];
  if (rest.every((part) => part === '')) return { line, organisation, receipt };
  const conductedOn = readDate(cell('conductedOn'));
  const revision = Number(cell('revision').replace(/[.,]0+$/, ''));
  const rowHash = cell('rowHash').replace(/^sha256:/, '');
  if (cell('instrument') === '' || conductedOn === null)
    throw refuse('Instrument oder Tag fehlen', 'the instrument or the day is missing');
  if (!Number.isInteger(revision) || revision < 1)
    throw refuse('die Revision ist keine Zahl ab 1', 'the revision is not a number from 1');
  if (!/^[0-9a-f]{64}$/.test(rowHash))
    throw refuse(
      `die Prüfsumme der Zeile ist beschädigt. ${FROM_BACKUP.de}`,
      `the row hash is damaged. ${FROM_BACKUP.en}`,
    );
  return {
    line,
    organisation,
    receipt,
    sent: { key: revisionKey(cell('instrument'), conductedOn), revision, rowHash },
  };
}

const FROM_BACKUP: LocalText = {
  de: 'Nehmen Sie die Datei der Rückkehr-Codes aus der Sicherung',
  en: 'Take the receipts file from the backup',
};
const A_WORKBOOK: LocalText = {
  de: 'das ist eine Arbeitsmappe; speichern Sie sie als „CSV UTF-8“, denn der Import schreibt diese Datei fort',
  en: 'this is a workbook: save it as "CSV UTF-8", because the import goes on writing this file',
};
const NO_RECEIPTS_FILE: LocalText = {
  de: 'das ist keine Datei der Rückkehr-Codes; ihr fehlen die Spalten „organisation“ und „receipt“',
  en: 'is not a receipts file: it has no columns "organisation" and "receipt"',
};
const unknownColumn = (name: string): LocalText => ({
  de: `das ist keine Datei der Rückkehr-Codes; die Spalte „${name}“ ist unbekannt`,
  en: `is not a receipts file: column "${name}" is unknown`,
});

/**
 * Writes the whole file beside the old one, to the disk, then in its place; only its owner may read it. Keys stand in the
 * order of their characters.
 */
export async function writeReceipts(file: string, store: PlanStore, lang: Lang): Promise<void> {
  const target = await realpath(file).catch(() => path.resolve(file));
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    await mkdir(path.dirname(target), { recursive: true });
    const handle = await open(temporary, 'w', 0o600);
    try {
      await handle.chmod(0o600);
      await writeLines(handle, store, lang);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
    await syncFolder(path.dirname(target));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Refusal({
      de: `Die Datei der Rückkehr-Codes ${file} kann nicht geschrieben werden (${code}). Es wurde nichts gesendet.`,
      en: `The receipts file ${file} cannot be written (${code}). Nothing was sent.`,
    });
  }
}

async function writeLines(handle: FileHandle, { organisations }: PlanStore, lang: Lang): Promise<void> {
  await handle.write(BYTE_ORDER_MARK + stringify([[...COLUMNS]], csvOptions(lang)));
  for await (const batch of inBatches(organisations.iterator(), BATCH)) {
    const lines = batch.flatMap(([organisation, { receipt, revisions }]) => {
      if (receipt === null) return [];
      const start = [organisation, groupReceipt(receipt)];
      const sent = Object.entries(revisions);
      if (sent.length === 0) return [[...start, '', '', '', '']];
      return sent.map(([key, { revision, rowHash }]) => [
        ...start,
        ...key.split(' '),
        String(revision),
        // A spreadsheet takes 64 digits with one e among them for a number.
        `sha256:${rowHash}`,
      ]);
    });
    await handle.write(stringify(lines, csvOptions(lang)));
  }
}

/** Makes the rename itself survive a power cut; where folders cannot be synced (Windows) the rename has to do. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** SHA-256 of a file's bytes, hex; of nothing where it is absent. */
export async function fileHash(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return hash.digest('hex');
}
