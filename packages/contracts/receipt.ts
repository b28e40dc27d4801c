/**
 * A receipt (Rückkehr-Code) is a random 128-bit secret that its organisation copies from screen or paper.
 *
 * Written form: 26 symbols of Crockford's base 32, most significant first, then one check symbol: the number modulo 37
 * (https://www.crockford.com/base32.html). 37 is prime and no power of 32 is a multiple of it, so every wrong symbol
 * and every swap of neighbours changes the remainder. Crockford needs five further symbols for the remainders 32 to 36;
 * receipts with these are never made, so that a receipt consists of ordinary letters and digits alone.
 */
export const RECEIPT_SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const DATA_SYMBOLS = 26;
const RECEIPT_LENGTH = DATA_SYMBOLS + 1;
const RECEIPT_BYTES = 16;
const CHECK_MODULUS = 37;
const GROUP_LENGTH = 3;

const VALUE_OF = new Map<string, number>([
  ...Array.from(RECEIPT_SYMBOLS, (symbol, value): [string, number] => [symbol, value]),
  ...Array.from(RECEIPT_SYMBOLS, (symbol, value): [string, number] => [symbol.toLowerCase(), value]),
  // What people read: the letters that look like digits.
  ...Array.from('IiLl', (letter): [string, number] => [letter, 1]),
  ...Array.from('Oo', (letter): [string, number] => [letter, 0]),
]);

/** Spaces of any width, hyphens and the dashes that word processors put in their place. */
const SEPARATOR = /[\s\u00ad\u2010-\u2015\u2212-]/u;

/**
 * Writes 16 random bytes as a receipt: nine groups of three symbols joined by hyphens.
 *
 * @param bytes 16 bytes from a cryptographic source, most significant first
 * @returns the receipt, or null for the 5 in 37 draws whose check symbol would not be ordinary: draw again
 * @throws RangeError unless there are exactly 16 bytes
 * @example
 * formatReceipt(new Uint8Array(16)); // => '000-000-000-000-000-000-000-000-000'
 */
export function formatReceipt(bytes: Uint8Array): string | null {
  if (bytes.length !== RECEIPT_BYTES) throw new RangeError(`a receipt has ${RECEIPT_BYTES} bytes, not ${bytes.length}`);
  let number = 0n;
  for (const byte of bytes) number = (number << 8n) | BigInt(byte);
  const check = RECEIPT_SYMBOLS[Number(number % BigInt(CHECK_MODULUS))];
  if (check === undefined) return null;
  let data = '';
  for (let place = DATA_SYMBOLS - 1; place >= 0; place--) {
    data += RECEIPT_SYMBOLS[Number((number >> BigInt(5 * place)) & 31n)];
  }
  return groupReceipt(data + check);
}

export type ReceiptParse =
  | { ok: true; receipt: string }
  | {
      ok: false;
      /** A symbol that no receipt has; too few or too many symbols; or a copying mistake somewhere. */
      reason: 'length' | 'symbol' | 'check';
      /** For `symbol`: its place from 1, spaces and hyphens not counted. */
      position?: number;
    };

/**
 * Reads a receipt as people type it. Lower case, spaces, hyphens and dashes are accepted anywhere; I and L are read as
 * 1, O as 0.
 *
 * @returns the canonical receipt, 27 symbols in upper case without hyphens, or what is wrong with the text
 * @example
 * parseReceipt('ooo ooo ooo ooo ooo ooo ooo ooo ooo'); // => { ok: true, receipt: '000000000000000000000000000' }
 */
export function parseReceipt(text: string): ReceiptParse {
  let receipt = '';
  let remainder = 0;
  let checkValue = 0;
  let position = 0;
  for (const character of text) {
    if (SEPARATOR.test(character)) continue;
    position += 1;
    const value = VALUE_OF.get(character);
    // 26 symbols hold 130 bits, a receipt has 128: the first symbol is at most 7.
    if (value === undefined || (position === 1 && value > 7)) return { ok: false, reason: 'symbol', position };
    receipt += RECEIPT_SYMBOLS[value];
    if (position <= DATA_SYMBOLS) remainder = (remainder * 32 + value) % CHECK_MODULUS;
    else checkValue = value;
  }
  if (position !== RECEIPT_LENGTH) return { ok: false, reason: 'length' };
  if (checkValue !== remainder) return { ok: false, reason: 'check' };
  return { ok: true, receipt };
}

/** Sets a canonical receipt in groups of three joined by hyphens, as it is printed. */
export function groupReceipt(receipt: string): string {
  const groups: string[] = [];
  for (let start = 0; start < receipt.length; start += GROUP_LENGTH) {
    groups.push(receipt.slice(start, start + GROUP_LENGTH));
  }
  return groups.join('-');
}
