import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import type { SiteAssets } from '#web/site-assets.ts';

/** What pages link of a build whose files are served by somebody else: a bucket, an edge. */
const SiteLinks = z.strictObject({
  stylesheet: z.string(),
  script: z.string(),
  islands: z.record(z.string(), z.array(z.string())),
});

/** Reads the `site.json` of a build (`buildSite`). Throws a ZodError for anything else. */
export async function readSiteLinks(file: string): Promise<SiteAssets> {
  const links = SiteLinks.parse(JSON.parse(await readFile(file, 'utf8')));
  return { ...links, islands: new Map(Object.entries(links.islands)), files: new Map() };
}
