import { createHash } from 'node:crypto';

/** The hash functions that make keys and identities. All are SHA-256, so that a key can be neither guessed nor undone. */

/** SHA-256 of bytes or of a text's UTF-8, as 64 hex digits. */
export function sha256Hex(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}

function sha256Base64url(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** The organisation behind a receipt (canonical form: 27 symbols, no hyphens), base64url, 43 characters. */
export function organisationOf(receipt: string): string {
  return sha256Base64url(receipt);
}

/** The sort key of a submission: a retry with the same Idempotency-Key meets its own item. Base64url, 43 characters. */
export function submissionKeyOf(instrument: string, idempotencyKey: string): string {
  // An instrument id holds no line feed, so two different pairs never spell the same text.
  return sha256Base64url(`${instrument}\n${idempotencyKey}`);
}

/** The key of a single-use code (canonical form: 16 symbols) in its table, base64url, 43 characters. */
export function invitationHashOf(code: string): string {
  return sha256Base64url(`invitation\n${code}`);
}

/**
 * What a single-use code is bound to once used: a hash of organisation and code together, so that the table alone tells
 * neither who used it nor which submission came with it. Base64url, 43 characters.
 */
export function claimOf(code: string, organisation: string): string {
  return sha256Base64url(`claim\n${code}\n${organisation}`);
}

/**
 * JSON with sorted keys and no white space: equal values give equal bytes. Entries that are `undefined` are left out.
 * Throws on what JSON cannot say (functions, NaN, infinity, `undefined` as a list entry or at the top).
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    if ('toJSON' in value && typeof value.toJSON === 'function') return canonicalJson(value.toJSON());
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([name, entry]) => `${JSON.stringify(name)}:${canonicalJson(entry)}`).join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} has no JSON form`);
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return JSON.stringify(value);
  throw new TypeError(`a value of type ${typeof value} has no JSON form`);
}
