import { execFile } from 'node:child_process';

/**
 * `npm run check`: types, lint, dead code and architecture at the same time. Prints what a check has to say once it is
 * through, and one line for each; exits with 1 when one has failed.
 */
const CHECKS = {
  types: ['npm', 'run', '--silent', 'types'],
  lint: ['npm', 'run', '--silent', 'lint'],
  'dead code': ['npm', 'run', '--silent', 'deadcode'],
  architecture: ['npx', 'vitest', 'run', '--project', 'program', '--reporter', 'dot', 'test/architecture.test.ts'],
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

const passed = await Promise.all(Object.entries(CHECKS).map(([name, command]) => run(name, command)));
if (passed.includes(false)) process.exitCode = 1;
