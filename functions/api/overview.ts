import { type Context, Hono } from 'hono';
import { etag } from 'hono/etag';
import * as z from 'zod';
import { PictureLayout, PictureSetting, PictureTheme, VegaLiteSpec } from '#contracts/answers/group-figures';
import { unitTypesOf } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { Manifest } from '#contracts/release';
import { isPublished } from '#contracts/released-cell';
import { Code } from '#contracts/text';
import { overviewOf } from '#standing/overview';
import type { ReleaseReader } from '#store/ports';
import { overviewTable, overviewView } from '#views/overview-view';
import type { ApiDependencies } from '../http/dependencies.ts';
import { figuresResponse } from '../http/figures-response.ts';
import { openToOtherSites } from '../http/open-to-other-sites.ts';
import { type Format, MEDIA_TYPES } from '../http/private-formats.ts';
import { invalidRequest } from '../http/problem.ts';
import { publicLanguage } from '../http/public-language.ts';
import type { Operations } from '../http/responses.ts';
import { LangParam, pictureQuery } from './asked-figures.ts';
import { FOR_A_MINUTE, publicOperations, publicRelease } from './asked-release.ts';

/**
 * `/v1/overview` and `/v1/releases/{id}/overview`, each with a suffix for the format: the middle of every published group of
 * one unit type. Public and cacheable; only released values go in.
 */
export function overviewRoutes(deps: ApiDependencies) {
  const read = (format: Exclude<Format, 'json'>) => async (c: Context) => {
    const { instrument, manifest } = await publicRelease(c, deps);
    const lang = publicLanguage(c);
    const { view: _, ...drawn } = pictureQuery(c, deps);
    const unitType = oneOf('unitType', c.req.query('unitType'), unitTypesOf(instrument));
    const ids = instrument.dimensions.map(({ id }) => id);
    const dimension = oneOf('dimension', c.req.query('dimension'), ids)!;
    const input = { ...(await overviewGroups(instrument, manifest, unitType, deps.releases)), dimension, lang };
    const views = { view: () => overviewView({ ...input, ...drawn }), table: () => overviewTable(input), lang };
    return figuresResponse(c, format, views, FOR_A_MINUTE);
  };
  const routes = new Hono();
  for (const format of FORMATS)
    for (const base of ['/v1', '/v1/releases/:id'])
      routes.get(`${base}/overview.${format}`, openToOtherSites, etag(), read(format));
  return routes;
}

const FORMATS = ['svg', 'csv', 'vl.json'] as const;

/** The published groups of one unit type, read and put in order: for pictures, tables and the page of the field. */
export async function overviewGroups(
  instrument: Instrument,
  manifest: Manifest,
  unitType: string | undefined,
  releases: ReleaseReader,
) {
  const keys = manifest.cells.flatMap(({ group, state }) =>
    state === 'published' && group.unitType === unitType ? [group.key] : [],
  );
  const cells = await Promise.all(keys.map((key) => releases.cell(manifest.releaseId, key)));
  const groups = overviewOf(
    instrument,
    cells.filter((cell) => isPublished(cell)),
    { ...manifest.policy, step: instrument.scoreStep },
  );
  return { instrument, unitType, groups, release: manifest };
}

/** @throws ProblemError `invalid-request` for a value that is none of the possible ones; the first of these without any */
function oneOf(name: string, asked: string | undefined, possible: readonly (string | undefined)[]): string | undefined {
  if (asked === undefined) return possible[0];
  if (possible.includes(asked)) return asked;
  throw invalidRequest({
    field: `query:${name}`,
    rule: 'invalid-value',
    words: { expected: possible.filter(Boolean).join(', ') },
  });
}

const OverviewQuery = {
  unitType: Code.optional().meta({ description: 'The unit type whose groups are shown; the first without it.' }),
  dimension: Code.optional().meta({ description: 'The one dimension of a narrow picture; the first without it.' }),
  lang: LangParam,
  layout: PictureLayout.default('wide'),
  theme: PictureTheme.default('light'),
  setting: PictureSetting.default('whole'),
};

export const overviewOperations: Operations = Object.assign(
  {},
  ...(
    [
      ['svg', 'Picture', 'a picture', z.string()],
      ['csv', 'Table', 'a table with ranges', z.string()],
      ['vl.json', 'Spec', 'a Vega-Lite spec', VegaLiteSpec],
    ] as const
  ).map(([format, name, title, schema]) =>
    publicOperations(`overview.${format}`, OverviewQuery, {
      name: `Overview${name}`,
      summary: `All published groups as ${title}`,
      description:
        'The middle of every published group of one unit type in each dimension, with its 95 % range from `verdictFromN` on. In the order of the instrument: no ranking.',
      ok: { '200': { description: title, content: { [MEDIA_TYPES[format]]: { schema } } } },
    }),
  ),
);
