import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { madeOnce, ROOT } from '#web/build/made-once.mjs';
import { FOR_NODE } from '../service/for-node.mjs';

/**
 * `npm start`: the local server as one bundle, which starts in a third of the processor time that its several hundred
 * sources take. Plain JavaScript, because Node 20 runs no TypeScript and a compiler would cost half of what is saved.
 */
const SOURCES = ['functions', 'packages', 'web', 'package.json', 'package-lock.json', 'tsconfig.json'];

const folder = await madeOnce('local', SOURCES, async (draft) => {
  const { build, stop } = await import('esbuild');
  await build({
    ...FOR_NODE,
    absWorkingDir: ROOT,
    entryPoints: ['functions/local/server.ts'],
    outfile: join(draft, 'server.mjs'),
    // Native, or with files of their own beside them; slides are made in the browser alone.
    external: ['esbuild', 'dynalite', 'level', 'pptxgenjs'],
  });
  await stop();
});
// biome-ignore lint/plugin: the bundle is named by the hash of its sources
await import(pathToFileURL(join(folder, 'server.mjs')).href);
