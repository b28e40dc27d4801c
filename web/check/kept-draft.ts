import { type Draft, parseDraft } from './draft.ts';

/** The part of `localStorage` that is needed. */
export interface TextStore {
  getItem(key: string): string | null;
  setItem(key: string, text: string): void;
  removeItem(key: string): void;
}

/** Where this browser keeps the check; the storage event of another tab names it. */
export const DRAFT_KEY = 'sektorspiegel.check';

/** The kept draft; undefined when there is none, it cannot be read, or the browser keeps nothing. */
export function readDraft(store: TextStore | undefined): Draft | undefined {
  try {
    return parseDraft(store?.getItem(DRAFT_KEY) ?? '');
  } catch {
    return undefined;
  }
}

/** Keeps the draft. False when the browser refuses (private window, full, blocked): the visitor is told to keep the tab open. */
export function keepDraft(store: TextStore | undefined, draft: Draft): boolean {
  if (!store) return false;
  try {
    store.setItem(DRAFT_KEY, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function forgetDraft(store: TextStore | undefined): void {
  try {
    store?.removeItem(DRAFT_KEY);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}
