import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DIST = join(ROOT, 'dist');

/**
 * The folder `dist/<name>-<hash of its sources>`, made where it is missing. The hash tells what is current, whatever a
 * checkout does to dates; processes that make it at once end with the same folder. Former ones are removed after an hour:
 * tests under way start programs from them. JavaScript, because `npm start` begins with it.
 *
 * @param {string} name
 * @param {string[]} sources files and folders of the repository: whatever may change a byte of what is made
 * @param {(draft: string) => Promise<unknown>} make fills a folder
 * @returns {Promise<string>} the folder's path
 */
export async function madeOnce(name, sources, make) {
  const folder = join(DIST, `${name}-${await hashOf(sources)}`);
  if (await exists(folder)) return folder;
  const draft = join(DIST, `.${name}-${process.pid}`);
  await mkdir(draft, { recursive: true });
  await make(draft);
  await rename(draft, folder).catch(async (error) => {
    await rm(draft, { recursive: true, force: true });
    if (!(await exists(folder))) throw error;
  });
  for (const other of await readdir(DIST))
    if (other.startsWith(`${name}-`) && (await isOld(join(DIST, other))))
      await rm(join(DIST, other), { recursive: true, force: true });
  return folder;
}

const HOUR_MS = 3_600_000;

/** @param {string} folder */
async function isOld(folder) {
  const made = await stat(folder).catch(() => undefined);
  return made !== undefined && Date.now() - made.mtimeMs > HOUR_MS;
}

/** @param {string[]} sources */
async function hashOf(sources) {
  const hash = createHash('sha256');
  for (const source of sources)
    for (const path of await filesBelow(join(ROOT, source)))
      hash.update(`${path.slice(ROOT.length)}\0`).update(await readFile(path));
  return hash.digest('hex').slice(0, 16);
}

/** The files of a folder, or the file itself. @param {string} path */
async function filesBelow(path) {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch((error) => {
    if (error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (!entries) return [path];
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => join(entry.parentPath, entry.name)).sort();
}

/** @param {string} path */
const exists = (path) =>
  access(path).then(
    () => true,
    () => false,
  );
