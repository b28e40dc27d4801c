import type { Lang } from '#contracts/text';
import { type Asked, ask, type Fetch } from '../service.ts';
import { type Sending, Sent } from './draft.ts';

export interface SendingPorts {
  fetch: Fetch;
  /** Resolves after so many milliseconds. */
  pause: (milliseconds: number) => Promise<void>;
  /** 0 to 1; spreads the retries of many browsers. */
  random: () => number;
  /** Whether the browser knows that it has no network: then trying again is left to its return. */
  isOffline: () => boolean;
}

interface Given {
  sending: Sending;
  /** The Rückkehr-Code. */
  receipt: string;
  lang: Lang;
}

/** Attempts in all, and the pause before the second; it doubles from there. */
const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 1000;
/** The longest `Retry-After` that is waited for; beyond it the visitor decides. */
const MAX_RETRY_AFTER_MS = 60_000;

/**
 * Sends a submission under its idempotency key. A missing answer, 429 and 5xx are tried again with growing pauses
 * (`Retry-After` is honoured), always with the same key and body, so that nothing is stored twice.
 *
 * @returns known for sure only when it was taken in or refused; after other failures the same key is tried again
 */
export async function sendSubmission(given: Given, ports: SendingPorts): Promise<Asked<Sent>> {
  for (let attempt = 1; ; attempt++) {
    const asked = await attemptOnce(given, ports.fetch);
    if (asked.ok || asked.failure.kind === 'refused' || attempt === ATTEMPTS) return asked;
    const { failure } = asked;
    const retryAfterMs = failure.kind === 'busy' ? (failure.seconds ?? 0) * 1000 : 0;
    if (retryAfterMs > MAX_RETRY_AFTER_MS || (failure.kind === 'offline' && ports.isOffline())) return asked;
    const growing = FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.75 + ports.random() / 2);
    await ports.pause(Math.max(growing, retryAfterMs));
  }
}

async function attemptOnce(given: Given, fetch: Fetch, proof?: string): Promise<Asked<Sent>> {
  const { sending, receipt, lang } = given;
  const headers = {
    'Idempotency-Key': sending.idempotencyKey,
    ...(proof === undefined ? {} : { 'Proof-Of-Work': proof }),
  };
  const asked = await ask(
    fetch,
    '/v1/submissions',
    { lang, code: receipt, method: 'POST', headers, body: sending.body },
    async (response) => Sent.parse(await response.json()),
  );
  const challenge = asked.ok || asked.failure.kind !== 'refused' ? undefined : asked.failure.problem.challenge;
  if (!challenge || proof !== undefined) return asked;
  const { solve } = await import('./proof-of-work.ts');
  const found = await solve(challenge);
  return found === undefined ? asked : attemptOnce(given, fetch, found);
}
