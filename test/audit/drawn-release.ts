import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AuditLog } from '#audit/audit-log';
import type { GivenFiles } from '#audit/audit-release';
import type { ShownRelease } from '#audit/form';
import { Instrument } from '#contracts/instrument';
import type { Policy } from '#contracts/policy';
import type { Review } from '#contracts/review';
import type { LogItem } from '#contracts/submission';
import { decideRelease } from '#disclosure/decide-release';
import { drawRelease } from '#disclosure/draw-release';
import { POLICY } from '#disclosure/policy';
import { createFold, type FoldWindow } from '#microdata/fold';
import { manifestOf } from './manifest-of.ts';

const textOf = (name: string) => readFileSync(new URL(`../fixtures/method-2/${name}`, import.meta.url), 'utf8');
export const instrument = Instrument.parse(JSON.parse(textOf('instrument.json')));
export const items = textOf('log.jsonl')
  .trimEnd()
  .split('\n')
  .map((line): LogItem => JSON.parse(line));
const given = JSON.parse(textOf('given.json')) as Omit<FoldWindow, 'instruments'> & { key: string; reviews: Review[] };
export const key = Uint8Array.from(Buffer.from(given.key, 'hex'));
export const window: FoldWindow = {
  instruments: new Map([[instrument.id, instrument]]),
  cutoffOn: given.cutoffOn,
  after: given.after,
  acceptedUntil: given.acceptedUntil,
  acceptedAfter: given.acceptedAfter,
};
/** Two releases before: what was accepted until the older of them counts no more. */
export const former: ShownRelease['former'] = [
  {
    releaseId: 'probe.1-2025-12-31-00000002',
    cutoffOn: '2025-12-31',
    acceptedUntil: '2026-01-05T00:00:00.000Z',
    state: 'listed',
  },
  {
    releaseId: 'probe.1-2025-06-30-00000001',
    cutoffOn: '2025-06-30',
    acceptedUntil: given.acceptedAfter!,
    state: 'taken-down',
  },
];

export function logOf(taken: readonly LogItem[], bounds: FoldWindow = window): AuditLog {
  const log = new AuditLog(bounds);
  for (const item of taken) log.add(item);
  return log;
}

/** The release that the publisher's code makes of a log, free to be changed by a test. */
export function drawnRelease(
  taken: readonly LogItem[] = items,
  { policy = POLICY, drawingKey = key }: { policy?: Policy; drawingKey?: Uint8Array } = {},
) {
  const fold = createFold(window);
  for (const item of taken) fold.add(item);
  fold.review(policy.quality, given.reviews);
  const input = { instrument, participations: fold.participations(), policy };
  const decided = decideRelease(input);
  const drawn = drawRelease({ ...input, decided, cutoffOn: window.cutoffOn, key: drawingKey });
  const manifest = manifestOf(instrument, window, drawn, { policy, former });
  const { cells, changes } = drawn;
  return structuredClone({ manifest, cells, changes, reviews: given.reviews, former, key: drawingKey });
}

/** Files as they lie in a store, with their list. */
export function filesOf(contents: Record<string, string>): GivenFiles {
  const bytes = new Map(Object.entries(contents).map(([name, text]) => [name, new TextEncoder().encode(text)]));
  return {
    listed: [...bytes].map(([name, content]) => ({
      name,
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
      mediaType: 'text/plain',
    })),
    read: async (name) => bytes.get(name),
  };
}
