import { readdir, readFile } from 'node:fs/promises';
import { extname, join, posix, sep } from 'node:path';
import * as z from 'zod';
import type { SiteAssets } from '#web/site-assets.ts';

/** As much of Vite's manifest as the pages need. Keys are sources, relative to `web`. */
const ViteManifest = z.record(
  z.string(),
  z.object({ file: z.string(), imports: z.array(z.string()).optional(), isEntry: z.boolean().optional() }),
);
type ViteManifest = z.infer<typeof ViteManifest>;

const MANIFEST = join('.vite', 'manifest.json');
const STYLES = 'styles/site.css';
const ISLANDS = 'islands/islands.ts';

/**
 * Reads a build of the site (`buildSite`) into memory.
 *
 * @throws Error when the folder holds no complete build
 */
export async function loadSiteAssets(folder: string): Promise<SiteAssets> {
  const manifest = ViteManifest.parse(JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')));
  const style = manifest[STYLES];
  const islands = manifest[ISLANDS];
  if (!style || !islands) throw new Error(`${folder} holds no complete build of the site.`);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => path !== MANIFEST);
  const files = await Promise.all(
    paths.map(async (path) => {
      const type = MEDIA_TYPES[extname(path)] ?? 'application/octet-stream';
      return [
        `/${path.split(sep).join(posix.sep)}`,
        { body: new Uint8Array(await readFile(join(folder, path))), type },
      ] as const;
    }),
  );
  const shared = modulesOf(manifest, ISLANDS);
  return {
    stylesheet: `/${style.file}`,
    script: `/${islands.file}`,
    islands: new Map(
      Object.keys(manifest).flatMap((source) => {
        const name = /^islands\/([\w-]+)\.tsx$/.exec(source)?.[1];
        return name ? [[name, [...new Set([...shared.slice(1), ...modulesOf(manifest, source)])]] as const] : [];
      }),
    ),
    files: new Map(files),
  };
}

const MEDIA_TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
};

/** The path of a module and of all that it imports at once, itself first. */
function modulesOf(manifest: ViteManifest, source: string, seen = new Set<string>()): string[] {
  const entry = manifest[source];
  if (!entry || seen.has(source)) return [];
  seen.add(source);
  return [`/${entry.file}`, ...(entry.imports ?? []).flatMap((imported) => modulesOf(manifest, imported, seen))];
}
