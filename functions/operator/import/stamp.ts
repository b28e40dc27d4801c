import type { Instrument } from '#contracts/instrument';
import { makeReceipt } from '#contracts/receipt';
import { inBatches, Pending, type PlanStore } from './plan-store.ts';
import { revisionKey } from './receipts-file.ts';
import type { ImportSummary } from './summary.ts';

/**
 * Gives each planned row its revision, and each new organisation its receipt; both must reach the disk before the first row
 * is sent. A row that is as it was keeps its revision, so that the service knows it; a number, once given, never stands for
 * another content.
 *
 * @returns whether anything is new
 */
export async function stampRows(
  store: PlanStore,
  summary: ImportSummary,
  { instrument, randomBytes }: { instrument: Instrument; randomBytes: (length: number) => Uint8Array },
): Promise<boolean> {
  let isChanged = false;
  for await (const batch of inBatches(store.rows.iterator(), 500)) {
    const rows = batch.map(([key, row]) => {
      const [organisation = '', conductedOn = ''] = key.split('\0');
      return { organisation, conductedOn, row };
    });
    const pending = new Pending(store);
    await pending.load(
      store.organisations,
      rows.map(({ organisation }) => organisation),
    );
    for (const { organisation, conductedOn, row } of rows) {
      if (row.isContradicted) continue;
      if (row.missing.length > 0) summary.incomplete += 1;
      for (const dimension of row.missing) summary.missing[dimension] = (summary.missing[dimension] ?? 0) + 1;
      const known = pending.get(store.organisations, organisation) ?? { receipt: null, revisions: {} };
      const key = revisionKey(instrument.id, conductedOn);
      const former = known.revisions[key];
      if (known.receipt !== null && former?.rowHash === row.rowHash) continue;
      isChanged = true;
      pending.put(store.organisations, organisation, {
        ...known,
        receipt: known.receipt ?? makeReceipt(randomBytes).replaceAll('-', ''),
        revisions: { ...known.revisions, [key]: { revision: (former?.revision ?? 0) + 1, rowHash: row.rowHash } },
      });
    }
    await pending.write();
  }
  return isChanged;
}

/** Other spellings of a key share its receipt, and are kept with it. */
export async function stampSpellings(store: PlanStore): Promise<boolean> {
  let isChanged = false;
  for await (const batch of inBatches(store.organisations.iterator(), 500)) {
    const pending = new Pending(store);
    const spellings = batch.filter(([, { sameAs, receipt }]) => sameAs !== undefined && receipt === null);
    await pending.load(
      store.organisations,
      spellings.map(([, { sameAs }]) => sameAs ?? ''),
    );
    for (const [key, spelling] of spellings) {
      const receipt = pending.get(store.organisations, spelling.sameAs ?? '')?.receipt ?? null;
      if (receipt === null) continue;
      pending.put(store.organisations, key, { ...spelling, receipt });
      isChanged = true;
    }
    await pending.write();
  }
  return isChanged;
}
