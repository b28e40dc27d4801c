import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Instrument } from '#contracts/instrument';
import { type Kept, keep, readKept } from '../kept.ts';
import { browserStore, forgetText } from '../text-store.ts';

/** What was found in this browser and cannot be gone on with. It stays as it is until the visitor decides. */
export interface SetAside {
  why: 'damaged' | 'outdated';
  text: string;
}

/**
 * A value of this browser, kept at every change. Another tab that changes it is followed, so that neither overwrites the
 * other. `isLoaded` is false until the browser was asked, since the server renders the empty value; `isKept` is false when
 * the browser refused to keep the last change.
 */
export function useKept<Value>(kept: Kept<Value>, instrument: Instrument) {
  const [state, setState] = useState({
    value: kept.empty(instrument),
    isLoaded: false,
    isKept: true,
    setAside: undefined as SetAside | undefined,
  });
  // Two changes within one event both build on the latest value, not on the rendered one.
  const latest = useRef(state.value);
  const show = useCallback((value: Value, more: Partial<typeof state>) => {
    latest.current = value;
    setState((former) => ({ ...former, setAside: undefined, ...more, value }));
  }, []);

  useEffect(() => {
    const load = () => {
      const found = readKept(browserStore('localStorage'), kept);
      const value = found?.value && kept.fitted(found.value, instrument);
      const why = found?.value ? 'outdated' : 'damaged';
      const setAside = found && !value ? { setAside: { why, text: found.text } as const } : {};
      show(value ?? kept.empty(instrument), { isLoaded: true, ...setAside });
    };
    const follow = (event: StorageEvent) => {
      if (event.key === kept.key || event.key === null) load();
    };
    load();
    addEventListener('storage', follow);
    return () => removeEventListener('storage', follow);
  }, [kept, instrument, show]);

  /** Applies a change and keeps the result at once. */
  const change = useCallback(
    (next: (value: Value) => Value) => {
      const changed = next(latest.current);
      if (changed !== latest.current) show(changed, { isKept: keep(browserStore('localStorage'), kept, changed) });
    },
    [kept, show],
  );
  /** Deletes it from this browser. */
  const discard = useCallback(() => {
    forgetText(browserStore('localStorage'), kept.key);
    show(kept.empty(instrument), {});
  }, [kept, instrument, show]);
  return { ...state, change, discard };
}
