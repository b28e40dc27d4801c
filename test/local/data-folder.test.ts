import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CannotRun } from '#functions/local/cannot-run';
import {
  clearDataFolder,
  databaseFolder,
  ensureSourceKey,
  filesFolder,
  lockDataFolder,
  readDemoState,
  readServer,
  readSourceKey,
  writeDemoState,
  writeServer,
} from '#functions/local/data-folder';
import { startEngine } from '#functions/local/engine';
import { createTables } from '#store/create-tables';
import { createFolderFiles } from '#store/folder-files';
import { tableNames } from '#store/tables';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'data-folder-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const server = {
  pid: process.pid,
  url: 'http://127.0.0.1:1/',
  endpoint: 'http://127.0.0.1:2',
  tablePrefix: 'x',
  isInvented: false,
};

describe('the lock of a data folder', () => {
  it('is held by one, and free after its release', async () => {
    const attempts = await Promise.allSettled([1, 2, 3].map(() => lockDataFolder(folder)));
    const locks = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
    expect(locks).toHaveLength(1);
    await expect(lockDataFolder(folder)).rejects.toThrow('is in use by another process');
    await locks[0]!.release();
    await (await lockDataFolder(folder)).release();
    expect(await readdir(folder)).toEqual(['lock', 'sektorspiegel.json']);
  });

  it('is not taken on a folder with other files', async () => {
    await mkdir(join(folder, 'files'));
    await expect(lockDataFolder(folder)).rejects.toThrow(CannotRun);
    expect(await readdir(folder)).toEqual(['files']);
  });
});

describe('a data folder of the first edition, as its server left it', () => {
  it('is refused with what to do and never called damaged, keeps every byte, and may be emptied', async () => {
    await cp('test/fixtures/data-folder-1', folder, { recursive: true });
    const before = await readdir(folder, { recursive: true });
    expect(before).toEqual(expect.arrayContaining(['database', 'sektorspiegel.json', 'source-key']));
    const refused = await lockDataFolder(folder).catch((error: Error) => error);
    expect(refused).toBeInstanceOf(CannotRun);
    expect((refused as Error).message).toMatch(
      /of another edition .*format 1.* name a new folder with --data, or start the server with --fresh, which removes what it holds\.$/,
    );
    expect((refused as Error).message).not.toMatch(/damaged/);
    expect(await readdir(folder, { recursive: true })).toEqual(before);
    const lock = await lockDataFolder(folder, { isFresh: true });
    await clearDataFolder(folder);
    await lock.release();
    expect(await readdir(folder)).toEqual(['lock', 'sektorspiegel.json']);
    await (await lockDataFolder(folder)).release();
  });
});

describe('a data folder', () => {
  it('is read by its owner alone: 0700, every file 0600, also what the database and the releases write', async () => {
    await chmod(folder, 0o755);
    const lock = await lockDataFolder(folder);
    const engine = await startEngine(databaseFolder(folder));
    await createTables(engine.client, tableNames('modes'));
    await ensureSourceKey(folder, () => new Uint8Array(32));
    await createFolderFiles(filesFolder(folder)).put('releases/x/cells.csv', new Uint8Array(3));
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = [folder, ...entries.map((entry) => join(entry.parentPath, entry.name))];
    const open = await Promise.all(paths.map(async (path) => [path, (await stat(path)).mode & 0o077] as const));
    expect(open.length).toBeGreaterThan(10);
    expect(open.filter(([, others]) => others !== 0)).toEqual([]);
    await engine.close();
    await lock.release();
  });

  it('names its server only while somebody has the lock, and forgets one that was killed', async () => {
    await (await lockDataFolder(folder)).release();
    await writeServer(folder, server);
    expect(await readServer(folder)).toBeUndefined();
    const held = await lockDataFolder(folder);
    expect(await readServer(folder)).toBeUndefined();
    await writeServer(folder, server);
    expect(await readServer(folder)).toEqual(server);
    await expect(lockDataFolder(folder)).rejects.toThrow(`in use by process ${process.pid}`);
    await held.release();
    expect(await readServer(folder)).toBeUndefined();
  });

  it('keeps its source key, and makes another after it was cleared', async () => {
    const draw = (value: number) => () => new Uint8Array(32).fill(value);
    expect(await readSourceKey(folder)).toBeUndefined();
    const key = await ensureSourceKey(folder, draw(1));
    expect(await ensureSourceKey(folder, draw(2))).toBe(key);
    expect(await readSourceKey(folder)).toBe(key);
    await writeFile(join(folder, 'notes.txt'), 'mine');
    await clearDataFolder(folder);
    expect(await readFile(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
    expect(await ensureSourceKey(folder, draw(2))).not.toBe(key);
  });

  it('tells the demos of several databases apart', async () => {
    await writeDemoState(folder, 'embedded', { state: 'seeding' });
    await writeDemoState(folder, 'http://x sektorspiegel', { state: 'seeded', receipt: 'r' });
    expect(await readDemoState(folder, 'embedded')).toEqual({ state: 'seeding' });
    expect(await readDemoState(folder, 'http://x sektorspiegel')).toEqual({ state: 'seeded', receipt: 'r' });
    expect(await readDemoState(folder, 'http://y sektorspiegel')).toBeUndefined();
  });
});
