import { createFold } from '#microdata/fold';
import { loadInstruments } from '#functions/instruments';
import { publish } from '#functions/publish/publish';
import { collectGarbage, peakAbove, say, show, Timings, timed } from './measure.ts';
import { memoryPublishing } from './memory-publishing.ts';
import { syntheticLog } from './synthetic.ts';

/** How often each size is measured. */
const ROUNDS: Record<number, number> = { 270: 5, 10000: 5, 1000000: 1 };

/**
 * (d) One whole release of the Digitalisierungscheck from answers, twenty a submission: fold, decision, audit, figures,
 * files; against reading and folding the same log and no more. `size` participations, a quarter of them with an earlier
 * submission. Each size in a process of its own.
 */
export async function releaseGrowth(size: number): Promise<void> {
  const instruments = await loadInstruments([]);
  const instrument = instruments.get('digitalcheck.1')!;
  const log = [
    ...syntheticLog(instrument, {
      submissions: Math.floor(size * 1.25),
      organisations: size,
      lastDay: '2026-06-30',
      days: 600,
      admission: 'invited',
    }),
  ];
  const now = '2026-07-15T08:00:00.000Z';
  const release = () =>
    publish(memoryPublishing(instruments, log, now), { instrument: instrument.id, cutoffOn: '2026-06-30' });

  const foldAlone = () => {
    const fold = createFold({
      instruments: new Map([[instrument.id, instrument]]),
      cutoffOn: '2026-06-30',
      after: '2024-06-30',
      acceptedUntil: now,
    });
    for (const submission of log) fold.add(submission);
    return fold.roster();
  };

  const rounds = ROUNDS[size] ?? 1;
  // The first run counts for memory, and warms up the smaller sizes.
  const first = await peakAbove(() => timed(release));
  const whole = new Timings('release');
  const alone = new Timings('fold alone');
  if (rounds === 1) whole.ms.push(first.result.ms);
  while (alone.ms.length < rounds) {
    collectGarbage();
    if (whole.ms.length < rounds) await whole.time(release);
    await alone.time(foldAlone);
  }
  const { manifest } = first.result.result;
  const published = manifest.cells.filter((cell) => cell.state === 'published').length;
  const ratio = whole.ms.map((ms, round) => ms / alone.ms[round]!);
  say(
    `${size.toLocaleString('en').padStart(9)} participations: ${show(whole.ms, 'ms', 0)}, ${first.mb.toFixed(0)} MB above the input; ${published} of ${manifest.cells.length} groups published`,
  );
  say(`${''.padStart(9)} release of ${size.toLocaleString('en')} / its fold alone: ${show(ratio, 'times', 1)}`);
}
