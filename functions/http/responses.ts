import * as z from 'zod';
import type {
  ZodOpenApiExampleObject,
  ZodOpenApiMediaTypeObject,
  ZodOpenApiOperationObject,
  ZodOpenApiResponseObject,
  ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { VegaLiteSpec, VegaSpec } from '#contracts/answers/group-figures';
import { Problem } from '#contracts/problem';
import { MEDIA_TYPES } from './private-formats.ts';
import { problem, problemBody } from './problem.ts';
import { PROBLEMS, type ProblemName } from './problem-texts.ts';

/** A resource's operations by method and path (`GET /v1/releases`): what each answers when all is well, and its own problems. */
export type Operations = Record<
  string,
  Omit<ZodOpenApiOperationObject, 'responses'> & { ok: ZodOpenApiResponsesObject; problems?: readonly ProblemName[] }
>;

/** The 200 of an operation that answers JSON. */
export function json(description: string, schema: z.ZodType, status: 200 | 201 = 200): ZodOpenApiResponsesObject {
  return { [status]: { description, content: { 'application/json': { schema } } } };
}

/** The 200 of an operation that answers figures in the format that `Accept` asks for. */
export function figuresIn(schema: z.ZodType): ZodOpenApiResponsesObject {
  return {
    '200': {
      description: 'The figures, in the format that `Accept` asks for; never stored by caches.',
      content: {
        'application/json': { schema },
        [MEDIA_TYPES['vl.json']]: { schema: VegaLiteSpec },
        [MEDIA_TYPES['vg.json']]: { schema: VegaSpec },
        [MEDIA_TYPES.svg]: { schema: z.string() },
        [MEDIA_TYPES.csv]: { schema: z.string() },
      } satisfies Record<string, ZodOpenApiMediaTypeObject>,
    },
  };
}

export const NOT_MODIFIED = {
  '304': { id: 'not-modified', description: 'Not modified since the ETag of `If-None-Match`' },
} satisfies ZodOpenApiResponsesObject;

/** The entries of an operation's `responses` for the problems it can answer with, with an example of each. */
export function problemResponses(...names: ProblemName[]): ZodOpenApiResponsesObject {
  const statuses = new Set(names.map((name) => PROBLEMS[name].status));
  return Object.fromEntries(
    [...statuses].map((status) => [
      `${status}`,
      problemResponse(names.filter((name) => PROBLEMS[name].status === status)),
    ]),
  );
}

/** What may be wrong where one release is asked for by its id. */
export const RELEASE_GONE = ['unknown-release', 'release-replaced', 'release-taken-down'] as const;

const responses = new Map<string, ZodOpenApiResponseObject>();
const examples = new Map<ProblemName, ZodOpenApiExampleObject>();

/** The same object for the same problems, so that the description holds it once. */
function problemResponse(names: ProblemName[]): ZodOpenApiResponseObject {
  const id = names.join('.');
  const response = responses.get(id) ?? {
    id,
    description: names.map((name) => `\`${name}\`: ${PROBLEMS[name].title.en}`).join('. '),
    content: {
      'application/problem+json': {
        schema: Problem,
        examples: Object.fromEntries(names.map((name) => [name, problemExample(name)])),
      },
    },
  };
  responses.set(id, response);
  return response;
}

/** The English body of a problem, its words left open: `{limit}`. */
function problemExample(name: ProblemName): ZodOpenApiExampleObject {
  const example = examples.get(name) ?? {
    id: name,
    value: problemBody(problem(name as 'internal', {} as { requestId: string }), 'en'),
  };
  examples.set(name, example);
  return example;
}
