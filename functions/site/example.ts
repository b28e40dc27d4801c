import { overallOf, weakestOf } from '#microdata/score';
import { standingOf } from '#standing/place-score';
import type { Instrument } from '#contracts/instrument';
import type { PublishedCell } from '#contracts/release';
import type { Lang } from '#contracts/text';
import { type StandingInput, standingLines } from '#views/standing-view';
import { shownCell } from '../api/asked-figures.ts';
import type { PageInput } from './page-view.ts';

/** The example of the start page: an invented house, among the published group or, before a release, an invented one. */
export async function exampleStanding({ lang, instrument, manifest, releases }: PageInput): Promise<StandingInput> {
  const whole = manifest?.cells.find(({ group, state }) => state === 'published' && isWhole(group));
  const published = manifest && whole ? shownCell(await releases.cell(manifest.releaseId, whole.group.key)) : null;
  const cell = published ?? inventedCell(instrument);
  const scores = Object.fromEntries(instrument.dimensions.map(({ id }, index) => [id, HOUSE[index % HOUSE.length]!]));
  const own = { scores, overall: overallOf(scores), weakest: weakestOf(scores) };
  const standings = Object.entries({ ...scores, overall: own.overall }).flatMap(([dimension, score]) => {
    const figures = cell.dimensions[dimension];
    return figures?.state === 'published' && score !== null
      ? [[dimension, standingOf(score, figures.cuts, cell.participations)] as const]
      : [];
  });
  return { instrument, own, comparison: { cell, standings: Object.fromEntries(standings) }, lang };
}

/** The example in words, and whether its group is invented as well. */
export async function exampleInWords(input: PageInput): Promise<{ sentences: string[]; isGroupInvented: boolean }> {
  const standing = await exampleStanding(input);
  return {
    sentences: standingLines(standing).map(({ sentence }) => sentence),
    isGroupInvented: standing.comparison?.cell.version === INVENTED,
  };
}

/** Addresses of the example's picture. */
export const EXAMPLE_PATHS: Record<Lang, string> = { de: '/de/beispiel.svg', en: '/en/example.svg' };

export const isWhole = (group: { where: Record<string, string>; cohort?: string | undefined }): boolean =>
  Object.keys(group.where).length === 0 && group.cohort === undefined;

/** Scores of the invented house, a dimension each. */
const HOUSE = [65, 45, 40, 30];
const INVENTED = 'invented/example';

/** 120 participations whose scores lie evenly between 20 and 70. */
function inventedCell(instrument: Instrument): PublishedCell {
  const cuts = Array.from({ length: 19 }, (_, index) => ({
    permille: (index + 1) * 50,
    value: Math.round(20 + (50 * (index + 1)) / 20),
  }));
  const panel = instrument.profile.find(({ id }) => id === instrument.panelAttribute)?.codes[0]?.id;
  return {
    version: INVENTED,
    asOf: '2026-06-30',
    isCarriedForward: false,
    group: { key: 'all', ...(panel === undefined ? {} : { panel }), where: {} },
    state: 'published',
    participations: 120,
    dimensions: Object.fromEntries(
      [...instrument.dimensions.map(({ id }) => id), 'overall'].map((id) => [id, { state: 'published', cuts }]),
    ),
    items: {},
    questions: {},
  };
}
