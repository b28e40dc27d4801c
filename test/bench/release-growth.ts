import { monthsBefore } from '#contracts/calendar';
import type { Instrument } from '#contracts/instrument';
import type { StoredSubmission } from '#contracts/submission';
import { publish } from '#functions/publish/publish';
import { loadInstruments } from '#instruments/load-instruments';
import { createFold } from '#microdata/fold';
import { collectGarbage, peakAbove, say, show, Timings, timed } from './measure.ts';
import { memoryPublishing } from './memory-publishing.ts';
import { syntheticLog } from './synthetic.ts';

/** How often each size is measured. */
const ROUNDS: Record<number, number> = { 270: 5, 10000: 5, 100000: 3 };
const NOW = '2026-07-15T08:00:00.000Z';
const CUTOFF = '2026-06-30';

/** Every association has so many members in expectation: each organisation names two. */
function logOf(instrument: Instrument, organisations: number, associations = 0): StoredSubmission[] {
  const log = [
    ...syntheticLog(instrument, {
      submissions: Math.floor(organisations * 1.25),
      organisations,
      lastDay: CUTOFF,
      days: 600,
      admission: 'trusted',
    }),
  ];
  if (associations === 0) return log;
  const name = (place: number) => `c-${(place % associations).toString(16).padStart(8, '0')}`;
  const places = new Map([...new Set(log.map(({ organisation }) => organisation))].map((one, place) => [one, place]));
  return log.map((submission) => {
    const place = places.get(submission.organisation)!;
    return { ...submission, associations: [name(place), name(place * 7 + 1)] };
  });
}

async function releaseOf(log: readonly StoredSubmission[]) {
  const instruments = await loadInstruments([]);
  return publish(memoryPublishing(instruments, log, NOW), { instrument: 'digitalcheck.1', cutoffOn: CUTOFF });
}

function foldOf(instrument: Instrument, log: readonly StoredSubmission[]) {
  const fold = createFold({
    instruments: new Map([[instrument.id, instrument]]),
    cutoffOn: CUTOFF,
    after: monthsBefore(CUTOFF, instrument.windowMonths),
    acceptedUntil: NOW,
    acceptedAfter: null,
  });
  for (const submission of log) fold.add(submission);
  return fold.participations();
}

/**
 * (c) One whole release of the Digitalisierungscheck from answers, twenty a submission: fold, decision, draw, audit,
 * files; against reading and folding the same log and no more. `size` organisations, a quarter of them with an earlier
 * submission. Each size in a process of its own.
 */
export async function releaseGrowth(size: number, associations = 0): Promise<void> {
  const instrument = (await loadInstruments([])).get('digitalcheck.1')!;
  const log = logOf(instrument, size, associations);
  const rounds = associations > 0 ? 1 : (ROUNDS[size] ?? 1);
  // The first run counts for memory, and warms up the smaller sizes.
  const first = await peakAbove(() => timed(() => releaseOf(log)));
  const whole = new Timings('release');
  const alone = new Timings('fold alone');
  if (rounds === 1) whole.ms.push(first.result.ms);
  while (alone.ms.length < rounds) {
    collectGarbage();
    if (whole.ms.length < rounds) await whole.time(() => releaseOf(log));
    await alone.time(() => foldOf(instrument, log));
  }
  const outcome = first.result.result;
  if (outcome.state !== 'published') throw new Error(outcome.state);
  const { cells } = outcome.manifest;
  const published = cells.filter((cell) => cell.state === 'published').length;
  const ratio = whole.ms.map((ms, round) => ms / alone.ms[round]!);
  const among = associations > 0 ? ` in ${associations.toLocaleString('en')} associations, two each` : '';
  say(
    `${size.toLocaleString('en').padStart(9)} organisations${among}: ${show(whole.ms, 'ms', 0)}, ${first.mb.toFixed(0)} MB above the input; ${published} of ${cells.length} public groups published`,
  );
  say(`${''.padStart(9)} release of ${size.toLocaleString('en')}${among} / its fold alone: ${show(ratio, 'times', 1)}`);
}

/** How the time grows: the exponent of a power law through the medians of some sizes, by least squares of logarithms. */
export async function releaseExponents(): Promise<void> {
  const instrument = (await loadInstruments([])).get('digitalcheck.1')!;
  await releaseOf(logOf(instrument, 10_000));
  const exponentOf = async (what: string, sizes: readonly number[], logFor: (size: number) => StoredSubmission[]) => {
    const points: [number, number][] = [];
    for (const size of sizes) {
      const log = logFor(size);
      const runs = new Timings(what);
      for (let round = 0; round < 3; round++) {
        collectGarbage();
        await runs.time(() => releaseOf(log));
      }
      points.push([Math.log(size), Math.log(runs.ms.toSorted((a, b) => a - b)[1]!)]);
    }
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, at]) => at))];
    const slope =
      points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
    say(`exponent in ${what}, ${sizes.map((size) => size.toLocaleString('en')).join(', ')}: ${slope.toFixed(2)}`);
  };
  await exponentOf('organisations', [10_000, 30_000, 100_000], (size) => logOf(instrument, size));
  await exponentOf('associations of 30,000 organisations', [100, 300, 1000], (size) => logOf(instrument, 30_000, size));
}
