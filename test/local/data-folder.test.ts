import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CannotRun } from '#functions/local/cannot-run';
import {
  clearDataFolder,
  ensureSourceKey,
  lockDataFolder,
  readDemoState,
  readServer,
  readSourceKey,
  writeDemoState,
  writeServer,
} from '#functions/local/data-folder';

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

describe('a data folder of the first edition', () => {
  it('is refused with what to do, and may be emptied', async () => {
    await writeFile(join(folder, 'sektorspiegel.json'), JSON.stringify({ format: 1 }));
    await mkdir(join(folder, 'database'));
    await expect(lockDataFolder(folder)).rejects.toThrow(
      /of another edition .* name a new folder with --data, or start the server with --fresh, which removes what it holds\.$/,
    );
    expect(await readdir(folder)).toEqual(['database', 'sektorspiegel.json']);
    const lock = await lockDataFolder(folder, { isFresh: true });
    await clearDataFolder(folder);
    await lock.release();
    expect(await readdir(folder)).toEqual(['lock', 'sektorspiegel.json']);
    await (await lockDataFolder(folder)).release();
  });
});

describe('a data folder', () => {
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
