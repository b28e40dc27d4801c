import { readdir, readFile } from 'node:fs/promises';
import { extname, join, posix, sep } from 'node:path';
import type { SiteAssets } from '#web/site-assets.ts';
import { readSiteLinks } from './site-links.ts';

const LINKS = 'site.json';

/**
 * Reads a build of the site (`buildSite`) into memory.
 *
 * @throws Error when the folder holds no build
 */
export async function loadSiteAssets(folder: string): Promise<SiteAssets> {
  const links = await readSiteLinks(join(folder, LINKS));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name !== LINKS)
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  const files = await Promise.all(
    paths.map(async (path) => {
      const type = MEDIA_TYPES[extname(path)] ?? 'application/octet-stream';
      return [
        `/${path.split(sep).join(posix.sep)}`,
        { body: new Uint8Array(await readFile(join(folder, path))), type },
      ] as const;
    }),
  );
  return { ...links, files: new Map(files) };
}

const MEDIA_TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
};
