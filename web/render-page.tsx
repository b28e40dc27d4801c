import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { AssetsContext, OriginContext, type SiteAssets } from './site-assets.ts';

/** A page as an HTML document. The same page and assets give the same text. */
export function renderPage(page: VNode, assets: SiteAssets, origin?: string): string {
  const document = (
    <OriginContext.Provider value={origin}>
      <AssetsContext.Provider value={assets}>{page}</AssetsContext.Provider>
    </OriginContext.Provider>
  );
  return `<!doctype html>${render(document)}`;
}
