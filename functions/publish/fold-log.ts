import { monthsBefore } from '#contracts/calendar';
import type { Instrument } from '#contracts/instrument';
import type { Attempt, Head } from '#contracts/release';
import { seriesOf } from '#contracts/series';
import type { LogItem } from '#contracts/submission';
import type { Instruments } from '#instruments/load-instruments';
import type { FoldWindow } from '#microdata/fold';
import type { ParticipationDependencies } from './dependencies.ts';

/** What takes in the log: a fold, in any order of items. */
export interface Sink {
  add: (item: LogItem) => void;
}

/**
 * One scan of the whole log that feeds all sinks alike, so that a withdrawal on the way cannot set two folds at odds.
 *
 * @param pause called every few thousand items; may throw to end the scan
 */
export async function scanLog(
  { submissions, segments }: Pick<ParticipationDependencies, 'submissions' | 'segments'>,
  sinks: readonly Sink[],
  pause: () => void = () => {},
): Promise<void> {
  let items = 0;
  const scan = async (segment: number) => {
    for await (const item of submissions.scan(segment, segments)) {
      for (const sink of sinks) sink.add(item);
      items += 1;
      if (items % PAUSE_EVERY === 0) pause();
    }
  };
  await Promise.all(Array.from({ length: segments }, (_, segment) => scan(segment)));
}

const PAUSE_EVERY = 5_000;

/**
 * Which submissions count at a cut-off.
 *
 * @param instrument the version that leads: it says what is counted, and in which order
 */
export function windowOf(
  instruments: Instruments,
  instrument: Instrument,
  { cutoffOn, acceptedUntil }: Pick<Attempt, 'cutoffOn' | 'acceptedUntil'>,
  acceptedAfter: string | null,
): FoldWindow {
  return {
    instruments: versionsOf(instruments, instrument),
    cutoffOn,
    after: monthsBefore(cutoffOn, instrument.windowMonths),
    acceptedUntil,
    acceptedAfter,
  };
}

/** Every version of a series' instrument, the one that leads first. */
export function versionsOf(instruments: Instruments, instrument: Instrument): Map<string, Instrument> {
  const series = seriesOf(instrument.id);
  return new Map([[instrument.id, instrument], ...[...instruments].filter(([id]) => seriesOf(id) === series)]);
}

/**
 * Rule 7: a participation counts in so many releases that were ever put in force, so the next counts what was accepted
 * after the oldest of the last ones had closed. An erratum that copies drawn cells is no draw.
 *
 * @returns exclusive bound on `acceptedAt`; null while there were fewer releases
 */
export function acceptedAfter(releases: Head['releases'], releasesPerParticipation: number): string | null {
  const draws = releases.filter(({ copies }) => copies === undefined).map(({ acceptedUntil }) => acceptedUntil);
  return draws.sort().at(-releasesPerParticipation) ?? null;
}
