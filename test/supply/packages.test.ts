import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { Allowed, judge } from '../../.ci/audit.ts';
import packageJson from '../../package.json' with { type: 'json' };

const advisory = (id: string, severity: string) => ({
  title: 'Bad',
  url: `https://github.com/advisories/${id}`,
  severity,
});
const printed = (...via: unknown[]) => JSON.stringify({ vulnerabilities: { left: { via }, right: { via: ['left'] } } });
const ID = 'GHSA-abcd-1234-efgh';
const allowed = (until: string): Allowed => [{ advisory: ID, reason: 'only reached by a test of our own', until }];
const TODAY = '2026-11-23';

describe('the audit of the packages', () => {
  test('passes over what is not grave, and fails on what is, with its address', () => {
    expect(judge(printed(), [], TODAY)).toEqual({ state: 'checked', faults: [] });
    expect(judge(printed(advisory(ID, 'moderate')), [], TODAY)).toEqual({ state: 'checked', faults: [] });
    const { faults } = judge(printed(advisory(ID, 'critical')), [], TODAY) as { faults: string[] };
    expect(faults).toEqual([`left: Bad (critical), https://github.com/advisories/${ID}`]);
  });

  test('takes a reason until its day; one that fits nothing must go', () => {
    const grave = printed(advisory(ID, 'high'));
    expect(judge(grave, allowed('2026-12-31'), TODAY)).toEqual({ state: 'checked', faults: [] });
    expect(judge(grave, allowed('2026-01-31'), TODAY)).toMatchObject({
      faults: [expect.stringContaining('held until')],
    });
    expect(judge(printed(), allowed('2026-12-31'), TODAY)).toMatchObject({
      faults: [expect.stringContaining('allowed for nothing')],
    });
  });

  test('says so where a registry has no advisories', () => {
    const refused = JSON.stringify({ message: '405 Method Not Allowed', statusCode: 405 });
    expect(judge(refused, [], TODAY)).toEqual({ state: 'not-checked', reason: '405 Method Not Allowed' });
    expect(judge('{}', [], TODAY)).toMatchObject({ state: 'not-checked' });
  });

  test('the list of exceptions is well-formed, each with a reason', () => {
    expect(() => Allowed.parse(JSON.parse(readFileSync('.ci/audit-allow.json', 'utf8')))).not.toThrow();
  });
});

test('the bill of materials (CycloneDX) names every package the program is built from', async () => {
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'sbom'], { maxBuffer: 64 * 2 ** 20 });
  const bill = JSON.parse(stdout) as {
    bomFormat: string;
    components: { name: string; version: string; purl: string }[];
  };
  expect(bill.bomFormat).toBe('CycloneDX');
  const names = new Set(
    bill.components.map(({ purl }) => decodeURIComponent(purl).replace(/^pkg:npm\/(@?[^@]+)@.*$/, '$1')),
  );
  expect(
    Object.keys({ ...packageJson.dependencies, ...packageJson.devDependencies }).filter((name) => !names.has(name)),
  ).toEqual([]);
  expect(bill.components.every(({ version }) => version !== '')).toBe(true);
}, 60_000);

test('what `npm start` uses is installed by `npm ci --omit=dev` (docs/decisions/0025-start-without-development-packages.md)', async () => {
  const used = await packagesOf('functions/local/server.ts');
  expect(used).toEqual(expect.arrayContaining(['dynalite', 'hono', 'vega', 'zod']));
  // By name at run time: the loader, and what builds the server and the site.
  for (const name of ['tsx', 'esbuild']) used.push(name);
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  const missing = used.filter((name) => packages[`node_modules/${name}`]?.dev ?? !packages[`node_modules/${name}`]);
  expect(missing).toEqual([]);
}, 60_000);

/** The packages that a bundle of a program would hold or ask for. */
async function packagesOf(program: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [program],
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['esbuild', 'dynalite', 'level'],
    write: false,
    metafile: true,
    outdir: 'nowhere',
    logLevel: 'silent',
  });
  const named = [
    ...Object.keys(metafile.inputs).map((path) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]),
    ...Object.values(metafile.inputs).flatMap(({ imports }) =>
      imports
        .filter(({ external, path }) => external && !isBuiltin(path))
        .map(({ path }) => path.split('/', 2).join('/')),
    ),
  ];
  // Vega draws on a canvas where this is installed, and does without it.
  return [...new Set(named)].filter((name): name is string => name !== undefined && name !== 'canvas');
}
