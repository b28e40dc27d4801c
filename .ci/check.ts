import { execFile } from 'node:child_process';

/**
 * `npm run check`: types, lint, dead code and architecture at the same time, or those that are named. Prints what a check has to say once it is
 * through, and one line for each; exits with 1 when one has failed. npm puts the programs in the way: starting npm again for
 * each would take two seconds of processor time.
 */
const CHECKS = {
  types: ['tsc', '--noEmit'],
  lint: ['biome', 'ci', '.'],
  'dead-code': ['knip'],
  architecture: ['vitest', 'run', '--project', 'program', '--reporter', 'dot', 'test/architecture.test.ts'],
};

/** @returns whether it passed */
function run(name: string, [program = '', ...args]: string[]): Promise<boolean> {
  const begun = performance.now();
  return new Promise((resolve) => {
    execFile(program, args, { maxBuffer: 64 * 2 ** 20 }, (error, out, err) => {
      if (error) process.stdout.write(`${out}${err}`);
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      process.stdout.write(`${name}: ${error ? 'FAILED' : 'passed'} (${seconds} s)\n`);
      resolve(error === null);
    });
  });
}

const named = process.argv.slice(2);
const unknown = named.find((name) => !(name in CHECKS));
if (unknown) throw new Error(`There is no check "${unknown}": ${Object.keys(CHECKS).join(', ')}.`);
const asked = Object.entries(CHECKS).filter(([name]) => named.length === 0 || named.includes(name));
const passed = await Promise.all(asked.map(([name, command]) => run(name, command)));
if (passed.includes(false)) process.exitCode = 1;
