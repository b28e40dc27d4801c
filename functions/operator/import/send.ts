import { setTimeout } from 'node:timers/promises';
import pRetry from 'p-retry';
import { Problem } from '#contracts/problem';
import type { SubmissionBody } from '#contracts/submission';
import type { Lang, LocalText } from '#contracts/text';
import { NOTHING_SENT, Refusal } from './refusal.ts';

/** What became of one row. `gave-up`: no usable answer after all retries; whether it went in is not known. */
export type Outcome =
  | { kind: 'stored' | 'replayed' }
  | { kind: 'refused'; status: number; problem: Problem | null }
  | { kind: 'gave-up'; reason: LocalText };

export interface Shipment {
  /** Canonical. */
  receipt: string;
  idempotencyKey: string;
  body: SubmissionBody;
}

export interface Retrying {
  retries: number;
  /** First pause in milliseconds; it doubles, with some randomness, up to `maxPauseMs`. */
  minPauseMs: number;
  maxPauseMs: number;
  /** How long one request may take. */
  timeoutMs: number;
}

export const RETRYING: Retrying = { retries: 7, minPauseMs: 500, maxPauseMs: 30_000, timeoutMs: 30_000 };

/** The longest `Retry-After` that is honoured. */
const MAX_RETRY_AFTER_MS = 300_000;

/** An attempt that may succeed later: no connection, a timeout, 408, 425, 429 or a 5xx. */
class TryAgain extends Error {
  override readonly name = 'TryAgain';
  readonly text: LocalText;
  readonly pauseMs: number;
  constructor(text: LocalText, pauseMs = 0) {
    super(text.en);
    this.text = text;
    this.pauseMs = pauseMs;
  }
}

export interface Service {
  /** Whether the service is there and knows the instrument; throws a sentence if not. */
  greet(instrument: string): Promise<void>;
  send(shipment: Shipment): Promise<Outcome>;
}

/**
 * The service's public api, as an importer sees it. Network errors, 429 and 5xx are tried again with growing pauses;
 * `Retry-After` holds back every request, not only the one it answered. Errors that would hit every row (a wrong
 * address, an unknown source key) are thrown as `Refusal`.
 */
export function connect(
  base: URL,
  options: { sourceKey: string | undefined; signal: AbortSignal; retrying: Retrying; lang: Lang },
): Service {
  const { sourceKey, signal, retrying, lang } = options;
  let heldUntil = 0; // performance.now() before which nobody asks

  async function attempt(path: string, init: RequestInit): Promise<Response> {
    while (heldUntil > performance.now()) await setTimeout(heldUntil - performance.now(), undefined, { signal });
    let response: Response;
    try {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(retrying.timeoutMs)]);
      response = await fetch(new URL(path, base), { ...init, redirect: 'manual', signal: limit });
    } catch (error) {
      signal.throwIfAborted();
      throw new TryAgain({
        de: `${base.origin} antwortet nicht (${reasonOf(error)})`,
        en: `${base.origin} does not answer (${reasonOf(error)})`,
      });
    }
    if (response.status >= 500 || [408, 425, 429].includes(response.status)) {
      await response.body?.cancel().catch(() => undefined);
      const pauseMs = retryAfterMs(response.headers.get('retry-after'));
      heldUntil = Math.max(heldUntil, performance.now() + pauseMs);
      const { status } = response;
      throw new TryAgain({ de: `${base.origin} antwortet ${status}`, en: `${base.origin} answers ${status}` }, pauseMs);
    }
    if (response.status >= 300 && response.status < 400) {
      const elsewhere = response.headers.get('location') ?? '?';
      throw new Refusal({
        de: `${base.origin} verweist auf eine andere Adresse (${elsewhere}): Nennen Sie diese mit --url.`,
        en: `${base.origin} points to another address (${elsewhere}): give that one as --url.`,
      });
    }
    return response;
  }

  const persist = (path: string, init: RequestInit, retries = retrying.retries) =>
    pRetry(() => attempt(path, init), {
      retries,
      minTimeout: retrying.minPauseMs,
      maxTimeout: retrying.maxPauseMs,
      randomize: true,
      signal,
      shouldRetry: ({ error }) => error instanceof TryAgain,
    });

  return {
    async greet(instrument) {
      const response = await persist(
        `v1/instruments/${instrument}`,
        { headers: { accept: 'application/json' } },
        2,
      ).catch((error: unknown) => {
        throw error instanceof TryAgain ? nothingSent(error.text) : error;
      });
      await response.body?.cancel();
      if (response.status === 404)
        throw nothingSent({
          de: `${base.href} kennt das Instrument ${instrument} nicht oder ist nicht dieser Dienst`,
          en: `${base.href} does not know the instrument ${instrument}, or is not this service`,
        });
      if (!response.ok)
        throw nothingSent({
          de: `${base.origin} antwortet ${response.status}`,
          en: `${base.origin} answers ${response.status}`,
        });
    },

    async send({ receipt, idempotencyKey, body }) {
      let response: Response;
      let text: string;
      try {
        response = await persist('v1/submissions', {
          method: 'POST',
          headers: {
            authorization: `Bearer ${receipt}`,
            'content-type': 'application/json',
            accept: 'application/json',
            'accept-language': lang,
            'idempotency-key': idempotencyKey,
            ...(sourceKey === undefined ? {} : { 'source-key': sourceKey }),
          },
          body: JSON.stringify(body),
        });
        text = await response.text();
      } catch (error) {
        if (error instanceof TryAgain) return { kind: 'gave-up', reason: error.text };
        signal.throwIfAborted();
        if (error instanceof Refusal) throw error;
        const reason = {
          de: `die Antwort von ${base.origin} brach ab (${reasonOf(error)})`,
          en: `the answer of ${base.origin} broke off (${reasonOf(error)})`,
        };
        return { kind: 'gave-up', reason };
      }
      if (response.ok) return { kind: response.headers.get('idempotent-replayed') === 'true' ? 'replayed' : 'stored' };
      const problem = readProblem(text);
      const refusal = refusalOfAll(base, response.status, problem, sourceKey !== undefined);
      if (refusal) throw refusal;
      return { kind: 'refused', status: response.status, problem };
    },
  };
}

const nothingSent = ({ de, en }: LocalText): Refusal =>
  new Refusal({ de: `${de}. ${NOTHING_SENT.de}`, en: `${en}. ${NOTHING_SENT.en}` });

/** An answer that would be the same for every row. */
function refusalOfAll(base: URL, status: number, problem: Problem | null, hasKey: boolean): Refusal | undefined {
  if (status === 428)
    return new Refusal({
      de: `${base.origin} verlangt von offenen Einsendungen einen Rechennachweis: Setzen Sie den Schlüssel des Partners in SOURCE_KEY.`,
      en: `${base.origin} asks open submissions for a proof of work: set the partner's key in SOURCE_KEY.`,
    });
  if (![401, 403, 404, 405, 406, 415].includes(status)) return undefined;
  const isKey = status === 401 && hasKey;
  return new Refusal({
    de: `${base.origin} nimmt nichts an: ${problem?.detail ?? `es antwortet ${status}`}${isKey ? ' (Stimmt SOURCE_KEY?)' : ''}`,
    en: `${base.origin} refuses to take anything in: ${problem?.detail ?? `it answers ${status}`}${isKey ? ' (Is the source key right?)' : ''}`,
  });
}

function readProblem(text: string): Problem | null {
  try {
    return Problem.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** `Retry-After` in milliseconds: seconds or an HTTP date; 0 where absent or unreadable. */
export function retryAfterMs(header: string | null): number {
  if (header === null) return 0;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS) : 0;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
  return error.name === 'TimeoutError' ? 'no answer in time' : error.message;
}
