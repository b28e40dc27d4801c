import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '#contracts/release';
import { ledgerChunks } from '#store/dynamo-ledger';
import { organisationOf, sha256Hex } from '#store/hashes';

const release = 'digitalcheck.1-2026-06-30-0000000a';
const entry = (number: number, groups: string[]): LedgerEntry => ({
  organisation: organisationOf(`o${number}`),
  submission: organisationOf(`s${number}`),
  isInvited: number % 2 === 0,
  groups,
});

describe('the chunks of a ledger', () => {
  it('of 400,000 organisations are some hundred items of at most 300 KB', () => {
    const groups = Array.from({ length: 40 }, (_, number) => [`${release}/all`, `${release}/sector=s-${number}`]);
    const entries = Array.from({ length: 400_000 }, (_, number) => entry(number, groups[number % groups.length]!));
    const chunks = ledgerChunks(entries);
    expect(chunks.length).toBeLessThan(200);
    expect(Math.max(...chunks.map((bytes) => bytes.length))).toBeLessThanOrEqual(300_000);
  });

  it('are the same bytes for the same entries in any order', () => {
    const entries = Array.from({ length: 5_000 }, (_, number) =>
      entry(number, [`${release}/all`, `${release}/a=${number % 3}`]),
    );
    const shuffled = [...entries].reverse().map((one) => ({ ...one, groups: [...one.groups].reverse() }));
    expect(ledgerChunks(shuffled).map(sha256Hex)).toEqual(ledgerChunks(entries).map(sha256Hex));
  });

  it('are split further when the entries do not compress', () => {
    const wide = (number: number) =>
      Array.from({ length: 8 }, (_, index) => `${release}/${organisationOf(`${number}-${index}`)}`);
    const entries = Array.from({ length: 3_000 }, (_, number) => entry(number, wide(number)));
    const chunks = ledgerChunks(entries);
    expect(chunks.length).toBeGreaterThan(1);
    expect(Math.max(...chunks.map((bytes) => bytes.length))).toBeLessThanOrEqual(300_000);
    expect(ledgerChunks([])).toEqual([]);
  });
});
