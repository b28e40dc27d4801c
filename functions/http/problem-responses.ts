import type { ZodOpenApiResponsesObject } from 'zod-openapi';
import { Problem } from '#contracts/problem';
import { problem, problemBody } from './problem.ts';
import { PROBLEMS, type ProblemName } from './problem-texts.ts';

/** The entries of an operation's `responses` for the problems it can answer with, with an example of each. */
export function problemResponses(...names: ProblemName[]): ZodOpenApiResponsesObject {
  const responses: ZodOpenApiResponsesObject = {};
  for (const status of new Set(names.map((name) => PROBLEMS[name].status))) {
    const here = names.filter((name) => PROBLEMS[name].status === status);
    responses[`${status}`] = {
      description: here.map((name) => `\`${name}\`: ${PROBLEMS[name].title.en}`).join('. '),
      content: {
        'application/problem+json': {
          schema: Problem,
          examples: Object.fromEntries(here.map((name) => [name, { value: problemExample(name) }])),
        },
      },
    };
  }
  return responses;
}

/** The English body of a problem, its words left open: `{limit}`. */
function problemExample(name: ProblemName): Problem {
  return problemBody(problem(name as 'internal', {} as { requestId: string }), 'en');
}
