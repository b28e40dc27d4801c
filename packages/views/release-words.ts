import type { Manifest, Marks } from '#contracts/release';
import type { Lang } from '#contracts/text';
import type { GroupFigures } from '#standing/own-standing';
import { longDate, wholeNumber } from './standing-words.ts';

/** What is said of the release that figures come from. */
export type ReleaseFacts = Pick<Manifest, 'cutoffOn' | 'marks'>;

/** "Stichtag: 30. Juni 2026." Every figure of a release is of its cut-off. */
export function cutoffSentence(cutoffOn: string, lang: Lang): string {
  return `${lang === 'de' ? 'Stichtag' : 'Cut-off date'}: ${longDate(cutoffOn, lang)}.`;
}

/** Marks of a release in one sentence; empty for real figures. */
export function marksSentence({ isTrial, isInvented, hasKnownKey }: Marks, lang: Lang): string {
  if (!isInvented) return '';
  const [data, trial, key] =
    lang === 'de'
      ? ['Erfundene Beispieldaten', ' aus einem Probebetrieb', ', mit bekanntem Schlüssel gezogen']
      : ['Invented sample data', ' of a trial', ', drawn with a known key'];
  return `${data}${isTrial ? trial : ''}${hasKnownKey ? key : ''}.`;
}

/** The mark as it stands beside a title: "erfundene Beispieldaten"; empty for real figures. */
export function inventedWords(isInvented: boolean, lang: Lang): string {
  if (!isInvented) return '';
  return lang === 'de' ? 'erfundene Beispieldaten' : 'invented sample data';
}

/** "Einrichtungen" and how many of them were counted. */
export interface MovedGroup {
  organisations: string;
  participations: number;
}

/**
 * How far the middles of a group were moved, for its n: the widest of what is determinable.
 *
 * @param moved of each dimension, points; null where the published cuts do not reach far enough
 * @param own whether an own score stands beside them, and a verdict
 */
export function movedSentence(
  moved: readonly (number | null)[],
  { organisations, participations }: MovedGroup,
  own: { hasScore: boolean; hasVerdict: boolean },
  lang: Lang,
): string {
  const known = moved.filter((points) => points !== null);
  const german = lang === 'de';
  const among = `${german ? 'rund' : 'around'} ${wholeNumber(participations, lang)} ${organisations}`;
  const points = Math.max(...known);
  const sentences = [
    known.length === 0
      ? german
        ? `Die Gruppenwerte sind zum Schutz zufällig verschoben; wie weit, lässt sich bei ${among} aus den veröffentlichten Werten nicht sagen.`
        : `The group’s figures were moved at random, for protection; how far cannot be told from the published figures of ${among}.`
      : german
        ? `Die Gruppenwerte sind zum Schutz zufällig verschoben, die Mitte bei ${among} meist um höchstens ${points} Punkte${known.length < moved.length ? ', soweit sich das sagen lässt' : ''}.`
        : `The group’s figures were moved at random, for protection, the middle of ${among} mostly by at most ${points} points${known.length < moved.length ? ', as far as that can be told' : ''}.`,
  ];
  if (own.hasScore && own.hasVerdict)
    sentences.push(
      german
        ? 'Ihr eigener Wert ist genau; das Urteil berücksichtigt die Verschiebung.'
        : 'Your own score is exact; the verdict allows for the moving.',
    );
  else if (own.hasScore) sentences.push(german ? 'Ihr eigener Wert ist genau.' : 'Your own score is exact.');
  return sentences.join(' ');
}

/** `moved` of every dimension of a group, for `movedSentence`. */
export function movedOf(figures: readonly Pick<GroupFigures, 'moved'>[]): (number | null)[] {
  return figures.map(({ moved }) => moved);
}

/** Every view says under which assumption its figures hold. */
export const SAMPLE_CAVEAT: Record<Lang, string> = {
  de: 'Die Angaben gelten so, als wären die Teilnehmenden eine Zufallsstichprobe; tatsächlich haben sie sich selbst zur Teilnahme entschieden.',
  en: 'The figures hold if participants were a random sample; they are self-selected.',
};
