import { Hono } from 'hono';
import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { type EarlierStanding as EarlierAnswer, OwnStanding } from '#contracts/answers/own-standing';
import type { Instrument } from '#contracts/instrument';
import { seriesOf } from '#contracts/instrument-id';
import type { Change, Manifest } from '#contracts/release';
import { isPublished } from '#contracts/released-cell';
import { scoredIds } from '#contracts/scored-ids';
import type { StoredSubmission } from '#contracts/submission';
import type { Lang } from '#contracts/text';
import { POLICY } from '#disclosure/policy';
import { missingFor, overallOf, scoresOf, weakestOf } from '#microdata/score';
import { type ChosenGroup, cellsNeeded, chooseGroup } from '#standing/choose-group';
import { groupChange } from '#standing/compare-change';
import { type EarlierStanding, earlierStanding } from '#standing/earlier-standing';
import { type DimensionStanding, type OwnScores, ownStanding } from '#standing/own-standing';
import { changeLines } from '#views/change-lines';
import { standingTable } from '#views/figures-table';
import { groupLabel } from '#views/group-label';
import {
  groupSentence,
  missingSentence,
  noReleaseSentence,
  nothingPublishedSentence,
  ownFieldSentence,
} from '#views/group-words';
import { progressView } from '#views/progress-view';
import { type StandingInput, standingLines, standingNotes, standingView } from '#views/standing-view';
import { dimensionTitle } from '#views/standing-words';
import type { ApiDependencies } from '../http/dependencies.ts';
import { figuresResponse } from '../http/figures-response.ts';
import { languageOf } from '../http/language.ts';
import { negotiateFormat } from '../http/private-formats.ts';
import { problem } from '../http/problem.ts';
import { figuresIn, problemResponses } from '../http/responses.ts';
import {
  AcceptLanguage,
  askedGroup,
  GroupParam,
  groupAnswer,
  InstrumentParam,
  instrumentAsked,
  LangParam,
  PictureQuery,
  pictureQuery,
  releasesUpTo,
} from './asked-figures.ts';
import { manifestInForce } from './asked-release.ts';
import { maturityOf, newestFirst, ownSubmission } from './own-submission.ts';
import { authenticate } from './receipts.ts';

const PRIVATE = { 'Cache-Control': 'no-store', Vary: 'Accept, Accept-Language, Authorization' };

/**
 * `GET /v1/standing`: where the own organisation stands. The last submission counts, against the release in force; its
 * earlier ones are set against the releases of their time. Never a dead end: without figures it gives the own results.
 */
export function standingRoutes({ instruments, submissions, releases }: ApiDependencies) {
  return new Hono().get('/v1/standing', async (c) => {
    const organisation = authenticate(c);
    const format = negotiateFormat(c.req.header('Accept'));
    const lang = languageOf(c);
    const picture = pictureQuery(c);
    const instrument = instrumentAsked(c, instruments);
    const series = seriesOf(instrument.id);
    const [inForce, items] = await Promise.all([manifestInForce(releases, instrument), submissions.list(organisation)]);
    const [latest, ...earlier] = items.filter((item) => seriesOf(item.instrument) === series).sort(newestFirst);
    if (!latest) throw problem('no-submission');

    const manifest = inForce ?? null;
    const { profile } = latest;
    const groupText = c.req.query('group');
    const asked = groupText === undefined ? null : askedGroup(groupText, instrument, ownUnitType(instrument, profile));
    const chosen = chooseGroup({ instrument, profile, manifest, asked });
    const own = ownScores(instrument, latest);
    const { shown } = chosen;
    const [cells, history, change] = await Promise.all([
      readCells(manifest, cellsNeeded(chosen)),
      manifest ? releasesUpTo(releases, manifest).then((until) => inTime(until, shown?.key)) : [],
      manifest && shown ? releases.change(manifest.releaseId, shown.key) : undefined,
    ]);
    const standing = ownStanding({ instrument, own, chosen, cells, policy: manifest?.policy ?? null });
    const whyNone = whyNoFigures(manifest, chosen, instrument, lang);
    const input: StandingInput = { instrument, own, standing, release: manifest, whyNone, lang };
    const drawn = { layout: picture.layout, theme: picture.theme };
    const draw = () =>
      picture.view === 'standing'
        ? standingView({ ...input, ...drawn })
        : progressView({
            instrument,
            group: shown?.group ?? { where: {} },
            versions: history.map(({ manifest: { cutoffOn }, cell }) => ({
              cutoffOn,
              cell: isPublished(cell) ? cell : null,
            })),
            own: [latest, ...earlier].map((item) => ({
              conductedOn: item.conductedOn,
              ...ownScores(instrument, item),
            })),
            isInvented: history.some((entry) => entry.manifest.marks.isInvented),
            lang,
            ...drawn,
          });
    if (format !== 'json') {
      return figuresResponse(c, format, { view: draw, table: () => standingTable(input), lang }, PRIVATE);
    }

    const { title, description, alternative, spec } = draw();
    return c.json(
      {
        instrument: instrument.id,
        series,
        lang,
        state: standing.cell ? 'compared' : manifest ? 'nothing-published' : 'no-release',
        submission: ownSubmission(instrument, latest),
        maturity: Object.fromEntries(
          Object.entries({ ...own.scores, overall: own.overall }).map(([id, score]) => [
            id,
            maturityOf(instrument, score),
          ]),
        ),
        missing: missingFor(instrument, latest.answers ?? {}).map((missing) => ({
          ...missing,
          sentence: missingSentence(dimensionTitle(instrument, missing.dimension, lang), missing, lang),
        })),
        release: manifest && {
          releaseId: manifest.releaseId,
          cutoffOn: manifest.cutoffOn,
          marks: manifest.marks,
        },
        nextReleaseOn: manifest?.nextReleaseOn ?? null,
        group: groupAnswer(
          chosen,
          instrument,
          lang,
          [groupSentence(chosen, instrument, lang), ownFieldSentence(chosen, instrument, lang)]
            .filter(Boolean)
            .join(' ') || whyNone,
        ),
        dimensions: standingLines(input).map((line) => ({
          dimension: line.dimension,
          title: line.title,
          score: line.score,
          maturity: line.maturity,
          state: line.state,
          ...placedAnswer(line),
          inLarger: line.inLarger,
          cuts: line.group?.cuts ?? null,
          moved: line.group?.moved ?? null,
          words: line.verdict,
          sentence: line.sentence,
          detail: line.detail,
        })),
        notes: standing.cell ? standingNotes(input) : [],
        change: groupChangeAnswer(change, manifest, instrument),
        earlier: earlier.map((item) =>
          earlierAnswer(
            earlierStanding({
              instrument,
              check: { conductedOn: item.conductedOn, own: ownScores(instrument, item) },
              latest: { conductedOn: latest.conductedOn, own },
              chosen,
              history,
              change,
            }),
            instrument,
            lang,
          ),
        ),
        view: picture.view,
        title,
        description,
        alternative,
        spec: spec as unknown as Record<string, unknown>,
      } satisfies OwnStanding,
      200,
      { 'Content-Language': lang, ...PRIVATE },
    );
  });

  async function readCells(manifest: Manifest | null, keys: string[]) {
    if (!manifest) return new Map();
    return new Map(
      await Promise.all(keys.map(async (key) => [key, await releases.cell(manifest.releaseId, key)] as const)),
    );
  }

  /** One group in every release. */
  function inTime(history: Manifest[], groupKey: string | undefined) {
    return Promise.all(
      history.map(async (manifest) => ({
        manifest,
        cell: groupKey === undefined ? undefined : await releases.cell(manifest.releaseId, groupKey),
      })),
    );
  }
}

function ownUnitType(instrument: Instrument, profile: Record<string, string>): string | undefined {
  return instrument.unitTypeAttribute === undefined ? undefined : profile[instrument.unitTypeAttribute];
}

function ownScores(instrument: Instrument, stored: StoredSubmission): OwnScores {
  const scores = scoresOf(instrument, stored);
  return { scores, overall: overallOf(scores), weakest: weakestOf(scores) };
}

function placedAnswer({ placing, group }: Pick<DimensionStanding, 'placing' | 'group'>) {
  return { range: placing?.range ?? null, verdict: placing?.verdict ?? null, zone: group?.zone ?? null };
}

function groupChangeAnswer(
  change: Change | undefined,
  manifest: Manifest | null,
  instrument: Instrument,
): OwnStanding['change'] {
  if (!isPublished(change) || !manifest) return null;
  return {
    participations: change.participations,
    dimensions: scoredIds(instrument).map((dimension) => {
      const { participations: _, ...figures } = groupChange(change, dimension, manifest.policy, instrument.scoreStep);
      return { dimension, ...figures };
    }),
  };
}

function earlierAnswer(earlier: EarlierStanding, instrument: Instrument, lang: Lang): EarlierAnswer {
  const { own, dimensions, changes, ...rest } = earlier;
  return {
    ...rest,
    ...own,
    standings: dimensions.map((standing) => ({ dimension: standing.dimension, ...placedAnswer(standing) })),
    changes: changeLines(instrument, changes, lang).map(({ group: _, ...line }) => line),
  };
}

/** Why there are no figures, or would be none: before the first release, or nothing of these groups published. */
function whyNoFigures(manifest: Manifest | null, { tried }: ChosenGroup, instrument: Instrument, lang: Lang): string {
  if (!manifest) return noReleaseSentence(POLICY.minParticipations, lang);
  const labels = tried.map((group) => groupLabel(instrument, group, lang));
  return nothingPublishedSentence(labels, manifest, lang);
}

export const standingPaths: ZodOpenApiPathsObject = {
  '/v1/standing': {
    get: {
      operationId: 'readStanding',
      tags: ['Standing'],
      summary: 'Where the own organisation stands',
      description: `The last own submission against the release in force: own scores, and for each dimension one range among the
group's published cuts and the verdict that follows from it. Without \`group\`: the first of the instrument's fallback order
that is published and holds enough, else the largest. A group that is not published, not in the catalogue or of another
unit type is answered with that one. Each earlier submission is set against the first release whose cut-off is its day or later.
Before the first release, and where nothing is published, the own results and what is missing are answered with 200.`,
      security: [{ receipt: [] }],
      requestParams: {
        query: z.object({
          instrument: InstrumentParam,
          group: GroupParam.optional(),
          lang: LangParam.meta({ description: 'Overrides Accept-Language.' }),
          ...PictureQuery.shape,
        }),
        header: AcceptLanguage,
      },
      responses: {
        ...figuresIn(OwnStanding),
        ...problemResponses(
          'invalid-request',
          'receipt-missing',
          'receipt-mistyped',
          'unknown-instrument',
          'unknown-group',
          'no-submission',
          'not-acceptable',
          'unavailable',
        ),
      },
    },
  },
};
