import { parseReceipt } from '#contracts/receipt';
import { forgetText, keepText, readText, type TextStore } from './text-store.ts';

/**
 * The Rückkehr-Code of this tab. It lives in memory; only when the visitor asks for it, the tab keeps it in its session
 * storage until it is closed. It is in no address, no cookie and no lasting store.
 */
export const RECEIPT_KEY = 'sektorspiegel.receipt';

/** The remembered code in its canonical form, or undefined. */
export function rememberedReceipt(session: TextStore | undefined): string | undefined {
  const parsed = parseReceipt(readText(session, RECEIPT_KEY) ?? '');
  return parsed.ok ? parsed.receipt : undefined;
}

/** Remembers the code for this tab, after the visitor asked for it. False when the browser refuses. */
export function rememberReceipt(session: TextStore | undefined, receipt: string): boolean {
  return keepText(session, RECEIPT_KEY, receipt);
}

export function forgetReceipt(session: TextStore | undefined): void {
  forgetText(session, RECEIPT_KEY);
}
