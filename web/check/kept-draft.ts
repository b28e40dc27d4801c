import { type Kept, readKept } from '../kept.ts';
import { forgetText, type TextStore } from '../text-store.ts';
import { adapted, Draft, emptyDraft } from './draft.ts';

export const DRAFT_KEY = 'sektorspiegel.check';
export const KEPT_DRAFT: Kept<Draft> = { key: DRAFT_KEY, Schema: Draft, empty: emptyDraft, fitted: adapted };

/** The check of this browser; undefined when there is none, it is damaged, or the browser keeps nothing. */
export function readDraft(store: TextStore | undefined): Draft | undefined {
  return readKept(store, KEPT_DRAFT)?.value;
}

export function forgetDraft(store: TextStore | undefined): void {
  forgetText(store, DRAFT_KEY);
}
