import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Metafile } from 'esbuild';
import { madeOnce, ROOT } from './made-once.mjs';

const STYLES = 'web/styles/site.css';
const ISLANDS = 'web/islands/islands.ts';

/**
 * Builds styles and islands where they are not built yet, and answers the folder: files with hashed names in `assets`,
 * those of `web/public`, and `site.json`, by which the pages link them.
 */
export function buildSite(): Promise<string> {
  return madeOnce('site', ['web', 'packages', 'package-lock.json', 'tsconfig.json'], async (draft) => {
    const { build, stop } = await import('esbuild');
    const { metafile } = await build({
      absWorkingDir: ROOT,
      entryPoints: [STYLES, ISLANDS],
      outdir: draft,
      entryNames: 'assets/[name]-[hash]',
      // Vega's runtime, 540 KB, comes only when a picture is touched.
      chunkNames: 'assets/[name]-[hash]',
      bundle: true,
      splitting: true,
      format: 'esm',
      target: BROWSERS,
      minify: true,
      legalComments: 'none',
      // The same bytes whoever builds: the test runner's NODE_ENV would else bring in development code.
      define: { 'process.env.NODE_ENV': '"production"' },
      // The library for slides asks for these where it runs in Node.
      external: ['node:fs', 'node:https'],
      metafile: true,
      logLevel: 'warning',
    });
    await stop();
    await cp(join(ROOT, 'web', 'public'), draft, { recursive: true });
    await writeFile(join(draft, 'site.json'), JSON.stringify(linksOf(metafile, draft)));
  });
}

/** Of 2023 and later: what the site's styles ask for anyway. */
const BROWSERS = ['chrome111', 'edge111', 'firefox114', 'safari16.4'];

/** What pages link: the two entries, and of each island the modules that are to be loaded along with the script. */
function linksOf({ outputs }: Metafile, draft: string) {
  const addresses = new Map(
    Object.keys(outputs).map((path) => [path, join(ROOT, path).slice(draft.length).replaceAll('\\', '/')]),
  );
  const pathOf = (source: string) => Object.keys(outputs).find((path) => outputs[path]!.entryPoint === source)!;
  const modulesOf = (path: string, seen = new Set<string>()): Set<string> => {
    if (seen.has(path)) return seen;
    seen.add(path);
    for (const { path: next, kind } of outputs[path]!.imports) if (kind === 'import-statement') modulesOf(next, seen);
    return seen;
  };
  const script = pathOf(ISLANDS);
  const islands = Object.entries(outputs).flatMap(([path, { entryPoint = '' }]) => {
    const name = /^web\/islands\/([\w-]+)\.tsx$/.exec(entryPoint)?.[1];
    if (!name) return [];
    const modules = modulesOf(path, modulesOf(script));
    return [
      [name, [...modules].filter((module) => module !== script).map((module) => addresses.get(module)!)],
    ] as const;
  });
  return {
    stylesheet: addresses.get(pathOf(STYLES))!,
    script: addresses.get(script)!,
    islands: Object.fromEntries(islands),
  };
}

// As a command it prints the folder, for whoever uploads it.
if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.stdout.write(`${await buildSite()}\n`);
