import type { Instrument } from '#contracts/instrument';
import type { Manifest, Marks } from '#contracts/release';
import type { Lang } from '#contracts/text';
import type { GroupFigures } from '#standing/own-standing';
import { groupLabel } from './group-label.ts';
import { type Among, amongWords, longDate } from './standing-words.ts';

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

/** The footer of a whole picture: source, cut-off, address, who may use it, and whether the data are invented. */
export function sourceLine(
  instrument: Instrument,
  release: { cutoffOn: string | null; isInvented: boolean },
  { address, rights = 'CC BY 4.0' }: { address?: string | undefined; rights?: string },
  lang: Lang,
): string {
  const german = lang === 'de';
  const cutoff = release.cutoffOn && `${german ? 'Stichtag' : 'cut-off'} ${longDate(release.cutoffOn, lang)}`;
  const invented = german ? 'erfundene Beispieldaten' : 'invented sample data';
  const source = ['Sektorspiegel', instrument.title[lang], cutoff].filter(Boolean).join(', ');
  return [source, address, release.cutoffOn && rights, release.isInvented && invented].filter(Boolean).join(' · ');
}

/**
 * How far the middles of a group were moved, for its n: the widest of what is determinable.
 *
 * @param moved of each dimension, points; null where the published cuts do not reach far enough
 * @param own whether an own score stands beside them, and a verdict
 */
export function movedSentence(
  moved: readonly (number | null)[],
  group: Among,
  own: { hasScore: boolean; hasVerdict: boolean },
  lang: Lang,
): string {
  const known = moved.filter((points) => points !== null);
  const points = Math.max(...known);
  const isPart = known.length < moved.length;
  const among = amongWords(group, lang);
  const [far, unknown, exact, verdict] =
    lang === 'de'
      ? [
          `Die Gruppenwerte sind zum Schutz zufällig verschoben, die Mitte bei ${among} meist um höchstens ${points} Punkte${isPart ? ', soweit sich das sagen lässt' : ''}.`,
          `Die Gruppenwerte sind zum Schutz zufällig verschoben; wie weit, lässt sich bei ${among} aus den veröffentlichten Werten nicht sagen.`,
          'Ihr eigener Wert ist genau',
          '; das Urteil berücksichtigt die Verschiebung',
        ]
      : [
          `The group’s figures were shifted at random, for protection, the middle of ${among} mostly by at most ${points} points${isPart ? ', as far as that can be told' : ''}.`,
          `The group’s figures were shifted at random, for protection; how far cannot be told from the published figures of ${among}.`,
          'Your own score is exact',
          '; the verdict allows for the shift',
        ];
  const ownWords = own.hasScore ? ` ${exact}${own.hasVerdict ? verdict : ''}.` : '';
  return `${known.length === 0 ? unknown : far}${ownWords}`;
}

/** `moved` of every dimension of a group, for `movedSentence`. */
export function movedOf(figures: readonly Pick<GroupFigures, 'moved'>[]): (number | null)[] {
  return figures.map(({ moved }) => moved);
}

/** What figures stand for, once a page. */
export function caveatSentence(
  instrument: Instrument,
  { unitType }: { unitType?: string | undefined },
  lang: Lang,
): string {
  const organisations = groupLabel(instrument, { unitType, where: {} }, lang);
  return lang === 'de'
    ? `Die Teilnahme ist freiwillig; die Werte stehen nicht für alle ${organisations}.`
    : `Taking part is voluntary; the figures do not stand for all ${organisations}.`;
}

/** What intervals, ranges and verdicts rest on. */
export const RANDOM_SAMPLE: Record<Lang, string> = {
  de: 'Spannen und Urteile gelten, als wären die Teilnehmenden zufällig ausgewählt.',
  en: 'Ranges and verdicts hold as if participants had been drawn at random.',
};

/** The day of the next cut-off at the earliest: "ab 1. Mai 2027", and once it is over "möglich seit 1. Mai 2027". */
export function nextReleaseWords(nextReleaseOn: string, today: string, lang: Lang): string {
  const isDue = nextReleaseOn < today;
  const since = { de: isDue ? 'möglich seit' : 'ab', en: isDue ? 'possible since' : 'from' }[lang];
  return `${since} ${longDate(nextReleaseOn, lang)}`;
}
