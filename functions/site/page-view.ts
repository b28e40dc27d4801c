import type { VNode } from 'preact';
import type { Instrument } from '#contracts/instrument';
import type { Manifest } from '#contracts/release';
import type { Lang } from '#contracts/text';
import type { ReleaseReader } from '#store/ports';

/** What a page is made from: the request's language and query, the check, and what is published. */
export interface PageInput {
  lang: Lang;
  query: URLSearchParams;
  /** The check of the site, in its newest version. */
  instrument: Instrument;
  /** The release in force; undefined before the first. */
  manifest: Manifest | undefined;
  releases: ReleaseReader;
}

/** Makes a page from its input: reads what it needs, decides nothing. Throws problems of the catalogue. */
export type PageView = (input: PageInput) => VNode | Promise<VNode>;
