/** The part of `localStorage` and `sessionStorage` that the site needs. */
export interface TextStore {
  getItem(key: string): string | null;
  setItem(key: string, text: string): void;
  removeItem(key: string): void;
}

/**
 * A store of this browser; undefined where it is blocked or, as in some web views, null. For effects and event handlers: the
 * server has none.
 */
export function browserStore(kind: 'localStorage' | 'sessionStorage'): TextStore | undefined {
  try {
    return globalThis[kind] ?? undefined;
  } catch {
    return undefined;
  }
}

/** The text under a key, or null when there is none or the browser does not say. */
export function readText(store: TextStore | undefined, key: string): string | null {
  try {
    return store?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

/** Keeps a text. False when the browser refuses: a private window, a full store, a setting. */
export function keepText(store: TextStore | undefined, key: string, text: string): boolean {
  try {
    store?.setItem(key, text);
    return store !== undefined;
  } catch {
    return false;
  }
}

export function forgetText(store: TextStore | undefined, key: string): void {
  try {
    store?.removeItem(key);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}
