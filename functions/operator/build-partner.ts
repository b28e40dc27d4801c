import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import program from '../../package.json' with { type: 'json' };
import { FOR_NODE } from '../service/for-node.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Makes the partners' package in a folder: one file that runs with Node alone, and beside it LevelDB for every common
 * platform, which holds the receipts file by the system's own lock. `npm pack` in the folder makes the file to hand on.
 */
export async function buildPartner(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await build({
    ...FOR_NODE,
    absWorkingDir: ROOT,
    entryPoints: ['functions/operator/partner.ts'],
    outfile: path.join(folder, 'sektorspiegel.mjs'),
    minify: true,
    legalComments: 'none',
    banner: {
      // LevelDB looks for its native part beside the file that asks.
      js: `#!/usr/bin/env node\n${FOR_NODE.banner?.js}const __dirname=import.meta.dirname??new URL('.',import.meta.url).pathname;`,
    },
  });
  const level = createRequire(createRequire(import.meta.url).resolve('level')).resolve('classic-level');
  await cp(path.join(path.dirname(level), 'prebuilds'), path.join(folder, 'prebuilds'), {
    recursive: true,
    filter: (source) => !path.basename(source).startsWith('android'),
  });
  for (const file of ['LICENSE', 'docs/import.md'])
    await cp(path.join(ROOT, file), path.join(folder, path.basename(file)));
  await writeFile(path.join(folder, 'README.md'), README);
  await writeFile(path.join(folder, 'package.json'), `${JSON.stringify(MANIFEST, null, 2)}\n`);
}

const MANIFEST = {
  name: 'sektorspiegel-partner',
  version: program.version,
  description: 'Sends checks to Sektorspiegel from a workbook or CSV file, and verifies downloaded releases.',
  license: program.license,
  type: 'module',
  engines: program.engines,
  bin: { sektorspiegel: 'sektorspiegel.mjs' },
};

const README = `# Sektorspiegel for partners

    node sektorspiegel.mjs import --help
    node sektorspiegel.mjs verify --help

Node ${program.engines.node} is all it needs. import.md explains the files.
`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = path.join(ROOT, 'dist', 'partner');
  await buildPartner(folder);
  process.stdout.write(`${folder} is built; "npm pack" in it makes the file to hand on.\n`);
}
