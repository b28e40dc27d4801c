import { chmod, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Level } from 'level';
import * as z from 'zod';
import { CannotRun } from './cannot-run.ts';
import { FolderHeld, holdFolder } from './hold-folder.ts';
import { noRoomForData } from './unwritable.ts';

/**
 * The local server's data folder:
 *
 * | entry              | holds                                                            |
 * |--------------------|------------------------------------------------------------------|
 * | sektorspiegel.json | the mark that the folder is ours, and its format                 |
 * | lock/              | an empty LevelDB, which one process at a time can have open      |
 * | server.json        | while a server runs: its process id, address, database and mark  |
 * | source-key         | the key of the trusted source `operator` (readable by the owner) |
 * | demo.json          | which databases hold invented data, and the demo's receipt       |
 * | database/          | the embedded DynamoDB                                            |
 * | files/             | files of releases                                                |
 */
export const DEFAULT_DATA_FOLDER = '.data';

/** Another live process has the data folder: it may be free, or its server ready, a moment later. */
export class FolderInUse extends CannotRun {}

export const databaseFolder = (folder: string) => join(folder, 'database');
export const filesFolder = (folder: string) => join(folder, 'files');

export interface DataFolderLock {
  release: () => Promise<void>;
}

/**
 * Creates the folder if need be and takes it for this process. The system frees the lock of a process that ends, also by
 * SIGKILL. Throws a CannotRun when a live process has it, it cannot be written, or it holds something else.
 *
 * @param isFresh it will be emptied, so what another edition of the program left in it is no fault
 */
export async function lockDataFolder(folder: string, { isFresh = false } = {}): Promise<DataFolderLock> {
  // Whatever this process and its database write here, other users of the machine may not read.
  process.umask(0o077);
  try {
    await mkdir(folder, { recursive: true });
    await checkMark(folder, isFresh);
    await chmod(folder, 0o700);
    const lock = await openLock(folder);
    // What a server that was killed left.
    await removeServer(folder);
    await writeWhole(join(folder, MARK), JSON.stringify({ format: FORMAT }));
    return { release: () => lock.close() };
  } catch (error) {
    throw inaccessible(folder, error);
  }
}

/** Empties the folder, which this process must have locked. Nothing is touched but what the table above names. */
export async function clearDataFolder(folder: string): Promise<void> {
  try {
    for (const entry of [SERVER, SOURCE_KEY, DEMO, 'database', 'files'])
      await rm(join(folder, entry), { recursive: true, force: true });
  } catch (error) {
    throw inaccessible(folder, error);
  }
}

export const RunningServer = z.object({
  pid: z.int().positive(),
  /** Address of the service, e.g. `http://127.0.0.1:8080/`. */
  url: z.string(),
  /** Address of its DynamoDB. */
  endpoint: z.string(),
  tablePrefix: z.string(),
  /** Whether the database holds invented data only. */
  isInvented: z.boolean(),
});
export type RunningServer = z.infer<typeof RunningServer>;

/** The live server on the folder; undefined when none runs there, or it has not finished starting. */
export async function readServer(folder: string): Promise<RunningServer | undefined> {
  const server = await readServerFile(folder);
  if (!server) return undefined;
  try {
    await (await openLock(folder)).close();
    return undefined;
  } catch (error) {
    if (error instanceof FolderInUse) return server;
    throw inaccessible(folder, error);
  }
}

async function readServerFile(folder: string): Promise<RunningServer | undefined> {
  return RunningServer.safeParse(parseJson(await readFile(join(folder, SERVER), 'utf8').catch(() => ''))).data;
}

export async function writeServer(folder: string, server: RunningServer): Promise<void> {
  await writeWhole(join(folder, SERVER), JSON.stringify(server));
}

export async function removeServer(folder: string): Promise<void> {
  await rm(join(folder, SERVER), { force: true });
}

/** The key of the trusted source `operator`, or undefined when no server was ever started on the folder. */
export async function readSourceKey(folder: string): Promise<string | undefined> {
  const path = join(folder, SOURCE_KEY);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw new CannotRun(`The source key ${path} cannot be read (${error.code ?? 'error'}).`);
  });
  if (text === undefined) return undefined;
  if (!/^[\w-]{43}$/.test(text.trim()))
    throw new CannotRun(`The source key ${path} is damaged; remove it to have a new one made.`);
  return text.trim();
}

/** Reads the source key, or makes one of 32 random bytes that only the owner can read. */
export async function ensureSourceKey(folder: string, randomBytes: (length: number) => Uint8Array): Promise<string> {
  const former = await readSourceKey(folder);
  if (former !== undefined) return former;
  const key = Buffer.from(randomBytes(32)).toString('base64url');
  await writeWhole(join(folder, SOURCE_KEY), `${key}\n`);
  return key;
}

/** The mark of a database whose every participation is invented: it is given the demo, or has it. */
const DemoState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('seeding') }),
  z.object({ state: z.literal('seeded'), receipt: z.string() }),
]);
/** Of one database: the demo is being made (or was, when the server was killed), or is there. */
export type DemoState = z.infer<typeof DemoState>;
const DemoStates = z.record(z.string(), DemoState);

/** `database`: `embedded`, or the address and table prefix of another DynamoDB. */
export async function readDemoState(folder: string, database: string): Promise<DemoState | undefined> {
  return (await readDemoStates(folder))[database];
}

export async function writeDemoState(folder: string, database: string, state: DemoState): Promise<void> {
  const states = { ...(await readDemoStates(folder)), [database]: state };
  await writeWhole(join(folder, DEMO), JSON.stringify(states));
}

async function readDemoStates(folder: string): Promise<Record<string, DemoState>> {
  const path = join(folder, DEMO);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  const states = DemoStates.safeParse(parseJson(text));
  if (!states.success) throw new CannotRun(`${path} is damaged; start with --fresh to begin anew.`);
  return states.data;
}

const MARK = 'sektorspiegel.json';
const LOCK = 'lock';
const SERVER = 'server.json';
const SOURCE_KEY = 'source-key';
const DEMO = 'demo.json';

/** Of what the folder holds. The first edition's releases (1) cannot be read: their method and their tables were others. */
const FORMAT = 2;

/** A folder with other things in it is not ours to write to, and --fresh must never empty it. */
async function checkMark(folder: string, isFresh: boolean): Promise<void> {
  const entries = await readdir(folder);
  if (entries.includes(MARK)) {
    const mark = z.object({ format: z.int() }).safeParse(parseJson(await readFile(join(folder, MARK), 'utf8')));
    if (!mark.success) throw new CannotRun(`The data folder ${folder} is damaged: ${MARK} is not as it was written.`);
    if (mark.data.format !== FORMAT && !isFresh)
      throw new CannotRun(
        `The data folder ${folder} is of another edition of the program (format ${mark.data.format}; this one reads ${FORMAT}): name a new folder with --data, or start the server with --fresh, which removes what it holds.`,
      );
  } else if (entries.some((entry) => entry !== LOCK && !entry.startsWith('.'))) {
    throw new CannotRun(`The folder ${folder} holds other files; name an empty or a new folder with --data.`);
  }
}

async function openLock(folder: string): Promise<Level> {
  try {
    return await holdFolder(join(folder, LOCK));
  } catch (error) {
    if (!(error instanceof FolderHeld)) throw error;
    const holder = await readServerFile(folder);
    const by = holder ? `process ${holder.pid}` : 'another process';
    throw new FolderInUse(`The data folder ${folder} is in use by ${by}.`);
  }
}

function inaccessible(folder: string, error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  if (code === undefined) return error as Error;
  const noRoom = noRoomForData(error);
  if (noRoom !== undefined) return new CannotRun(noRoom);
  return new CannotRun(`The data folder ${resolve(folder)} cannot be read and written (${code}).`);
}

/** Writes beside the place and renames, so that a killed process leaves the former file or the new one. */
async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
