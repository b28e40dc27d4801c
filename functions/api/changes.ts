import { type Context, Hono } from 'hono';
import { etag } from 'hono/etag';
import { groupKey } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { Change, Manifest } from '#contracts/release';
import { SUPPRESSED } from '#contracts/suppressed';
import { groupLabel } from '#views/group-label';
import type { ApiDependencies } from '../http/dependencies.ts';
import { problem } from '../http/problem.ts';
import { publicLanguage } from '../http/public-language.ts';
import { askedGroup, instrumentAsked, instrumentOf } from './asked-figures.ts';
import { releaseAsked, releaseInForce } from './asked-release.ts';
import type { ChangeAnswer } from './change-paths.ts';
import { FOLLOWS_HEAD, OF_RELEASE } from './releases.ts';

/**
 * `/v1/changes` and `/v1/releases/{id}/changes`: by how much the organisations of a group moved that took part twice.
 * Public and cacheable; only released values go in. Another group's change is no stand-in.
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
    const group = { key: groupKey(asked, instrument.unitTypeAttribute), ...asked };
    // The same for whatever is hidden: too few, protected, or nobody at all.
    const change: Change = (await releases.change(manifest.releaseId, group.key)) ?? { group, ...SUPPRESSED };
    const { releaseId, cutoffOn, nextReleaseOn, marks, series } = manifest;
    const body: ChangeAnswer = {
      instrument: manifest.instrument,
      series,
      lang,
      releaseId,
      cutoffOn,
      nextReleaseOn,
      marks,
      label: groupLabel(instrument, group, lang),
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
      return answer(c, instrumentOf(manifest, instruments), manifest, OF_RELEASE);
    });
}
