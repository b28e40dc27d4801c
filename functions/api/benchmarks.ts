import { type Context, Hono } from 'hono';
import { etag } from 'hono/etag';
import type { Instrument } from '#contracts/instrument';
import type { Cell, Manifest } from '#contracts/release';
import { SUPPRESSED } from '#contracts/suppressed';
import { distributionLines, distributionView } from '#views/distribution-view';
import { distributionTable } from '#views/figures-table';
import { groupLabel } from '#views/group-label';
import { progressView } from '#views/progress-view';
import { nothingPublishedSentence, rungSentence } from '#views/rung-words';
import {
  askedGroup,
  choicesOf,
  instrumentAsked,
  instrumentOf,
  pictureQuery,
  type Rung,
  readRungs,
  rungsBelow,
  shownVersions,
} from './asked-figures.ts';
import { releaseAsked, releaseInForce } from './asked-release.ts';
import type { BenchmarkAnswer } from './benchmarks-paths.ts';
import type { ApiDependencies } from './dependencies.ts';
import { figuresResponse } from './figures-response.ts';
import type { Format } from './private-formats.ts';
import { publicLanguage } from './public-language.ts';
import { FOLLOWS_HEAD, IMMUTABLE } from './releases.ts';

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
