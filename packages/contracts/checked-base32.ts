import { plainCode } from './plain-code.ts';

/**
 * Codes that people copy: Crockford's base 32, most significant symbol first, then one check symbol, the number modulo 37
 * (https://www.crockford.com/base32.html). 37 is prime and no power of 32 is a multiple of it, so every wrong symbol
 * and every swap of neighbours changes the remainder. Crockford needs five further symbols for the remainders 32 to 36;
 * codes with these are never made, so that a code consists of ordinary letters and digits alone.
 */
export const BASE32_SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const CHECK_MODULUS = 37;

const VALUE_OF = new Map<string, number>([
  ...Array.from(BASE32_SYMBOLS, (symbol, value): [string, number] => [symbol, value]),
  ...Array.from(BASE32_SYMBOLS, (symbol, value): [string, number] => [symbol.toLowerCase(), value]),
  // What people read: the letters that look like digits.
  ...Array.from('IiLl', (letter): [string, number] => [letter, 1]),
  ...Array.from('Oo', (letter): [string, number] => [letter, 0]),
]);

/**
 * Writes random bytes as data symbols and their check symbol; of the bytes, the lowest `bits` count.
 *
 * @param dataSymbols how many symbols stand before the check symbol; they hold 5 bits each
 * @returns the code without hyphens, or null for the 5 in 37 draws whose check symbol would not be ordinary: draw again
 * @throws RangeError when there are fewer bytes than bits
 * @example
 * formatChecked(new Uint8Array(5), { dataSymbols: 7, bits: 35 }); // => '00000000'
 */
export function formatChecked(
  bytes: Uint8Array,
  { dataSymbols, bits }: { dataSymbols: number; bits: number },
): string | null {
  if (bytes.length * 8 < bits) throw new RangeError(`${bits} bits need more than ${bytes.length} bytes`);
  let number = 0n;
  for (const byte of bytes) number = (number << 8n) | BigInt(byte);
  number &= (1n << BigInt(bits)) - 1n;
  const check = BASE32_SYMBOLS[Number(number % BigInt(CHECK_MODULUS))];
  if (check === undefined) return null;
  let data = '';
  for (let place = dataSymbols - 1; place >= 0; place--) {
    data += BASE32_SYMBOLS[Number((number >> BigInt(5 * place)) & 31n)];
  }
  return data + check;
}

export type CheckedParse =
  | { ok: true; code: string }
  | {
      ok: false;
      /** A symbol that no such code has; too few or too many symbols; or a copying mistake somewhere. */
      reason: 'length' | 'symbol' | 'check';
      /** For `symbol`: its place from 1, spaces and hyphens not counted. */
      position?: number;
    };

/**
 * Reads a code as people type it. Lower case, spaces, hyphens and what `plainCode` takes away are accepted anywhere; I and L
 * are read as 1, O as 0.
 *
 * @param firstAtMost the greatest value of the first symbol, where the data symbols hold more bits than the code has
 * @returns the canonical code in upper case without hyphens, or what is wrong with the text
 */
export function parseChecked(text: string, dataSymbols: number, firstAtMost = 31): CheckedParse {
  let code = '';
  let remainder = 0;
  let checkValue = 0;
  let position = 0;
  for (const character of plainCode(text).replaceAll('-', '')) {
    position += 1;
    const value = VALUE_OF.get(character);
    if (value === undefined || (position === 1 && value > firstAtMost))
      return { ok: false, reason: 'symbol', position };
    code += BASE32_SYMBOLS[value];
    if (position <= dataSymbols) remainder = (remainder * 32 + value) % CHECK_MODULUS;
    else checkValue = value;
  }
  if (position !== dataSymbols + 1) return { ok: false, reason: 'length' };
  if (checkValue !== remainder) return { ok: false, reason: 'check' };
  return { ok: true, code };
}

/** Sets a code in groups joined by hyphens, as it is printed. */
export function groupSymbols(code: string, groupLength: number): string {
  const groups: string[] = [];
  for (let start = 0; start < code.length; start += groupLength) groups.push(code.slice(start, start + groupLength));
  return groups.join('-');
}
