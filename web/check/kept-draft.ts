import { forgetText, keepText, readText, type TextStore } from '../text-store.ts';
import { type Draft, parseDraft } from './draft.ts';

/** Where this browser keeps the check; the storage event of another tab names it. */
export const DRAFT_KEY = 'sektorspiegel.check';

/** The kept draft; undefined when there is none, it cannot be read, or the browser keeps nothing. */
export function readDraft(store: TextStore | undefined): Draft | undefined {
  return parseDraft(readText(store, DRAFT_KEY) ?? '');
}

/** Keeps the draft. False when the browser refuses: the visitor is told to keep the tab open. */
export function keepDraft(store: TextStore | undefined, draft: Draft): boolean {
  return keepText(store, DRAFT_KEY, JSON.stringify(draft));
}

export function forgetDraft(store: TextStore | undefined): void {
  forgetText(store, DRAFT_KEY);
}
