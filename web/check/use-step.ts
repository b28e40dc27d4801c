import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Instrument } from '#contracts/instrument';
import { type Step, stepFrom } from './steps.ts';

/** Goes to a step and, with `target`, to the element of that id on it. */
export type Go = (step: Step, target?: string) => void;

/**
 * The step that the address names behind `#`, so that the browser's own back and forward work. Each new step is read from
 * its top: focus goes to its heading, or to the element asked for.
 */
export function useStep(instrument: Instrument): [Step, Go] {
  const [place, setPlace] = useState<{ step: Step; target?: string; isMove: boolean }>({
    step: 'start',
    isMove: false,
  });

  useEffect(() => {
    const follow = () => setPlace({ step: stepFrom(location.hash, instrument) ?? 'start', isMove: true });
    const first = stepFrom(location.hash, instrument);
    if (first) setPlace({ step: first, isMove: false });
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, [instrument]);

  useEffect(() => {
    if (!place.isMove) return;
    const element = document.getElementById(place.target ?? STEP_HEADING);
    // A fieldset takes no focus; its first choice does.
    const focusable = element?.matches('[tabindex]') ? element : element?.querySelector<HTMLElement>('input, select');
    focusable?.focus({ preventScroll: true });
    // "instant": a smooth way up over a whole step would make the reader wait.
    if (place.target) element?.scrollIntoView({ block: 'start', behavior: 'instant' });
    else scrollTo({ top: 0, behavior: 'instant' });
  }, [place]);

  const go = useCallback<Go>((step, target) => {
    history.pushState(null, '', step === 'start' ? location.pathname + location.search : `#${step}`);
    setPlace({ step, isMove: true, ...(target === undefined ? {} : { target }) });
  }, []);
  return [place.step, go];
}

/** The id of every step's heading. */
export const STEP_HEADING = 'step-heading';
