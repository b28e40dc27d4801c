import { createFold, type Fold, type FoldWindow } from '#microdata/fold';
import type { Instrument } from '#contracts/instrument';
import { loadInstruments } from '#functions/instruments';
import { decodeLogItem, encodeSubmission, type Item } from '#store/submission-item';
import { collectGarbage, timed } from './measure.ts';
import { syntheticLog } from './synthetic.ts';

const CUTOFF = '2026-06-30';

/** The items of one segment, as a scan of the table gives them. */
export function itemsOf(instrument: Instrument, segment: number, submissions: number): Item[] {
  const log = syntheticLog(instrument, {
    submissions,
    organisations: Math.ceil(submissions / 1.25),
    lastDay: CUTOFF,
    days: 600,
    admission: 'invited',
    seed: segment + 1,
  });
  return Array.from(log, (entry) => encodeSubmission({ ...entry, bodyHash: entry.key }));
}

export function windowOf(instrument: Instrument): FoldWindow {
  return {
    instruments: new Map([[instrument.id, instrument]]),
    cutoffOn: CUTOFF,
    after: '2024-06-30',
    acceptedUntil: '2026-07-15T00:00:00.000Z',
  };
}

/** What one worker does: decode and fold its segment. */
export function foldOf(instrument: Instrument, items: readonly Item[]): Fold {
  const fold = createFold(windowOf(instrument));
  for (const item of items) fold.add(decodeLogItem(item));
  return fold;
}

/** A worker in a process of its own: takes a segment and its size, folds it when told, and says what it took. */
if (process.send) {
  const [segment, submissions] = process.argv.slice(2).map(Number);
  const instrument = (await loadInstruments([])).get('digitalcheck.1')!;
  const items = itemsOf(instrument, segment!, submissions!);
  collectGarbage();
  process.once('message', async () => {
    const { ms, cpuMs, result } = await timed(() => foldOf(instrument, items));
    process.send!({ ms, cpuMs, rows: result.rows.size });
    process.disconnect();
  });
  process.send('ready');
}
