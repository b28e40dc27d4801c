import { mkdir, open, readFile, realpath, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { groupReceipt, makeReceipt, parseReceipt } from '#contracts/receipt';
import { CannotRun } from '#functions/local/cannot-run';
import { readCsv } from './csv-file.ts';
import { readDate } from './row.ts';

/** What was last sent, or was about to be, for one organisation, instrument and day. */
export interface Revision {
  revision: number;
  /** SHA-256 of the canonical body, hex: tells a changed row. */
  rowHash: string;
}

/** The partner's keys and what became of their rows. Its insertion order is the file's. */
export type Receipts = Map<string, { /** Canonical, 27 symbols. */ receipt: string; revisions: Map<string, Revision> }>;

const COLUMNS = ['organisation', 'receipt', 'instrument', 'conductedOn', 'revision', 'rowHash'] as const;

const identityOf = (instrument: string, conductedOn: string) => `${instrument} ${conductedOn}`;

/**
 * The revision under which a row goes out: the known one if the row is as it was, else the next. Marked in `receipts`,
 * which must reach the disk before the row is sent: a number, once written, never stands for another content.
 * Draws a receipt for an organisation not met before.
 */
export function reviseRow(
  receipts: Receipts,
  row: { organisation: string; instrument: string; conductedOn: string; rowHash: string },
  randomBytes: (n: number) => Uint8Array,
): { receipt: string; revision: number; isChange: boolean } {
  let known = receipts.get(row.organisation);
  if (!known) {
    known = { receipt: makeReceipt(randomBytes).replaceAll('-', ''), revisions: new Map() };
    receipts.set(row.organisation, known);
  }
  const identity = identityOf(row.instrument, row.conductedOn);
  const former = known.revisions.get(identity);
  if (former?.rowHash === row.rowHash) return { receipt: known.receipt, revision: former.revision, isChange: false };
  const revision = (former?.revision ?? 0) + 1;
  known.revisions.set(identity, { revision, rowHash: row.rowHash });
  return { receipt: known.receipt, revision, isChange: true };
}

/** Reads the file; an absent one holds nobody. A line that cannot be trusted stops everything: it is never overwritten. */
export async function readReceipts(file: string): Promise<Receipts> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new CannotRun(`The receipts file ${file} cannot be read (${error.code}).`);
  });
  const receipts: Receipts = new Map();
  if (bytes === null || bytes.length === 0) return receipts;

  const csv = readCsv(bytes, file, COLUMNS);
  const at = (name: string) => csv.header.indexOf(name);
  if (at('organisation') < 0 || at('receipt') < 0)
    throw new CannotRun(`${file} is not a receipts file: it has no columns "organisation" and "receipt".`);
  const unknown = csv.header.find((name) => !COLUMNS.some((column) => column === name));
  if (unknown !== undefined) throw new CannotRun(`${file} is not a receipts file: column "${unknown}" is unknown.`);

  const owners = new Map<string, string>();
  for (const { line, cells } of csv.rows) {
    const cell = (name: (typeof COLUMNS)[number]) => cells[at(name)] ?? '';
    const refuse = (what: string) => new CannotRun(`${file}, line ${line}: ${what}. Nothing was sent.`);
    const organisation = cell('organisation');
    if (organisation === '') throw refuse('the organisation is missing');
    const parsed = parseReceipt(cell('receipt'));
    if (!parsed.ok) throw refuse('the receipt is damaged');
    if ((owners.get(parsed.receipt) ?? organisation) !== organisation)
      throw refuse('the receipt belongs to another organisation as well');
    owners.set(parsed.receipt, organisation);
    const known = receipts.get(organisation) ?? { receipt: parsed.receipt, revisions: new Map() };
    if (known.receipt !== parsed.receipt) throw refuse('the organisation has another receipt further up');
    receipts.set(organisation, known);

    const rest = [cell('instrument'), cell('conductedOn'), cell('revision'), cell('rowHash')];
    if (rest.every((part) => part === '')) continue; // a receipt from elsewhere, nothing sent yet
    const conductedOn = readDate(cell('conductedOn'));
    const revision = Number(cell('revision'));
    if (cell('instrument') === '' || conductedOn === null) throw refuse('the instrument or the day is missing');
    if (!Number.isInteger(revision) || revision < 1) throw refuse('the revision is not a number from 1');
    if (!/^[0-9a-f]{64}$/.test(cell('rowHash'))) throw refuse('the row hash is damaged');
    const identity = identityOf(cell('instrument'), conductedOn);
    if (known.revisions.has(identity)) throw refuse('the same organisation, instrument and day stand further up');
    known.revisions.set(identity, { revision, rowHash: cell('rowHash') });
  }
  return receipts;
}

/** Writes the whole file beside the old one, to the disk, then in its place; only its owner may read it. */
export async function writeReceipts(file: string, receipts: Receipts): Promise<void> {
  const lines = [...receipts].flatMap(([organisation, { receipt, revisions }]) => {
    const printed = groupReceipt(receipt);
    if (revisions.size === 0) return [[organisation, printed, '', '', '', '']];
    return [...revisions].map(([identity, { revision, rowHash }]) => {
      const [instrument, conductedOn] = identity.split(' ');
      return [organisation, printed, instrument, conductedOn, String(revision), rowHash];
    });
  });
  const target = await realpath(file).catch(() => path.resolve(file));
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    await mkdir(path.dirname(target), { recursive: true });
    const handle = await open(temporary, 'w', 0o600);
    try {
      await handle.chmod(0o600);
      await handle.writeFile(stringify(lines, { header: true, columns: [...COLUMNS] }));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
    await syncFolder(path.dirname(target));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    const code = (error as NodeJS.ErrnoException).code;
    throw new CannotRun(`The receipts file ${file} cannot be written (${code}). Nothing was sent.`);
  }
}

/** Makes the rename itself survive a power cut; where folders cannot be synced (Windows) the rename has to do. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/**
 * Keeps a second import from the same receipts file: each would draw receipts the other does not know. The lock names its
 * process; one whose process is gone is taken over. Returns how to let go.
 */
export async function lockReceipts(file: string): Promise<() => Promise<void>> {
  const lock = `${await realpath(file).catch(() => path.resolve(file))}.lock`;
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      await mkdir(path.dirname(lock), { recursive: true });
      const handle = await open(lock, 'wx', 0o600);
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rm(lock, { force: true });
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code !== 'EEXIST') throw new CannotRun(`Beside the receipts file ${file} nothing can be written (${code}).`);
      const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
      if (owner === process.pid || isRunning(owner)) break;
      await rm(lock, { force: true });
    }
  }
  throw new CannotRun(`Another import is using ${file}. Wait for it to end (or remove ${lock} if it is long gone).`);
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
