import { execFileSync } from 'node:child_process';
import packageJson from '../../package.json' with { type: 'json' };

/** Built into what is uploaded (`build.ts`), where neither package.json nor git is at hand. */
declare const BUILT_PROGRAM: string;

/** Which program this is: its version and the commit it was made from, as "0.1.0+3f9a2c1b5d7e"; outside git the version alone. */
export function readProgram(): string {
  program ??= typeof BUILT_PROGRAM === 'string' ? BUILT_PROGRAM : [packageJson.version, ...commit()].join('+');
  return program;
}

/** Git is asked once. */
let program: string | undefined;

function commit(): string[] {
  try {
    const cwd = new URL('../..', import.meta.url);
    const options = { cwd, stdio: 'pipe', encoding: 'utf8' } as const;
    return [execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], options).trim()];
  } catch {
    return [];
  }
}
