import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { ApiDependencies } from './dependencies.ts';
import { ProblemError } from './problem.ts';

/** What every handler may read of its request beside the request itself. */
export interface ApiEnv {
  Variables: { requestId: string };
}

/**
 * One line a request: method, route pattern, status, milliseconds, request id. Never the address, a parameter, a header
 * or a body. Of an unexpected error its class and stack frames are kept, not its message, which may quote data.
 */
export function requestLog({ log, now, randomBytes }: ApiDependencies): MiddlewareHandler<ApiEnv> {
  return async function requestLog(c, next) {
    const startedAt = now().getTime();
    const requestId = Buffer.from(randomBytes(12)).toString('base64url');
    c.set('requestId', requestId);
    await next();
    c.header('X-Request-Id', requestId);
    const route = matchedRoutes(c).findLast((entry) => entry.method !== 'ALL')?.path ?? 'unmatched';
    const { error } = c;
    log({
      event: 'request',
      method: KNOWN_METHODS.has(c.req.method) ? c.req.method : 'other',
      route,
      status: c.res.status,
      ms: now().getTime() - startedAt,
      requestId,
      ...(error instanceof ProblemError ? { problem: error.problemName } : {}),
      ...(error && !(error instanceof ProblemError) ? { error: error.name, frames: framesOf(error) } : {}),
    });
  };
}

const KNOWN_METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** The first frames of a stack: where it happened, without the message before them. */
function framesOf(error: Error): string[] {
  const lines = (error.stack ?? '').split('\n').map((line) => line.trim());
  return lines.filter((line) => /^at .*:\d+:\d+\)?$/.test(line)).slice(0, 6);
}
