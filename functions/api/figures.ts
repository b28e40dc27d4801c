import { type Context, Hono } from 'hono';
import { etag } from 'hono/etag';
import * as z from 'zod';
import { GroupFigures, type PictureView, VegaLiteSpec, VegaSpec } from '#contracts/answers/group-figures';
import { type Group, groupKey } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { Cell, GroupRef, Manifest } from '#contracts/release';
import { isPublished } from '#contracts/released-cell';
import { SUPPRESSED } from '#contracts/suppressed';
import type { Lang } from '#contracts/text';
import { allGroupFigures } from '#standing/own-standing';
import { allShareRanges } from '#standing/share-ranges';
import type { ReleaseReader } from '#store/ports';
import type { PictureWish } from '#views/chart-style';
import { distributionLines, distributionNotes, distributionView } from '#views/distribution-view';
import { distributionTable } from '#views/figures-table';
import { groupLabel } from '#views/group-label';
import { groupSentence, nothingPublishedSentence } from '#views/group-words';
import { progressView } from '#views/progress-view';
import { shownGroup } from '#views/standing-answer';
import type { ApiDependencies } from '../http/dependencies.ts';
import { figuresResponse } from '../http/figures-response.ts';
import { openToOtherSites } from '../http/open-to-other-sites.ts';
import { type Format, MEDIA_TYPES } from '../http/private-formats.ts';
import { publicLanguage } from '../http/public-language.ts';
import type { Operations } from '../http/responses.ts';
import {
  askedGroup,
  GroupParam,
  LangParam,
  PictureQuery,
  pictureQuery,
  publicGroup,
  releasesUpTo,
  versionsOf,
} from './asked-figures.ts';
import { FOR_A_MINUTE, publicOperations, publicRelease, releaseRef } from './asked-release.ts';

/**
 * `/v1/figures` and `/v1/releases/{id}/figures`, each with a suffix for the format: a group's published figures.
 * Public and cacheable, so language and layout stand in the query; only released values go in.
 */
export function figureRoutes(deps: ApiDependencies) {
  const { releases } = deps;
  const read = (format: Format) => async (c: Context) => {
    const { instrument, manifest } = await publicRelease(c, deps);
    const lang = publicLanguage(c);
    const { view, ...drawn } = pictureQuery(c, deps);
    const found = await publicFigures({ instrument, manifest, group: c.req.query('group'), lang, view }, releases);
    const { asked, chosen, cell, figures, shown } = found;
    const draw = () => found.draw(drawn);
    if (format !== 'json')
      return figuresResponse(c, format, { view: draw, table: () => distributionTable(shown), lang }, FOR_A_MINUTE);

    const sentence = chosen.shown
      ? groupSentence(chosen, instrument, lang)
      : nothingPublishedSentence([groupLabel(instrument, cell.group, lang)], manifest, lang);
    const { shown: _, participations: __, ...groupAnswer } = shownGroup(chosen, instrument, lang, sentence);
    const { title, alternative, spec } = draw();
    return c.json(
      {
        instrument: manifest.instrument,
        series: manifest.series,
        lang,
        ...releaseRef(manifest),
        group: groupAnswer,
        cell,
        ranges: isPublished(cell) ? allShareRanges(cell, manifest.policy) : null,
        dimensions: distributionLines(shown).map(({ dimension, title, sentence }) => ({
          dimension,
          title,
          zone: figures?.[dimension]?.zone ?? null,
          moved: figures?.[dimension]?.moved ?? null,
          sentence,
        })),
        notes: distributionNotes(shown),
        view,
        title,
        alternative,
        spec: spec as unknown as Record<string, unknown>,
        url: `/v1/releases/${manifest.releaseId}/figures?${new URLSearchParams({ group: asked.key, lang })}`,
      } satisfies GroupFigures,
      200,
      { 'Content-Language': lang, ...FOR_A_MINUTE },
    );
  };

  const routes = new Hono();
  for (const format of FORMATS)
    for (const base of ['/v1', '/v1/releases/:id'])
      routes.get(`${base}/figures${format && `.${format}`}`, openToOtherSites, etag(), read(format || 'json'));
  return routes;
}

/** What a group shows in a release, and its picture: for the api and for the page that other sites embed. */
export async function publicFigures(
  wish: {
    instrument: Instrument;
    manifest: Manifest;
    group: string | undefined;
    lang: Lang;
    view: PictureView | undefined;
  },
  releases: ReleaseReader,
) {
  const { instrument, manifest, lang } = wish;
  const asked = askedGroup(wish.group ?? 'all', instrument);
  const chosen = publicGroup(instrument, manifest, asked);
  const group = chosen.shown?.group ?? groupRefOf(asked.group ?? chosen.tried[0]!, instrument);
  // The same for whatever is hidden: too few, too close to another group, or nobody at all.
  const cell: Cell = (await releases.cell(manifest.releaseId, group.key)) ?? { group, ...SUPPRESSED };
  const figures = isPublished(cell) ? allGroupFigures(instrument, cell, manifest.policy) : null;
  const shown = { instrument, cell, figures, release: manifest, lang };
  const progress =
    wish.view === 'progress'
      ? await versionsOf(await releasesUpTo(releases, manifest), (id) => releases.cell(id, group.key))
      : null;
  const draw = (drawn: PictureWish) =>
    progress
      ? progressView({ instrument, group, own: [], lang, ...progress, ...drawn })
      : distributionView({ ...shown, ...drawn });
  return { asked, chosen, cell, figures, shown, draw };
}

/** The format is a suffix of the address, since caches between may ignore `Accept`; JSON without one. */
const FORMATS = ['', 'json', 'vl.json', 'vg.json', 'svg', 'csv'] as const;

function groupRefOf(group: Group, { unitTypeAttribute }: Instrument): GroupRef {
  return { key: groupKey(group, unitTypeAttribute), ...group };
}

export const figureOperations: Operations = Object.assign(
  {},
  ...(
    [
      ['', '', 'Figures, words and spec', 'json', GroupFigures],
      ['.json', 'Json', 'Figures, words and spec', 'json', GroupFigures],
      ['.vl.json', 'Spec', 'The Vega-Lite spec alone', 'vl.json', VegaLiteSpec],
      ['.vg.json', 'Vega', 'The same compiled to Vega', 'vg.json', VegaSpec],
      ['.svg', 'Picture', 'The picture', 'svg', z.string()],
      ['.csv', 'Table', 'The table', 'csv', z.string()],
    ] as const
  ).map(([suffix, name, title, format, schema]) =>
    publicOperations(
      `figures${suffix}`,
      { group: GroupParam.optional(), lang: LangParam, ...PictureQuery.shape },
      {
        name: `Figures${name}`,
        summary: `A group: ${title.toLowerCase()}`,
        description:
          'A suppressed group answers 200 with the state `suppressed` and the published groups to go to. A combination outside the catalogue is answered with a group around it, by the fallback order.',
        ok: { '200': { description: title, content: { [MEDIA_TYPES[format]]: { schema } } } },
      },
    ),
  ),
);
