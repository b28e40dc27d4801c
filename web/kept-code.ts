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

const HANDED_OVER_KEY = 'sektorspiegel.code-handed-over';

/** Lays the code down for the page that opens next, after its visitor asked to go there. False when the browser refuses. */
export function handOverCode(session: TextStore | undefined, code: string): boolean {
  return keepText(session, HANDED_OVER_KEY, code);
}

/** The code that the page before laid down, canonical; it is gone from the store with the reading. */
export function takeHandedOverCode(session: TextStore | undefined): string | undefined {
  const parsed = parseReceipt(readText(session, HANDED_OVER_KEY) ?? '');
  forgetText(session, HANDED_OVER_KEY);
  return parsed.ok ? parsed.receipt : undefined;
}

export function forgetCode(session: TextStore | undefined): void {
  forgetText(session, CODE_KEY);
}
