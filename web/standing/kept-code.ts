import { parseReceipt } from '#contracts/receipt';

/** The part of `sessionStorage` that is needed. */
interface SessionStore {
  getItem(key: string): string | null;
  setItem(key: string, text: string): void;
  removeItem(key: string): void;
}

/** Where a tab remembers the Rückkehr-Code, if its visitor wants it to; gone when the tab is closed. */
export const CODE_KEY = 'sektorspiegel.code';

/** The code this tab remembers, canonical; undefined for none. */
export function rememberedCode(store: SessionStore | undefined): string | undefined {
  try {
    const parsed = parseReceipt(store?.getItem(CODE_KEY) ?? '');
    return parsed.ok ? parsed.receipt : undefined;
  } catch {
    return undefined;
  }
}

/** False when the browser refuses. */
export function rememberCode(store: SessionStore | undefined, code: string): boolean {
  try {
    store?.setItem(CODE_KEY, code);
    return store !== undefined;
  } catch {
    return false;
  }
}

export function forgetCode(store: SessionStore | undefined): void {
  try {
    store?.removeItem(CODE_KEY);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}
