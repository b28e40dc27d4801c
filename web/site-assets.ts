import { createContext } from 'preact';

/** What the build made, as the pages link it. Paths are hashed, so they may be cached for ever. */
export interface SiteAssets {
  /** Path of the style sheet; undefined where nothing was built, as in tests of the api. */
  stylesheet: string | undefined;
  /** Path of the script that brings islands to life. */
  script: string | undefined;
  /** The modules an island needs, by the name of its file, to be loaded along with the script. */
  islands: ReadonlyMap<string, string[]>;
  /** Every file by its path. */
  files: ReadonlyMap<string, { body: Uint8Array<ArrayBuffer>; type: string }>;
}

/** Pages without styles and scripts. */
export const NO_ASSETS: SiteAssets = { stylesheet: undefined, script: undefined, islands: new Map(), files: new Map() };

/** Where the service is reached, as "https://example.org"; undefined on pages that are not passed on. */
export const OriginContext = createContext<string | undefined>(undefined);

/** The build's assets, for the components of the page that is being rendered. */
export const AssetsContext = createContext<SiteAssets>(NO_ASSETS);
