import { Hono } from 'hono';
import { etag } from 'hono/etag';
import type { ApiDependencies } from '../http/dependencies.ts';
import { problem } from '../http/problem.ts';
import type { InstrumentList } from './instrument-paths.ts';

/** `/v1/instruments`: what is asked and how it is scored. Public; a published instrument never changes. */
export function instrumentRoutes({ instruments }: ApiDependencies) {
  const list: InstrumentList = {
    instruments: [...instruments.values()].map(({ id, kind, title, description }) => ({
      id,
      kind,
      title,
      description,
      url: `/v1/instruments/${id}`,
    })),
  };
  return new Hono()
    .get('/v1/instruments', etag(), (c) => c.json(list, 200, { 'Cache-Control': 'public, max-age=300' }))
    .get('/v1/instruments/:id', etag(), (c) => {
      const instrument = instruments.get(c.req.param('id'));
      if (!instrument) throw problem('unknown-instrument');
      return c.json(instrument, 200, { 'Cache-Control': 'public, max-age=86400' });
    });
}
