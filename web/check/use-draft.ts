import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Instrument } from '#contracts/instrument';
import { browserStore } from '../text-store.ts';
import { adapted, type Draft, emptyDraft } from './draft.ts';
import { DRAFT_KEY, forgetDraft, keepDraft, readDraft } from './kept-draft.ts';

export interface KeptDraft {
  draft: Draft;
  /** Applies a change and keeps the result at once. */
  change: (next: (draft: Draft) => Draft) => void;
  /** Deletes the draft from this browser. */
  discard: () => void;
  /** False until the browser was asked: the server renders an empty draft. */
  isLoaded: boolean;
  /** False when the browser refused to keep the draft. */
  isKept: boolean;
  /** A kept draft of another check, left as it is until the visitor decides. */
  outdated: Draft | undefined;
  /** The words of the check were corrected since the draft was begun. */
  hasNewWords: boolean;
}

/** The draft of this browser. Another tab that changes it is followed, so that neither overwrites the other. */
export function useDraft(instrument: Instrument): KeptDraft {
  const [state, setState] = useState<Omit<KeptDraft, 'change' | 'discard'>>({
    draft: emptyDraft(instrument),
    isLoaded: false,
    isKept: true,
    outdated: undefined,
    hasNewWords: false,
  });
  // Two changes within one event both build on the latest draft, not on the rendered one.
  const latest = useRef(state.draft);

  useEffect(() => {
    const load = () => {
      const kept = readDraft(browserStore('localStorage'));
      const result = kept ? adapted(kept, instrument) : undefined;
      latest.current = result?.draft ?? emptyDraft(instrument);
      setState((former) => ({
        ...former,
        draft: latest.current,
        isLoaded: true,
        outdated: result?.kind === 'outdated' ? result.former : undefined,
        hasNewWords: result?.kind === 'wording',
      }));
    };
    const follow = (event: StorageEvent) => {
      if (event.key === DRAFT_KEY || event.key === null) load();
    };
    load();
    addEventListener('storage', follow);
    return () => removeEventListener('storage', follow);
  }, [instrument]);

  const change = useCallback((next: (draft: Draft) => Draft) => {
    const changed = next(latest.current);
    if (changed === latest.current) return;
    latest.current = changed;
    const isKept = keepDraft(browserStore('localStorage'), changed);
    setState((former) => ({ ...former, draft: changed, isKept, outdated: undefined }));
  }, []);

  const discard = useCallback(() => {
    forgetDraft(browserStore('localStorage'));
    latest.current = emptyDraft(instrument);
    setState((former) => ({ ...former, draft: latest.current, outdated: undefined, hasNewWords: false }));
  }, [instrument]);

  return { ...state, change, discard };
}
