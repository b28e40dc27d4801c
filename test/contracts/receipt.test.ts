import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatReceipt, groupReceipt, parseReceipt, RECEIPT_SYMBOLS } from '#contracts/receipt';

const sixteenBytes = fc.uint8Array({ minLength: 16, maxLength: 16 });
const receipts = sixteenBytes.map((bytes) => formatReceipt(bytes)).filter((receipt) => receipt !== null);
const canonicalReceipts = receipts.map((receipt) => receipt.replaceAll('-', ''));

/** The 16 bytes behind a canonical receipt, read with arithmetic of the test's own. */
function bytesOf(canonical: string): Uint8Array {
  let number = 0n;
  for (const symbol of canonical.slice(0, 26)) number = number * 32n + BigInt(RECEIPT_SYMBOLS.indexOf(symbol));
  const hex = number.toString(16).padStart(32, '0');
  return Uint8Array.from(hex.match(/../g)!, (pair) => Number.parseInt(pair, 16));
}

describe('formatReceipt', () => {
  it('prints nine groups of three ordinary symbols', () => {
    fc.assert(fc.property(receipts, (receipt) => /^(?:[0-9A-HJKMNP-TV-Z]{3}-){8}[0-9A-HJKMNP-TV-Z]{3}$/.test(receipt)));
  });

  it('writes the number most significant first, with the remainder of 37 as check symbol', () => {
    const bytes = new Uint8Array(16);
    bytes[15] = 31;
    expect(formatReceipt(bytes)).toBe('000-000-000-000-000-000-000-000-0ZZ');
    bytes[15] = 37;
    expect(formatReceipt(bytes)).toBe('000-000-000-000-000-000-000-000-150');
    // 2^128 - 1 is 32 modulo 37, and its check symbol none of ours; one less ends in Y and checks with Z.
    expect((2n ** 128n - 1n) % 37n).toBe(32n);
    bytes.fill(255);
    expect(formatReceipt(bytes)).toBeNull();
    bytes[15] = 254;
    expect(formatReceipt(bytes)).toBe('7ZZ-ZZZ-ZZZ-ZZZ-ZZZ-ZZZ-ZZZ-ZZZ-ZYZ');
  });

  it('asks for another draw exactly when the check symbol would not be ordinary', () => {
    for (const [last, isOrdinary] of [
      [31, true],
      [32, false],
      [36, false],
      [37, true],
    ] as const) {
      const bytes = new Uint8Array(16);
      bytes[15] = last;
      expect(formatReceipt(bytes) !== null, `remainder of ${last}`).toBe(isOrdinary);
    }
    let refused = 0;
    for (let last = 0; last < 37; last++) {
      const bytes = new Uint8Array(16).fill(7);
      bytes[15] = last;
      if (formatReceipt(bytes) === null) refused += 1;
    }
    expect(refused).toBe(5);
  });

  it('refuses any other number of bytes', () => {
    for (const length of [0, 15, 17, 32]) expect(() => formatReceipt(new Uint8Array(length))).toThrow(RangeError);
  });
});

describe('parseReceipt', () => {
  it('gives the bytes back', () => {
    fc.assert(
      fc.property(sixteenBytes, (bytes) => {
        const printed = formatReceipt(bytes);
        if (printed === null) return;
        const parsed = parseReceipt(printed);
        expect(parsed).toEqual({ ok: true, receipt: printed.replaceAll('-', '') });
        expect(bytesOf(printed.replaceAll('-', ''))).toEqual(bytes);
        expect(groupReceipt(printed.replaceAll('-', ''))).toBe(printed);
      }),
    );
  });

  it('catches every single wrong symbol, at every place', () => {
    fc.assert(
      fc.property(canonicalReceipts, (receipt) => {
        for (let place = 0; place < receipt.length; place++) {
          for (const symbol of RECEIPT_SYMBOLS) {
            if (symbol === receipt[place]) continue;
            const typo = receipt.slice(0, place) + symbol + receipt.slice(place + 1);
            expect(parseReceipt(typo).ok, `${typo}, place ${place}`).toBe(false);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('catches every swap of neighbours, the check symbol included', () => {
    fc.assert(
      fc.property(canonicalReceipts, (receipt) => {
        for (let place = 0; place + 1 < receipt.length; place++) {
          if (receipt[place] === receipt[place + 1]) continue;
          const swap = receipt.slice(0, place) + receipt[place + 1] + receipt[place] + receipt.slice(place + 2);
          expect(parseReceipt(swap).ok, `${swap}, place ${place}`).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('reads what people type: case, look-alikes, spaces and dashes', () => {
    const dress = fc.array(fc.constantFrom('', '', '', ' ', '-', '–', '\u00a0', '\t', '\n'), {
      minLength: 28,
      maxLength: 28,
    });
    fc.assert(
      fc.property(
        canonicalReceipts,
        dress,
        fc.array(fc.nat(3), { minLength: 27, maxLength: 27 }),
        (receipt, gaps, choices) => {
          const lookAlikes: Record<string, string[]> = { '0': ['0', 'O', 'o', '0'], '1': ['I', 'l', 'L', 'i'] };
          const typed = Array.from(receipt, (symbol, place) => {
            const forms = lookAlikes[symbol] ?? [symbol, symbol.toLowerCase(), symbol, symbol.toLowerCase()];
            return gaps[place]! + forms[choices[place]!]!;
          }).join('');
          expect(parseReceipt(typed + gaps[27]!)).toEqual({ ok: true, receipt });
        },
      ),
    );
  });

  it('names a wrong length', () => {
    const receipt = formatReceipt(new Uint8Array(16))!;
    for (const text of ['', '   ', '-', receipt.slice(0, -1), `${receipt}0`, receipt + receipt]) {
      expect(parseReceipt(text)).toEqual({ ok: false, reason: 'length' });
    }
  });

  it('names the place of a symbol that no receipt has', () => {
    expect(parseReceipt('000-0U0-000-000-000-000-000-000-000')).toEqual({ ok: false, reason: 'symbol', position: 5 });
    expect(parseReceipt('000 000 000 000 000 000 000 000 00Ö')).toEqual({ ok: false, reason: 'symbol', position: 27 });
    expect(parseReceipt('*')).toEqual({ ok: false, reason: 'symbol', position: 1 });
    expect(parseReceipt('😀')).toEqual({ ok: false, reason: 'symbol', position: 1 });
  });

  it('refuses a first symbol above 7: no 128 bits give it', () => {
    // 8 * 32^25 with its own, correct check symbol.
    const check = RECEIPT_SYMBOLS[Number((8n * 32n ** 25n) % 37n)]!;
    expect(parseReceipt(`8${'0'.repeat(25)}${check}`)).toEqual({ ok: false, reason: 'symbol', position: 1 });
  });

  it('tells a mistyped receipt from a malformed one', () => {
    expect(parseReceipt('000-000-000-000-000-000-000-000-001')).toEqual({ ok: false, reason: 'check' });
  });
});
