import { buildSite } from '#web/build/build-site.ts';
import type { SiteAssets } from '#web/site-assets.ts';
import { loadSiteAssets } from '../site/load-assets.ts';

/** Styles, scripts and icons of the pages; `build.ts` puts them into the server's one file in place of this. */
export async function siteAssets(): Promise<{ assets: SiteAssets }> {
  return { assets: await loadSiteAssets(await buildSite()) };
}
