import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { foldFromBytes, foldToBytes } from '#microdata/fold-bytes';
import { loadInstruments } from '#functions/instruments';
import { foldOf, itemsOf, windowOf } from './fold-worker.ts';
import { collectGarbage, say, show, timed } from './measure.ts';

const SUBMISSIONS = 100_000;
const WORKERS = [1, 2, 4, 8];
const ROUNDS = 3;

/**
 * (i) Decoding and folding of one log by more workers, each a segment in a process of its own, against one worker in the
 * same round; then what writing their folds down and reading them again takes, as the parts of a large sector are, and
 * what uniting them and making the roster takes, which one process has to do. Processor time of the slowest worker tells
 * what a machine with enough cores would take; the clock tells what this one did.
 */
export async function foldWorkers(): Promise<void> {
  const instrument = (await loadInstruments([])).get('digitalcheck.1')!;
  const taken = WORKERS.map(() => ({
    clock: [] as number[],
    slowest: [] as number[],
    merge: [] as number[],
    bytes: [] as number[],
  }));
  let bytesEach = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (const [place, workers] of WORKERS.entries()) {
      const share = SUBMISSIONS / workers;
      const answers = await foldBeside(workers, share);
      const rows = answers.reduce((sum, answer) => sum + answer.rows, 0);
      if (rows !== SUBMISSIONS) throw new Error(`${workers} workers folded ${rows} of ${SUBMISSIONS} submissions`);
      taken[place]!.clock.push(Math.max(...answers.map(({ ms }) => ms)));
      taken[place]!.slowest.push(Math.max(...answers.map(({ cpuMs }) => cpuMs)));

      const made = Array.from({ length: workers }, (_, segment) =>
        foldOf(instrument, itemsOf(instrument, segment, share)),
      );
      collectGarbage();
      const written = await timed(() =>
        made.map((fold) => {
          const bytes = foldToBytes(fold, windowOf(instrument), 'bench');
          bytesEach = bytes.length / share;
          return foldFromBytes(bytes, windowOf(instrument), 'bench');
        }),
      );
      taken[place]!.bytes.push(written.cpuMs);
      const [first, ...others] = written.result;
      collectGarbage();
      const merged = await timed(() => {
        for (const other of others) first!.merge(other);
        return first!.roster();
      });
      taken[place]!.merge.push(merged.cpuMs);
    }
  }
  for (const [place, workers] of WORKERS.entries()) {
    const { clock, slowest, merge, bytes } = taken[place]!;
    const ofOne = slowest.map((value, round) => value / taken[0]!.slowest[round]!);
    say(
      `${workers} ${workers === 1 ? 'worker: ' : 'workers:'} slowest ${show(slowest, 'ms')} of processor, ${show(ofOne, 'of one', 2)}; by the clock ${show(clock, 'ms')}; all parts written and read ${show(bytes, 'ms')} of processor; uniting and roster ${show(merge, 'ms')} of processor`,
    );
  }
  say(`a part takes ${Math.round(bytesEach)} bytes for each submission`);
}

interface WorkerAnswer {
  ms: number;
  cpuMs: number;
  rows: number;
}

/** Lets so many processes fold their segments at the same time, once all have theirs in memory. */
async function foldBeside(workers: number, share: number): Promise<WorkerAnswer[]> {
  const file = fileURLToPath(new URL('fold-worker.ts', import.meta.url));
  const children = Array.from({ length: workers }, (_, segment) =>
    fork(file, [`${segment}`, `${share}`], { execArgv: ['--expose-gc', '--import', 'tsx'] }),
  );
  await Promise.all(children.map((child) => once(child, 'message')));
  return Promise.all(
    children.map(async (child) => {
      const answer = once(child, 'message');
      child.send('fold');
      return (await answer)[0] as WorkerAnswer;
    }),
  );
}
