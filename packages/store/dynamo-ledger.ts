import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type DynamoDBClient, GetItemCommand, PutItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Ledger, LedgerEntry } from '#contracts/release';
import { IsoDate } from '#contracts/text';
import { canonicalJson } from './hashes.ts';
import type { LedgerStore } from './ports.ts';
import { ledgerKey } from './tables.ts';

/** An item may have 400 KB; a margin keeps a chunk clear of it. */
const MAX_CHUNK_BYTES = 300_000;
/** About 210 KB of gzip: two hashes of an entry are 64 bytes that no compression removes. */
const ENTRIES_PER_CHUNK = 3_000;
const PARALLEL_WRITES = 4;

/**
 * The ledger in DynamoDB: entries sorted by organisation, in gzipped chunks of at most 300 KB (400,000 organisations are
 * some 130 items), then the header, which names how many chunks there are and their hash. The same ledger gives the
 * same bytes, so writing may be repeated; without its header a ledger does not exist.
 */
export function createLedgerStore(client: DynamoDBClient, tableName: string): LedgerStore {
  return {
    async write(ledger) {
      const chunks = ledgerChunks(ledger.entries);
      for (let first = 0; first < chunks.length; first += PARALLEL_WRITES) {
        const batch = chunks.slice(first, first + PARALLEL_WRITES).map((bytes, index) =>
          client.send(
            new PutItemCommand({
              TableName: tableName,
              Item: { ...ledgerKey(ledger.releaseId, first + index + 1), gzip: { B: bytes } },
            }),
          ),
        );
        await Promise.all(batch);
      }
      const header: Header = { cutoffOn: ledger.cutoffOn, chunks: chunks.length, hash: hashOf(chunks) };
      await client.send(
        new PutItemCommand({
          TableName: tableName,
          Item: { ...ledgerKey(ledger.releaseId, 0), json: { S: canonicalJson(header) } },
        }),
      );
    },

    /** Throws when there is no complete ledger, or when its bytes are not those that were written. */
    async read(releaseId) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: ledgerKey(releaseId, 0), ConsistentRead: true }),
      );
      if (Item?.json?.S === undefined) throw new Error(`there is no ledger of ${releaseId}`);
      const header = Header.parse(JSON.parse(Item.json.S));
      const chunks: Uint8Array[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: tableName,
          ConsistentRead: true,
          KeyConditionExpression: '#release = :release AND chunk BETWEEN :first AND :last',
          ExpressionAttributeNames: { '#release': 'release' },
          ExpressionAttributeValues: {
            ':release': { S: releaseId },
            ':first': { N: '1' },
            ':last': { N: String(Math.max(1, header.chunks)) },
          },
        },
      );
      for await (const page of pages) for (const item of page.Items ?? []) chunks.push(item.gzip!.B!);
      const kept = chunks.slice(0, header.chunks);
      if (kept.length !== header.chunks || hashOf(kept) !== header.hash)
        throw new Error(`the ledger of ${releaseId} is not as it was written`);
      return { releaseId, cutoffOn: header.cutoffOn, entries: kept.flatMap(entriesOf) } satisfies Ledger;
    },
  };
}

const Header = z.strictObject({ cutoffOn: IsoDate, chunks: z.int().min(0), hash: z.string() });
type Header = z.infer<typeof Header>;

/** A chunk by itself: lists of groups once each, and per entry its values and the number of its list. */
interface Chunk {
  groups: string[][];
  /** Without a source but with a first submission, the source is an empty text. */
  entries: [
    organisation: string,
    submission: string,
    isInvited: 0 | 1,
    groups: number,
    source?: string,
    first?: string,
  ][];
}

/** Gzipped chunks of the entries, sorted by organisation and submission; deterministic. */
export function ledgerChunks(entries: LedgerEntry[]): Uint8Array[] {
  const sorted = [...entries].sort(
    (a, b) => compare(a.organisation, b.organisation) || compare(a.submission, b.submission),
  );
  const chunks: Uint8Array[] = [];
  for (let first = 0; first < sorted.length; first += ENTRIES_PER_CHUNK)
    chunks.push(...fittingChunks(sorted.slice(first, first + ENTRIES_PER_CHUNK)));
  return chunks;
}

function fittingChunks(entries: LedgerEntry[]): Uint8Array[] {
  const bytes = gzipSync(JSON.stringify(chunkOf(entries)));
  if (bytes.length <= MAX_CHUNK_BYTES) return [bytes];
  if (entries.length === 1) throw new RangeError('a ledger entry is larger than an item may be');
  const middle = entries.length >> 1;
  return [...fittingChunks(entries.slice(0, middle)), ...fittingChunks(entries.slice(middle))];
}

function chunkOf(entries: LedgerEntry[]): Chunk {
  const numbers = new Map<string, number>();
  const chunk: Chunk = { groups: [], entries: [] };
  for (const { organisation, submission, isInvited, source, groups, first } of entries) {
    const sorted = [...groups].sort(compare);
    const spelling = sorted.join('\n');
    let number = numbers.get(spelling);
    if (number === undefined) {
      number = chunk.groups.push(sorted) - 1;
      numbers.set(spelling, number);
    }
    const invited = isInvited ? 1 : 0;
    const entry: Chunk['entries'][number] = [organisation, submission, invited, number];
    if (source !== undefined || first !== undefined) entry.push(source ?? '');
    if (first !== undefined) entry.push(first);
    chunk.entries.push(entry);
  }
  return chunk;
}

function entriesOf(bytes: Uint8Array): LedgerEntry[] {
  const chunk = JSON.parse(gunzipSync(bytes).toString()) as Chunk;
  return chunk.entries.map(([organisation, submission, invited, groups, source, first]) => ({
    organisation,
    submission,
    isInvited: invited === 1,
    ...(source ? { source } : {}),
    groups: chunk.groups[groups]!,
    ...(first === undefined ? {} : { first }),
  }));
}

function hashOf(chunks: Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const bytes of chunks) hash.update(bytes);
  return hash.digest('hex');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
