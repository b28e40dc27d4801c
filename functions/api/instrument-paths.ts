import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Instrument } from '#contracts/instrument';
import { InstrumentId } from '#contracts/instrument-id';
import { LocalText } from '#contracts/text';
import { problemResponses } from '../http/problem-responses.ts';

const InstrumentEntry = z.strictObject({
  id: InstrumentId,
  kind: Instrument.shape.kind,
  title: LocalText,
  description: LocalText,
  url: z.string(),
});
export const InstrumentList = z.strictObject({ instruments: z.array(InstrumentEntry) });
export type InstrumentList = z.infer<typeof InstrumentList>;

/** The description of `/v1/instruments`, apart from its routes: a start of the api then needs no schema of instruments. */
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
