import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const DIST = join(REPOSITORY, 'web', 'dist');
/** Whatever may change a byte of the build. */
const SOURCES = ['web', 'packages', 'package-lock.json', 'tsconfig.json'];

/**
 * Builds styles and islands where they are not built yet, and answers the folder: `web/dist/<hash of the sources>`. The
 * hash tells what is current, whatever a checkout does to dates; processes that build at once end with the same folder.
 */
export async function buildSite(): Promise<string> {
  const folder = await folderOfSources();
  if (await isBuilt(folder)) return folder;
  const { build } = await import('vite');
  const { default: config } = await import('./vite.config.ts');
  await mkdir(DIST, { recursive: true });
  const draft = join(DIST, `.draft-${process.pid}`);
  await build({ ...config, configFile: false, build: { ...config.build, outDir: draft, emptyOutDir: true } });
  await rename(draft, folder).catch(async (error: unknown) => {
    await rm(draft, { recursive: true, force: true });
    if (!(await exists(folder))) throw error;
  });
  await removeOthers(folder);
  return folder;
}

/** The folder of `buildSite` where it is built already. */
export async function builtSite(): Promise<string | undefined> {
  const folder = await folderOfSources();
  return (await isBuilt(folder)) ? folder : undefined;
}

const folderOfSources = async () => join(DIST, await hashOfSources());
const isBuilt = (folder: string) => exists(join(folder, '.vite', 'manifest.json'));

async function hashOfSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of SOURCES)
    for (const path of await filesBelow(join(REPOSITORY, source)))
      hash.update(`${path.slice(REPOSITORY.length)}\0`).update(await readFile(path));
  return hash.digest('hex').slice(0, 16);
}

async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOTDIR') return null;
      throw error;
    },
  );
  if (entries === null) return [path];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith(DIST))
    .sort();
}

/** Builds of former sources; drafts are left to whoever is making them. */
async function removeOthers(current: string): Promise<void> {
  for (const name of await readdir(DIST))
    if (!name.startsWith('.') && join(DIST, name) !== current)
      await rm(join(DIST, name), { recursive: true, force: true });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

// As a command it prints the folder, for whoever uploads it.
if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.stdout.write(`${await buildSite()}\n`);
