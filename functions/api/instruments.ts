import { Hono } from 'hono';
import { etag } from 'hono/etag';
import * as z from 'zod';
import { InstrumentList } from '#contracts/answers/lists';
import { Instrument } from '#contracts/instrument';
import { InstrumentId } from '#contracts/instrument-id';
import type { ApiDependencies } from '../http/dependencies.ts';
import { problem } from '../http/problem.ts';
import { json, NOT_MODIFIED, type Operations } from '../http/responses.ts';

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

export const instrumentOperations: Operations = {
  'GET /v1/instruments': {
    operationId: 'listInstruments',
    tags: ['Instruments'],
    summary: 'List the instruments',
    ok: { ...json('All instruments', InstrumentList), ...NOT_MODIFIED },
  },
  'GET /v1/instruments/{id}': {
    operationId: 'readInstrument',
    tags: ['Instruments'],
    summary: 'Read an instrument',
    description:
      'Items with their behavioural anchors, questions, code lists, the peer catalogue and the maturity words, in German and English.',
    requestParams: { path: z.object({ id: InstrumentId }) },
    ok: { ...json('The instrument', Instrument), ...NOT_MODIFIED },
    problems: ['unknown-instrument'],
  },
};
