import { spawnSync } from 'node:child_process';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { foldMillion } from './fold-million.ts';
import { say } from './measure.ts';

/** Each benchmark runs in a process of its own, so that none inherits another's heap. */
const BENCHMARKS: Record<string, { title: string; run: () => Promise<void> }> = {
  fold: { title: '(b) fold and all cuts of 1,000,000 submissions', run: foldMillion },
};

const [name, ...others] = process.argv.slice(2);
const chosen = name === undefined ? undefined : BENCHMARKS[name];
if (chosen && process.env.BENCH_CHILD === '1') {
  await chosen.run();
} else {
  const names = name === undefined ? Object.keys(BENCHMARKS) : [name, ...others];
  const unknown = names.find((entry) => !BENCHMARKS[entry]);
  if (unknown !== undefined) {
    say(`"${unknown}" is no benchmark; there are ${Object.keys(BENCHMARKS).join(', ')}.`);
    process.exit(1);
  }
  say(`Node ${process.version}, ${os.availableParallelism()} cores, ${os.cpus()[0]?.model.trim()}`);
  say('Medians with ranges (least to greatest); ratios are taken round by round.');
  for (const entry of names) {
    say(`\n${BENCHMARKS[entry]?.title}`);
    const { status } = spawnSync(
      process.execPath,
      ['--expose-gc', '--import', 'tsx', fileURLToPath(import.meta.url), entry],
      { stdio: 'inherit', env: { ...process.env, BENCH_CHILD: '1' } },
    );
    if (status !== 0) process.exitCode = 1;
  }
}
