import { parseGroup } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { Cell, Manifest } from '#contracts/release';
import type { Answer } from '#contracts/submission';
import type { Lang } from '#contracts/text';
import { POLICY } from '#disclosure/policy';
import type { GroupFigures } from '#contracts/answers/group-figures';
import { missingFor, overallOf, scoreAnswers, weakestOf } from '#microdata/score';
import { cellsNeeded, chooseGroup, type OfferedGroup } from '#standing/choose-group';
import { ownStanding } from '#standing/own-standing';
import { standingTable } from '#views/figures-table';
import { groupLabel } from '#views/group-label';
import {
  groupSentence,
  missingSentence,
  noReleaseSentence,
  nothingPublishedSentence,
  ownFieldSentence,
} from '#views/group-words';
import { type StandingInput, standingLines, standingNotes, standingView } from '#views/standing-view';
import { dimensionTitle } from '#views/standing-words';
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
export function draftSource({ fetch, instrument, answers, profile: given, lang }: DraftGiven): StandingSource {
  const scores = scoreAnswers(instrument, answers);
  const own = { scores, overall: overallOf(scores), weakest: weakestOf(scores) };
  const profile = withUnitType(instrument, given);
  const get = <Value>(path: string) => ask(fetch, path, { lang }, async (response) => (await response.json()) as Value);
  const labelOf = ({ key, group, participations }: OfferedGroup) => ({
    key,
    label: groupLabel(instrument, group, lang),
    participations,
  });

  interface Compared {
    input: StandingInput;
    manifest: Manifest | null;
    group: StandingAnswer['group'];
  }

  async function compared(asked: string | undefined): Promise<Asked<Compared>> {
    const inForce = await get<GroupFigures>(
      `/v1/figures?${new URLSearchParams({ instrument: instrument.id, group: 'all', lang })}`,
    );
    let manifest: Manifest | null = null;
    let whyNone = '';
    if (inForce.ok) {
      const listed = await get<Manifest>(`/v1/releases/${inForce.value.releaseId}`);
      if (!listed.ok) return listed;
      manifest = listed.value;
    } else {
      const { failure } = inForce;
      if (failure.kind !== 'refused' || failure.problem.type !== '/problems/no-release-yet') return inForce;
      whyNone = noReleaseSentence(POLICY.minParticipations, lang);
    }
    const parsed = asked === undefined ? null : parseGroup(asked, instrument);
    const chosen = chooseGroup({
      instrument,
      profile,
      manifest,
      asked: asked === undefined ? null : { key: asked, group: parsed?.ok ? parsed.group : null },
    });
    const cells = new Map<string, Cell>();
    for (const key of cellsNeeded(chosen)) {
      const read = await get<GroupFigures>(
        `/v1/releases/${manifest!.releaseId}/figures?${new URLSearchParams({ group: key, lang })}`,
      );
      if (!read.ok) return read;
      cells.set(key, read.value.cell);
    }
    if (manifest)
      whyNone = nothingPublishedSentence(
        chosen.tried.map((group) => groupLabel(instrument, group, lang)),
        manifest,
        lang,
      );
    const standing = ownStanding({ instrument, own, chosen, cells, policy: manifest?.policy ?? null });
    return {
      ok: true,
      value: {
        input: { instrument, own, lang, standing, release: manifest, whyNone },
        manifest,
        group: {
          asked: chosen.asked,
          shown: chosen.shown?.key ?? null,
          reason: chosen.reason,
          label: chosen.shown ? groupLabel(instrument, chosen.shown.group, lang) : null,
          participations: chosen.shown?.participations ?? null,
          sentence: chosen.shown
            ? [groupSentence(chosen, instrument, lang), ownFieldSentence(chosen, instrument, lang)]
                .filter(Boolean)
                .join(' ')
            : whyNone,
          alternatives: chosen.alternatives.map((offer) => ({ ...labelOf(offer), isFiner: offer.isFiner })),
          larger: chosen.larger && labelOf(chosen.larger),
          ownField: chosen.ownField && labelOf(chosen.ownField),
        },
      },
    };
  }

  async function view({ group, layout, theme }: Omit<PictureRequest, 'view'>) {
    const asked = await compared(group);
    return asked.ok ? { ok: true as const, value: standingView({ ...asked.value.input, layout, theme }) } : asked;
  }

  return {
    kind: 'draft',
    hasProfile: instrument.profile.every(({ id, required }) => !required || given[id] !== undefined),
    async read(asked) {
      const answer = await compared(asked);
      if (!answer.ok) return answer;
      const { input, manifest, group } = answer.value;
      const { title, description, alternative } = standingView(input);
      return {
        ok: true,
        value: {
          state: input.standing?.cell ? 'compared' : manifest ? 'nothing-published' : 'no-release',
          release: manifest && {
            releaseId: manifest.releaseId,
            cutoffOn: manifest.cutoffOn,
            marks: manifest.marks,
          },
          nextReleaseOn: manifest?.nextReleaseOn ?? null,
          group,
          dimensions: standingLines(input).map(({ dimension, title, score, maturity, state, ...line }) => ({
            dimension,
            title,
            score,
            maturity,
            state,
            range: line.placing?.range ?? null,
            verdict: line.placing?.verdict ?? null,
            zone: line.group?.zone ?? null,
            moved: line.group?.moved ?? null,
            cuts: line.group?.cuts ?? null,
            inLarger: line.inLarger,
            words: line.verdict,
            sentence: line.sentence,
            detail: line.detail,
          })),
          notes: standingNotes(input),
          missing: missingFor(instrument, answers).map((missing) => ({
            ...missing,
            sentence: missingSentence(dimensionTitle(instrument, missing.dimension, lang), missing, lang),
          })),
          change: null,
          earlier: [],
          title,
          description,
          alternative,
          conductedOn: null,
          answers,
          associations: [],
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

/** A profile that does not say yet which unit type it is of stands for the first. */
function withUnitType({ unitTypeAttribute, profile: attributes }: Instrument, profile: Record<string, string>) {
  if (unitTypeAttribute === undefined || profile[unitTypeAttribute] !== undefined) return profile;
  const first = attributes.find(({ id }) => id === unitTypeAttribute)?.codes[0]?.id;
  return first === undefined ? profile : { ...profile, [unitTypeAttribute]: first };
}

/** RFC 4180. Every field is one of our own words, a number or a boolean: none can be a formula. */
function csvField(value: string | number | boolean): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
