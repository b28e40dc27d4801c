import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Lang } from '#contracts/text';
import { problemResponses } from '../http/problem-responses.ts';
import { PROBLEMS, type ProblemName } from '../http/problem-texts.ts';

const html = (description: string) => ({ description, content: { 'text/html': { schema: z.string() } } });
const inLanguage = z.object({ lang: Lang.optional().meta({ description: 'de (default) or en' }) });
const page = (operationId: string, summary: string) => ({
  get: {
    operationId,
    tags: ['Service'],
    summary,
    requestParams: { query: inLanguage },
    responses: { '200': html('A page'), ...problemResponses('invalid-request', 'internal') },
  },
});

/** The api's own pages, this document and the health check. The site's pages are no part of the api. */
export const pagePaths: ZodOpenApiPathsObject = {
  '/docs/api': page('referencePage', 'This reference as a readable page'),
  '/problems': page('problemsPage', 'All problems of the service'),
  '/problems/{name}': {
    get: {
      operationId: 'problemPage',
      tags: ['Service'],
      summary: 'What a problem means and what to do about it',
      requestParams: {
        path: z.object({ name: z.enum(Object.keys(PROBLEMS) as [ProblemName, ...ProblemName[]]) }),
        query: inLanguage,
      },
      responses: { '200': html('A page'), ...problemResponses('invalid-request', 'not-found', 'internal') },
    },
  },
  '/v1/openapi.json': {
    get: {
      operationId: 'openApi',
      tags: ['Service'],
      summary: 'This document',
      responses: {
        '200': {
          description: 'OpenAPI 3.1',
          content: { 'application/json': { schema: z.looseObject({ openapi: z.string() }) } },
        },
        ...problemResponses('internal'),
      },
    },
  },
  '/healthz': {
    get: {
      operationId: 'health',
      tags: ['Service'],
      summary: 'Whether the process answers; says nothing of the store',
      responses: {
        '200': {
          description: 'It does',
          content: { 'application/json': { schema: z.strictObject({ status: z.literal('ok') }) } },
        },
      },
    },
  },
  '/readyz': {
    get: {
      operationId: 'ready',
      tags: ['Service'],
      summary: 'Whether the service can do its work: reads once from each table',
      responses: {
        '200': {
          description: 'It can',
          content: { 'application/json': { schema: z.strictObject({ status: z.literal('ready') }) } },
        },
        ...problemResponses('internal', 'unavailable'),
      },
    },
  },
};
