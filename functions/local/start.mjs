import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * `npm start`: the local server as one bundle, which starts in a third of the processor time that its several hundred
 * sources take. Plain JavaScript, because Node 20 runs no TypeScript and a compiler would cost half of what is saved.
 */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Bundles lie as deep below the root as the sources, which find instruments and packages by relative paths. */
const DIST = join(ROOT, 'dist');
/** Whatever may change a byte of the bundle. */
const SOURCES = ['functions', 'packages', 'web', 'package.json', 'package-lock.json', 'tsconfig.json'];

if (process.env.DEBUG) process.setSourceMapsEnabled(true);
// biome-ignore lint/plugin: the bundle is named by the hash of its sources
await import(pathToFileURL(join(await bundledServer(), 'server.mjs')).href);

/** The folder of the current sources' bundle, `dist/local-<hash>`; made where it is missing, by several at once too. */
async function bundledServer() {
  const folder = join(DIST, `local-${await hashOfSources()}`);
  if (existsSync(folder)) return folder;
  const { build, stop } = await import('esbuild');
  await mkdir(DIST, { recursive: true });
  const draft = join(DIST, `.draft-${process.pid}`);
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['functions/local/server.ts'],
    outfile: join(draft, 'server.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    // CommonJS parts ask for Node's own modules by `require`, which an ES module must make for itself.
    banner: { js: "import{createRequire as __require}from'node:module';const require=__require(import.meta.url);" },
    // Native, or with files of their own beside them.
    external: ['vite', 'dynalite', 'level'],
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
  });
  await stop();
  await rename(draft, folder).catch(async (error) => {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  });
  // One file, read whole at the start: no running server misses a former bundle.
  for (const name of await readdir(DIST))
    if (name.startsWith('local-') && join(DIST, name) !== folder)
      await rm(join(DIST, name), { recursive: true, force: true });
  return folder;
}

async function hashOfSources() {
  const hash = createHash('sha256');
  for (const source of SOURCES)
    for (const path of await filesBelow(join(ROOT, source)))
      hash.update(`${path.slice(ROOT.length)}\0`).update(await readFile(path));
  return hash.digest('hex').slice(0, 16);
}

/** The files of a folder, or the file itself. What was built in a folder is no source. */
async function filesBelow(path) {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch((error) => {
    if (error.code === 'ENOTDIR') return null;
    throw error;
  });
  if (entries === null) return [path];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith(join(ROOT, 'web', 'dist')))
    .sort();
}
