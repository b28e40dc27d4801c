import { type Context, Hono } from 'hono';
import { etag } from 'hono/etag';
import type { VNode } from 'preact';
import * as z from 'zod';
import type { ApiDependencies } from '../http/dependencies.ts';
import { originOf } from '../http/origin.ts';
import { problem } from '../http/problem.ts';
import { PROBLEMS, type ProblemName } from '../http/problem-texts.ts';
import { publicLanguage } from '../http/public-language.ts';
import type { Operations } from '../http/responses.ts';
import { LangParam } from './asked-figures.ts';
import { FOR_A_MINUTE } from './asked-release.ts';
import { htmlResponse } from './html-response.ts';

/** The api's own pages: its reference and its problems, each loaded when asked for. `?lang=en` is English, since a type URI has no language. */
export function pageRoutes(deps: Pick<ApiDependencies, 'assets' | 'origin'>) {
  const html = (c: Context, page: VNode) => {
    return htmlResponse(c, page, deps.assets, { lang: publicLanguage(c), headers: FOR_A_MINUTE });
  };
  return new Hono()
    .get('/docs/api', etag(), async (c) => {
      const { ReferencePage } = await import('./reference-page.tsx');
      return html(c, <ReferencePage lang={publicLanguage(c)} origin={originOf(c, deps)} />);
    })
    .get('/problems', etag(), async (c) => {
      const { ProblemsPage } = await import('./problem-page.tsx');
      return html(c, <ProblemsPage lang={publicLanguage(c)} />);
    })
    .get('/problems/:name', etag(), async (c) => {
      const lang = publicLanguage(c);
      const name = c.req.param('name');
      if (!Object.hasOwn(PROBLEMS, name)) throw problem('not-found');
      const { ProblemPage } = await import('./problem-page.tsx');
      return html(c, <ProblemPage lang={lang} name={name as ProblemName} />);
    });
}

const page = (operationId: string, summary: string) => ({
  operationId,
  tags: ['Service'],
  summary,
  requestParams: { query: z.object({ lang: LangParam }) },
  ok: { '200': { description: 'A page', content: { 'text/html': { schema: z.string() } } } },
  problems: ['invalid-request' as const],
});
const ofProblem = page('problemPage', 'What a problem means and what to do about it');

/** The api's own pages. The site's pages are no part of the api. */
export const pageOperations: Operations = {
  'GET /docs/api': page('referencePage', 'This reference as a readable page'),
  'GET /problems': page('problemsPage', 'All problems of the service'),
  'GET /problems/{name}': {
    ...ofProblem,
    requestParams: {
      path: z.object({ name: z.enum(Object.keys(PROBLEMS) as [ProblemName, ...ProblemName[]]) }),
      ...ofProblem.requestParams,
    },
    problems: [...ofProblem.problems, 'not-found'],
  },
};
