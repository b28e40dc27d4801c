import { useEffect, useState } from 'preact/hooks';
import type { Asked, Failure } from './service.ts';

/** Asks anew whenever one of `causes` changes, and keeps what is shown until the next answer is there. */
export function useAsked<Value>(asking: () => Promise<Asked<Value>>, causes: unknown[]) {
  const [value, setValue] = useState<Value | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isAsking, setAsking] = useState(true);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    setAsking(true);
    settle(asking()).then((asked) => {
      if (!isCurrent) return;
      setAsking(false);
      setFailure(asked.ok ? null : asked.failure);
      if (asked.ok) setValue(asked.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [...causes, attempt]);
  return { value, failure, isAsking, retry: () => setAttempt(attempt + 1) };
}

/** A chunk that does not load is no answer either. */
export async function settle<Value>(asked: Promise<Asked<Value>>): Promise<Asked<Value>> {
  try {
    return await asked;
  } catch {
    return { ok: false, failure: { kind: 'offline' } };
  }
}
