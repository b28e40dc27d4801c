import { monthsBefore } from '#contracts/calendar';
import type { Instrument } from '#contracts/instrument';
import type { Attempt, Manifest } from '#contracts/release';
import type { StoredSubmission } from '#contracts/submission';
import type { PublishDependencies } from '#functions/publish/dependencies';
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
      admission: 'open',
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

async function releaseOf(log: readonly StoredSubmission[], former: readonly Manifest[] = []) {
  const deps = memoryPublishing(await loadInstruments([]), log, NOW);
  for (const manifest of former) await putBefore(deps, manifest);
  return publish(deps, { instrument: 'digitalcheck.1', cutoffOn: CUTOFF });
}

/** Puts a release in force as if it had been published. */
async function putBefore({ releases }: PublishDependencies, manifest: Manifest): Promise<void> {
  const { releaseId, series, instrument, cutoffOn, acceptedUntil } = manifest;
  const attempt: Attempt = {
    ...{ releaseId, series, instrument, cutoffOn, acceptedUntil, heldUntil: NOW, replaces: null },
    follows: (await releases.seriesState(series)).head.releases[0]?.releaseId ?? null,
  };
  await releases.begin(attempt, '2000-01-01T00:00:00.000Z');
  await releases.writeManifest(manifest);
  await releases.putInForce(attempt, { releaseId, cutoffOn, acceptedUntil, state: 'listed' });
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
 * (c) One whole release of the Digitalisierungscheck from answers, twenty a submission: fold, review, decision, draw, audit,
 * files; against reading and folding the same log and no more. `size` organisations, a quarter of them with an earlier
 * submission. Each size in a process of its own. The processor's time tells more on a busy machine than the clock.
 */
export async function releaseGrowth(size: number, associations = 0): Promise<void> {
  const instrument = (await loadInstruments([])).get('digitalcheck.1')!;
  const log = logOf(instrument, size, associations);
  const rounds = associations > 0 ? 1 : (ROUNDS[size] ?? 1);
  // The first run counts for memory, and warms up the smaller sizes.
  const { mb, result: first } = await peakAbove(() => timed(() => releaseOf(log)));
  const whole = new Timings('release');
  const alone = new Timings('fold alone');
  if (rounds === 1) {
    whole.ms.push(first.ms);
    whole.cpuMs.push(first.cpuMs);
  }
  while (alone.ms.length < rounds) {
    collectGarbage();
    if (whole.ms.length < rounds) await whole.time(() => releaseOf(log));
    await alone.time(() => foldOf(instrument, log));
  }
  if (first.result.state !== 'published') throw new Error(first.result.state);
  const { cells } = first.result.manifest;
  const published = cells.filter((cell) => cell.state === 'published').length;
  const among = associations > 0 ? ` in ${associations.toLocaleString('en')} associations, two each` : '';
  const ratio = whole.cpuMs.map((ms, round) => ms / alone.cpuMs[round]!);
  const indent = ''.padStart(10);
  say(`${size.toLocaleString('en').padStart(9)} organisations${among}: processor ${show(whole.cpuMs, 'ms')}`);
  say(`${indent}by the clock ${show(whole.ms, 'ms')}; ${mb.toFixed(0)} MB above the log items`);
  say(`${indent}${published} of ${cells.length} public groups published`);
  say(`${indent}release of ${size.toLocaleString('en')}${among} / its fold alone: ${show(ratio, 'times', 1)}`);
}

/** What former releases cost: eight in the head, all before the first submission, against none. */
export async function formerReleases(): Promise<void> {
  const log = logOf((await loadInstruments([])).get('digitalcheck.1')!, 10_000);
  const outcome = await releaseOf(log);
  if (outcome.state !== 'published') throw new Error(outcome.state);
  const former = Array.from({ length: 8 }, (_, place): Manifest => {
    const cutoffOn = `${2010 + place}-06-30`;
    const releaseId = `digitalcheck.1-${cutoffOn}-0000000${place}`;
    return { ...outcome.manifest, releaseId, cutoffOn, acceptedUntil: `${cutoffOn}T22:00:00.000Z` };
  });
  const [without, after] = [new Timings('none before'), new Timings('eight before')];
  for (let round = 0; round < 5; round++) {
    collectGarbage();
    await without.time(() => releaseOf(log));
    collectGarbage();
    await after.time(() => releaseOf(log, former));
  }
  const ratio = after.cpuMs.map((ms, round) => ms / without.cpuMs[round]!);
  say(`release of 10,000 after eight former ones / as the first: ${show(ratio, 'times', 2)}`);
}

/** How the processor's time grows: the exponent of a power law through the medians of some sizes, by least squares of logarithms. */
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
      points.push([Math.log(size), Math.log(runs.cpuMs.toSorted((a, b) => a - b)[1]!)]);
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
