import { useEffect } from 'preact/hooks';
import { withSeconds } from './draft.ts';
import type { StepProps } from './step-props.ts';

/**
 * Adds up for how long the questions are before the visitor's eyes: a step with questions is open, and the tab is in front.
 * It is noted whenever that ends, so that neither a reload nor a night in between loses or adds any.
 */
export function useAnsweringTime(isAnswering: boolean, change: StepProps['change']): void {
  useEffect(() => {
    if (!isAnswering) return;
    let since: number | undefined;
    const note = () => {
      if (since === undefined) return;
      const seconds = (performance.now() - since) / 1000;
      since = undefined;
      change((draft) => withSeconds(draft, seconds));
    };
    const follow = () => {
      note();
      if (document.visibilityState === 'visible') since = performance.now();
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    // Not every browser tells of the visibility when the page goes.
    addEventListener('pagehide', note);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      removeEventListener('pagehide', note);
      note();
    };
  }, [isAnswering, change]);
}
