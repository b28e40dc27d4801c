import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFolderFiles } from '#store/folder-files';
import { bytes, fileContract } from './file-contract.ts';

describe('files in a folder', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'files-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  fileContract(async () => createFolderFiles(await mkdtemp(join(folder, 'store-'))));

  it('never lie outside it', async () => {
    await writeFile(join(folder, 'secret'), 'secret');
    const files = createFolderFiles(join(folder, 'store'));
    await expect(files.put('../secret', bytes('x'))).rejects.toThrow(TypeError);
    expect(await readFile(join(folder, 'secret'), 'utf8')).toBe('secret');
  });

  it('appear whole: readers see the former or the new one, and nothing half-written is listed or left', async () => {
    const files = createFolderFiles(join(folder, 'whole'));
    const versions = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(400_000));
    await files.put('f', bytes(versions[0]!));
    const seen: string[] = [];
    let isWriting = true;
    const reading = (async () => {
      while (isWriting) seen.push(Buffer.from((await files.get('f'))!).toString());
    })();
    await Promise.all(versions.map((text) => files.put('f', bytes(text))));
    isWriting = false;
    await reading;
    for (const text of seen) expect(versions.includes(text)).toBe(true);
    // What a killed writer leaves behind is no file of the store.
    await writeFile(join(folder, 'whole', '.1-1.part'), 'half');
    expect(await files.list('')).toEqual(['f']);
    expect(await readdir(join(folder, 'whole'))).toEqual(['.1-1.part', 'f']);
  });
});
