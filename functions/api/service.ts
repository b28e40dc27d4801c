import { Hono } from 'hono';
import { etag } from 'hono/etag';
import { Health, OpenApiDocument, Readiness } from '#contracts/answers/service';
import { seriesOf } from '#contracts/series';
import type { ApiDependencies } from '../http/dependencies.ts';
import { json, type Operations } from '../http/responses.ts';

/** `/healthz`, `/readyz` and `/v1/openapi.json`. */
export function serviceRoutes(
  deps: Pick<ApiDependencies, 'program' | 'instruments' | 'submissions' | 'releases' | 'registry'>,
) {
  const [version = '', commit = null] = deps.program.split('+');
  return new Hono()
    .get('/healthz', (c) =>
      c.json({ status: 'ok', version, commit } satisfies Health, 200, { 'Cache-Control': 'no-store' }),
    )
    .get('/readyz', async (c) => {
      // A read of each table; one that cannot be read makes this `unavailable`, as it would a visitor's request.
      const series = new Set([...deps.instruments.keys()].map(seriesOf));
      await Promise.all([
        deps.submissions.get(NOBODY, NOBODY),
        deps.registry.association('c-00000000'),
        ...[...series].map((one) => deps.releases.head(one)),
      ]);
      return c.json({ status: 'ready' } satisfies Readiness, 200, { 'Cache-Control': 'no-store' });
    })
    .get('/v1/openapi.json', etag(), async (c) => {
      // Loaded when asked for: it is the largest part of the api, and no other route needs it.
      const { default: openApi } = await import('./openapi.json', { with: { type: 'json' } });
      return c.body(JSON.stringify(openApi), 200, {
        'Content-Type': 'application/json; charset=utf-8',
        'Cache-Control': 'public, max-age=300',
      });
    });
}

/** The hash of no organisation and no key: 32 zero bytes in base64url. */
const NOBODY = 'A'.repeat(43);

export const serviceOperations: Operations = {
  'GET /v1/openapi.json': {
    operationId: 'openApi',
    tags: ['Service'],
    summary: 'This document',
    ok: json('OpenAPI 3.1', OpenApiDocument),
  },
  'GET /healthz': {
    operationId: 'health',
    tags: ['Service'],
    summary: 'Whether the process answers; says nothing of the store',
    ok: json('It does', Health),
  },
  'GET /readyz': {
    operationId: 'ready',
    tags: ['Service'],
    summary: 'Whether the service can do its work: reads once from each table',
    ok: json('It can', Readiness),
    problems: ['unavailable'],
  },
};
