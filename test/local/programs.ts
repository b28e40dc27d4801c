import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { madeOnce, ROOT } from '#web/build/made-once.mjs';
import { FOR_NODE } from '../../functions/service/for-node.mjs';

const PROGRAMS = {
  server: 'functions/local/server.ts',
  admin: 'functions/operator/admin.ts',
  import: 'functions/operator/import.ts',
  participation: 'functions/operator/participation.ts',
  release: 'functions/operator/release.ts',
};
const SOURCES = ['functions', 'packages', 'web', 'package.json', 'package-lock.json', 'tsconfig.json'];

/**
 * The programs that tests start as processes, each bundled as `npm start` bundles the server: once for all files and
 * runs, until a source changes. A process of sources takes three times the processor time to start.
 */
const folder = await madeOnce('programs', SOURCES, async (draft) => {
  await build({
    ...FOR_NODE,
    absWorkingDir: ROOT,
    entryPoints: PROGRAMS,
    outdir: draft,
    outExtension: { '.js': '.mjs' },
    external: ['esbuild', 'dynalite', 'level'],
  });
  // As start.mjs has it: of a bundle that is the program itself, each part would take itself for the program.
  await writeFile(join(draft, 'start.mjs'), "await import('./server.mjs');\n");
});

/** What starts a program: Node, and its bundle. */
export function programOf(name: keyof typeof PROGRAMS): [node: string, bundle: string] {
  return [process.execPath, join(folder, `${name === 'server' ? 'start' : name}.mjs`)];
}
