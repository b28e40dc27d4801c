import { spawn } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { coldStart } from './cold-start.ts';
import { cost } from './cost.ts';
import { httpIngest } from './http-ingest.ts';
import { loadForMinutes } from './load.ts';
import { say } from './measure.ts';
import { readLatency } from './read-latency.ts';
import { formerReleases, releaseExponents, releaseGrowth } from './release-growth.ts';
import { writeReport } from './report.ts';
import { scale } from './scale.ts';
import { siteLab } from './site-lab.ts';

/**
 * `npm run bench`, or `npm run bench -- release read` for some; with `--report` what was run goes into docs/benchmarks.md.
 * Each part runs in a process of its own, so that none inherits another's heap. Nothing is asserted about time; the parts fail only where figures disagree.
 */
const BENCHMARKS: Record<string, { title: string; parts: (() => Promise<void>)[] }> = {
  ingest: { title: '(a) submissions a second through HTTP, against bare PutItem', parts: [httpIngest] },
  read: { title: '(b) GET /v1/standing in process, against a bare route', parts: [readLatency] },
  release: {
    title: '(c) a whole release as it grows',
    parts: [
      ...[270, 10_000, 100_000, 1_000_000].map((size) => () => releaseGrowth(size)),
      () => releaseGrowth(30_000, 1000),
      formerReleases,
      releaseExponents,
    ],
  },
  load: {
    title: '(d) more reads and writes than one server can take, against the same server idle',
    parts: [loadForMinutes],
  },
  site: { title: '(e) the result page in Chromium, against itself with vega-embed loaded eagerly', parts: [siteLab] },
  lambda: { title: '(f) from a cold start to the first answer, as Lambda runs it', parts: [coldStart] },
  cost: { title: '(g) what a month costs', parts: [cost] },
  scale: { title: '(h) the tallies of five million submissions in SQL, against the program', parts: [scale] },
};

const [inProcess, part] = (process.env.BENCH_PART ?? '').split('/');
const chosen = BENCHMARKS[inProcess ?? '']?.parts[Number(part)];
if (chosen) await chosen();
else await runAll(process.argv.slice(2));

async function runAll(given: string[]): Promise<void> {
  const names = given.filter((name) => name !== '--report');
  const unknown = names.find((name) => !Object.hasOwn(BENCHMARKS, name));
  if (unknown !== undefined) {
    say(`"${unknown}" is no benchmark; there are ${Object.keys(BENCHMARKS).join(', ')}.`);
    process.exitCode = 1;
    return;
  }
  const machine = [
    [
      `Node ${process.version}`,
      `${os.type()} ${os.release().split('-')[0]}`,
      `${os.availableParallelism()} cores (${os.cpus()[0]?.model.trim()})`,
      `${Math.round(os.totalmem() / 2 ** 30)} GB, ${new Date().toISOString().slice(0, 10)}`,
    ].join(', '),
    `Load before the start: ${os.loadavg()[0]?.toFixed(1)}. Medians with ranges; ratios are taken round by round.`,
  ];
  for (const line of machine) say(line);
  for (const name of names.length === 0 ? Object.keys(BENCHMARKS) : names) {
    const { title, parts } = BENCHMARKS[name]!;
    say(`\n${title}`);
    let printed = '';
    for (const place of parts.keys()) printed += await runPart(`${name}/${place}`);
    if (given.includes('--report')) await writeReport(machine, { name, title, printed });
  }
}

/** Runs a part in a process of its own; passes on and returns what it prints. */
async function runPart(part: string): Promise<string> {
  const options = ['--expose-gc', '--max-old-space-size=8192', '--import', 'tsx', fileURLToPath(import.meta.url)];
  const env = { ...process.env, BENCH_PART: part, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  const child = spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'], env });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    process.stdout.write(text);
  });
  const [status] = await once(child, 'close');
  if (status === 0) return printed;
  process.exitCode = 1;
  return `${printed}(ended with an error)\n`;
}
