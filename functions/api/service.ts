import { Hono } from 'hono';
import { etag } from 'hono/etag';
import openApi from './openapi.json' with { type: 'json' };

/** `/healthz` and `/v1/openapi.json`. */
export function serviceRoutes() {
  return new Hono()
    .get('/healthz', (c) => c.json({ status: 'ok' } as const, 200, { 'Cache-Control': 'no-store' }))
    .get('/v1/openapi.json', etag(), (c) =>
      c.body(OPEN_API, 200, {
        'Content-Type': 'application/json; charset=utf-8',
        'Cache-Control': 'public, max-age=300',
      }),
    );
}

const OPEN_API = JSON.stringify(openApi);
