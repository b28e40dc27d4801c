import { missingFor, overallOf, scoreAnswers, weakestOf } from '#microdata/score';
import { standingOf } from '#standing/place-score';
import { groupKey } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { Standing } from '#contracts/position';
import type { CellEntry, Manifest, PublishedCell } from '#contracts/release';
import type { Answer } from '#contracts/submission';
import type { Lang } from '#contracts/text';
import type { BenchmarkAnswer } from '#functions/api/benchmarks-paths';
import { standingTable } from '#views/figures-table';
import { groupLabel } from '#views/group-label';
import { defaultRung, ladderOf, NUMBERS_FROM } from '#views/group-ladder';
import { missingSentence, nothingPublishedSentence, type RungReason, rungSentence } from '#views/rung-words';
import { type StandingInput, standingLines, standingView } from '#views/standing-view';
import { ageSentence, dimensionTitle, SAMPLE_CAVEAT } from '#views/standing-words';
import { type Asked, ask, type Fetch } from './service.ts';
import type { PictureRequest, StandingAnswer, StandingSource } from './standing-source.ts';

export interface DraftGiven {
  fetch: Fetch;
  instrument: Instrument;
  answers: Record<string, Answer>;
  profile: Record<string, string>;
  lang: Lang;
}

/**
 * Where a check stands that is not sent: scored and compared in this browser, by the service's own code, with figures that
 * are public anyway. The service learns which group is looked at, and nothing of the answers.
 */
export function draftSource({ fetch, instrument, answers, profile, lang }: DraftGiven): StandingSource {
  const scores = scoreAnswers(instrument, answers);
  const own = { scores, overall: overallOf(scores), weakest: weakestOf(scores) };
  const { panelAttribute } = instrument;
  const panel = panelAttribute
    ? (profile[panelAttribute] ?? instrument.profile.find(({ id }) => id === panelAttribute)?.codes[0]?.id)
    : undefined;
  const keyOf = (group: Parameters<typeof groupKey>[0]) => groupKey(group, panelAttribute);
  const whole = keyOf({ ...(panel === undefined ? {} : { panel }), where: {} });
  const get = <Value>(path: string) => ask(fetch, path, { lang }, async (response) => (await response.json()) as Value);
  const benchmarks = (group: string) =>
    get<BenchmarkAnswer>(`/v1/benchmarks?${new URLSearchParams({ instrument: instrument.id, group, lang })}`);

  interface Compared {
    input: StandingInput;
    manifest: Manifest | null;
    rung: StandingAnswer['rung'];
    choices: StandingAnswer['choices'];
  }

  async function compared(asked: string | undefined): Promise<Asked<Compared>> {
    const first = await benchmarks(whole);
    if (!first.ok) {
      const { failure } = first;
      if (failure.kind !== 'refused' || failure.problem.type !== '/problems/no-release-yet') return first;
      const whyNone = failure.problem.detail;
      const rung = { asked: asked ?? null, shown: null, reason: 'no-release' as const, sentence: whyNone };
      const input: StandingInput = { instrument, own, lang, comparison: null, whyNone };
      return { ok: true, value: { input, manifest: null, rung, choices: [] } };
    }
    const listed = await get<Manifest>(`/v1/releases/${first.value.releaseId}`);
    if (!listed.ok) return listed;
    const manifest = listed.value;
    const rungs = (instrumentLike: Instrument) =>
      ladderOf(instrumentLike, panel, profile).map((group) => ({
        key: keyOf(group),
        group,
        participations: participationsIn(manifest.cells, keyOf(group)),
      }));
    const ladder = rungs(instrument);
    const belongsTo = rungs({ ...instrument, ladder: instrument.catalogue });
    const chosen = belongsTo.find(({ key, participations }) => key === asked && participations !== null);
    const rung = chosen ?? defaultRung(ladder);
    const shown = rung && rung.key !== whole ? await benchmarks(rung.key) : first;
    if (!shown.ok) return shown;
    const cell = shown.value.cell.state === 'published' && rung ? shown.value.cell : null;
    const whyNone = nothingPublishedSentence(
      ladder.map(({ group }) => groupLabel(instrument, group, lang)),
      manifest,
      lang,
    );
    const reason = reasonFor(chosen !== undefined, rung?.participations ?? null);
    return {
      ok: true,
      value: {
        input: {
          instrument,
          own,
          lang,
          comparison: cell ? { cell, standings: standingsIn(cell, own) } : null,
          whyNone,
        },
        manifest,
        rung: {
          asked: asked ?? null,
          shown: cell ? cell.group.key : null,
          reason: cell ? reason : 'nothing-published',
          sentence: cell && rung ? rungSentence(reason, groupLabel(instrument, rung.group, lang), lang) : whyNone,
        },
        choices: belongsTo.flatMap(({ key, group, participations }) =>
          participations === null ? [] : [{ key, label: groupLabel(instrument, group, lang), participations }],
        ),
      },
    };
  }

  async function view({ group, layout, theme }: Omit<PictureRequest, 'view'>) {
    const asked = await compared(group);
    return asked.ok ? { ok: true as const, value: standingView({ ...asked.value.input, layout, theme }) } : asked;
  }

  return {
    kind: 'draft',
    hasProfile: instrument.profile.every(({ id, required }) => !required || profile[id] !== undefined),
    async read(group) {
      const asked = await compared(group);
      if (!asked.ok) return asked;
      const { input, manifest, rung, choices } = asked.value;
      const cell = input.comparison?.cell ?? null;
      const { title, description, alternative } = standingView(input);
      return {
        ok: true,
        value: {
          state: cell ? 'compared' : manifest ? 'nothing-published' : 'no-release',
          release: manifest ? { releaseId: manifest.releaseId, cutoffOn: manifest.cutoffOn } : null,
          nextReleaseOn: manifest?.nextReleaseOn ?? null,
          rung,
          group: cell
            ? {
                key: cell.group.key,
                label: groupLabel(instrument, cell.group, lang),
                participations: cell.participations,
                asOf: cell.asOf,
                isCarriedForward: cell.isCarriedForward,
                version: cell.version,
              }
            : null,
          dimensions: standingLines(input).map(({ words: _, weakest: __, ...line }) => ({
            ...line,
            cuts: cutsIn(cell, line.dimension),
          })),
          notes: cell ? [ageSentence(cell, lang), SAMPLE_CAVEAT[lang]] : [],
          choices,
          missing: missingFor(instrument, answers).map((missing) => ({
            ...missing,
            sentence: missingSentence(dimensionTitle(instrument, missing.dimension, lang), missing, lang),
          })),
          earlier: [],
          title,
          description,
          alternative,
          conductedOn: null,
          answers,
          cohorts: [],
        },
      };
    },
    async svg(request) {
      const drawn = await view(request);
      if (!drawn.ok) return drawn;
      const { svgOf } = await import('./compile-picture.ts');
      return { ok: true, value: await svgOf(drawn.value.spec, lang) };
    },
    async spec(request) {
      const drawn = await view(request);
      return drawn.ok ? { ok: true, value: JSON.stringify(drawn.value.spec) } : drawn;
    },
    async vega(request) {
      const drawn = await view(request);
      if (!drawn.ok) return drawn;
      const { vegaOf } = await import('./compile-picture.ts');
      return { ok: true, value: vegaOf(drawn.value.spec) };
    },
    async csv(group) {
      const asked = await compared(group);
      if (!asked.ok) return asked;
      const { columns, rows } = standingTable(asked.value.input);
      const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
      return { ok: true, value: lines.map((cells) => `${cells.map(csvField).join(',')}\r\n`).join('') };
    },
  };
}

function reasonFor(
  isAsked: boolean,
  participations: number | null,
): Exclude<RungReason, 'nothing-published' | 'no-release'> {
  if (isAsked) return 'as-asked';
  return participations !== null && participations >= NUMBERS_FROM ? 'default-large-enough' : 'default-largest';
}

function participationsIn(cells: CellEntry[], key: string): number | null {
  const entry = cells.find((cell) => cell.key === key);
  return entry?.state === 'published' ? entry.participations : null;
}

function standingsIn(cell: PublishedCell, own: StandingInput['own']): Record<string, Standing> {
  const standings: Record<string, Standing> = {};
  for (const [dimension, score] of Object.entries({ ...own.scores, overall: own.overall })) {
    const cuts = cutsIn(cell, dimension);
    if (score !== null && cuts) standings[dimension] = standingOf(score, cuts, cell.participations);
  }
  return standings;
}

function cutsIn(cell: PublishedCell | null, dimension: string) {
  const figures = cell?.dimensions[dimension];
  return figures?.state === 'published' ? figures.cuts : null;
}

/** RFC 4180. Every field is one of our own words, a number or a boolean: none can be a formula. */
function csvField(value: string | number | boolean): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
