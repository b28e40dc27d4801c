import { parseReceipt } from '#contracts/receipt';
import { forgetText, keepText, readText, type TextStore } from './text-store.ts';

/**
 * Where a tab remembers the Rückkehr-Code, if its visitor wants it to; gone when the tab is closed. Otherwise the code
 * lives in the page's memory: it is in no address, no cookie and no lasting store.
 */
export const CODE_KEY = 'sektorspiegel.code';

/** The code this tab remembers, canonical; undefined for none. */
export function rememberedCode(session: TextStore | undefined): string | undefined {
  const parsed = parseReceipt(readText(session, CODE_KEY) ?? '');
  return parsed.ok ? parsed.receipt : undefined;
}

/** Remembers the code for this tab, after its visitor asked for it. False when the browser refuses. */
export function rememberCode(session: TextStore | undefined, code: string): boolean {
  return keepText(session, CODE_KEY, code);
}

export function forgetCode(session: TextStore | undefined): void {
  forgetText(session, CODE_KEY);
}
