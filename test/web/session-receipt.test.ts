import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { parseReceipt } from '#contracts/receipt';
import { makeReceipt } from '../../web/check/receipt.ts';
import { forgetReceipt, RECEIPT_KEY, rememberedReceipt, rememberReceipt } from '../../web/session-receipt.ts';

it('remembers a code for the tab, forgets it, and takes nothing else for one', () => {
  const entries = new Map<string, string>();
  const session = {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, text: string) => entries.set(key, text),
    removeItem: (key: string) => entries.delete(key),
  };
  const parsed = parseReceipt(makeReceipt(randomBytes));
  const receipt = parsed.ok ? parsed.receipt : '';
  expect(rememberedReceipt(session)).toBeUndefined();
  expect(rememberReceipt(session, receipt)).toBe(true);
  expect(rememberedReceipt(session)).toBe(receipt);
  entries.set(RECEIPT_KEY, `${receipt}0`);
  expect(rememberedReceipt(session)).toBeUndefined();
  forgetReceipt(session);
  expect(entries.size).toBe(0);
  expect(rememberReceipt(undefined, receipt)).toBe(false);
});
