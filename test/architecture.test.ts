import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';

/**
 * The rules of docs/architecture.md, read off the syntax tree of every source file: who may import what, who may touch
 * what lies outside the program, how files are named. A new dependency of a part is a line in `PARTS`.
 */

interface Part {
  /** Modules and other parts; `x/*` stands for all below x; `type:` in front admits types only. */
  imports: string[];
  /** May read environment, clock, randomness and network itself; otherwise these are passed in. */
  isAmbient: boolean;
}

/**
 * Receipts are made, and scores and standings shown, in the browser by the service's own code: modules that bring no
 * library along (docs/decisions/0010-browser-shares-pure-modules.md).
 */
const BROWSER_MODULES = [
  ...['packages/contracts/receipt', 'packages/contracts/join-code', 'packages/contracts/group'],
  ...['packages/contracts/released-cell', 'packages/microdata/score'],
  ...['packages/standing/choose-group', 'packages/standing/own-standing', 'packages/disclosure/policy'],
];

/** What every part of the browser's program may use. */
const IN_BROWSER = ['type:packages/contracts', 'type:functions/api', 'packages/views', ...BROWSER_MODULES];

/** By folder; the longest matching path decides. A part may always import itself. */
const PARTS: Record<string, Part> = {
  'packages/contracts': { imports: ['zod'], isAmbient: false },
  'packages/instruments': { imports: [], isAmbient: false },
  'packages/statistics': { imports: ['type:packages/contracts'], isAmbient: false },
  'packages/microdata': { imports: ['packages/contracts', 'packages/statistics'], isAmbient: false },
  // Draws with a key that is passed in: HMAC, and no randomness of its own.
  'packages/disclosure': { imports: ['packages/contracts', 'packages/microdata', 'node:crypto'], isAmbient: false },
  'packages/standing': { imports: ['packages/contracts', 'packages/statistics'], isAmbient: false },
  // A second opinion: it shares no code with what it audits.
  'packages/audit': { imports: ['packages/contracts', 'node:crypto', 'simple-statistics'], isAmbient: false },
  'packages/views': {
    imports: ['packages/contracts', 'packages/standing', 'type:vega-lite', 'type:vega-lite/*'],
    isAmbient: false,
  },
  'packages/datasets': {
    imports: ['packages/contracts', 'hyparquet-writer', 'csv-stringify/*', 'fflate'],
    isAmbient: false,
  },
  'packages/store': {
    imports: [
      'packages/contracts',
      '@aws-sdk/*',
      // What comes out of a table is parsed once, here.
      'zod',
      // Keys and content hashes; files in a folder. Drawing randomness stays forbidden.
      'node:crypto',
      'node:fs/promises',
      'node:path',
    ],
    isAmbient: false,
  },
  functions: {
    imports: [
      ...['packages/*', 'node:*', '@aws-sdk/*', 'zod', 'hono', 'hono/*', 'vega', 'vega-lite'],
      // What is uploaded is built here.
      ...['esbuild', 'oxc-parser', 'functions/site', 'web/build'],
    ],
    isAmbient: true,
  },
  'functions/api': {
    imports: [
      'packages/*',
      'functions',
      ...['node:*', '@aws-sdk/*', 'zod', 'zod-openapi', 'hono', 'hono/*', 'vega', 'vega-lite', 'vega-lite/*'],
      ...['csv-stringify/*', 'altcha-lib', 'altcha-lib/*'],
      // The list of a release's files, written by publish and read by the api.
      'functions/publish/file-list.ts',
      // The app is api and site in one.
      ...['functions/site', 'web', 'preact'],
    ],
    isAmbient: false,
  },
  // The pages' addresses, what they are given, and the build's assets.
  'functions/site': {
    imports: [
      ...['packages/*', 'functions', 'functions/api', 'web', 'web/islands'],
      ...['node:*', 'zod', 'hono', 'hono/*', 'preact'],
    ],
    isAmbient: false,
  },
  'functions/publish': {
    imports: ['packages/*', 'functions', 'node:*', '@aws-sdk/*', 'zod', 'p-map'],
    isAmbient: false,
  },
  'functions/operator': {
    imports: [
      ...['packages/*', 'functions', 'functions/publish', 'functions/local'],
      ...[
        'node:*',
        '@aws-sdk/*',
        'zod',
        'cli-progress',
        'csv-parse/*',
        'csv-stringify/*',
        'p-map',
        'p-retry',
        'simple-statistics',
      ],
      // The campaign kit: the address of the join page, and its QR code.
      ...['web', 'uqr'],
    ],
    isAmbient: true,
  },
  'functions/local': {
    imports: [
      // The addresses that are printed; what the site and the server itself are built with.
      ...['packages/*', 'functions', 'functions/api', 'functions/publish', 'functions/site', 'web', 'web/build'],
      ...['node:*', '@aws-sdk/*', 'zod', 'hono', 'hono/*', '@hono/node-server', '@hono/node-server/*'],
      ...['dynalite', 'level', 'p-map', 'esbuild'],
    ],
    isAmbient: true,
  },
  // Function bundles enter the infrastructure as paths, never as imports.
  infra: {
    imports: ['packages/store/tables', 'aws-cdk-lib', 'aws-cdk-lib/*', 'constructs', 'cdk-nag', 'zod', 'node:*'],
    isAmbient: true,
  },
  // Rendered on the server as well as in the browser: what comes from outside is passed in.
  web: {
    imports: [
      ...['packages/contracts', 'packages/views', 'type:packages/standing', 'web/islands', 'type:web/association'],
      ...['preact', 'preact/hooks', 'preact-render-to-string'],
    ],
    isAmbient: false,
  },
  // What runs in the browser. Each import is paid for by every visitor, so zod and stores stay on the server.
  'web/islands': {
    imports: [
      ...IN_BROWSER,
      ...['web', 'web/check', 'web/standing', 'web/next-step', 'web/association'],
      ...['preact', 'preact/hooks', 'hono/client', 'vega', 'vega-interpreter', 'uqr'],
    ],
    isAmbient: true,
  },
  // The check: drafts, sending, the team round, and their steps.
  'web/check': {
    imports: [...IN_BROWSER, 'web', 'preact', 'preact/hooks', 'altcha-lib', 'altcha-lib/*'],
    isAmbient: true,
  },
  // Where a house stands. Vega and its compiler are chunks of their own, loaded when a picture is drawn here.
  'web/standing': {
    imports: [
      ...[...IN_BROWSER, 'web', 'web/next-step', 'preact', 'preact/hooks'],
      ...['vega', 'vega-interpreter', 'vega-lite'],
    ],
    isAmbient: true,
  },
  // Cards come back from files and from the browser's store: parsed by zod's small edition.
  'web/next-step': {
    imports: [...IN_BROWSER, 'web', 'web/standing', 'preact', 'preact/hooks', 'zod/mini'],
    isAmbient: true,
  },
  // What an association is shown: tables, report, Nachweis.
  'web/association': {
    imports: ['type:packages/contracts', 'type:functions/api', 'packages/views', 'web', 'preact'],
    isAmbient: false,
  },
  'web/build': { imports: ['web', 'node:*', 'vite'], isAmbient: true },
};

/** Files that build what the rest is given: they may read what lies outside the program. */
const COMPOSITION_ROOTS = ['api-handler.ts', 'publish-handler.ts', 'api-environment.ts', 'publish-environment.ts'];

/** What a part may do against the rule, with the reason; a test fails when one is no longer needed. */
const EXCEPTIONS: { file: string; fault: string; reason: string }[] = [
  {
    file: 'packages/store/folder-files.ts',
    fault: 'touches process',
    reason: 'its process id keeps the temporary files of two processes on one folder apart',
  },
  {
    file: 'packages/store/dynamo-releases.ts',
    fault: 'touches performance',
    reason: 'the age of a listing that it remembers, by a clock that tests may replace; no date follows from it',
  },
  {
    file: 'functions/service/openapi.ts',
    fault: 'touches process',
    reason: 'a build script: it asks whether it was started as a command',
  },
  {
    file: 'functions/service/openapi.ts',
    fault: 'touches import.meta',
    reason: 'as above',
  },
  {
    file: 'packages/datasets/checksums.ts',
    fault: 'touches crypto',
    reason: 'Web Crypto is where a package finds SHA-256 without importing a platform; a digest draws nothing',
  },
  {
    file: 'functions/local/start.mjs',
    fault: 'imports something named only at run time',
    reason: 'the bundle of the server, named by the hash of its sources',
  },
  {
    file: 'functions/local/context.ts',
    fault: 'imports ../../package.json',
    reason: 'the version that releases made here are stamped with',
  },
  {
    file: 'functions/operator/doctor.ts',
    fault: 'imports ../../package.json',
    reason: 'it holds the machine against the engines and packages that are named there',
  },
  {
    file: 'packages/instruments/built-in-instruments.ts',
    fault: 'imports ../packages/instruments/digitalcheck.1.json',
    reason: 'the built-in instrument is data; the import carries it into a bundle',
  },
];

/** Lambda's events and the adapters to them are known to these modules' importers alone. */
const LAMBDA_ADAPTERS = ['hono/aws-lambda', 'hono/lambda-edge', 'aws-lambda', '@types/aws-lambda'];

const SOURCE = /\.(ts|tsx|mts|js|jsx|mjs)$/;
const PARTS_ALIASES =
  /^#(contracts|instruments|statistics|microdata|disclosure|standing|audit|views|datasets|store|functions|web)(?=\/)/;
/** Folders of several parts that may name each other by relative paths. */
const HOUSES = ['functions', 'web'];
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const SAYS_NOTHING = /^(utils?|helpers?|managers?|common|misc|shared)$/;

interface Node {
  type: string;
  start: number;
  [field: string]: unknown;
}

/** Every broken rule of one file. `path` is relative to the repository, with slashes. */
function faultsIn(path: string, source: string): string[] {
  const faults = namingFaults(path);
  const partName = partOf(path);
  if (partName === undefined || !SOURCE.test(path)) return faults;
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) return [...faults, `cannot be parsed: ${errors[0]!.message}`];
  const nodes = [...walk(program as unknown as Node)];
  for (const { specifier, isType, node } of importsIn(nodes)) {
    const fault =
      specifier === undefined
        ? 'imports something named only at run time'
        : importFault(path, partName, specifier, isType, node);
    if (fault) faults.push(fault);
  }
  const isAmbient = PARTS[partName]!.isAmbient || COMPOSITION_ROOTS.includes(basename(path));
  if (!isAmbient) faults.push(...ambientFaults(nodes));
  return [...new Set(faults)];
}

function namingFaults(path: string): string[] {
  const segments = path.split('/');
  return [
    ...segments.filter((name) => !KEBAB_CASE.test(name)).map((name) => `${name} is not kebab-case`),
    ...segments
      .filter((name) => SAYS_NOTHING.test(name.replace(/\..*$/, '')))
      .map((name) => `${name} says nothing about what it holds`),
  ];
}

function partOf(path: string): string | undefined {
  return Object.keys(PARTS)
    .filter((part) => path.startsWith(`${part}/`))
    .sort((a, b) => b.length - a.length)[0];
}

interface Import {
  /** Undefined when it is no literal. */
  specifier: string | undefined;
  isType: boolean;
  node: Node;
}

function importsIn(nodes: Node[]): Import[] {
  return nodes.flatMap((node): Import[] => {
    const from = (field: unknown) => {
      const value = (field as Node | null | undefined)?.value;
      return typeof value === 'string' ? value : undefined;
    };
    const specifiers = (node.specifiers ?? []) as Node[];
    const isTypeOnly = (kind: 'importKind' | 'exportKind') =>
      node[kind] === 'type' || (specifiers.length > 0 && specifiers.every((entry) => entry[kind] === 'type'));
    switch (node.type) {
      case 'ImportDeclaration':
        return [{ specifier: from(node.source), isType: isTypeOnly('importKind'), node }];
      case 'ExportNamedDeclaration':
        return node.source ? [{ specifier: from(node.source), isType: isTypeOnly('exportKind'), node }] : [];
      case 'ExportAllDeclaration':
        return [{ specifier: from(node.source), isType: node.exportKind === 'type', node }];
      case 'ImportExpression':
        return [{ specifier: from(node.source), isType: false, node }];
      case 'TSImportType':
        return [{ specifier: from(node.source), isType: true, node }];
      case 'CallExpression': {
        const isRequire = (node.callee as Node).type === 'Identifier' && (node.callee as Node).name === 'require';
        return isRequire ? [{ specifier: from((node.arguments as Node[])[0]), isType: false, node }] : [];
      }
      default:
        return [];
    }
  });
}

function importFault(path: string, part: string, specifier: string, isType: boolean, node: Node): string | undefined {
  if (specifier === 'zod' && !isZodNamespace(node)) return "imports zod otherwise than as `* as z from 'zod'`";
  if (LAMBDA_ADAPTERS.includes(specifier) && basename(path) !== 'handler.ts')
    return `imports ${specifier}, which only handler.ts may`;
  const isRelative = specifier.startsWith('.');
  if (isRelative && !/\.(ts|tsx|json|css)$/.test(specifier)) return `imports ${specifier} without its ending`;
  const target = isRelative
    ? posix.join(dirname(path), specifier)
    : specifier.replace(PARTS_ALIASES, (_, name) => (HOUSES.includes(name) ? name : `packages/${name}`));
  const targetPart = partOf(target);
  if (targetPart === part) return undefined;
  // Within the functions and the site relative paths are shorter; between packages the alias names the part.
  if (isRelative && !HOUSES.some((house) => targetPart?.startsWith(house) && part.startsWith(house)))
    return `imports ${specifier}, which leaves ${part}`;
  const isAllowed = PARTS[part]!.imports.some((rule) => {
    if (rule.startsWith('type:') && !isType) return false;
    const pattern = rule.replace('type:', '');
    if (pattern.endsWith('*')) return target.startsWith(pattern.slice(0, -1));
    return targetPart === pattern || target === pattern;
  });
  return isAllowed ? undefined : `imports ${specifier}${isType ? ' (types)' : ''}, which ${part} may not`;
}

function isZodNamespace(node: Node): boolean {
  const [only, ...others] = (node.specifiers ?? []) as Node[];
  return node.type === 'ImportDeclaration' && only?.type === 'ImportNamespaceSpecifier' && others.length === 0;
}

/** Global names by which a program reaches outside itself. */
const OUTSIDE = [
  'process',
  'fetch',
  'crypto',
  'performance',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'navigator',
];
const RANDOMNESS = /^(random|getRandomValues|generateKey|webcrypto)/;

function ambientFaults(nodes: Node[]): string[] {
  const bound = new Set(nodes.flatMap(boundNames));
  const isGlobal = (node: unknown, name: string) =>
    (node as Node | undefined)?.type === 'Identifier' && (node as Node).name === name && !bound.has(name);
  const notReferences = new Set(nodes.flatMap(namesOfProperties));
  return nodes.flatMap((node): string[] => {
    if (node.type === 'Identifier' && !notReferences.has(node)) {
      const name = OUTSIDE.find((outside) => isGlobal(node, outside));
      return name ? [`touches ${name}`] : [];
    }
    if (node.type === 'MemberExpression') {
      const property = (node.property as Node).name ?? (node.property as Node).value;
      if (isGlobal(node.object, 'globalThis') && OUTSIDE.includes(String(property))) return [`touches ${property}`];
      if (isGlobal(node.object, 'Date') && property === 'now') return ['reads the clock'];
      if (isGlobal(node.object, 'Math') && property === 'random') return ['draws randomness'];
    }
    if (node.type === 'CallExpression' && isGlobal(node.callee, 'Date')) return ['reads the clock'];
    if (node.type === 'NewExpression' && isGlobal(node.callee, 'Date') && (node.arguments as Node[]).length === 0)
      return ['reads the clock'];
    if (node.type === 'MetaProperty') return ['touches import.meta'];
    if (node.type === 'ImportDeclaration' && /^(node:)?crypto$/.test(String((node.source as Node).value)))
      return (node.specifiers as Node[]).flatMap((entry) => {
        const imported = entry.imported as Node | undefined;
        // A namespace or default import would hide what is used of it.
        return imported === undefined || RANDOMNESS.test(String(imported.name)) ? ['draws randomness'] : [];
      });
    return [];
  });
}

/** Names that a declaration, a parameter or an import gives a meaning of its own. */
function boundNames(node: Node): string[] {
  const named = (pattern: unknown): string[] => {
    const { type, name, left, argument, properties, elements, value } = (pattern ?? {}) as Node;
    if (type === 'Identifier') return [String(name)];
    if (type === 'AssignmentPattern') return named(left);
    if (type === 'RestElement') return named(argument);
    if (type === 'Property') return named(value);
    return [...((properties ?? elements ?? []) as unknown[])].flatMap(named);
  };
  if (node.type === 'VariableDeclarator') return named(node.id);
  if (/^Import.*Specifier$/.test(node.type)) return named(node.local);
  if (/Function/.test(node.type)) return [...named(node.id), ...((node.params ?? []) as unknown[]).flatMap(named)];
  return [];
}

/** Identifiers that name a property, not a variable: `deps.fetch`, `{ fetch: ... }`, a method `fetch()`. */
function namesOfProperties(node: Node): Node[] {
  if (node.computed === true) return [];
  if (node.type === 'MemberExpression') return [node.property as Node];
  const isNamed = ['Property', 'MethodDefinition', 'PropertyDefinition'].includes(node.type);
  return isNamed && node.shorthand !== true ? [node.key as Node] : [];
}

/** All nodes in depth, without what only the type checker sees; imports written as types are kept. */
function* walk(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value])
      if (child !== null && typeof child === 'object' && typeof (child as Node).type === 'string')
        yield* isOnlyType(child as Node) ? typeImports(child as Node) : walk(child as Node);
  }
}

const HOLDS_VALUES = /^TS(AsExpression|SatisfiesExpression|NonNullExpression|TypeAssertion|InstantiationExpression)$/;
const isOnlyType = (node: Node) => node.type.startsWith('TS') && !HOLDS_VALUES.test(node.type);

function* typeImports(node: Node): Generator<Node> {
  if (node.type === 'TSImportType') yield node;
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value])
      if (child !== null && typeof child === 'object' && typeof (child as Node).type === 'string')
        yield* typeImports(child as Node);
}

const root = fileURLToPath(new URL('..', import.meta.url));
const NOT_SOURCE = /(^|\/)(node_modules|dist|cdk\.out|\.[^/]+)(\/|$)/;

function filesBelow(folder: string): string[] {
  if (!existsSync(`${root}${folder}`)) return [];
  return readdirSync(`${root}${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.length))
    .filter((path) => !NOT_SOURCE.test(path))
    .sort();
}

const sources = ['packages', 'functions', 'infra', 'web'].flatMap(filesBelow).filter((path) => SOURCE.test(path));

describe('every file keeps the rules', () => {
  test('there are files to look at', () => {
    expect(sources).toContain('packages/contracts/instrument.ts');
    expect(sources).toContain('functions/service/app.ts');
    expect(sources.filter((path) => partOf(path) === undefined)).toEqual([]);
  });

  test.each(sources)('%s', (path) => {
    const excused = EXCEPTIONS.filter(({ file }) => file === path).map(({ fault }) => fault);
    const faults = faultsIn(path, readFileSync(`${root}${path}`, 'utf8'));
    expect(faults.filter((fault) => !excused.some((start) => fault.startsWith(start)))).toEqual([]);
  });

  test.each(BROWSER_MODULES)('%s brings no library into the browser', (path) => {
    const libraries: string[] = [];
    const follow = (file: string) => {
      const { program } = parseSync(file, readFileSync(`${root}${file}`, 'utf8'));
      for (const { specifier, isType } of importsIn([...walk(program as unknown as Node)])) {
        if (isType) continue;
        if (specifier?.startsWith('./')) follow(posix.join(dirname(file), specifier));
        else if (specifier && PARTS_ALIASES.test(specifier)) follow(`${specifier.replace('#', 'packages/')}.ts`);
        else libraries.push(`${file}: ${specifier}`);
      }
    };
    follow(`${path}.ts`);
    expect(libraries).toEqual([]);
  });

  test('tests are named by the same rules', () => {
    const tests = filesBelow('test').filter((path) => SOURCE.test(path));
    expect(tests.flatMap((path) => namingFaults(path).map((fault) => `${path}: ${fault}`))).toEqual([]);
  });

  test.each(EXCEPTIONS)('$file still needs its exception: $fault', ({ file, fault }) => {
    const faults = faultsIn(file, readFileSync(`${root}${file}`, 'utf8'));
    expect(faults.some((found) => found.startsWith(fault))).toBe(true);
  });
});

describe('each rule bites on a file made up to break it', () => {
  const broken: [path: string, source: string, fault: string][] = [
    ['packages/contracts/a.ts', "import { mean } from 'simple-statistics';", 'which packages/contracts may not'],
    ['packages/microdata/a.ts', "import * as z from 'zod';", 'which packages/microdata may not'],
    ['packages/microdata/a.ts', "export * from '#store/tables';", 'which packages/microdata may not'],
    ['packages/microdata/a.ts', "type A = import('#store/ports').FileStore;", 'which packages/microdata may not'],
    ['packages/microdata/a.ts', "export { createHash } from 'node:crypto';", 'which packages/microdata may not'],
    ['packages/microdata/a.ts', 'const load = (name: string) => import(name);', 'named only at run time'],
    ['packages/microdata/a.ts', "import '../store/tables.ts';", 'which leaves packages/microdata'],
    ['packages/microdata/a.ts', "import { rank } from './rank';", 'without its ending'],
    ['packages/views/a.ts', "import { compile } from 'vega-lite';", 'which packages/views may not'],
    ['packages/views/a.ts', "import '#disclosure/policy';", 'which packages/views may not'],
    ['packages/datasets/a.ts', "import '@aws-sdk/client-dynamodb';", 'which packages/datasets may not'],
    ['packages/store/a.ts', "import '#microdata/fold';", 'which packages/store may not'],
    ['packages/store/a.ts', "import '#instruments/load-instruments';", 'which packages/store may not'],
    ['packages/store/a.ts', "import { randomBytes } from 'node:crypto';", 'draws randomness'],
    ['packages/store/a.ts', "import * as crypto from 'node:crypto';", 'draws randomness'],
    ['functions/api/a.ts', "import 'dynalite';", 'which functions/api may not'],
    ['functions/api/a.ts', "import '../local/engine.ts';", 'which functions/api may not'],
    ['functions/publish/a.ts', "import '#functions/service/app';", 'which functions/publish may not'],
    [
      'functions/operator/a.ts',
      "import { createApp } from '#functions/service/app';",
      'which functions/operator may not',
    ],
    ['packages/audit/a.ts', "import '#disclosure/geometric';", 'which packages/audit may not'],
    ['packages/audit/a.ts', "import '#microdata/fold';", 'which packages/audit may not'],
    ['packages/standing/a.ts', "import '#disclosure/policy';", 'which packages/standing may not'],
    ['packages/disclosure/a.ts', "import '#standing/place-score';", 'which packages/disclosure may not'],
    ['functions/local/a.ts', "import 'simple-statistics';", 'which functions/local may not'],
    ['functions/api/a.ts', "import type { LambdaEvent } from 'hono/aws-lambda';", 'which only handler.ts may'],
    ['infra/a.ts', "import '#functions/service/api-handler';", 'which infra may not'],
    ['infra/a.ts', "import '#store/ports';", 'which infra may not'],
    ['web/a.tsx', "import { createFold } from '#microdata/fold';", 'which web may not'],
    ['web/a.tsx', "import { siteRoutes } from '#functions/site/site.tsx';", 'which web may not'],
    ['web/a.tsx', 'const today = new Date();', 'reads the clock'],
    ['web/islands/a.tsx', "import { Instrument } from '#contracts/instrument';", 'which web/islands may not'],
    ['web/islands/a.tsx', "import { createApp } from '#functions/service/app';", 'which web/islands may not'],
    ['web/check/a.ts', "import { Instrument } from '#contracts/instrument';", 'which web/check may not'],
    ['web/check/a.ts', "import type { Participations } from '#microdata/fold';", 'which web/check may not'],
    ['web/check/a.ts', "import { wilson } from '#statistics/wilson';", 'which web/check may not'],
    ['web/standing/a.ts', "import { decideRelease } from '#disclosure/release';", 'which web/standing may not'],
    ['web/next-step/a.ts', "import * as z from 'zod';", 'which web/next-step may not'],
    ['packages/contracts/a.ts', "import { z } from 'zod';", 'otherwise than as'],
    ['functions/api/a.ts', "import z from 'zod';", 'otherwise than as'],
    ['functions/api/a.ts', "export { z } from 'zod';", 'otherwise than as'],
    ['packages/microdata/a.ts', 'export const debug = process.env.DEBUG;', 'touches process'],
    ['packages/microdata/a.ts', 'globalThis.process.exit();', 'touches process'],
    ['packages/microdata/a.ts', 'const now = Date.now();', 'reads the clock'],
    ['packages/microdata/a.ts', 'const now = (x = new Date()) => x;', 'reads the clock'],
    ['packages/microdata/a.ts', 'const now = performance.now();', 'touches performance'],
    ['packages/microdata/a.ts', 'const draw = Math.random() as number;', 'draws randomness'],
    ['packages/contracts/a.ts', 'const id = crypto.randomUUID();', 'touches crypto'],
    ['packages/views/a.ts', "await fetch('https://example.org');", 'touches fetch'],
    ['packages/views/a.ts', 'const ask = { fetch };', 'touches fetch'],
    ['functions/api/a.ts', 'const now = new Date();', 'reads the clock'],
    ['functions/publish/a.ts', 'const key = process.env.KEY!;', 'touches process'],
    ['functions/api/utils.ts', '', 'says nothing'],
    ['packages/store/common/a.ts', '', 'says nothing'],
    ['packages/store/helpers.test.ts', '', 'says nothing'],
    ['packages/store/folderFiles.ts', '', 'not kebab-case'],
    ['packages/store/a.ts', 'const = 1;', 'cannot be parsed'],
  ];
  test.each(broken)('%s: %s', (path, source, fault) => {
    expect(faultsIn(path, source).join('\n')).toContain(fault);
  });

  const sound: [path: string, source: string][] = [
    ['packages/contracts/a.ts', "import * as z from 'zod'; import { Code } from './text.ts'; export { z, Code };"],
    [
      'packages/microdata/a.ts',
      "import type { Cut } from '#contracts/release'; import { wilson } from '#statistics/wilson';",
    ],
    ['packages/views/a.ts', "import type { TopLevelSpec } from 'vega-lite';"],
    ['packages/views/a.ts', "import { type TopLevelSpec } from 'vega-lite';"],
    ['packages/microdata/a.ts', "const day = (text: string) => [new Date(text), Date.parse(text), 'Date.now()'];"],
    ['packages/microdata/a.ts', '// process.env, Math.random()\nconst a = { process: 1, crypto: /fetch/ }.process;'],
    ['packages/store/a.ts', 'const load = (fetch: (url: string) => string, process: number) => [fetch("a"), process];'],
    ['packages/store/a.ts', "import { createHash } from 'node:crypto'; import '@aws-sdk/client-dynamodb';"],
    ['functions/service/api-handler.ts', "import { handle } from 'hono/aws-lambda'; const now = () => new Date();"],
    ['functions/service/api-environment.ts', 'export const now = () => new Date();'],
    [
      'functions/api/a.ts',
      "import { load } from '../instruments.ts'; import type { Api } from '#functions/service/app';",
    ],
    ['functions/local/a.ts', "import { createApp } from '../api/app.ts'; const port = process.env.PORT;"],
    ['infra/a.ts', "import { tableDefinitions } from '#store/tables'; import { Stack } from 'aws-cdk-lib';"],
    ['web/pages/a.tsx', "import { longDate } from '#views/standing-words'; import A from '../islands/a.tsx';"],
    ['web/islands/a.tsx', "import type { Api } from '#functions/service/app'; const now = Date.now();"],
    ['web/check/a.ts', "import type { Instrument } from '#contracts/instrument';"],
    [
      'web/check/a.ts',
      "import { parseReceipt } from '#contracts/receipt'; import { scoreAnswers } from '#microdata/score';",
    ],
  ];
  test.each(sound)('%s is sound: %s', (path, source) => {
    expect(faultsIn(path, source)).toEqual([]);
  });
});

describe('package-lock.json', () => {
  // npm leaves out packages for other platforms when the registry at hand lacks them; `npm ci` then refuses the lockfile.
  test('has an entry for every optional dependency, so that npm ci takes it', () => {
    const lock = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')) as {
      packages: Record<string, { inBundle?: boolean; optionalDependencies?: Record<string, string> }>;
    };
    const missing = Object.entries(lock.packages).flatMap(([path, { inBundle, optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !inBundle && !lock.packages[`node_modules/${name}`] && !lock.packages[`${path}/node_modules/${name}`],
      ),
    );
    expect(missing).toEqual([]);
  });
});
