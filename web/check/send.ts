import type { Problem } from '#contracts/problem';
import type { Lang } from '#contracts/text';
import { type Sending, Sent } from './draft.ts';

/** What became of sending. Only `accepted` and `refused` are known for sure; after the others the same key is tried again. */
export type Outcome =
  | { kind: 'accepted'; sent: Sent }
  /** No answer: no network, or none in time. Whether the service took it in is not known, and does not matter. */
  | { kind: 'offline' }
  /** The service is there and cannot take it in now: 429 or 5xx. */
  | { kind: 'busy'; status: number; requestId: string | undefined }
  /** The service says what is wrong with the submission. */
  | { kind: 'refused'; problem: Problem };

export interface SendingPorts {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Resolves after so many milliseconds. */
  pause: (milliseconds: number) => Promise<void>;
  /** 0 to 1; spreads the retries of many browsers. */
  random: () => number;
  /** Whether the browser knows that it has no network: then trying again is left to its return. */
  isOffline: () => boolean;
}

/** Attempts in all, and the pause before the second; it doubles from there. */
const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 1000;
const ATTEMPT_TIMEOUT_MS = 30_000;
/** The longest `Retry-After` that is waited for; beyond it the visitor decides. */
const MAX_RETRY_AFTER_MS = 60_000;

/**
 * Sends a submission under its idempotency key. A missing answer, 429 and 5xx are tried again with growing pauses
 * (`Retry-After` is honoured), always with the same key and body, so that nothing is stored twice.
 *
 * @param receipt the Rückkehr-Code; it travels in the Authorization header alone
 */
export async function sendSubmission(
  given: { sending: Sending; receipt: string; lang: Lang },
  ports: SendingPorts,
): Promise<Outcome> {
  let outcome: Outcome = { kind: 'offline' };
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const { outcome: latest, retryAfterMs } = await attemptOnce(given, ports);
    outcome = latest;
    if (outcome.kind === 'accepted' || outcome.kind === 'refused' || retryAfterMs > MAX_RETRY_AFTER_MS) return outcome;
    if (outcome.kind === 'offline' && ports.isOffline()) return outcome;
    if (attempt < ATTEMPTS) {
      const growing = FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.75 + ports.random() / 2);
      await ports.pause(Math.max(growing, retryAfterMs));
    }
  }
  return outcome;
}

async function attemptOnce(
  { sending, receipt, lang }: { sending: Sending; receipt: string; lang: Lang },
  { fetch }: Pick<SendingPorts, 'fetch'>,
  proof?: string,
): Promise<{ outcome: Outcome; retryAfterMs: number }> {
  let response: Response;
  let content: unknown;
  try {
    response = await fetch('/v1/submissions', {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${receipt}`,
        'Idempotency-Key': sending.idempotencyKey,
        'Content-Type': 'application/json',
        'Accept-Language': lang,
        ...(proof === undefined ? {} : { 'Proof-Of-Work': proof }),
      },
      body: JSON.stringify(sending.body),
      cache: 'no-store',
      signal: AbortSignal.timeout(ATTEMPT_TIMEOUT_MS),
    });
    // The connection may break off within the answer: then it counts as none.
    content = await response.json().catch((error: unknown) => {
      if (error instanceof SyntaxError) return undefined;
      throw error;
    });
  } catch {
    return { outcome: { kind: 'offline' }, retryAfterMs: 0 };
  }
  const sent = response.ok ? Sent.safeParse(content).data : undefined;
  if (sent) return { outcome: { kind: 'accepted', sent }, retryAfterMs: 0 };
  if (response.status === 428 && proof === undefined && isProblem(content) && content.challenge) {
    const { solve } = await import('./proof-of-work.ts');
    const found = await solve(content.challenge);
    if (found !== undefined) return attemptOnce({ sending, receipt, lang }, { fetch }, found);
  }
  const isTemporary = response.status >= 500 || [408, 425, 429].includes(response.status);
  if (!isTemporary && isProblem(content)) return { outcome: { kind: 'refused', problem: content }, retryAfterMs: 0 };
  // A page in between (a hotel's login, a proxy) may answer anything: that is no answer of the service.
  if (!isTemporary) return { outcome: { kind: 'offline' }, retryAfterMs: 0 };
  const requestId = response.headers.get('X-Request-Id') ?? undefined;
  const seconds = Number(response.headers.get('Retry-After') ?? 0);
  return {
    outcome: { kind: 'busy', status: response.status, requestId },
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : 0,
  };
}

const isProblem = (content: unknown): content is Problem =>
  typeof content === 'object' && content !== null && 'type' in content && 'detail' in content;
