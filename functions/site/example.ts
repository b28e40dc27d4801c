import { groupKey } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { PublishedCell } from '#contracts/release';
import { isPublished } from '#contracts/released-cell';
import { scoredIds } from '#contracts/scored-ids';
import type { Lang } from '#contracts/text';
import { POLICY } from '#disclosure/policy';
import { overallOf, weakestOf } from '#microdata/score';
import { chooseGroup } from '#standing/choose-group';
import { ownStanding } from '#standing/own-standing';
import { onStep } from '#standing/place-score';
import { type StandingInput, standingLines } from '#views/standing-view';
import type { PageInput } from './page-view.ts';

/** The example of the start page: an invented house, among the published group or, before a release, an invented one. */
export async function exampleStanding(input: PageInput): Promise<StandingInput> {
  return (await example(input)).standing;
}

async function example({ lang, instrument, manifest, releases }: PageInput) {
  const whole = manifest?.cells.find(({ group, state }) => state === 'published' && isWhole(group));
  const published = manifest && whole ? await releases.cell(manifest.releaseId, whole.group.key) : undefined;
  const isGroupInvented = !manifest || !isPublished(published);
  const cell = isPublished(published) ? published : inventedCell(instrument);
  const release = isGroupInvented ? INVENTED : manifest;
  const scores = Object.fromEntries(instrument.dimensions.map(({ id }, index) => [id, HOUSE[index % HOUSE.length]!]));
  const own = { scores, overall: overallOf(scores), weakest: weakestOf(scores) };
  const { group, participations } = cell;
  const unitType = instrument.unitTypeAttribute;
  const chosen = chooseGroup({
    instrument,
    profile: unitType && group.unitType ? { [unitType]: group.unitType } : {},
    manifest: { policy: release.policy, cells: [{ group, state: 'published', participations }] },
  });
  const cells = new Map([[group.key, cell]]);
  const standing = ownStanding({ instrument, own, chosen, cells, policy: release.policy });
  return { standing: { instrument, own, standing, release, lang }, isGroupInvented };
}

/** The example in words, and whether its group is invented as well. */
export async function exampleInWords(input: PageInput): Promise<{ sentences: string[]; isGroupInvented: boolean }> {
  const { standing, isGroupInvented } = await example(input);
  return { sentences: standingLines(standing).map(({ sentence }) => sentence), isGroupInvented };
}

/** Addresses of the example's picture. */
export const EXAMPLE_PATHS: Record<Lang, string> = { de: '/de/beispiel.svg', en: '/en/example.svg' };

export const isWhole = (group: { where: Record<string, string>; association?: string | undefined }): boolean =>
  Object.keys(group.where).length === 0 && group.association === undefined;

/** Scores of the invented house, a dimension each. */
const HOUSE = [65, 45, 40, 30];
/** What the invented group is read under. */
const INVENTED = {
  cutoffOn: '2026-06-30',
  marks: { isTrial: false, isInvented: true, hasKnownKey: false },
  policy: POLICY,
};

/** 120 participations whose scores lie evenly between 20 and 70. */
function inventedCell(instrument: Instrument): PublishedCell {
  const cuts = Array.from({ length: 19 }, (_, index) => ({
    permille: (index + 1) * 50,
    value: onStep(20 + (50 * (index + 1)) / 20, instrument.scoreStep),
  }));
  const unitType = instrument.profile.find(({ id }) => id === instrument.unitTypeAttribute)?.codes[0]?.id;
  const group = { ...(unitType === undefined ? {} : { unitType }), where: {} };
  return {
    group: { key: groupKey(group, instrument.unitTypeAttribute), ...group },
    state: 'published',
    participations: 120,
    dimensions: Object.fromEntries(scoredIds(instrument).map((id) => [id, cuts])),
  };
}
