import { Hono } from 'hono';
import * as z from 'zod';
import { type EarlierStanding as EarlierAnswer, OwnStanding } from '#contracts/answers/own-standing';
import type { Instrument } from '#contracts/instrument';
import type { Change, Manifest } from '#contracts/release';
import { isPublished } from '#contracts/released-cell';
import { scoredIds } from '#contracts/scored-ids';
import { seriesOf } from '#contracts/series';
import type { StoredSubmission } from '#contracts/submission';
import type { Lang } from '#contracts/text';
import { POLICY } from '#disclosure/policy';
import { missingFor, overallOf, scoresOf, weakestOf } from '#microdata/score';
import { cellsNeeded, chooseGroup } from '#standing/choose-group';
import { groupChange } from '#standing/compare-change';
import { type EarlierStanding, earlierStanding } from '#standing/earlier-standing';
import { type DimensionStanding, type OwnScores, ownStanding } from '#standing/own-standing';
import type { ReleaseReader } from '#store/ports';
import { changeLines, groupChangeSentence } from '#views/change-lines';
import { standingTable } from '#views/figures-table';
import { whyNoFigures } from '#views/group-words';
import { progressView } from '#views/progress-view';
import { toldStanding } from '#views/standing-answer';
import { type StandingInput, standingView } from '#views/standing-view';
import type { ApiDependencies } from '../http/dependencies.ts';
import { figuresResponse } from '../http/figures-response.ts';
import { languageOf } from '../http/language.ts';
import { negotiateFormat } from '../http/private-formats.ts';
import { problem } from '../http/problem.ts';
import { figuresIn, type Operations } from '../http/responses.ts';
import {
  AcceptLanguage,
  askedGroup,
  GroupParam,
  InstrumentParam,
  instrumentAsked,
  LangParam,
  PictureQuery,
  pictureQuery,
  releasesUpTo,
} from './asked-figures.ts';
import { manifestInForce } from './asked-release.ts';
import { newestFirst, ownSubmission } from './own-submission.ts';
import { authenticate } from './receipts.ts';

const PRIVATE = { 'Cache-Control': 'no-store', Vary: 'Accept, Accept-Language, Authorization' };

/**
 * `GET /v1/standing`: where the own organisation stands. The last submission counts, against the release in force; its
 * earlier ones are set against the releases of their time. Never a dead end: without figures it gives the own results.
 */
export function standingRoutes(deps: ApiDependencies) {
  return new Hono().get('/v1/standing', async (c) => {
    const organisation = authenticate(c);
    const format = negotiateFormat(c.req.header('Accept'));
    const lang = languageOf(c);
    const { view, ...drawn } = pictureQuery(c, deps);
    const instrument = instrumentAsked(c, deps.instruments);
    const read = await readStanding(organisation, instrument, c.req.query('group'), deps);
    const { manifest, chosen, standing, own, checks, history } = read;
    const { profile } = checks[0]!;
    const { minParticipations } = POLICY;
    const whyNone = chosen.shown ? '' : whyNoFigures(manifest, chosen, { instrument, minParticipations }, lang);
    const unitType = ownUnitType(instrument, profile);
    const input: StandingInput = { instrument, own, unitType, standing, release: manifest, whyNone, lang };
    const draw = () =>
      view === 'standing'
        ? standingView({ ...input, ...drawn })
        : progressView({
            instrument,
            group: chosen.shown?.group ?? { where: {} },
            versions: history.map(({ manifest: { cutoffOn }, cell }) => ({
              cutoffOn,
              cell: isPublished(cell) ? cell : null,
            })),
            own: checks.map((item) => ({ conductedOn: item.conductedOn, ...ownScores(instrument, item) })),
            isInvented: history.some((entry) => entry.manifest.marks.isInvented),
            lang,
            ...drawn,
          });
    if (format !== 'json') {
      return figuresResponse(c, format, { view: draw, table: () => standingTable(input), lang }, PRIVATE);
    }
    const { title, alternative, spec } = draw();
    const picture = { view, title, alternative, spec: spec as unknown as Record<string, unknown> };
    const answer: OwnStanding = { ...standingAnswer(input, read), ...picture };
    return c.json(answer, 200, { 'Content-Language': lang, ...PRIVATE });
  });
}

/** The own checks, the last first, and the released figures that they are set against. */
async function readStanding(
  organisation: string,
  instrument: Instrument,
  groupText: string | undefined,
  { submissions, releases }: Pick<ApiDependencies, 'submissions' | 'releases'>,
) {
  const [inForce, items] = await Promise.all([manifestInForce(releases, instrument), submissions.list(organisation)]);
  const checks = items.filter((item) => seriesOf(item.instrument) === seriesOf(instrument.id)).sort(newestFirst);
  const [latest] = checks;
  if (!latest) throw problem('no-submission');
  const manifest = inForce ?? null;
  const { profile } = latest;
  const asked = groupText === undefined ? null : askedGroup(groupText, instrument, ownUnitType(instrument, profile));
  const chosen = chooseGroup({ instrument, profile, manifest, asked });
  const key = chosen.shown?.key;
  const [cells, history, change] = await Promise.all([
    Promise.all(cellsNeeded(chosen).map(async (one) => [one, await releases.cell(manifest!.releaseId, one)] as const)),
    manifest ? releasesUpTo(releases, manifest).then((until) => inTime(until, key, releases)) : [],
    manifest && key !== undefined ? releases.change(manifest.releaseId, key) : undefined,
  ]);
  const own = ownScores(instrument, latest);
  const policy = manifest?.policy ?? null;
  const standing = ownStanding({ instrument, own, chosen, cells: new Map(cells), policy });
  return { manifest, checks, chosen, history, change, own, standing };
}

/** One group in every release. */
function inTime(history: readonly Manifest[], key: string | undefined, releases: ReleaseReader) {
  return Promise.all(
    history.map(async (manifest) => ({
      manifest,
      cell: key === undefined ? undefined : await releases.cell(manifest.releaseId, key),
    })),
  );
}

/** Everything but the picture. */
function standingAnswer(
  input: StandingInput,
  { manifest, checks, chosen, history, change, own }: Awaited<ReturnType<typeof readStanding>>,
) {
  const { instrument, lang } = input;
  const [latest, ...earlier] = checks as [StoredSubmission, ...StoredSubmission[]];
  const { scores: _, overall: __, weakest: ___, ...submission } = ownSubmission(instrument, latest);
  const { answers = {}, questions } = latest;
  return {
    instrument: instrument.id,
    series: seriesOf(instrument.id),
    lang,
    ...toldStanding(input, chosen, manifest, { missing: missingFor(instrument, answers), questions }),
    submission,
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
  };
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
  const terms = { ...manifest.policy, step: instrument.scoreStep };
  return {
    participations: change.participations,
    dimensions: scoredIds(instrument).map((dimension) => {
      const { participations: _, ...figures } = groupChange(change, dimension, terms);
      return { dimension, ...figures };
    }),
  };
}

function earlierAnswer(earlier: EarlierStanding, instrument: Instrument, lang: Lang): EarlierAnswer {
  const { own: _, dimensions, changes, ...rest } = earlier;
  const NOWHERE = { placing: null, group: null };
  return {
    ...rest,
    groupChanged: groupChangeSentence(instrument, changes, lang),
    dimensions: changeLines(instrument, changes, lang).map(({ dimension, from, own, beyond, sentence }) => ({
      dimension,
      score: from,
      ...placedAnswer(dimensions.find((placed) => placed.dimension === dimension) ?? NOWHERE),
      change: own,
      beyond,
      sentence,
    })),
  };
}

export const standingOperations: Operations = {
  'GET /v1/standing': {
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
    ok: figuresIn(OwnStanding),
    problems: [
      'invalid-request',
      'unknown-instrument',
      'unknown-group',
      'no-submission',
      'not-acceptable',
      'unavailable',
    ],
  },
};
