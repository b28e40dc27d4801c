import type { Instrument } from '#contracts/instrument';
import { seriesOf } from '#contracts/series';
import type { Instruments } from './load-instruments.ts';

/** The newest version of the series that an id belongs to (`digitalcheck.1` -> `digitalcheck.1.1`); undefined if that id is unknown. */
export function newestVersion(instruments: Instruments, id: string): Instrument | undefined {
  if (!instruments.has(id)) return undefined;
  return [...instruments.values()]
    .filter((instrument) => seriesOf(instrument.id) === seriesOf(id))
    .sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
    .at(-1);
}
