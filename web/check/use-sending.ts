import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Failure } from '../service.ts';
import { afterSending, readyToSend } from './draft.ts';
import { sendSubmission } from './send.ts';
import type { StepProps } from './step-props.ts';

export type SendingState = { kind: 'idle' } | { kind: 'sending' } | Failure;

/**
 * Sends the draft, once at a time: a second click while it is under way does nothing. Key and body are kept in the draft
 * before the first byte leaves, so that a reload goes on with the same. Without a network it tries again by itself as soon
 * as there is one.
 */
export function useSending({ lang, instrument, change, tab: { receipt } }: StepProps) {
  const [state, setState] = useState<SendingState>({ kind: 'idle' });
  const isUnderWay = useRef(false);

  const send = useCallback(async () => {
    if (isUnderWay.current || receipt === undefined) return;
    isUnderWay.current = true;
    setState({ kind: 'sending' });
    let ready: ReturnType<typeof readyToSend> | undefined;
    change((draft) => {
      ready = readyToSend(draft, () => crypto.randomUUID());
      return ready;
    });
    const asked = await sendSubmission(
      { sending: ready!.sending, receipt, lang },
      {
        fetch: (url, init) => fetch(url, init),
        pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
        random: Math.random,
        isOffline: () => !navigator.onLine,
      },
    );
    isUnderWay.current = false;
    setState(asked.ok ? { kind: 'idle' } : asked.failure);
    if (asked.ok) change(() => afterSending(instrument, asked.value));
  }, [lang, instrument, receipt, change]);

  useEffect(() => {
    if (state.kind !== 'offline') return;
    addEventListener('online', send);
    return () => removeEventListener('online', send);
  }, [state.kind, send]);

  return { state, send };
}
