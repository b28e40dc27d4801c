import type { VNode } from 'preact';
import type { Instrument } from '#contracts/instrument';
import type { Operator } from '#contracts/operator';
import type { Head, Manifest } from '#contracts/release';
import type { Lang } from '#contracts/text';
import type { FileStore, ReleaseReader } from '#store/ports';

/** What a page is made from: the request's language and query, the check, and what is published. */
export interface PageInput {
  lang: Lang;
  query: URLSearchParams;
  /** Where the service is reached, as "https://example.org"; for addresses that are copied out of a page. */
  origin: string;
  /** Today in Berlin. */
  today: string;
  /** The check of the site, in its newest version. */
  instrument: Instrument;
  /** The release in force; undefined before the first. */
  manifest: Manifest | undefined;
  /** Every release of the series that was ever put in force; pages want `listedIn(head)`. Undefined before the first. */
  head: Head | undefined;
  releases: ReleaseReader;
  files: Pick<FileStore, 'get'>;
  /** Who runs this service; undefined where nobody said. */
  operator: Operator | undefined;
}

/** Makes a page from its input: reads what it needs, decides nothing. Throws problems of the catalogue. */
export type PageView = (input: PageInput) => VNode | Promise<VNode>;
