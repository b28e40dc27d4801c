import { copyFile, cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';
import { builtInInstruments } from '#instruments/built-in-instruments';
import { buildSite } from '#web/build/build-site.ts';
import type { SiteAssets } from '#web/site-assets.ts';
import { loadSiteAssets } from '../site/load-assets.ts';
import { FOR_NODE } from './for-node.mjs';
import { readProgram } from './program.ts';
import { pureConstants } from './pure-constants.ts';

/** The functions that are uploaded, by the name of their handler and of their folder in `dist/`. */
const FUNCTION_NAMES = ['api', 'publish'] as const;
type FunctionName = (typeof FUNCTION_NAMES)[number];

/** Minified bytes of a bundle: what a start must read, and what it reads when first needed. */
export interface BundleSize {
  eagerBytes: number;
  lazyBytes: number;
}

/** Makes in `folder` all that is uploaded of a function: its bundle, and the files that lie beside it. */
export async function buildFunction(name: FunctionName, folder: string): Promise<BundleSize> {
  const size = await bundle(name, folder);
  if (name === 'api') await copyFile(join(await buildSite(), 'site.json'), join(folder, 'site.json'));
  return size;
}

/**
 * Bundles a function into `folder`: `handler.mjs` and the chunks it shares or loads later. The AWS SDK is in it, because
 * the runtime's own is slower to start (docs/deploy.md), and splitting is esbuild's, which CDK's NodejsFunction lacks.
 */
export async function bundle(name: FunctionName, folder: string): Promise<BundleSize> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { metafile } = await build({
    ...FOR_NODE,
    // Slides are made in the browser alone.
    external: ['pptxgenjs'],
    absWorkingDir: root,
    entryPoints: { handler: `functions/service/${name}-handler.ts` },
    outdir: folder,
    splitting: true,
    outExtension: { '.js': '.mjs' },
    minify: true,
    // Kept beside the bundle to read stack frames with, and not uploaded.
    sourcemap: 'external',
    sourcesContent: false,
    legalComments: 'none',
    metafile: true,
    define: { BUILT_PROGRAM: JSON.stringify(readProgram()) },
    plugins: [checkedInstruments, pureConstants],
  });
  return sizeOf(metafile);
}

/** Puts the instruments into a bundle as they are once checked, in place of what would check them. */
const checkedInstruments: Plugin = {
  name: 'checked-instruments',
  setup({ onLoad }) {
    onLoad({ filter: /\/packages\/instruments\/built-in-instruments\.ts$/ }, () => ({
      contents: `export const builtInInstruments = ${JSON.stringify(builtInInstruments)};`,
    }));
  },
};

/** Bundles the server into one file, `server.mjs`, that holds everything: run it where there is Node and nothing else. */
export async function buildServer(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const site = await loadSiteAssets(await buildSite());
  await build({
    ...FOR_NODE,
    absWorkingDir: root,
    entryPoints: { server: 'functions/service/serve.ts' },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    minify: true,
    sourcemap: 'external',
    sourcesContent: false,
    legalComments: 'none',
    // Node shows the line in which an error was thrown.
    lineLimit: 200,
    define: { BUILT_PROGRAM: JSON.stringify(readProgram()) },
    plugins: [checkedInstruments, builtSite(site), pureConstants],
  });
}

/** Puts the built site into the server's file. */
const builtSite = ({ files, islands, ...links }: SiteAssets): Plugin => ({
  name: 'built-site',
  setup({ onLoad }) {
    const packed = [...files].map(([path, { body, type }]) => [path, type, Buffer.from(body).toString('base64')]);
    onLoad({ filter: /\/functions\/service\/site-assets\.ts$/ }, () => ({
      contents: `
        const files = ${JSON.stringify(packed)}.map(([path, type, text]) => [path, { type, body: Buffer.from(text, 'base64') }]);
        const assets = { ...${JSON.stringify(links)}, islands: new Map(${JSON.stringify([...islands])}), files: new Map(files) };
        export const siteAssets = async () => ({ assets });`,
    }));
  },
});

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Adds up the entry with all it imports statically, and the rest. */
function sizeOf({ outputs }: Metafile): BundleSize {
  const entry = Object.keys(outputs).find((path) => path.endsWith('/handler.mjs'))!;
  const eager = new Set<string>();
  const visit = (path: string): void => {
    if (eager.has(path)) return;
    eager.add(path);
    for (const { path: next, kind, external } of outputs[path]!.imports)
      if (kind === 'import-statement' && !external) visit(next);
  };
  visit(entry);
  const bytes = (paths: string[]) => paths.reduce((sum, path) => sum + outputs[path]!.bytes, 0);
  const isLazy = (path: string) => path.endsWith('.mjs') && !eager.has(path);
  return { eagerBytes: bytes([...eager]), lazyBytes: bytes(Object.keys(outputs).filter(isLazy)) };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const name of FUNCTION_NAMES) {
    const { eagerBytes, lazyBytes } = await buildFunction(name, join(root, 'dist', name));
    const kilobytes = (bytes: number) => `${Math.round(bytes / 1000)} KB`;
    process.stdout.write(`dist/${name}: ${kilobytes(eagerBytes)} at start, ${kilobytes(lazyBytes)} when needed\n`);
  }
  await buildServer(join(root, 'dist', 'server'));
  process.stdout.write('dist/server/server.mjs: the server, in one file\n');
  await rm(join(root, 'dist', 'site'), { recursive: true, force: true });
  await cp(await buildSite(), join(root, 'dist', 'site'), {
    recursive: true,
    filter: (path) => !path.endsWith('site.json'),
  });
}
