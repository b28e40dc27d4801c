import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import type { GroupChange, OwnChange } from '#standing/compare-change';
import { dimensionTitle, signed } from './standing-words.ts';

/** How one dimension moved between two own checks, beside how the group moved. Points. */
export interface ChangeLine extends OwnChange {
  title: string;
  sentence: string;
}

/** Own changes in words: dimension by dimension, the overall score last. */
export function changeLines(instrument: Instrument, changes: readonly OwnChange[], lang: Lang): ChangeLine[] {
  return changes.map((change) => {
    const title = dimensionTitle(instrument, change.dimension, lang);
    return { ...change, title, sentence: changeSentence(title, change, lang) };
  });
}

/** What has to stand beside every change, an own one and a group's. */
export const CHANGE_CAVEAT: Record<Lang, string> = {
  de: 'Wer weit unten lag, steigt oft schon durch Zufall, und wer weit oben lag, fällt oft: Das ist Rückkehr zur Mitte und noch kein Fortschritt oder Rückschritt.',
  en: 'Who was far down often rises by chance alone, and who was far up often falls: that is regression to the mean, and neither progress nor decline yet.',
};

/** Whether the middle of those moved that took part twice, in words that complete a sentence; with what would be seen. */
export function groupChangeWords({ median, verdict, smallestSeen }: GroupChange, lang: Lang): string {
  const german = lang === 'de';
  const points = pointsOf(median, lang);
  if (verdict === 'rose') return german ? `in der Mitte um ${points} gestiegen` : `risen by ${points} in the middle`;
  if (verdict === 'fell') return german ? `in der Mitte um ${points} gesunken` : `fallen by ${points} in the middle`;
  const middle = german ? `Mitte ${signed(median)}` : `middle ${signed(median)}`;
  if (verdict === null || smallestSeen === null)
    return german
      ? `${middle}; ob das mehr als Zufall ist, lässt sich nicht sagen`
      : `${middle}; whether that is more than chance cannot be told`;
  return german
    ? `keine Veränderung zu erkennen (${middle}; ab etwa ${smallestSeen} Punkten wäre sie es)`
    : `no change can be told (${middle}; from about ${smallestSeen} points on it could)`;
}

function changeSentence(title: string, { from, to, own, group, beyond }: OwnChange, lang: Lang): string {
  const german = lang === 'de';
  if (own === null) {
    return german
      ? `${title}: In einem der beiden Checks fehlt der Wert.`
      : `${title}: one of the two checks has no score.`;
  }
  const moved = german
    ? own === 0
      ? `${title}: unverändert ${to} Punkte.`
      : `${title}: von ${from} auf ${to} Punkte (${signed(own)}).`
    : own === 0
      ? `${title}: unchanged at ${to} points.`
      : `${title}: from ${from} to ${to} points (${signed(own)}).`;
  if (group === null || beyond === null) {
    return german
      ? `${moved} Wie sich die Gruppe verändert hat, ist nicht veröffentlicht.`
      : `${moved} How the group changed is not published.`;
  }
  const words = groupChangeWords(group, lang);
  return german
    ? `${moved} Die Gruppe: ${words}. Gegenüber ihrer Mitte sind das ${signed(beyond)} Punkte.`
    : `${moved} The group: ${words}. Relative to its middle that is ${signed(beyond)} points.`;
}

/** So many points, without a sign. */
function pointsOf(points: number, lang: Lang): string {
  const count = Math.abs(points);
  if (lang === 'de') return count === 1 ? '1 Punkt' : `${count} Punkte`;
  return count === 1 ? '1 point' : `${count} points`;
}
