import { type Context, Hono } from 'hono';
import { etag } from 'hono/etag';
import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { groupKey } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import { Change, type Manifest, ReleaseId, SUPPRESSED } from '#contracts/release';
import { IsoDate, Lang } from '#contracts/text';
import { groupLabel } from '#views/group-label';
import { askedGroup, GroupParam, InstrumentParam, instrumentAsked, instrumentOf, LangParam } from './asked-figures.ts';
import { releaseAsked, releaseInForce } from './asked-release.ts';
import type { ApiDependencies } from './dependencies.ts';
import { problem } from './problem.ts';
import { problemResponses } from './problem-responses.ts';
import { publicLanguage } from './public-language.ts';
import { FOLLOWS_HEAD, IMMUTABLE, NOT_MODIFIED } from './releases.ts';

export const ChangeAnswer = z.strictObject({
  instrument: z.string(),
  panel: z.string(),
  lang: Lang,
  releaseId: ReleaseId,
  cutoffOn: IsoDate,
  nextReleaseOn: IsoDate.meta({ description: 'The next cut-off is this day at the earliest.' }),
  state: z.enum(['published', 'suppressed']),
  group: z.strictObject({ key: z.string(), label: z.string() }),
  change: Change.meta({ description: 'The figures as the release holds them.' }),
  url: z.string().meta({ description: 'The address of these figures that never changes.' }),
});
export type ChangeAnswer = z.infer<typeof ChangeAnswer>;

/**
 * `/v1/changes` and `/v1/releases/{id}/changes`: by how much the organisations of a group moved that took part twice.
 * Public and cacheable; only released values go in. There is no ladder: another group's change is no stand-in.
 */
export function changeRoutes({ instruments, releases }: ApiDependencies) {
  async function answer(
    c: Context,
    instrument: Instrument,
    manifest: Manifest,
    headers: Record<string, string>,
  ): Promise<Response> {
    const lang = publicLanguage(c);
    const { group: asked } = askedGroup(c.req.query('group') ?? 'all', instrument);
    if (!asked) throw problem('unknown-group');
    const group = { key: groupKey(asked, instrument.panelAttribute), ...asked };
    // The same for whatever is hidden: too few, protected, or nobody at all.
    const change: Change = (await releases.change(manifest.releaseId, group.key)) ?? { group, ...SUPPRESSED };
    const { releaseId, cutoffOn, nextReleaseOn, panel } = manifest;
    const body: ChangeAnswer = {
      instrument: manifest.instrument,
      panel,
      lang,
      releaseId,
      cutoffOn,
      nextReleaseOn,
      state: change.state,
      group: { key: group.key, label: groupLabel(instrument, group, lang) },
      change,
      url: `/v1/releases/${releaseId}/changes?${new URLSearchParams({ group: group.key, lang })}`,
    };
    return c.json(body, 200, { 'Content-Language': lang, ...headers });
  }

  return new Hono()
    .get('/v1/changes', etag(), async (c) => {
      const instrument = instrumentAsked(c, instruments);
      return answer(c, instrument, await releaseInForce(releases, instrument), FOLLOWS_HEAD);
    })
    .get('/v1/releases/:id/changes', etag(), async (c) => {
      const manifest = await releaseAsked(releases, c.req.param('id'));
      return answer(c, instrumentOf(manifest, instruments), manifest, IMMUTABLE);
    });
}

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
        ...problemResponses(
          'invalid-request',
          'unknown-instrument',
          'unknown-group',
          'no-release-yet',
          'internal',
          'unavailable',
        ),
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
        ...problemResponses('invalid-request', 'unknown-release', 'unknown-group', 'internal', 'unavailable'),
      },
    },
  },
};
