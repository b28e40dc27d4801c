import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Cell, Ledger, Manifest } from '#contracts/release';
import type { PublishDependencies } from '#functions/publish/publish';
import { publish } from '#functions/publish/publish';
import { canonicalJson } from '#store/hashes';
import { houses, publishing } from './publishing.ts';

/**
 * A sector too large for one function is folded by more workers, each a part of the scan. How many there are may not
 * change a byte of anything that is written.
 */
let service: Awaited<ReturnType<typeof publishing>>;
beforeAll(async () => {
  service = await publishing();
  await service.submit(...houses('elder-care', 70, { admission: 'invited' }), ...houses('youth', 33));
  const again = houses('elder-care', 20, { admission: 'invited', conductedOn: '2026-03-30' });
  await service.submit(
    ...again.map((house) => ({ ...house, key: Buffer.from(`${house.key}`.slice(0, 32)).toString('base64url') })),
  );
  await service.deps.submissions.withdraw(houses('youth', 33)[5]!.organisation, '2026-03-31T00:00:00.000Z');
});
afterAll(() => service.close());

it('1, 7 and 64 segments give the same release, byte for byte', async () => {
  const written = await Promise.all([1, 7, 64].map((segments) => everythingWritten(service.deps, segments)));
  expect(written[0]!.length).toBeGreaterThan(12);
  expect(written[0]!.join()).toContain('percentiles.csv');
  expect(written[0]!.join()).toContain('"state":"published"');
  expect(written[1]).toEqual(written[0]);
  expect(written[2]).toEqual(written[0]);
});

/** Publishes with so many segments into stores that keep nothing but a record of what was written, in order. */
async function everythingWritten(deps: PublishDependencies, segments: number): Promise<string[]> {
  const written: string[] = [];
  const files = new Map<string, Uint8Array>();
  let fold: string | undefined;
  let ledger: Ledger | undefined;
  const cells = new Map<string, Cell>();
  await publish(
    {
      ...deps,
      segments,
      releases: {
        ...deps.releases,
        openPlan: async () => undefined,
        begin: async () => 'begun',
        bindFold: async (_, hash) => (fold ??= hash),
        writeManifest: async (manifest: Manifest) => void written.push(`manifest ${canonicalJson(manifest)}`),
        writeCell: async (_, cell) => {
          cells.set(cell.group.key, cell);
          written.push(`cell ${canonicalJson(cell)}`);
        },
        flip: async (plan) => {
          written.push(`flip ${canonicalJson(plan)}`);
          return 'flipped';
        },
      },
      ledger: {
        write: async (entry) => {
          ledger = entry;
          written.push(`ledger ${canonicalJson(entry)}`);
        },
        read: async () => ledger!,
      },
      files: {
        put: async (path, bytes) => {
          files.set(path, bytes);
          written.push(`file ${path} ${Buffer.from(bytes).toString('base64')}`);
        },
        get: async (path) => files.get(path),
        list: async (prefix) => [...files.keys()].filter((path) => path.startsWith(prefix)),
        remove: async (path) => void files.delete(path),
      },
    },
    { instrument: [...deps.instruments.keys()][0]!, cutoffOn: '2026-03-31' },
  );
  return written;
}
