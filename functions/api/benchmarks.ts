import { type Context, Hono } from 'hono';
import { etag } from 'hono/etag';
import { type Group, groupKey } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { Cell, GroupRef, Manifest } from '#contracts/release';
import { isPublished } from '#contracts/released-cell';
import { SUPPRESSED } from '#contracts/suppressed';
import { allGroupFigures } from '#standing/own-standing';
import { distributionLines, distributionNotes, distributionView } from '#views/distribution-view';
import { distributionTable } from '#views/figures-table';
import { groupLabel } from '#views/group-label';
import { groupSentence, nothingPublishedSentence } from '#views/group-words';
import { progressView } from '#views/progress-view';
import type { ApiDependencies } from '../http/dependencies.ts';
import { figuresResponse } from '../http/figures-response.ts';
import type { Format } from '../http/private-formats.ts';
import { publicLanguage } from '../http/public-language.ts';
import {
  askedGroup,
  groupAnswer,
  instrumentAsked,
  instrumentOf,
  pictureQuery,
  publicGroup,
  releasesUpTo,
  versionsOf,
} from './asked-figures.ts';
import { releaseAsked, releaseInForce } from './asked-release.ts';
import type { BenchmarkAnswer } from './benchmarks-paths.ts';
import { FOLLOWS_HEAD, OF_RELEASE } from './releases.ts';

/**
 * `/v1/figures` and `/v1/releases/{id}/figures`, each with a suffix for the format: a group's published figures.
 * Public and cacheable, so language and layout stand in the query; only released values go in.
 */
export function benchmarksRoutes({ instruments, releases }: ApiDependencies) {
  const inForce = (format: Format) => async (c: Context) => {
    const instrument = instrumentAsked(c, instruments);
    return answer(c, format, instrument, await releaseInForce(releases, instrument), FOLLOWS_HEAD);
  };
  const frozen = (format: Format) => async (c: Context) => {
    const manifest = await releaseAsked(releases, c.req.param('id'));
    return answer(c, format, instrumentOf(manifest, instruments), manifest, OF_RELEASE);
  };

  async function answer(
    c: Context,
    format: Format,
    instrument: Instrument,
    manifest: Manifest,
    headers: Record<string, string>,
  ): Promise<Response> {
    const lang = publicLanguage(c);
    const picture = pictureQuery(c);
    const asked = askedGroup(c.req.query('group') ?? 'all', instrument);
    const chosen = publicGroup(instrument, manifest, asked);
    const group = chosen.shown?.group ?? groupRefOf(asked.group ?? chosen.tried[0]!, instrument);
    // The same for whatever is hidden: too few, too close to another group, or nobody at all.
    const cell: Cell = (await releases.cell(manifest.releaseId, group.key)) ?? { group, ...SUPPRESSED };
    const figures = isPublished(cell) ? allGroupFigures(instrument, cell, manifest.policy) : null;
    const shown = { instrument, cell, figures, release: manifest, lang };
    const progress =
      picture.view === 'progress'
        ? await versionsOf(await releasesUpTo(releases, manifest), (id) => releases.cell(id, group.key))
        : null;
    const drawn = { layout: picture.layout, theme: picture.theme };
    const draw = () =>
      progress
        ? progressView({ instrument, group, own: [], lang, ...progress, ...drawn })
        : distributionView({ ...shown, ...drawn });
    if (format !== 'json')
      return figuresResponse(c, format, { view: draw, table: () => distributionTable(shown), lang }, headers);

    const sentence = chosen.shown
      ? groupSentence(chosen, instrument, lang)
      : nothingPublishedSentence([groupLabel(instrument, group, lang)], manifest, lang);
    const { title, description, alternative, spec } = draw();
    return c.json(
      {
        instrument: manifest.instrument,
        series: manifest.series,
        lang,
        releaseId: manifest.releaseId,
        cutoffOn: manifest.cutoffOn,
        nextReleaseOn: manifest.nextReleaseOn,
        marks: manifest.marks,
        group: groupAnswer(chosen, instrument, lang, sentence),
        cell,
        dimensions: distributionLines(shown).map(({ dimension, title, sentence }) => ({
          dimension,
          title,
          zone: figures?.[dimension]?.zone ?? null,
          moved: figures?.[dimension]?.moved ?? null,
          sentence,
        })),
        notes: distributionNotes(shown),
        view: picture.view,
        title,
        description,
        alternative,
        spec: spec as unknown as Record<string, unknown>,
        url: `/v1/releases/${manifest.releaseId}/figures?${new URLSearchParams({ group: asked.key, lang })}`,
      } satisfies BenchmarkAnswer,
      200,
      { 'Content-Language': lang, ...headers },
    );
  }

  return new Hono()
    .get('/v1/figures', etag(), inForce('json'))
    .get('/v1/figures.json', etag(), inForce('json'))
    .get('/v1/figures.vl.json', etag(), inForce('vl.json'))
    .get('/v1/figures.vg.json', etag(), inForce('vg.json'))
    .get('/v1/figures.svg', etag(), inForce('svg'))
    .get('/v1/figures.csv', etag(), inForce('csv'))
    .get('/v1/releases/:id/figures', etag(), frozen('json'))
    .get('/v1/releases/:id/figures.json', etag(), frozen('json'))
    .get('/v1/releases/:id/figures.vl.json', etag(), frozen('vl.json'))
    .get('/v1/releases/:id/figures.vg.json', etag(), frozen('vg.json'))
    .get('/v1/releases/:id/figures.svg', etag(), frozen('svg'))
    .get('/v1/releases/:id/figures.csv', etag(), frozen('csv'));
}

function groupRefOf(group: Group, { unitTypeAttribute }: Instrument): GroupRef {
  return { key: groupKey(group, unitTypeAttribute), ...group };
}
