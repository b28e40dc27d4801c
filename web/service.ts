import type { Problem } from '#contracts/problem';
import type { Lang } from '#contracts/text';

/** Why there is no answer. */
export type Failure =
  /** No answer at all: no network, none in time, or something in between answered in the service's place. */
  | { kind: 'offline' }
  /** The service is there and asks for patience: 429, 5xx, or one of their kind. `seconds` as it says, if it does. */
  | { kind: 'busy'; status: number; seconds: number | null; requestId: string | null }
  /** The service says what is wrong. */
  | { kind: 'refused'; problem: Problem };

export type Asked<Value> = { ok: true; value: Value } | { ok: false; failure: Failure };

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const TIMEOUT_MS = 30_000;

interface Request {
  lang: Lang;
  /** The Rückkehr-Code or an association's key; it travels in the Authorization header alone. */
  code?: string;
  method?: 'GET' | 'DELETE' | 'POST' | 'PUT';
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
}

/**
 * Asks the service once.
 *
 * @param read takes the body, by default as JSON; what it throws counts as no answer
 */
export async function ask<Value>(
  fetch: Fetch,
  path: string,
  { lang, code, method = 'GET', headers, body }: Request,
  read: (response: Response) => Promise<Value> = (response) => response.json(),
): Promise<Asked<Value>> {
  try {
    const response = await fetch(path, {
      method,
      headers: {
        'Accept-Language': lang,
        ...(code === undefined ? {} : { Authorization: `Bearer ${code}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(code === undefined ? {} : { cache: 'no-store' as const }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok) return { ok: true, value: await read(response) };
    if (response.status >= 500 || [408, 425, 429].includes(response.status)) {
      const seconds = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
      return {
        ok: false,
        failure: {
          kind: 'busy',
          status: response.status,
          seconds: Number.isNaN(seconds) ? null : seconds,
          requestId: response.headers.get('X-Request-Id'),
        },
      };
    }
    const problem: unknown = await response.json();
    if (isProblem(problem)) return { ok: false, failure: { kind: 'refused', problem } };
  } catch {
    // Falls through: whatever went wrong on the way, there is no answer of the service.
  }
  return { ok: false, failure: { kind: 'offline' } };
}

function isProblem(value: unknown): value is Problem {
  const { type, title, detail } = (value ?? {}) as Record<string, unknown>;
  return [type, title, detail].every((text) => typeof text === 'string');
}
