import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Change } from '#contracts/release';
import { ReleaseId } from '#contracts/release-id';
import { GroupParam, InstrumentParam, LangParam } from './asked-figures.ts';
import { FIGURES_OF_RELEASE, NOT_MODIFIED, PROBLEMS_IN_FORCE, PROBLEMS_OF_RELEASE } from './release-paths.ts';

export const ChangeAnswer = z.strictObject({
  ...FIGURES_OF_RELEASE,
  label: z.string().meta({ description: 'The group in words.' }),
  change: Change.meta({ description: 'The figures as the release holds them.' }),
  url: z.string().meta({ description: 'The address of these figures in this release.' }),
});
export type ChangeAnswer = z.infer<typeof ChangeAnswer>;

const query = { group: GroupParam.optional(), lang: LangParam };
const ok = {
  '200': { description: "The group's matched change", content: { 'application/json': { schema: ChangeAnswer } } },
  ...NOT_MODIFIED,
};
const description =
  'Cuts of the individual change from the first to the last submission, of organisations that took part twice at least six months apart. A suppressed change answers 200 with the state `suppressed`.';

export const changePaths: ZodOpenApiPathsObject = {
  '/v1/changes': {
    get: {
      operationId: 'readChange',
      tags: ['Releases'],
      summary: "A group's matched change in the release in force",
      description,
      requestParams: { query: z.object({ instrument: InstrumentParam, ...query }) },
      responses: {
        ...ok,
        ...PROBLEMS_IN_FORCE,
      },
    },
  },
  '/v1/releases/{id}/changes': {
    get: {
      operationId: 'readReleaseChange',
      tags: ['Releases'],
      summary: "A group's matched change in one release",
      description,
      requestParams: { path: z.object({ id: ReleaseId }), query: z.object(query) },
      responses: {
        ...ok,
        ...PROBLEMS_OF_RELEASE,
      },
    },
  },
};
