import { Hono } from 'hono';
import type * as z from 'zod';
import { POLICY } from '#disclosure/policy';
import { missingFor, overallOf, scoresOf, weakestOf } from '#microdata/score';
import { standingOf } from '#standing/place-score';
import type { Group } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import { panelIdOf } from '#contracts/instrument-id';
import type { Standing } from '#contracts/position';
import type { Cut, Manifest, PublishedCell } from '#contracts/release';
import type { StoredSubmission } from '#contracts/submission';
import type { Lang } from '#contracts/text';
import { changeLines } from '#views/change-lines';
import { standingTable } from '#views/figures-table';
import { groupLabel } from '#views/group-label';
import { defaultRung, ladderOf, NUMBERS_FROM } from '#views/group-ladder';
import { progressView } from '#views/progress-view';
import {
  missingSentence,
  noReleaseSentence,
  nothingPublishedSentence,
  type RungReason,
  rungSentence,
} from '#views/rung-words';
import { type OwnScores, type StandingInput, standingLines, standingView } from '#views/standing-view';
import { ageSentence, dimensionTitle, SAMPLE_CAVEAT } from '#views/standing-words';
import {
  type AskedGroup,
  askedGroup,
  choicesOf,
  instrumentAsked,
  pictureQuery,
  type Rung,
  readRungs,
  releasesUpTo,
  rungsBelow,
  shownCell,
} from './asked-figures.ts';
import type { EarlierAnswer, OwnBenchmarkAnswer } from './benchmark-paths.ts';
import type { ApiDependencies } from './dependencies.ts';
import { figuresResponse } from './figures-response.ts';
import { languageOf } from './language.ts';
import { maturityOf, newestFirst, ownSubmission } from './own-submission.ts';
import { negotiateFormat } from './private-formats.ts';
import { problem } from './problem.ts';
import { authenticate } from './receipts.ts';

const PRIVATE = { 'Cache-Control': 'no-store', Vary: 'Accept, Accept-Language, Authorization' };

/**
 * `GET /v1/benchmark`: where the own organisation stands. The last submission counts, against the release in force; its
 * earlier ones are set against the releases of their time. Never a dead end: without figures it gives the own results.
 */
export function benchmarkRoutes({ instruments, submissions, releases }: ApiDependencies) {
  return new Hono().get('/v1/benchmark', async (c) => {
    const organisation = authenticate(c);
    const format = negotiateFormat(c.req.header('Accept'));
    const lang = languageOf(c);
    const picture = pictureQuery(c);
    const instrument = instrumentAsked(c, instruments);
    const panel = panelIdOf(instrument.id);
    const [head, items] = await Promise.all([releases.head(panel), submissions.list(organisation)]);
    const [latest, ...earlier] = items.filter((item) => panelIdOf(item.instrument) === panel).sort(newestFirst);
    if (!latest) throw problem('no-submission');

    const groupText = c.req.query('group');
    const ownPanelValue = ownPanel(instrument, latest.profile);
    const asked = groupText === undefined ? null : askedGroup(groupText, instrument, ownPanelValue);
    const own = ownScores(instrument, latest);
    const history = head ? await releasesUpTo(releases, head.releases, head.releases[0]!) : [];
    const manifest = history.at(-1);
    const { rung, reason, tried, belongsTo } = await chooseRung(manifest, instrument, latest, asked);
    const cell = rung?.cell ?? null;
    const labels = tried.map(({ group }) => groupLabel(instrument, group, lang));
    const whyNone = whyNoFigures(manifest, labels, lang);
    const input: StandingInput = {
      instrument,
      own,
      lang,
      comparison: cell ? { cell, standings: standingsIn(cell, own) } : null,
      whyNone,
    };
    const earlierCells = await cellsOf(history, rung?.key);
    const drawn = { layout: picture.layout, theme: picture.theme };
    const draw = () =>
      picture.view === 'standing'
        ? standingView({ ...input, ...drawn })
        : progressView({
            instrument,
            lang,
            ...drawn,
            versions: [...earlierCells.values()],
            own: [latest, ...earlier].map((item) => ({
              conductedOn: item.conductedOn,
              ...ownScores(instrument, item),
            })),
          });
    if (format !== 'json') {
      return figuresResponse(c, format, { view: draw, table: () => standingTable(input), lang }, PRIVATE);
    }

    const view = draw();
    return c.json(
      {
        instrument: instrument.id,
        panel,
        lang,
        state: cell ? 'compared' : manifest ? 'nothing-published' : 'no-release',
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
        release: releaseRef(manifest),
        nextReleaseOn: manifest?.nextReleaseOn ?? null,
        rung: {
          asked: asked?.key ?? null,
          shown: cell && rung ? rung.key : null,
          reason,
          sentence:
            reason === 'no-release' || reason === 'nothing-published'
              ? whyNone
              : rungSentence(reason, groupLabel(instrument, rung!.group, lang), lang),
        },
        group: groupShown(cell, instrument, lang),
        dimensions: standingLines(input).map(({ words: _, weakest: __, ...line }) => ({
          ...line,
          cuts: cutsIn(cell, line.dimension),
        })),
        notes: cell ? [ageSentence(cell, lang), SAMPLE_CAVEAT[lang]] : [],
        choices: choicesOf(belongsTo, instrument, lang),
        earlier: earlier.map((item) =>
          earlierAnswer(item, { instrument, history, cells: earlierCells, latest: { own, cell }, lang }),
        ),
        view: picture.view,
        title: view.title,
        description: view.description,
        alternative: view.alternative,
        spec: view.spec as unknown as Record<string, unknown>,
      } satisfies OwnBenchmarkAnswer,
      200,
      { 'Content-Language': lang, ...PRIVATE },
    );
  });

  /** The group to stand in: as asked, or the default; always in the own panel. */
  async function chooseRung(
    manifest: Manifest | undefined,
    instrument: Instrument,
    { profile }: StoredSubmission,
    asked: AskedGroup | null,
  ): Promise<ChosenRung> {
    if (!manifest) return { rung: undefined, reason: 'no-release', tried: [], belongsTo: [] };
    const panel = ownPanel(instrument, profile);
    const read = (groups: Group[]) => readRungs(releases, manifest.releaseId, instrument, groups);
    const [ladder, belongsTo, tried] = await Promise.all([
      read(ladderOf(instrument, panel, profile)),
      read(ladderOf({ ...instrument, ladder: instrument.catalogue }, panel, profile)),
      read(asked ? rungsBelow(instrument, panel, asked) : []),
    ]);
    if (!asked) {
      const rung = defaultRung(ladder);
      if (!rung) return { rung, reason: 'nothing-published', tried: ladder, belongsTo };
      const reason = rung.participations! >= NUMBERS_FROM ? 'default-large-enough' : 'default-largest';
      return { rung, reason, tried: ladder, belongsTo };
    }
    const rung = tried.find(({ cell }) => cell !== null);
    const reason = rung ? askedReason(asked, rung === tried[0], panel) : 'nothing-published';
    return { rung, reason, tried, belongsTo };
  }

  /** One group's published cells by release. */
  async function cellsOf(history: Manifest[], groupKey: string | undefined): Promise<Map<string, PublishedCell>> {
    if (groupKey === undefined) return new Map();
    const cells = await Promise.all(history.map(({ releaseId }) => releases.cell(releaseId, groupKey)));
    return new Map(
      history.flatMap(({ releaseId }, index) => {
        const cell = shownCell(cells[index]);
        return cell ? [[releaseId, cell] as const] : [];
      }),
    );
  }
}

interface ChosenRung {
  rung: Rung | undefined;
  reason: RungReason;
  /** The rungs looked at, narrowest first. */
  tried: Rung[];
  /** Every group of the catalogue that the organisation is in. */
  belongsTo: Rung[];
}

function askedReason(asked: AskedGroup, isFirst: boolean, panel: string | undefined): RungReason {
  if (asked.namesPanel && asked.panel !== panel) return 'asked-other-panel';
  if (!asked.group) return 'asked-not-in-catalogue';
  return isFirst ? 'as-asked' : 'asked-not-published';
}

function ownPanel(instrument: Instrument, profile: Record<string, string>): string | undefined {
  return instrument.panelAttribute === undefined ? undefined : profile[instrument.panelAttribute];
}

function ownScores(instrument: Instrument, stored: StoredSubmission): OwnScores {
  const scores = scoresOf(instrument, stored);
  return { scores, overall: overallOf(scores), weakest: weakestOf(scores) };
}

/** Own scores among a cell's published cuts; where either is missing there is no standing. */
function standingsIn(cell: PublishedCell, own: OwnScores): Record<string, Standing> {
  const standings: Record<string, Standing> = {};
  for (const [dimension, score] of Object.entries({ ...own.scores, overall: own.overall })) {
    const cuts = cutsIn(cell, dimension);
    if (score !== null && cuts) standings[dimension] = standingOf(score, cuts, cell.participations);
  }
  return standings;
}

function cutsIn(cell: PublishedCell | null, dimension: string): Cut[] | null {
  const figures = cell?.dimensions[dimension];
  return figures?.state === 'published' ? figures.cuts : null;
}

/**
 * An earlier check in its own time: against the first release whose cut-off is its day or later, since that is the one
 * it could count in; in the group that is shown today.
 */
function earlierAnswer(
  item: StoredSubmission,
  {
    instrument,
    history,
    cells,
    latest,
    lang,
  }: {
    instrument: Instrument;
    history: Manifest[];
    cells: Map<string, PublishedCell>;
    latest: { own: OwnScores; cell: PublishedCell | null };
    lang: Lang;
  },
): z.infer<typeof EarlierAnswer> {
  const own = ownScores(instrument, item);
  const manifest = history.find(({ cutoffOn }) => cutoffOn >= item.conductedOn);
  const cell = (manifest && cells.get(manifest.releaseId)) ?? null;
  return {
    conductedOn: item.conductedOn,
    ...own,
    state: cell ? 'compared' : manifest ? 'suppressed' : 'no-release',
    release: releaseRef(manifest),
    group: groupShown(cell, instrument, lang),
    standings: cell ? standingsIn(cell, own) : {},
    changes: changeLines({ instrument, earlier: { own, cell }, later: latest, lang }),
  };
}

function releaseRef(manifest: Manifest | undefined) {
  return manifest ? { releaseId: manifest.releaseId, cutoffOn: manifest.cutoffOn } : null;
}

function groupShown(cell: PublishedCell | null, instrument: Instrument, lang: Lang) {
  if (!cell) return null;
  const { group, participations, asOf, isCarriedForward, version } = cell;
  return {
    key: group.key,
    label: groupLabel(instrument, group, lang),
    participations,
    asOf,
    isCarriedForward,
    version,
  };
}

/** Why there are no figures, or would be none: before the first release, or nothing of these groups published. */
function whyNoFigures(manifest: Manifest | undefined, labels: string[], lang: Lang): string {
  if (manifest) return nothingPublishedSentence(labels, manifest, lang);
  return noReleaseSentence({ k: POLICY.k, open: POLICY.minOpenParticipations }, lang);
}
