import { type Context, Hono } from 'hono';
import { etag } from 'hono/etag';
import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import type { Instrument } from '#contracts/instrument';
import { Cell, type Manifest, ReleaseId, SUPPRESSED } from '#contracts/release';
import { IsoDate, Lang } from '#contracts/text';
import { distributionLines, distributionView } from '#views/distribution-view';
import { distributionTable } from '#views/figures-table';
import { groupLabel } from '#views/group-label';
import { progressView } from '#views/progress-view';
import { nothingPublishedSentence, RUNG_REASONS, rungSentence } from '#views/rung-words';
import {
  askedGroup,
  choicesOf,
  GroupChoice,
  GroupParam,
  InstrumentParam,
  instrumentAsked,
  instrumentOf,
  LangParam,
  PictureQuery,
  pictureQuery,
  type Rung,
  readRungs,
  rungsBelow,
  shownVersions,
} from './asked-figures.ts';
import { releaseAsked, releaseInForce } from './asked-release.ts';
import type { ApiDependencies } from './dependencies.ts';
import { figuresResponse } from './figures-response.ts';
import { type Format, MEDIA_TYPES } from './private-formats.ts';
import { problemResponses } from './problem-responses.ts';
import { publicLanguage } from './public-language.ts';
import { FOLLOWS_HEAD, IMMUTABLE, NOT_MODIFIED } from './releases.ts';

/** Which group was asked for, which is shown, and why. */
export const RungAnswer = z.strictObject({
  asked: z.string().nullable().meta({ description: 'The group asked for; null where none was.' }),
  shown: z.string().nullable().meta({ description: 'The group shown; null where nothing is published.' }),
  reason: z.enum(RUNG_REASONS),
  sentence: z.string(),
});

const GroupAnswer = z.strictObject({ key: z.string(), label: z.string() });

/** A Vega-Lite v6 spec with its data inside. */
export const SpecAnswer = z.record(z.string(), z.unknown()).meta({
  description: 'Vega-Lite v6 with its data inside (https://vega.github.io/schema/vega-lite/v6.json).',
});

export const BenchmarkAnswer = z.strictObject({
  instrument: z.string(),
  panel: z.string(),
  lang: Lang,
  releaseId: ReleaseId,
  cutoffOn: IsoDate,
  nextReleaseOn: IsoDate.meta({ description: 'The next cut-off is this day at the earliest.' }),
  state: z.enum(['published', 'suppressed']),
  rung: RungAnswer,
  group: GroupAnswer,
  cell: Cell.meta({ description: 'The figures as the release holds them.' }),
  dimensions: z.array(
    z.strictObject({
      dimension: z.string(),
      title: z.string(),
      state: z.enum(['published', 'suppressed']),
      sentence: z.string(),
    }),
  ),
  choices: z.array(GroupChoice).meta({ description: 'Published groups on the ladder of the one asked for.' }),
  view: PictureQuery.shape.view,
  title: z.string(),
  description: z.string(),
  alternative: z.string().meta({ description: 'Everything the picture tells, as complete sentences.' }),
  spec: SpecAnswer,
  url: z.string().meta({ description: 'The address of these figures that never changes.' }),
});
export type BenchmarkAnswer = z.infer<typeof BenchmarkAnswer>;

/**
 * `/v1/benchmarks` and `/v1/releases/{id}/benchmarks`, each with a suffix for the format: a group's published figures.
 * Public and cacheable, so language and layout stand in the query; only released values go in.
 */
export function benchmarksRoutes({ instruments, releases }: ApiDependencies) {
  const inForce = (format: Format) => async (c: Context) => {
    const instrument = instrumentAsked(c, instruments);
    return answer(c, format, instrument, await releaseInForce(releases, instrument), FOLLOWS_HEAD);
  };
  const frozen = (format: Format) => async (c: Context) => {
    const manifest = await releaseAsked(releases, c.req.param('id'));
    return answer(c, format, instrumentOf(manifest, instruments), manifest, IMMUTABLE);
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
    const rungs = await readRungs(releases, manifest.releaseId, instrument, rungsBelow(instrument, asked.panel, asked));
    // A group of the catalogue answers for itself; a combination outside it has no figures and walks down.
    const shown = asked.group ? rungs[0]! : rungs.find((rung) => rung.cell !== null);
    const cell = shown?.cell ?? suppressedCell(shown ?? rungs[0]!);
    const drawn = { instrument, lang, layout: picture.layout, theme: picture.theme };
    const versions = picture.view === 'progress' ? await shownVersions(releases, manifest, cell.group.key) : [];
    const draw = () =>
      picture.view === 'standing'
        ? distributionView({ ...drawn, cell })
        : progressView({ ...drawn, own: [], versions });
    const table = () => distributionTable(instrument, cell, lang);
    if (format !== 'json') return figuresResponse(c, format, { view: draw, table, lang }, headers);

    const label = groupLabel(instrument, cell.group, lang);
    const reason =
      cell.state === 'suppressed' ? 'nothing-published' : asked.group ? 'as-asked' : 'asked-not-in-catalogue';
    const view = draw();
    return c.json(
      {
        instrument: manifest.instrument,
        panel: manifest.panel,
        lang,
        releaseId: manifest.releaseId,
        cutoffOn: manifest.cutoffOn,
        nextReleaseOn: manifest.nextReleaseOn,
        state: cell.state,
        rung: {
          asked: asked.key,
          shown: cell.state === 'published' ? cell.group.key : null,
          reason,
          sentence:
            reason === 'nothing-published'
              ? nothingPublishedSentence([label], manifest, lang)
              : rungSentence(reason, label, lang),
        },
        group: { key: cell.group.key, label },
        cell,
        dimensions: distributionLines({ instrument, cell, lang }).map(({ dimension, title, state, sentence }) => ({
          dimension,
          title,
          state,
          sentence,
        })),
        choices: choicesOf(rungs, instrument, lang),
        view: picture.view,
        title: view.title,
        description: view.description,
        alternative: view.alternative,
        spec: view.spec as unknown as Record<string, unknown>,
        url: `/v1/releases/${manifest.releaseId}/benchmarks?${new URLSearchParams({ group: asked.key, lang })}`,
      } satisfies BenchmarkAnswer,
      200,
      { 'Content-Language': lang, ...headers },
    );
  }

  return new Hono()
    .get('/v1/benchmarks', etag(), inForce('json'))
    .get('/v1/benchmarks.json', etag(), inForce('json'))
    .get('/v1/benchmarks.vl.json', etag(), inForce('vl.json'))
    .get('/v1/benchmarks.vg.json', etag(), inForce('vg.json'))
    .get('/v1/benchmarks.svg', etag(), inForce('svg'))
    .get('/v1/benchmarks.csv', etag(), inForce('csv'))
    .get('/v1/releases/:id/benchmarks', etag(), frozen('json'))
    .get('/v1/releases/:id/benchmarks.json', etag(), frozen('json'))
    .get('/v1/releases/:id/benchmarks.vl.json', etag(), frozen('vl.json'))
    .get('/v1/releases/:id/benchmarks.vg.json', etag(), frozen('vg.json'))
    .get('/v1/releases/:id/benchmarks.svg', etag(), frozen('svg'))
    .get('/v1/releases/:id/benchmarks.csv', etag(), frozen('csv'));
}

/** The same for whatever is hidden: too few, protected, or nobody at all. */
function suppressedCell({ key, group }: Rung): Cell {
  return { group: { key, ...group }, ...SUPPRESSED };
}

const query = { group: GroupParam.optional(), lang: LangParam, ...PictureQuery.shape };
const problems = problemResponses(
  'invalid-request',
  'unknown-instrument',
  'unknown-group',
  'no-release-yet',
  'internal',
  'unavailable',
);
const frozenProblems = problemResponses(
  'invalid-request',
  'unknown-release',
  'unknown-group',
  'internal',
  'unavailable',
);

/** What each format is called in the documentation, by the suffix of its address. */
const CONTENT: Record<string, { name: string; title: string; media: string; schema: z.ZodType }> = {
  '': { name: '', title: 'Figures, words and spec', media: 'application/json', schema: BenchmarkAnswer },
  '.json': { name: 'Json', title: 'Figures, words and spec', media: 'application/json', schema: BenchmarkAnswer },
  '.vl.json': { name: 'Spec', title: 'The Vega-Lite spec alone', media: MEDIA_TYPES['vl.json'], schema: SpecAnswer },
  '.vg.json': { name: 'Vega', title: 'The same compiled to Vega', media: MEDIA_TYPES['vg.json'], schema: SpecAnswer },
  '.svg': { name: 'Picture', title: 'The picture', media: MEDIA_TYPES.svg, schema: z.string() },
  '.csv': { name: 'Table', title: 'The table', media: MEDIA_TYPES.csv, schema: z.string() },
};

export const benchmarksPaths: ZodOpenApiPathsObject = Object.fromEntries(
  Object.entries(CONTENT).flatMap(([suffix, { name, title, media, schema }]) => {
    const ok = { '200': { description: title, content: { [media]: { schema } } }, ...NOT_MODIFIED };
    return [
      [
        `/v1/benchmarks${suffix}`,
        {
          get: {
            operationId: `readBenchmarks${name}`,
            tags: ['Releases'],
            summary: `A group in the release in force: ${title.toLowerCase()}`,
            description:
              'A suppressed group answers 200 with the state `suppressed` and the published groups to go to. A combination outside the catalogue is answered with a group of its ladder.',
            requestParams: { query: z.object({ instrument: InstrumentParam, ...query }) },
            responses: { ...ok, ...problems },
          },
        },
      ],
      [
        `/v1/releases/{id}/benchmarks${suffix}`,
        {
          get: {
            operationId: `readReleaseBenchmarks${name}`,
            tags: ['Releases'],
            summary: `A group in one release: ${title.toLowerCase()}`,
            description: 'Never changes.',
            requestParams: { path: z.object({ id: ReleaseId }), query: z.object(query) },
            responses: { ...ok, ...frozenProblems },
          },
        },
      ],
    ];
  }),
);
