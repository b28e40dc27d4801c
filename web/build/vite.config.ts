import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (place: string) => fileURLToPath(new URL(place, import.meta.url));

/** Style sheet and islands, with hashed names and a manifest by which the server links them. */
export default defineConfig({
  root: path('..'),
  logLevel: 'warn',
  // Vite takes the imports of package.json for types only; an alias is what it resolves.
  resolve: {
    alias: [
      {
        find: /^#(contracts|disclosure|microdata|standing|statistics|views)\/(.*)$/,
        replacement: `${path('../../packages')}/$1/$2.ts`,
      },
      { find: /^#web\/(.*)$/, replacement: `${path('..')}$1` },
    ],
  },
  // The same bytes whoever builds: the test runner's NODE_ENV would else bring in development code and this folder's path.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    manifest: true,
    // An inlined file would be a data address, which the Content-Security-Policy has no need to allow.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Vega's runtime, 540 KB, comes only when a picture is touched; a larger chunk would be a mistake and is reported.
    chunkSizeWarningLimit: 600,
    rolldownOptions: { input: { site: path('../styles/site.css'), islands: path('../islands/islands.ts') } },
  },
});
