import { readdirSync, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { CannotRun } from '#functions/local/cannot-run';
import { readServerConfiguration } from '#functions/local/configuration';
import { main as admin } from '#functions/operator/admin';
import { main as audit } from '#functions/operator/audit';
import { main as doctor } from '#functions/operator/doctor';
import { main as imports } from '#functions/operator/import';
import { main as metrics } from '#functions/operator/metrics';
import { main as participation } from '#functions/operator/participation';
import { main as release } from '#functions/operator/release';
import packageJson from '../../package.json' with { type: 'json' };

/** Every command line that a document quotes, held against the options that the command has. */
const COMMANDS = { admin, audit, doctor, import: imports, metrics, participation, release };
const documents = ['README.md', 'CONTRIBUTING.md', 'web/README.md', ...filesUnder('docs')];

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.startsWith('decisions'))
    .map((name) => `${folder}/${name}`);
}

interface Quoted {
  script: string;
  options: string[];
}

/** `npm run X -- ...` and `npm start -- ...`, up to the end of the line or the code; a line may go on after a backslash. */
function quotedIn(text: string): Quoted[] {
  const lines = text.replaceAll(/\\\n\s*/g, ' ');
  return [...lines.matchAll(/npm (?:run (?:-s )?([\w:-]+)|(start)) -- ([^\n`]*)/g)].map(
    ([, script, start, rest = '']) => ({
      script: script ?? start!,
      options: [...rest.replace(/\s#.*/, '').matchAll(/(?<![\w-])--([a-z][a-z-]*)/g)].map(([, option]) => option!),
    }),
  );
}

/** Whether the command takes an option of this name, with a value or without. */
async function takes(script: string, option: string): Promise<boolean> {
  const ways = [`--${option}=x`, `--${option}`];
  if (script === 'start') return ways.some((way) => isOfServer(way));
  const main = COMMANDS[script as keyof typeof COMMANDS];
  if (!main)
    return [`${option}: { type:`, `'${option}': { type:`, `'--${option}'`].some((way) =>
      programOf(script).includes(way),
    );
  const out = new PassThrough().resume();
  const codes = await Promise.all(ways.map((way) => main([way, '--help'], {}, { out, err: out })));
  return codes.includes(0);
}

function isOfServer(way: string): boolean {
  try {
    return readServerConfiguration([way, '--help'], {}) === undefined;
  } catch (error) {
    if (error instanceof CannotRun) return false;
    throw error;
  }
}

/** What a script of package.json runs. */
function programOf(script: string): string {
  const [, file] = /tsx (\S+)/.exec(packageJson.scripts[script as keyof typeof packageJson.scripts] ?? '') ?? [];
  return file === undefined ? '' : readFileSync(file, 'utf8');
}

describe('a command line in a document', () => {
  it('names options that the command has', async () => {
    const unknown: string[] = [];
    let held = 0;
    for (const path of documents)
      for (const { script, options } of quotedIn(readFileSync(path, 'utf8')))
        for (const option of options) {
          held += 1;
          if (!(await takes(script, option))) unknown.push(`${path}: npm run ${script} -- --${option}`);
        }
    expect(unknown).toEqual([]);
    expect(held).toBeGreaterThan(40);
  });

  it('is found also where it goes on in the next line, and an option that is not there is noticed', async () => {
    const text = 'npm run release -- --instrument a.1 \\\n  --dry-run --cut-off 2026-01-01  # --no option';
    expect(quotedIn(text)).toEqual([{ script: 'release', options: ['instrument', 'dry-run', 'cut-off'] }]);
    expect(await takes('release', 'dry-run')).toBe(true);
    expect(await takes('release', 'cutoff')).toBe(true);
    expect(await takes('release', 'cut-off')).toBe(false);
    expect(await takes('start', 'no-demo')).toBe(true);
    expect(await takes('start', 'demo')).toBe(false);
    expect(await takes('attacks', 'n')).toBe(true);
  });
});
