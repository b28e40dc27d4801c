import { expect, it } from 'vitest';
import type { FileStore } from '#store/ports';

export const bytes = (text: string) => new TextEncoder().encode(text);

/** What every store of files must do; `fresh` gives an empty one. */
export function fileContract(fresh: () => Promise<FileStore>): void {
  it('are put, read, listed by prefix and removed', async () => {
    const files = await fresh();
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
    expect(await files.list('')).toHaveLength(3);
    expect(await files.list('nothing/')).toEqual([]);
    expect(await files.get('releases/r-1')).toBeUndefined();
    expect(await files.get('releases/r-2/a.csv')).toBeUndefined();
    expect(await files.get('releases/r-10/a.csv/b')).toBeUndefined();
    await files.remove('work/r-1/fold.json');
    await files.remove('work/r-1/fold.json');
    expect(await files.get('work/r-1/fold.json')).toBeUndefined();
  });

  it('keep every byte, also none and many', async () => {
    const files = await fresh();
    const everyByte = Uint8Array.from({ length: 1_000_000 }, (_, index) => (index * 7 + (index >> 8)) % 256);
    await files.put('work/all', everyByte);
    await files.put('work/none', bytes(''));
    expect(Buffer.from((await files.get('work/all'))!).equals(everyByte)).toBe(true);
    expect((await files.get('work/none'))!.length).toBe(0);
    const names = Array.from({ length: 7 }, (_, index) => `releases/r/${index}.csv`);
    await Promise.all(names.map((name) => files.put(name, bytes(name))));
    expect(await files.list('releases/')).toEqual(names);
  });

  it('have no path that leads elsewhere', async () => {
    const files = await fresh();
    const dubious = [
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
    ];
    for (const path of [...dubious, 'ä', `a/${'b'.repeat(600)}`]) {
      await expect(files.get(path), path).rejects.toThrow(TypeError);
      await expect(files.put(path, bytes('x')), path).rejects.toThrow(TypeError);
      await expect(files.remove(path), path).rejects.toThrow(TypeError);
    }
    await expect(files.list('../')).rejects.toThrow(TypeError);
  });
}
