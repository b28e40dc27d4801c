import { formatChecked, groupSymbols, parseChecked } from './checked-base32.ts';

export { BASE32_SYMBOLS as RECEIPT_SYMBOLS } from './checked-base32.ts';

/**
 * A receipt (Rückkehr-Code) is a random 128-bit secret that its organisation copies from screen or paper: 26 data
 * symbols and a check symbol (checked-base32.ts), in nine groups of three.
 */
const DATA_SYMBOLS = 26;
const RECEIPT_BYTES = 16;
const GROUP_LENGTH = 3;
/** 26 symbols hold 130 bits, a receipt has 128. */
const FIRST_AT_MOST = 7;

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
  const code = formatChecked(bytes, { dataSymbols: DATA_SYMBOLS, bits: 8 * RECEIPT_BYTES });
  return code === null ? null : groupReceipt(code);
}

/**
 * A new receipt, as it is printed. Five of 37 draws have a check symbol that is no ordinary letter and are drawn again.
 *
 * @param randomBytes from a cryptographic source
 */
export function makeReceipt(randomBytes: (length: number) => Uint8Array): string {
  for (;;) {
    const receipt = formatReceipt(randomBytes(RECEIPT_BYTES));
    if (receipt !== null) return receipt;
  }
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
  const parsed = parseChecked(text, DATA_SYMBOLS, FIRST_AT_MOST);
  return parsed.ok ? { ok: true, receipt: parsed.code } : parsed;
}

/** Sets a canonical receipt in groups of three joined by hyphens, as it is printed. */
export function groupReceipt(receipt: string): string {
  return groupSymbols(receipt, GROUP_LENGTH);
}
