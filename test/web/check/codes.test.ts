import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatReceipt, makeReceipt, parseReceipt } from '#contracts/receipt';
import { joinLink } from '../../../web/campaign/join-link.ts';
import { joinCodesFrom } from '../../../web/check/join-code.ts';
import { receiptMark } from '../../../web/check/receipt-mark.ts';

describe('a Rückkehr-Code made in the browser', () => {
  it('is one that the service takes', () => {
    for (let count = 0; count < 50; count++) expect(parseReceipt(makeReceipt(randomBytes))).toMatchObject({ ok: true });
  });

  it('draws again when the check symbol would not be an ordinary one', () => {
    const draws = Array.from({ length: 200 }, (_, place) => new Uint8Array(16).fill(place));
    const refused = draws.findIndex((bytes) => formatReceipt(bytes) === null);
    expect(refused).toBeGreaterThan(-1);
    const queue = [draws[refused]!, draws[0]!];
    expect(makeReceipt(() => queue.shift()!)).toBe(formatReceipt(draws[0]!));
  });

  it('is told from another by its mark, which is four digits and always the same', () => {
    const marks = Array.from({ length: 200 }, () => receiptMark(makeReceipt(randomBytes)));
    for (const mark of marks) expect(mark).toMatch(/^[0-9a-f]{4}$/);
    expect(new Set(marks).size).toBeGreaterThan(190);
    expect(receiptMark('0'.repeat(27))).toBe(receiptMark('0'.repeat(27)));
  });
});

describe('the association code in a link', () => {
  it.each([
    ['#join=ABCD-EFG', ['ABCD-EFG']],
    ['#join=ABCD-EFG,HJKM-NPQ', ['ABCD-EFG', 'HJKM-NPQ']],
    ['#join=ABCD%20EFG', ['ABCDEFG']],
    ['#association=c-0a1b2c3d&join=K7M2-P9QX.', ['K7M2-P9QX']],
    ['#JOIN=k7m2-p9qx', ['k7m2-p9qx']],
    ['#join=K7M2%E2%80%93P9QX%E2%80%8B', ['K7M2-P9QX']],
    ['#join=A-1B,A-1B', ['A-1B']],
    ['#join=AAAA,BBBB,CCCC,DDDD', ['AAAA', 'BBBB', 'CCCC']],
    ['#area-it', []],
    ['', []],
    ['#join=', []],
    ['#join=<script>', []],
  ])('%s', (fragment, codes) => expect(joinCodesFrom(fragment)).toEqual(codes));

  it('is the one that the operator gives out', () => {
    const { hash } = new URL(joinLink('https://example.org', 'de', { id: 'c-0a1b2c3d', code: 'K7M2-P9QX' }));
    expect(joinCodesFrom(hash)).toEqual(['K7M2-P9QX']);
  });

  it('never shows anything but letters, digits and hyphens', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const code of joinCodesFrom(`#join=${text}`)) expect(code).toMatch(/^[A-Za-z0-9-]{4,40}$/);
      }),
    );
  });
});
