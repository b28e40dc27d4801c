import { createHmac, type KeyObject } from 'node:crypto';

/**
 * Cell keys (Fraser & Wooton 2005, Joint UNECE/Eurostat work session on statistical data confidentiality; used by the
 * Australian Bureau of Statistics and the German census of 2022): each organisation has a record key, a cell has the sum of
 * its members', and every figure's random number follows from cell key and name. Equal sets have equal figures.
 */
export type Key = Uint8Array | KeyObject;

/** Sums of record keys modulo 2^64 for some cells, in halves of 32 bits: BigInt would cost most of the time. */
export interface CellKeys {
  upper: Uint32Array;
  lower: Uint32Array;
}

export function emptyCellKeys(cells: number): CellKeys {
  return { upper: new Uint32Array(cells), lower: new Uint32Array(cells) };
}

/** The first 8 bytes of HMAC-SHA256(key, text), big-endian, in halves of 32 bits. */
function eightBytes(key: Key, text: string): [upper: number, lower: number] {
  // A string, not a Buffer: whose allocation takes about a third of the time of a call (Node 20).
  const digest = createHmac('sha256', key).update(text).digest('hex');
  return [Number.parseInt(digest.slice(0, 8), 16), Number.parseInt(digest.slice(8, 16), 16)];
}

/** The record key of an organisation, in halves. */
export function recordKey(key: Key, organisation: string): [upper: number, lower: number] {
  return eightBytes(key, `record|${organisation}`);
}

/** Adds an organisation to a cell, in place. */
export function addRecord(cells: CellKeys, cell: number, [upper, lower]: readonly [number, number]): void {
  const sum = cells.lower[cell]! + lower;
  cells.lower[cell] = sum;
  cells.upper[cell] = cells.upper[cell]! + upper + (sum > 0xffffffff ? 1 : 0);
}

/** A cell's key as 16 hex digits. */
export function cellKeyAt({ upper, lower }: CellKeys, cell: number): string {
  return hex(upper[cell]!) + hex(lower[cell]!);
}

/** The cell key of the given organisations, each named once. */
export function cellKeyOf(key: Key, organisations: Iterable<string>): string {
  const cells = emptyCellKeys(1);
  for (const organisation of organisations) addRecord(cells, 0, recordKey(key, organisation));
  return cellKeyAt(cells, 0);
}

/**
 * The uniform random number of a figure, above 0 and at most 1: the first 53 of the 64 bits, and a half.
 *
 * @param cellKey 16 hex digits
 * @param name as `figure-names.ts` spells it
 */
export function uniform(key: Key, cellKey: string, name: string): number {
  const [upper, lower] = eightBytes(key, `${cellKey}|${name}`);
  return (upper * 2 ** 21 + (lower >>> 11) + 0.5) * 2 ** -53;
}

const hex = (half: number) => half.toString(16).padStart(8, '0');
