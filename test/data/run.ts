import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { cumulativeFiles } from '#datasets/cumulative';
import { datasetFiles } from '#datasets/dataset-files';
import type { DatasetInput } from '#datasets/dataset-input';
import { aSmallRelease } from '../datasets/a-release.ts';

/**
 * `npm run test:data`: every line of docs/use-the-data.md, and the import scripts, on a release. `-- --install` installs what is
 * missing from Debian's packages. Exits non-zero when a line fails, or when R, pandas or DuckDB could not be run.
 */

interface Tool {
  name: string;
  /** How it is called with a file; the first that answers its version is taken. */
  commands: [string, ...string[]][];
  version: string[];
  needed: boolean;
}

const R: Tool = { name: 'R', commands: [['Rscript']], version: ['-e', 'cat(R.version.string)'], needed: true };
const PYTHON = [['/usr/bin/python3'], ['python3']] as Tool['commands'];
const pythonWith = (name: string, needed: boolean): Tool => ({
  name,
  commands: PYTHON,
  version: ['-c', `import ${name}, sys; print("${name}", ${name}.__version__, "on Python", sys.version.split()[0])`],
  needed,
});
const PANDAS = pythonWith('pandas', true);
const POLARS = pythonWith('polars', false);
const PSPP: Tool = { name: 'PSPP', commands: [['pspp']], version: ['--version'], needed: false };

const run = promisify(execFile);
const failures: string[] = [];
const say = (line: string) => process.stdout.write(`${line}\n`);

/** The command by which a tool is at hand, or null, which is said. */
async function atHand({ name, commands, version, needed }: Tool): Promise<[string, ...string[]] | null> {
  for (const command of commands) {
    const [program, ...first] = command;
    const answer = await run(program, [...first, ...version]).catch(() => null);
    if (answer) {
      say(`${answer.stdout.trim().split('\n')[0]}`);
      return command;
    }
  }
  say(`NOT RUN: ${name} is not installed.`);
  if (needed) failures.push(`${name} is missing; npm run test:data -- --install installs it`);
  return null;
}

/** Runs lines in the release's folder; what they print has to hold every one of `expected`. */
async function attempt(what: string, command: [string, ...string[]], args: string[], expected: string[] = []) {
  const [program, ...first] = command;
  try {
    const { stdout, stderr } = await run(program, [...first, ...args], { cwd: folder, maxBuffer: 2 ** 26 });
    const missing = expected.filter((text) => !new RegExp(`\\b${text}\\b`).test(stdout));
    if (missing.length > 0) failures.push(`${what} did not print ${missing.join(', ')}: ${stdout}${stderr}`);
    else say(`ok  ${what}`);
  } catch (error) {
    const { message, stdout = '' } = error as Error & { stdout?: string };
    failures.push(`${what}: ${message}\n${stdout}`);
  }
}

const { values } = parseArgs({ options: { install: { type: 'boolean' } } });
if (values.install)
  await run('apt-get', ['install', '-y', '-q', 'r-base-core', 'python3-pandas', 'pspp'], { maxBuffer: 2 ** 26 });

const page = await readFile(new URL('../../docs/use-the-data.md', import.meta.url), 'utf8');
const snippets = [...page.matchAll(/```([a-z]+)\n([\s\S]*?)```/g)].map(([, language, code]) => ({
  language: language!,
  code: code!,
}));

const input = aSmallRelease();
/** The same field a release earlier, ten points further back: a change that a trend has to find. */
const earlier: DatasetInput = {
  ...input,
  manifest: { ...input.manifest, releaseId: 'digitalcheck.1-2024-06-30-0a1b2c3d', cutoffOn: '2024-06-30' },
  cells: input.cells.map((cell) =>
    cell.state === 'suppressed'
      ? cell
      : {
          ...cell,
          dimensions: Object.fromEntries(
            Object.entries(cell.dimensions).map(([id, cuts]) => [
              id,
              cuts.map(({ permille, value }) => ({ permille, value: Math.max(0, value - 10) })),
            ]),
          ),
        },
  ),
};
const folder = await mkdtemp(join(tmpdir(), 'use-the-data-'));
for (const { path, bytes } of [...(await datasetFiles(input)), ...cumulativeFiles([earlier, input])])
  await writeFile(join(folder, path), bytes);

const shown = input.cells.find(({ group }) => group.key === 'level=facility');
if (shown?.state !== 'published') throw new Error('everybody is published');
const median = shown.dimensions.overall!.find(({ permille }) => permille === 500)!.value;
const expectedOf = (code: string) =>
  code.includes('all-releases') ? ['level=facility', '10'] : code.includes('difference') ? [] : [`${median}`];

const r = await atHand(R);
if (r) {
  for (const { code } of snippets.filter(({ language }) => language === 'r')) {
    await writeFile(join(folder, 'lines.R'), code);
    await attempt(
      `R: ${code.split('\n').length - 1} lines`,
      r,
      ['-e', 'source("lines.R", echo = TRUE)'],
      expectedOf(code),
    );
  }
  const check =
    'source("import.R"); stopifnot(is.logical(percentiles$is_invented), is.factor(items$measure_label), inherits(items$cutoff_on, "Date"), !anyNA(subset(items, OBS_STATUS == "A")$value), all(is.na(subset(items, OBS_STATUS != "A")$value)))';
  await attempt('import.R', r, ['-e', check]);
}
for (const tool of [PANDAS, POLARS]) {
  const python = await atHand(tool);
  if (!python) continue;
  for (const { code } of snippets.filter(({ language, code }) => language === 'python' && code.includes(tool.name)))
    await attempt(`${tool.name}: ${code.split('\n').length - 1} lines`, python, ['-c', code], expectedOf(code));
  if (tool === PANDAS) {
    const check =
      'import pandas as pd, xml.dom.minidom as xml\nt = pd.read_csv("percentiles.csv")\nassert t.is_invented.dtype == bool, t.is_invented.dtype\nxml.parse("ddi-codebook.xml")\n';
    await attempt('booleans in pandas, DDI as XML', python, ['-c', check]);
  }
}
const pspp = await atHand(PSPP);
if (pspp) await attempt('import.sps in PSPP', pspp, ['-O', 'format=txt', 'import.sps']);

const connection = await (await DuckDBInstance.create()).connect();
const [[version]] = (await connection.runAndReadAll('select version()')).getRows() as [[string]];
say(`DuckDB ${version}`);
for (const { code } of snippets.filter(({ language }) => language === 'sql')) {
  const statements = code
    .replaceAll(/'([\w-]+\.parquet)'/g, `'${folder}/$1'`)
    .split(/;\n/)
    .filter((one) => one.trim() !== '');
  let rows: unknown[][] = [];
  for (const statement of statements) rows = (await connection.runAndReadAll(statement)).getRows();
  if (rows.some((row) => row[0] === 50 && row[1] === median)) say(`ok  DuckDB: ${code.split('\n').length - 1} lines`);
  else failures.push('the lines for DuckDB do not give the published median');
}
const typed = await connection.runAndReadAll(
  `select typeof(is_invented) from '${folder}/all-releases.parquet' limit 1`,
);
if (typed.getRows()[0]?.[0] !== 'BOOLEAN') failures.push('is_invented is no boolean in DuckDB');
connection.closeSync();
await rm(folder, { recursive: true });

for (const failure of failures) say(`FAILED  ${failure}`);
say(
  `${snippets.length} snippets; ${failures.length === 0 ? 'all that could be run ran' : `${failures.length} failures`}.`,
);
process.exitCode = failures.length === 0 ? 0 : 1;
