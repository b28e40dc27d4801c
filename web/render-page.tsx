import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { AssetsContext, type SiteAssets } from './site-assets.ts';

/** A page as an HTML document. The same page and assets give the same text. */
export function renderPage(page: VNode, assets: SiteAssets): string {
  return `<!doctype html>${render(<AssetsContext.Provider value={assets}>{page}</AssetsContext.Provider>)}`;
}
