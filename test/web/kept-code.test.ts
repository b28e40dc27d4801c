import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { makeReceipt, parseReceipt } from '#contracts/receipt';
import { CODE_KEY, forgetCode, rememberCode, rememberedCode } from '../../web/kept-code.ts';

it('remembers a code for the tab, forgets it, and takes nothing else for one', () => {
  const entries = new Map<string, string>();
  const session = {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, text: string) => entries.set(key, text),
    removeItem: (key: string) => entries.delete(key),
  };
  const parsed = parseReceipt(makeReceipt(randomBytes));
  const receipt = parsed.ok ? parsed.receipt : '';
  expect(rememberedCode(session)).toBeUndefined();
  expect(rememberCode(session, receipt)).toBe(true);
  expect(rememberedCode(session)).toBe(receipt);
  entries.set(CODE_KEY, `${receipt}0`);
  expect(rememberedCode(session)).toBeUndefined();
  forgetCode(session);
  expect(entries.size).toBe(0);
  expect(rememberCode(undefined, receipt)).toBe(false);
});
