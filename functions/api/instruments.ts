import { Hono } from 'hono';
import { etag } from 'hono/etag';
import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Instrument, InstrumentId } from '#contracts/instrument';
import { LocalText } from '#contracts/text';
import type { ApiDependencies } from './dependencies.ts';
import { problem } from './problem.ts';
import { problemResponses } from './problem-responses.ts';

const InstrumentEntry = z.strictObject({
  id: InstrumentId,
  kind: Instrument.shape.kind,
  title: LocalText,
  description: LocalText,
  url: z.string(),
});
export const InstrumentList = z.strictObject({ instruments: z.array(InstrumentEntry) });

/** `/v1/instruments`: what is asked and how it is scored. Public; a published instrument never changes. */
export function instrumentRoutes({ instruments }: ApiDependencies) {
  const list: z.infer<typeof InstrumentList> = {
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

export const instrumentPaths: ZodOpenApiPathsObject = {
  '/v1/instruments': {
    get: {
      operationId: 'listInstruments',
      tags: ['Instruments'],
      summary: 'List the instruments',
      responses: {
        '200': { description: 'All instruments', content: { 'application/json': { schema: InstrumentList } } },
        '304': { description: 'Not modified since the ETag of `If-None-Match`' },
        ...problemResponses('internal'),
      },
    },
  },
  '/v1/instruments/{id}': {
    get: {
      operationId: 'readInstrument',
      tags: ['Instruments'],
      summary: 'Read an instrument',
      description:
        'Items with their behavioural anchors, questions, code lists, the peer catalogue and the maturity words, in German and English.',
      requestParams: { path: z.object({ id: InstrumentId }) },
      responses: {
        '200': { description: 'The instrument', content: { 'application/json': { schema: Instrument } } },
        '304': { description: 'Not modified since the ETag of `If-None-Match`' },
        ...problemResponses('unknown-instrument', 'internal'),
      },
    },
  },
};
