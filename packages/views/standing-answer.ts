import type { GroupOffer, ShownGroup } from '#contracts/answers/group-figures';
import type { OwnStanding } from '#contracts/answers/own-standing';
import type { Instrument } from '#contracts/instrument';
import type { Manifest } from '#contracts/release';
import type { Lang } from '#contracts/text';
import type { ChosenGroup, OfferedGroup } from '#standing/choose-group';
import { groupLabel } from './group-label.ts';
import { groupSentence, missingSentence } from './group-words.ts';
import { caveatSentence } from './release-words.ts';
import {
  largerSentence,
  overallLine,
  type StandingInput,
  standingLines,
  standingNotes,
  standingTitle,
  standingView,
} from './standing-view.ts';
import { dimensionTitle } from './standing-words.ts';

/** What we tell about a standing, whether the check was sent or is kept in a browser. */
export type ToldStanding = Pick<
  OwnStanding,
  | 'state'
  | 'release'
  | 'nextReleaseOn'
  | 'group'
  | 'dimensions'
  | 'notes'
  | 'caveat'
  | 'missing'
  | 'obstacles'
  | 'title'
  | 'overall'
  | 'larger'
  | 'board'
  | 'alternative'
>;

/**
 * @param given what the scores that there are not still need, and the own answers to unscored questions
 */
export function toldStanding(
  input: StandingInput,
  chosen: ChosenGroup,
  manifest: Manifest | null,
  given: {
    missing: Omit<OwnStanding['missing'][number], 'sentence'>[];
    questions: Record<string, string[]> | undefined;
  },
): ToldStanding {
  const { instrument, standing, lang, whyNone = '' } = input;
  return {
    state: standing?.cell ? 'compared' : manifest ? 'nothing-published' : 'no-release',
    release: manifest && { releaseId: manifest.releaseId, cutoffOn: manifest.cutoffOn, marks: manifest.marks },
    nextReleaseOn: manifest?.nextReleaseOn ?? null,
    group: shownGroup(chosen, instrument, lang, groupSentence(chosen, instrument, lang) || whyNone),
    dimensions: standingLines(input).map(({ group, placing, verdict, ...line }) => ({
      ...line,
      range: placing?.range ?? null,
      verdict: placing?.verdict ?? null,
      zone: group?.zone ?? null,
      cuts: group?.cuts ?? null,
      moved: group?.moved ?? null,
      words: verdict,
    })),
    notes: standingNotes(input),
    caveat: standing?.cell ? caveatSentence(instrument, standing.cell.group, lang) : '',
    missing: given.missing.map((score) => ({
      ...score,
      sentence: missingSentence(dimensionTitle(instrument, score.dimension, lang), score, lang),
    })),
    obstacles: obstaclesOf(instrument, given.questions, lang),
    title: standingTitle(input),
    overall: overallLine(input),
    larger: largerSentence(input),
    board: {
      title: standingTitle(input, 'house'),
      overall: overallLine(input, 'house'),
      larger: largerSentence(input, 'house'),
    },
    alternative: standingView(input).alternative,
  };
}

/** What the house said that it is hindered by, in words; where the instrument asks. */
function obstaclesOf({ questions }: Instrument, given: Record<string, string[]> = {}, lang: Lang): string[] {
  const question = questions.find(({ id }) => id === 'obstacle');
  const said = question ? (given[question.id] ?? []).filter((code) => code !== question.exclusive) : [];
  return said.flatMap((code) => question!.codes.find(({ id }) => id === code)?.label[lang] ?? []);
}

/** @param sentence which group is shown and why, or why none is */
export function shownGroup(chosen: ChosenGroup, instrument: Instrument, lang: Lang, sentence: string): ShownGroup {
  const offer = ({ key, group, participations }: OfferedGroup): GroupOffer => ({
    key,
    label: groupLabel(instrument, group, lang),
    participations,
  });
  const { asked, shown, reason, alternatives, larger, ownField } = chosen;
  const inWords = shown && offer(shown);
  return {
    asked,
    shown: inWords?.key ?? null,
    label: inWords?.label ?? null,
    participations: inWords?.participations ?? null,
    reason,
    sentence,
    alternatives: alternatives.map(({ isFiner, ...group }) => ({ ...offer(group), isFiner })),
    larger: larger && offer(larger),
    ownField: ownField && offer(ownField),
  };
}
