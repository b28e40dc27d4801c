import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Admission, Answer, LogItem, StoredSubmission, Tombstone, Withdrawal } from '#contracts/submission';
import { WITHDRAWAL_KEY } from '#contracts/submission';
import { hashBytes, submissionKey, withdrawalKey } from './tables.ts';

/**
 * How the log's items look in DynamoDB. A write costs one unit up to 1,024 bytes, names included, so attribute names
 * have one letter, hashes are bytes and dates numbers; codes stay words, so that an item is readable without its
 * instrument:
 *
 * | name      | type | holds                                                                |
 * |-----------|------|----------------------------------------------------------------------|
 * | o, k      | B    | organisation and key hash (keys)                                     |
 * | i         | S    | instrument id                                                        |
 * | d         | N    | conducted on, e.g. 20260630                                          |
 * | t         | N    | accepted at, epoch milliseconds                                      |
 * | a         | S    | admission: o, i, t                                                   |
 * | s         | S    | source                                                               |
 * | p         | S    | profile, `level=carrier,sector=elder-care`                           |
 * | r         | S    | answers by level, `0=backup;3=access,data;na=exchange`               |
 * | c         | S    | scores, `it=45,innovation=70`                                        |
 * | q         | S    | questions, `obstacle=time;support=funding,peers`                     |
 * | e         | N    | seconds taken                                                        |
 * | g         | S    | ids of the associations, `c-0a1b2c3d,c-4e5f6a7b`                     |
 * | h         | B    | hash of the body                                                     |
 * | w         | N    | withdrawn at, epoch milliseconds: a tombstone or a withdrawal        |
 * | n         | B    | of a withdrawal: the withdrawn keys, 32 bytes each                   |
 * | expiresAt | N    | epoch seconds                                                        |
 */
export type Item = Record<string, AttributeValue>;

/** Throws a TypeError on a code that would not survive the packing, or a hash that is none. */
export function encodeSubmission(submission: StoredSubmission): Item {
  return {
    ...submissionKey(submission.organisation, submission.key),
    i: { S: submission.instrument },
    d: { N: submission.conductedOn.replaceAll('-', '') },
    t: epochMilliseconds(submission.acceptedAt),
    a: { S: ADMISSION_LETTERS[submission.admission] },
    p: { S: packPairs(submission.profile) },
    h: { B: hashBytes(submission.bodyHash) },
    expiresAt: { N: String(submission.expiresAt) },
    ...(submission.source === undefined ? {} : { s: { S: submission.source } }),
    ...(submission.answers === undefined ? {} : { r: { S: packLists(byLevel(submission.answers)) } }),
    ...(submission.scores === undefined ? {} : { c: { S: packPairs(submission.scores) } }),
    ...(submission.questions === undefined ? {} : { q: { S: packLists(submission.questions) } }),
    ...(submission.secondsTaken === undefined ? {} : { e: { N: String(submission.secondsTaken) } }),
    ...(submission.associations === undefined ? {} : { g: { S: packCodes(submission.associations) } }),
  };
}

export function encodeTombstone(tombstone: Tombstone): Item {
  return {
    ...submissionKey(tombstone.organisation, tombstone.key),
    w: epochMilliseconds(tombstone.withdrawnAt),
    expiresAt: { N: String(tombstone.expiresAt) },
  };
}

export function encodeWithdrawal(withdrawal: Withdrawal): Item {
  return {
    ...withdrawalKey(withdrawal.organisation),
    w: epochMilliseconds(withdrawal.withdrawnAt),
    n: { B: packHashes(withdrawal.keys) },
    expiresAt: { N: String(withdrawal.expiresAt) },
  };
}

export function packHashes(hashes: string[]): Buffer {
  return Buffer.concat(hashes.map(hashBytes));
}

/** Throws an Error naming the attribute that is missing; never what another holds. */
export function decodeLogItem(item: Item): LogItem {
  const organisation = base64url(bytesOf(item, 'o'));
  const expiresAt = numberOf(item, 'expiresAt');
  if (item.w !== undefined) {
    const withdrawnAt = new Date(numberOf(item, 'w')).toISOString();
    const key = Buffer.from(bytesOf(item, 'k'));
    if (key.toString('latin1') !== WITHDRAWAL_KEY)
      return { kind: 'tombstone', organisation, key: base64url(key), withdrawnAt, expiresAt };
    const packed = Buffer.from(bytesOf(item, 'n'));
    const keys = Array.from({ length: packed.length / 32 }, (_, index) =>
      packed.subarray(index * 32, index * 32 + 32).toString('base64url'),
    );
    return { kind: 'withdrawal', organisation, keys, withdrawnAt, expiresAt };
  }
  const day = stringOf(item, 'd', 'N');
  const admission = ADMISSIONS[stringOf(item, 'a')];
  if (!admission) throw new Error('submission item: unknown admission');
  return {
    kind: 'submission',
    organisation,
    key: base64url(bytesOf(item, 'k')),
    instrument: stringOf(item, 'i'),
    conductedOn: `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`,
    acceptedAt: new Date(numberOf(item, 't')).toISOString(),
    admission,
    ...(item.s === undefined ? {} : { source: stringOf(item, 's') }),
    profile: unpackPairs(stringOf(item, 'p')),
    ...(item.r === undefined ? {} : { answers: byItem(unpackLists(stringOf(item, 'r'))) }),
    ...(item.c === undefined ? {} : { scores: numbers(unpackPairs(stringOf(item, 'c'))) }),
    ...(item.q === undefined ? {} : { questions: unpackLists(stringOf(item, 'q')) }),
    ...(item.e === undefined ? {} : { secondsTaken: numberOf(item, 'e') }),
    ...(item.g === undefined ? {} : { associations: unpackCodes(stringOf(item, 'g')) }),
    bodyHash: base64url(bytesOf(item, 'h')),
    expiresAt,
  };
}

/**
 * Size of an item of the log in bytes as DynamoDB bills it: names and texts in UTF-8, bytes as they are, a whole number one byte
 * and one more for every two significant digits. Source: "DynamoDB item sizes and formats", Amazon DynamoDB Developer Guide.
 */
export function itemSize(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueSize(value), 0);
}

function valueSize({ S, N, B }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (B !== undefined) return B.length;
  if (N === undefined || !/^\d+$/.test(N)) throw new TypeError('the log holds texts, bytes and whole numbers');
  // Digits are counted in pairs from the decimal point; pairs of zeros at either end are not stored.
  const digits = N.padStart(N.length + (N.length % 2), '0').replace(/^(00)+|(00)+$/g, '');
  return 1 + digits.length / 2;
}

const ADMISSION_LETTERS: Record<Admission, string> = { open: 'o', invited: 'i', 'single-use': 's', trusted: 't' };
const ADMISSIONS: Record<string, Admission> = { o: 'open', i: 'invited', s: 'single-use', t: 'trusted' };

/** What an empty list or map packs to: no code, so it cannot be mistaken, and never an empty text. */
const NOTHING = '-';

function packCodes(codes: readonly string[]): string {
  for (const code of codes) if (!/^[a-z0-9][a-z0-9-]*$/.test(code)) throw new TypeError(`"${code}" is not a code`);
  return codes.length === 0 ? NOTHING : codes.join(',');
}
function unpackCodes(text: string): string[] {
  return text === NOTHING ? [] : text.split(',');
}

function packPairs(pairs: Record<string, string | number>): string {
  const entries = Object.entries(pairs).map(([id, value]) => `${packCodes([id])}=${packCodes([String(value)])}`);
  return entries.length === 0 ? NOTHING : entries.join(',');
}
function unpackPairs(text: string): Record<string, string> {
  return Object.fromEntries(unpackCodes(text).map((pair) => pair.split('=', 2) as [string, string]));
}

function packLists(lists: Record<string, readonly string[]>): string {
  const entries = Object.entries(lists).map(([id, codes]) => `${packCodes([id])}=${packCodes(codes)}`);
  return entries.length === 0 ? NOTHING : entries.join(';');
}
function unpackLists(text: string): Record<string, string[]> {
  if (text === NOTHING) return {};
  return Object.fromEntries(
    text.split(';').map((entry) => {
      const [id = '', codes = ''] = entry.split('=', 2);
      return [id, unpackCodes(codes)];
    }),
  );
}

const LEVELS: Answer[] = [0, 1, 2, 3, 4, 'na', 'dk'];

/** Twenty items share seven levels, so each level is written once and each item id costs its length and a comma. */
function byLevel(answers: Record<string, Answer>): Record<string, string[]> {
  const lists: Record<string, string[]> = {};
  for (const [item, answer] of Object.entries(answers)) {
    const level = String(answer);
    const items = lists[level];
    if (items) items.push(item);
    else lists[level] = [item];
  }
  return lists;
}

function byItem(lists: Record<string, string[]>): Record<string, Answer> {
  const answers: Record<string, Answer> = {};
  for (const level of LEVELS) for (const item of lists[String(level)] ?? []) answers[item] = level;
  return answers;
}

function numbers(pairs: Record<string, string>): Record<string, number> {
  return Object.fromEntries(Object.entries(pairs).map(([id, value]) => [id, Number(value)]));
}

function epochMilliseconds(instant: string): AttributeValue {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) throw new TypeError('not an instant');
  return { N: String(time) };
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}

function bytesOf(item: Item, name: string): Uint8Array {
  const bytes = item[name]?.B;
  if (!bytes) throw new Error(`submission item: attribute ${name} is missing`);
  return bytes;
}
function stringOf(item: Item, name: string, type: 'S' | 'N' = 'S'): string {
  const text = item[name]?.[type];
  if (text === undefined) throw new Error(`submission item: attribute ${name} is missing`);
  return text;
}
function numberOf(item: Item, name: string): number {
  return Number(stringOf(item, name, 'N'));
}
