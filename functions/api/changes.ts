import { type Context, Hono } from 'hono';
import { etag } from 'hono/etag';
import { GroupChange } from '#contracts/answers/group-figures';
import { groupKey } from '#contracts/group';
import { SUPPRESSED } from '#contracts/suppressed';
import { groupLabel } from '#views/group-label';
import type { ApiDependencies } from '../http/dependencies.ts';
import { problem } from '../http/problem.ts';
import { publicLanguage } from '../http/public-language.ts';
import { json } from '../http/responses.ts';
import { askedGroup, GroupParam, LangParam } from './asked-figures.ts';
import { FOR_A_MINUTE, publicOperations, publicRelease, releaseRef } from './asked-release.ts';

/**
 * `/v1/changes` and `/v1/releases/{id}/changes`: by how much the organisations of a group moved that took part twice.
 * Public and cacheable; only released values go in. Another group's change is no stand-in.
 */
export function changeRoutes(deps: ApiDependencies) {
  const read = async (c: Context) => {
    const { instrument, manifest } = await publicRelease(c, deps);
    const lang = publicLanguage(c);
    const { group: asked } = askedGroup(c.req.query('group') ?? 'all', instrument);
    if (!asked) throw problem('unknown-group');
    const group = { key: groupKey(asked, instrument.unitTypeAttribute), ...asked };
    // The same for whatever is hidden: too few, protected, or nobody at all.
    const change = (await deps.releases.change(manifest.releaseId, group.key)) ?? { group, ...SUPPRESSED };
    return c.json(
      {
        instrument: manifest.instrument,
        series: manifest.series,
        lang,
        ...releaseRef(manifest),
        label: groupLabel(instrument, group, lang),
        change,
        url: `/v1/releases/${manifest.releaseId}/changes?${new URLSearchParams({ group: group.key, lang })}`,
      } satisfies GroupChange,
      200,
      { 'Content-Language': lang, ...FOR_A_MINUTE },
    );
  };
  return new Hono().get('/v1/changes', etag(), read).get('/v1/releases/:id/changes', etag(), read);
}

export const changeOperations = publicOperations(
  'changes',
  { group: GroupParam.optional(), lang: LangParam },
  {
    name: 'Change',
    summary: "A group's matched change",
    description:
      'Cuts of the individual change from the first to the last submission, of organisations that took part twice at least six months apart. A suppressed change answers 200 with the state `suppressed`.',
    ok: json("The group's matched change", GroupChange),
  },
);
