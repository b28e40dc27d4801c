import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFolderFiles } from '#store/folder-files';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('files in a folder', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'files-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are put, read, listed by prefix and removed', async () => {
    const files = createFolderFiles(join(folder, 'store'));
    expect(await files.list('')).toEqual([]);
    await files.put('releases/r-1/sector=elder-care,size=50-249.csv', bytes('eins'));
    await files.put('releases/r-10/a.csv', bytes('zehn'));
    await files.put('work/r-1/fold.json', bytes('{}'));
    await files.put('work/r-1/fold.json', bytes('{"n":1}'));
    expect(Buffer.from((await files.get('work/r-1/fold.json'))!).toString()).toBe('{"n":1}');
    expect(await files.list('releases/r-1')).toEqual([
      'releases/r-1/sector=elder-care,size=50-249.csv',
      'releases/r-10/a.csv',
    ]);
    expect(await files.list('releases/r-1/')).toEqual(['releases/r-1/sector=elder-care,size=50-249.csv']);
    expect(await files.list('nothing/')).toEqual([]);
    expect(await files.get('releases/r-1')).toBeUndefined();
    expect(await files.get('releases/r-2/a.csv')).toBeUndefined();
    expect(await files.get('releases/r-10/a.csv/b')).toBeUndefined();
    await files.remove('work/r-1/fold.json');
    await files.remove('work/r-1/fold.json');
    expect(await files.get('work/r-1/fold.json')).toBeUndefined();
  });

  it('never lie outside it', async () => {
    await writeFile(join(folder, 'secret'), 'secret');
    const files = createFolderFiles(join(folder, 'store'));
    const paths = [
      '../secret',
      'a/../../secret',
      '/etc/passwd',
      '',
      '.',
      'a//b',
      'a/',
      '.hidden',
      'a\\..\\b',
      'a\0b',
      'ä',
    ];
    for (const path of [...paths, `a/${'b'.repeat(600)}`]) {
      await expect(files.get(path), path).rejects.toThrow(TypeError);
      await expect(files.put(path, bytes('x')), path).rejects.toThrow(TypeError);
      await expect(files.remove(path), path).rejects.toThrow(TypeError);
    }
    await expect(files.list('../')).rejects.toThrow(TypeError);
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
