import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { checkFilePath, checkPrefix, FILE_NAME } from './file-path.ts';
import type { FileStore } from './ports.ts';

/**
 * Files in a folder. A file appears whole or not at all: it is written beside its place, flushed and renamed. What is no
 * path of a store throws a TypeError, so none leads out of the folder.
 */
export function createFolderFiles(root: string): FileStore {
  let written = 0;
  return {
    async put(path, bytes) {
      const target = resolvePath(root, path);
      const folder = dirname(target);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      written += 1;
      // Several processes may share the folder; what one left behind when it was killed is written over.
      // biome-ignore lint/style/noRestrictedGlobals: keeps the temporary files of two processes apart
      const temporary = join(folder, `.${process.pid}-${written}.part`);
      try {
        const file = await open(temporary, 'w', 0o600);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(temporary, target);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },

    async get(path) {
      try {
        return await readFile(resolvePath(root, path));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },

    /** Paths that begin with `prefix` (as in an object store: any text, not only whole segments), sorted. */
    async list(prefix) {
      checkPrefix(prefix);
      const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
      const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch((error) => {
        if (isMissing(error)) return [];
        throw error;
      });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
        .filter((path) => path.startsWith(prefix) && path.split('/').every((name) => FILE_NAME.test(name)))
        .sort();
    },

    async remove(path) {
      try {
        await rm(resolvePath(root, path));
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    },
  };
}

function resolvePath(root: string, path: string): string {
  checkFilePath(path);
  return join(root, path);
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';
}
