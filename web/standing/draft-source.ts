import type { GroupFigures } from '#contracts/answers/group-figures';
import { parseGroup } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { Cell, Manifest } from '#contracts/release';
import type { Answer } from '#contracts/submission';
import type { Lang } from '#contracts/text';
import { POLICY } from '#disclosure/policy';
import { missingFor, overallOf, scoreAnswers, weakestOf } from '#microdata/score';
import { type ChosenGroup, cellsNeeded, chooseGroup } from '#standing/choose-group';
import { ownStanding } from '#standing/own-standing';
import { type FiguresTable, standingTable } from '#views/figures-table';
import { whyNoFigures } from '#views/group-words';
import { toldStanding } from '#views/standing-answer';
import { type StandingInput, standingView } from '#views/standing-view';
import { type Asked, ask, type Fetch } from '../service.ts';
import type { StandingSource } from './standing-source.ts';

export interface DraftGiven {
  fetch: Fetch;
  instrument: Instrument;
  answers: Record<string, Answer>;
  profile: Record<string, string>;
  /** Own answers to unscored questions. */
  questions: Record<string, string[]>;
  lang: Lang;
}

interface Compared {
  input: StandingInput;
  chosen: ChosenGroup;
  manifest: Manifest | null;
}

/**
 * Where a check stands that is not sent: scored and compared in this browser, by the service's own code, with figures that
 * are public anyway. The service learns which group is looked at, and nothing of the answers.
 */
export function draftSource(draft: DraftGiven): StandingSource {
  const { fetch, instrument, answers, profile: given, questions, lang } = draft;
  const scores = scoreAnswers(instrument, answers);
  const own = { scores, overall: overallOf(scores), weakest: weakestOf(scores) };
  const profile = withUnitType(instrument, given);
  const unitType = profile[instrument.unitTypeAttribute ?? ''];
  const get = <Value>(path: string) => ask<Value>(fetch, path, { lang });

  async function releaseInForce(): Promise<Asked<Manifest | null>> {
    const inForce = await get<GroupFigures>(
      `/v1/figures?${new URLSearchParams({ instrument: instrument.id, group: 'all', lang })}`,
    );
    if (inForce.ok) return get<Manifest>(`/v1/releases/${inForce.value.releaseId}`);
    const { failure } = inForce;
    const isNone = failure.kind === 'refused' && failure.problem.type === '/problems/no-release-yet';
    return isNone ? { ok: true, value: null } : inForce;
  }

  async function compared(asked: string | undefined): Promise<Asked<Compared>> {
    const inForce = await releaseInForce();
    if (!inForce.ok) return inForce;
    const manifest = inForce.value;
    const parsed = asked === undefined ? null : parseGroup(asked, instrument);
    const wished = asked === undefined ? null : { key: asked, group: parsed?.ok ? parsed.group : null };
    const chosen = chooseGroup({ instrument, profile, manifest, asked: wished });
    const cells = new Map<string, Cell>();
    for (const key of cellsNeeded(chosen)) {
      const read = await get<GroupFigures>(
        `/v1/releases/${manifest!.releaseId}/figures?${new URLSearchParams({ group: key, lang })}`,
      );
      if (!read.ok) return read;
      cells.set(key, read.value.cell);
    }
    const { minParticipations } = POLICY;
    const whyNone = whyNoFigures(manifest, chosen, { instrument, minParticipations }, lang);
    const standing = ownStanding({ instrument, own, chosen, cells, policy: manifest?.policy ?? null });
    const input = { instrument, own, unitType, lang, standing, release: manifest, whyNone };
    return { ok: true, value: { input, chosen, manifest } };
  }

  return {
    kind: 'draft',
    hasProfile: instrument.profile.every(({ id, required }) => !required || given[id] !== undefined),
    async read(asked) {
      const answer = await compared(asked);
      if (!answer.ok) return answer;
      const { input, chosen, manifest } = answer.value;
      const told = toldStanding(input, chosen, manifest, {
        missing: missingFor(instrument, answers),
        questions,
      });
      return { ok: true, value: { ...told, earlier: [], conductedOn: null, answers, associations: [] } };
    },
    async file(format, { group, layout, theme, setting }) {
      const asked = await compared(group);
      if (!asked.ok) return asked;
      const { input } = asked.value;
      if (format === 'csv') return { ok: true, value: csvOf(standingTable(input)) };
      const { spec } = standingView({ ...input, layout, theme, setting, address: location.host });
      if (format === 'vl.json') return { ok: true, value: JSON.stringify(spec) };
      const { svgOf, vegaOf } = await import('./compile-picture.ts');
      return { ok: true, value: format === 'svg' ? await svgOf(spec, lang) : JSON.stringify(vegaOf(spec)) };
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
function csvOf({ columns, rows }: FiguresTable): string {
  const field = (value: string | number | boolean) =>
    /[",\r\n]/.test(`${value}`) ? `"${`${value}`.replaceAll('"', '""')}"` : `${value}`;
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  return lines.map((cells) => `${cells.map(field).join(',')}\r\n`).join('');
}
