import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import rules, { LAYERS, type Layer } from '../.dependency-cruiser.ts';

/**
 * The rules of docs/architecture.md. Who imports what is checked by dependency-cruiser (`.dependency-cruiser.ts`); who may
 * touch what lies outside the program, and how zod is imported, by Biome (`biome.json`, `.biome`). Here the first is run, and
 * each rule of both is shown to bite.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['packages', 'functions', 'web', 'infra'];
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Broken rules below a folder as `rule: from -> to`. */
async function violationsBelow(baseDir: string): Promise<string[]> {
  const { options, ...ruleSet } = rules;
  const { output } = await cruise(FOLDERS, { ...options, baseDir, ruleSet, validate: true });
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
}

describe('every file', () => {
  test('imports what its layer may', async () => {
    expect(await violationsBelow(root)).toEqual([]);
  });

  test('has a name that says what it holds', () => {
    const names = [...FOLDERS, 'test'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).flatMap((path) => path.split('/')),
    );
    expect(names.filter((name) => /^(utils?|helpers?|managers?|common|misc|shared)(\.|$)/.test(name))).toEqual([]);
  });

  test('belongs to a layer', () => {
    const folders = FOLDERS.flatMap((house) =>
      readdirSync(join(root, house), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !/^(\.|cdk\.out|dist|public|styles)/.test(entry.name))
        .map(({ name }) => `${house}/${name}`),
    );
    expect(folders.filter((folder) => !(folder in LAYERS) && !folder.startsWith('infra/'))).toEqual([]);
  });
});

describe('the layers', () => {
  const order = Object.keys(LAYERS);

  test('lie one above the other: none names a part that comes after it', () => {
    const upward = Object.entries(LAYERS).flatMap(([part, { parts = [], types = [] }], place) =>
      [...parts, ...types].filter((other) => order.indexOf(other) > place).map((other) => `${part} -> ${other}`),
    );
    expect(upward).toEqual([]);
  });

  test('are told by docs/architecture.md as they are', () => {
    const told = [...read('docs/architecture.md').matchAll(/^\| `([a-z/-]+)` \|[^|]*\| ([^|]*) \|$/gm)].map(
      ([, part, imports]) => `${part}: ${imports}`,
    );
    expect(told).toEqual(Object.entries(LAYERS).map(([part, layer]) => `${part}: ${importsOf(layer)}`));
  });
});

/** "contracts, statistics; types of web; zod": as the document puts it. */
function importsOf({ parts = [], types = [], npm = [] }: Layer): string {
  const short = (name: string) => name.replace(/^packages\//, '').replace('LIGHT', 'light modules');
  const all = [
    parts.map(short).join(', '),
    types.length > 0 ? `types of ${types.map(short).join(', ')}` : '',
    npm.map((name) => `\`${name}\``).join(', '),
  ];
  return all.filter((some) => some !== '').join('; ') || 'nothing';
}

describe('each rule bites', () => {
  /** A file made up to break a rule, and the rule; null for one that is sound. */
  const imports: [path: string, source: string, rule: string | null][] = [
    ['packages/contracts/a1.ts', "import 'simple-statistics';", 'not-in-allowed'],
    ['packages/microdata/a2.ts', "import * as z from 'zod';", 'not-in-allowed'],
    ['packages/microdata/a3.ts', "export * from '#store/tables';", 'not-in-allowed'],
    ['packages/microdata/a5.ts', "export { createHash } from 'node:crypto';", 'not-in-allowed'],
    ['packages/microdata/a6.ts', "import '../contracts/text.ts';", 'packages-by-alias'],
    ['packages/microdata/a7.ts', "import './nothing.ts';", 'no-unknown'],
    ['packages/views/a8.ts', "import { compile } from 'vega-lite'; compile;", 'not-in-allowed'],
    ['packages/views/a9.ts', "import '#disclosure/policy';", 'not-in-allowed'],
    ['packages/datasets/a10.ts', "import '@aws-sdk/client-dynamodb';", 'not-in-allowed'],
    ['packages/datasets/a36.ts', "import type { A } from '#store/ports'; export type B = A;", 'not-in-allowed'],
    ['packages/store/a11.ts', "import '#microdata/fold';", 'not-in-allowed'],
    ['packages/audit/a12.ts', "import '#disclosure/geometric';", 'not-in-allowed'],
    ['packages/disclosure/a13.ts', "import '#standing/place-score';", 'not-in-allowed'],
    ['packages/disclosure/policy.ts', "import '#contracts/policy';", 'light-stays-light'],
    ['functions/http/a14.ts', "import '../api/standing.ts';", 'not-in-allowed'],
    ['functions/api/a15.ts', "import 'dynalite';", 'not-in-allowed'],
    ['functions/api/a16.ts', "import '../local/engine.ts';", 'not-in-allowed'],
    ['functions/publish/a17.ts', "import '#functions/service/app';", 'not-in-allowed'],
    ['functions/operator/a18.ts', "import '#functions/service/app';", 'not-in-allowed'],
    ['functions/service/a19.ts', "import 'hono/aws-lambda';", 'lambda-in-handlers'],
    ['functions/service/a20.ts', "import 'esbuild'; import 'oxc-parser';", 'no-development-package'],
    ['infra/a21.ts', "import '#functions/service/app';", 'not-in-allowed'],
    ['infra/a22.ts', "import '#store/ports';", 'not-in-allowed'],
    ['web/a23.tsx', "import '#functions/service/app';", 'not-in-allowed'],
    ['web/a24.tsx', "import type { App } from '#functions/service/app'; export type A = App;", 'not-in-allowed'],
    ['web/check/a25.ts', "import { A } from '#contracts/text'; A;", 'not-in-allowed'],
    ['web/check/a26.ts', "import { createStore } from '#store/tables'; createStore;", 'not-in-allowed'],
    ['web/islands/a27.tsx', "import '#microdata/fold';", 'not-in-allowed'],
    ['web/components/a28.tsx', "import '../islands/check.tsx';", 'not-in-allowed'],
    ['packages/store/a29.ts', "import './a30.ts';", 'no-circle'],
    ['packages/store/a30.ts', "import './a29.ts';", 'no-circle'],
    ['functions/local/one/a31.ts', "import '../two/a32.ts';", 'no-circle-of-folders'],
    ['functions/local/two/a32.ts', "import '../three/a33.ts';", null],
    ['functions/local/three/a33.ts', "import '../one/a34.ts';", null],
    ['functions/local/one/a34.ts', 'export const end = 1;', null],
    ['packages/views/a35.ts', 'export const alone = 1;', 'no-orphan'],

    ['packages/microdata/s1.ts', "import type { A } from '#contracts/text'; import '#statistics/b';", null],
    ['packages/statistics/s2.ts', "import type { A } from '#contracts/text';", null],
    ['packages/views/s3.ts', "import type { A } from 'vega-lite'; import { type B } from 'vega-lite';", null],
    ['packages/store/s4.ts', "import { createHash } from 'node:crypto'; import '@aws-sdk/client-dynamodb';", null],
    ['functions/service/api-handler.ts', "import 'hono/aws-lambda'; import './app.ts';", null],
    ['infra/s5.ts', "import '#store/tables'; import 'aws-cdk-lib';", null],
    ['web/check/s6.ts', "import '#microdata/score'; import type { A } from '#contracts/text';", null],
  ];
  /** What they import. */
  const stubs = [
    ...['packages/contracts/text', 'packages/contracts/policy', 'packages/statistics/b', 'packages/store/tables'],
    ...['packages/store/ports', 'packages/microdata/fold', 'packages/microdata/score', 'packages/standing/place-score'],
    ...[
      'packages/disclosure/geometric',
      'web/islands/check',
      'functions/api/standing',
      'functions/local/engine',
      'functions/service/app',
    ],
  ].map((path) => [`${path}.ts`, 'export const it = 1;'] as const);

  const outside: [path: string, source: string, rule: string | null][] = [
    ['packages/microdata/b1.ts', 'export const debug = process.env.DEBUG;', 'noRestrictedGlobals'],
    ['packages/microdata/b2.ts', 'globalThis.process.exit();', 'plugin'],
    ['packages/microdata/b3.ts', 'export const now = Date.now();', 'plugin'],
    ['packages/microdata/b4.ts', 'export const now = (x = new Date()) => x;', 'plugin'],
    ['packages/microdata/b5.ts', 'export const now = performance.now();', 'noRestrictedGlobals'],
    ['packages/microdata/b6.ts', 'export const draw = Math.random() as number;', 'plugin'],
    ['packages/contracts/b7.ts', 'export const id = crypto.randomUUID();', 'noRestrictedGlobals'],
    ['packages/views/b8.ts', 'export const ask = { fetch };', 'noRestrictedGlobals'],
    ['packages/store/b9.ts', "import { randomBytes } from 'node:crypto'; randomBytes(1);", 'noRestrictedImports'],
    ['packages/store/b10.ts', "import * as crypto from 'node:crypto'; crypto.hash('a', 'b');", 'noRestrictedImports'],
    ['functions/api/b11.ts', 'export const now = new Date();', 'plugin'],
    ['functions/publish/b12.ts', 'export const key = process.env.KEY;', 'noRestrictedGlobals'],
    ['web/pages/b13.tsx', 'export const today = new Date();', 'plugin'],
    ['packages/contracts/b14.ts', "import { z } from 'zod'; export const A = z.string();", 'plugin'],
    ['functions/local/b15.ts', "import z from 'zod'; export const A = z.string();", 'plugin'],
    ['functions/local/b16.ts', "export { z } from 'zod';", 'plugin'],
    ['functions/local/b17.ts', "export type A = import('#store/ports').Ports;", 'plugin'],
    ['functions/local/b18.ts', 'export const load = (name: string) => import(name);', 'plugin'],
    ['functions/local/b19.ts', "export { b } from './b18';", 'useImportExtensions'],
    ['packages/store/folderFiles.ts', 'export const a = 1;', 'useFilenamingConvention'],

    ['packages/contracts/t1.ts', "import * as z from 'zod'; export const A = z.string();", null],
    ['packages/microdata/t2.ts', 'export const day = (t: string) => [new Date(t), Date.parse(t)];', null],
    ['packages/microdata/t3.ts', 'export const a = { process: 1, crypto: /fetch/ }.process;', null],
    ['packages/microdata/t4.ts', 'export const a = (fetch: () => 1, process: 2) => [fetch(), process];', null],
    ['functions/service/t5.ts', 'export const now = () => [new Date(), process.pid];', null],
    ['web/islands/t6.tsx', 'export const now = Date.now();', null],
  ];

  let folder = '';
  let ofImports: string[] = [];
  let ofOutside: string[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'architecture-'));
    for (const [path, source] of [...stubs, ...imports, ...outside]) {
      await mkdir(join(folder, dirname(path)), { recursive: true });
      await writeFile(join(folder, path), `${source}\n`);
    }
    for (const path of ['package.json', 'biome.json', '.biome'])
      await cp(join(root, path), join(folder, path), { recursive: true });
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    ofImports = await violationsBelow(folder);
    const biome = join(root, 'node_modules/.bin/biome');
    const { stdout } = await promisify(execFile)(
      biome,
      ['lint', '--vcs-enabled=false', '--reporter=json', ...FOLDERS],
      {
        cwd: folder,
      },
    ).catch((error: { stdout: string }) => error);
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { category: string; location: { path: string } }[] };
    ofOutside = diagnostics.map(({ category, location }) => `${location.path} ${category}`);
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each(imports)('%s: %s (%s)', (path, _, rule) => {
    const found = ofImports.filter((violation) => new RegExp(` ${path}( |$)|: ${dirname(path)} ->`).test(violation));
    if (rule) expect(found.join()).toContain(`${rule}: `);
    else expect(found.filter((violation) => !violation.startsWith('no-circle-of-folders'))).toEqual([]);
  });

  test.each(outside)('%s: %s (%s)', (path, _, rule) => {
    const found = ofOutside.filter((fault) => fault.startsWith(`${path} `));
    if (rule) expect(found.join()).toContain(rule);
    else expect(found).toEqual([]);
  });
});

describe('package-lock.json', () => {
  // npm leaves out packages for other platforms when the registry at hand lacks them; `npm ci` then refuses the lockfile.
  test('has an entry for every optional dependency, so that npm ci takes it', () => {
    const lock = JSON.parse(read('package-lock.json')) as {
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
