import type { ICruiseOptions, IFlattenedRuleSet } from 'dependency-cruiser';

/** What a part may import beside itself. */
export interface Layer {
  parts?: string[];
  /** Of these the types alone. */
  types?: string[];
  npm?: string[];
  /** Modules of Node, as regular expressions. */
  node?: string[];
}

/**
 * The layers of docs/architecture.md, the ground first: an arrow only ever points down. A new dependency of a part is a word
 * here. `test/architecture.test.ts` runs these rules and breaks each of them once.
 */
export const LAYERS: Record<string, Layer> = {
  'packages/contracts': { npm: ['zod'] },
  'packages/instruments': { parts: ['packages/contracts'], node: ['crypto', 'fs/promises', 'path'] },
  'packages/statistics': { types: ['packages/contracts'] },
  'packages/microdata': { parts: ['packages/contracts', 'packages/statistics'] },
  // Draws with a key that is passed in: HMAC, and no randomness of its own.
  'packages/disclosure': { parts: ['packages/contracts', 'packages/microdata'], node: ['crypto'] },
  'packages/standing': { parts: ['packages/contracts', 'packages/statistics'] },
  'packages/views': { parts: ['packages/contracts', 'packages/standing'], types: ['vega-lite'] },
  'packages/datasets': {
    parts: ['packages/contracts', 'packages/statistics', 'packages/standing'],
    npm: ['hyparquet-writer', 'csv-stringify', 'fflate'],
  },
  'packages/store': {
    parts: ['packages/contracts'],
    // What comes out of a table is parsed once, here.
    npm: ['@aws-sdk', 'zod'],
    node: ['crypto', 'fs/promises', 'path'],
  },
  // A second opinion: it shares no code with what it audits.
  'packages/audit': { parts: ['packages/contracts'], npm: ['simple-statistics'], node: ['crypto'] },

  // The frame of the site, rendered on the server as well as in the browser.
  web: {
    parts: ['LIGHT', 'packages/views'],
    types: ['packages/contracts'],
    npm: ['preact', 'preact-render-to-string', 'pptxgenjs'],
  },
  'web/components': { parts: ['LIGHT', 'packages/views', 'web'], types: ['packages/contracts'], npm: ['preact'] },
  // What runs in the browser. Each import is paid for by every visitor; `LIGHT` says what brings no library along.
  'web/check': {
    parts: ['LIGHT', 'packages/views', 'web', 'web/components'],
    types: ['packages/contracts', 'packages/standing'],
    npm: ['preact', 'altcha-lib', 'zod/mini'],
  },
  'web/next-step': {
    parts: ['LIGHT', 'packages/views', 'web', 'web/components'],
    types: ['packages/contracts'],
    npm: ['preact', 'zod/mini'],
  },
  'web/standing': {
    parts: ['LIGHT', 'packages/views', 'web', 'web/components', 'web/next-step'],
    types: ['packages/contracts', 'packages/standing'],
    npm: ['preact', 'vega', 'vega-interpreter', 'vega-lite'],
  },
  'web/association': {
    parts: ['packages/views', 'web', 'web/components'],
    types: ['packages/contracts'],
    npm: ['preact'],
  },
  'web/campaign': {
    parts: ['LIGHT', 'packages/views', 'web', 'web/components', 'web/association'],
    types: ['packages/contracts'],
    npm: ['preact', 'uqr'],
  },
  'web/islands': {
    parts: [
      ...['LIGHT', 'packages/views', 'web', 'web/components'],
      ...['web/check', 'web/next-step', 'web/standing', 'web/association', 'web/campaign'],
    ],
    types: ['packages/contracts', 'packages/standing'],
    npm: ['preact', 'vega', 'vega-interpreter', 'uqr'],
  },
  'web/pages': {
    parts: ['packages/contracts', 'packages/views', 'web', 'web/components', 'web/islands'],
    types: ['packages/standing', 'web/association'],
    npm: ['preact'],
  },
  'web/build': { parts: ['web'], npm: ['esbuild'], node: ['crypto', 'fs/promises', 'path', 'url'] },

  'functions/http': {
    parts: ['packages'],
    types: ['web'],
    npm: ['zod', 'zod-openapi', 'hono', 'csv-stringify', 'altcha-lib', 'vega', 'vega-lite'],
    node: ['crypto', 'net', 'http'],
  },
  'functions/api': {
    parts: ['packages', 'functions/http', 'web', 'web/components'],
    npm: ['zod', 'zod-openapi', 'hono', 'preact', 'p-map'],
    node: ['crypto', 'http'],
  },
  'functions/site': {
    parts: ['packages', 'functions/http', 'functions/api', 'web', 'web/components', 'web/pages'],
    npm: ['zod', 'hono', 'preact'],
    node: ['fs/promises', 'path'],
  },
  'functions/publish': {
    parts: ['packages'],
    npm: ['zod', 'p-map'],
    node: ['crypto', 'stream', 'stream/consumers', 'stream/promises', 'zlib'],
  },
  // Composition roots: Lambda handlers, the bundles that are uploaded, the api's description.
  'functions/service': {
    parts: [
      'packages',
      'functions/http',
      'functions/api',
      'functions/site',
      'functions/publish',
      'web',
      'web/build',
      'package.json',
    ],
    npm: ['zod', 'zod-openapi', 'hono', '@hono/node-server', '@aws-sdk', 'croner', 'esbuild', 'oxc-parser'],
    node: ['child_process', 'crypto', 'events', 'fs', 'fs/promises', 'http', 'net', 'path', 'url', 'util'],
  },
  'functions/local': {
    parts: [
      ...['packages', 'functions/http', 'functions/site', 'functions/publish', 'functions/service'],
      ...['web', 'web/build', 'package.json'],
    ],
    npm: ['zod', 'hono', '@hono/node-server', '@aws-sdk', 'dynalite', 'level', 'p-map', 'esbuild'],
    node: ['.+'],
  },
  'functions/operator': {
    parts: [
      'packages',
      'functions/publish',
      'functions/local',
      'functions/service/for-node.mjs',
      'web',
      'web/campaign',
      'package.json',
    ],
    npm: [
      'zod',
      '@aws-sdk',
      'cli-progress',
      'csv-parse',
      'csv-stringify',
      'esbuild',
      'fflate',
      'level',
      'p-retry',
      'read-excel-file',
      'simple-statistics',
      'uqr',
      'write-excel-file',
    ],
    node: ['.+'],
  },
  // Function bundles enter the infrastructure as paths, never as imports.
  infra: {
    parts: ['packages/store/tables.ts', 'packages/contracts/service-address.ts'],
    npm: ['aws-cdk-lib', 'cdk-nag', 'constructs', 'zod'],
    node: ['child_process', 'fs', 'url', 'util'],
  },
};

type AllowedRule = NonNullable<IFlattenedRuleSet['allowed']>[number];

/**
 * Receipts are made, and scores and standings shown, in the browser by the service's own code: modules that bring no library
 * along (docs/decisions/0010-browser-shares-pure-modules.md).
 */
const LIGHT = [
  'packages/contracts/(receipt|plain-code|association-key|checked-base32|join-code|group|group-set|code-list|scored-ids|released-cell|calendar|campaign-length|campaign-rules|series)[.]ts',
  'packages/microdata/score[.]ts',
  'packages/statistics/.+',
  'packages/standing/(choose-group|own-standing|place-score|moved)[.]ts',
  'packages/disclosure/policy[.]ts',
].join('|');

const inPart = (part: string) => (part === 'LIGHT' ? `^(${LIGHT})$` : part.includes('.') ? `^${part}$` : `^${part}/`);
const inPackage = (name: string) => `(^|/)node_modules/(@types/)?${name}(/|$)`;
const source = (part: string) => ({
  path: `^${part}/`,
  // `web` is a part itself and holds others.
  ...(part === 'web' ? { pathNot: '^web/[^/]+/' } : {}),
});
/** Other parts are reached where a rule names them; the frame of the site is not all of the site. */
const target = (part: string) => (part === 'web' ? '^web/[^/]+$' : inPart(part));

function allowedOf([part, { parts = [], types = [], npm = [], node = [] }]: [string, Layer]): AllowedRule[] {
  const from = source(part);
  const rules: AllowedRule[] = [{ from, to: { path: [target(part), ...parts.map(target), ...npm.map(inPackage)] } }];
  // A rule without a path would allow everything.
  if (types.length > 0) {
    const path = types.flatMap((name) => [target(name), inPackage(name)]);
    rules.push({ from, to: { path, dependencyTypes: ['type-only'] } });
  }
  if (node.length > 0) rules.push({ from, to: { path: `^(${node.join('|')})$`, dependencyTypes: ['core'] } });
  return rules;
}

const rules: IFlattenedRuleSet & { options: ICruiseOptions } = {
  allowed: Object.entries(LAYERS).flatMap(allowedOf),
  allowedSeverity: 'error',
  forbidden: [
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-circle-of-folders', severity: 'error', scope: 'folder', from: {}, to: { circular: true } },
    { name: 'no-orphan', severity: 'error', from: { orphan: true, pathNot: '[.](json|mjs)$' }, to: {} },
    { name: 'no-unknown', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'light-stays-light',
      severity: 'error',
      from: { path: `^(${LIGHT})$` },
      to: { pathNot: `^(${LIGHT})$`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'lambda-in-handlers',
      comment: "Lambda's events and the adapters to them are known to the handlers alone.",
      severity: 'error',
      from: { pathNot: '^functions/service/[a-z-]+-handler[.]ts$' },
      to: { path: 'node_modules/(hono/.*(aws-lambda|lambda-edge)|(@types/)?aws-lambda)' },
    },
    {
      name: 'no-development-package',
      comment: '`npm ci --omit=dev && npm start` runs without them.',
      severity: 'error',
      from: { pathNot: '^(infra|web/build|functions/service/(build|pure-constants|openapi)[.]ts)' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'packages-by-alias',
      comment:
        'Within functions and web, and within a package, relative paths are shorter; elsewhere the alias names the part.',
      severity: 'error',
      from: { path: '^(packages/[^/]+|functions|web|infra)/' },
      to: { path: '^(packages|functions|web)/', pathNot: '^$1/', dependencyTypesNot: ['aliased'] },
    },
  ],
  options: {
    // TypeScript 7 has no interface for programs; swc reads it, and tells what is imported as a type.
    parser: 'swc',
    tsPreCompilationDeps: 'specify',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^web/public/|^infra/cdk[.]out/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};

export default rules;
