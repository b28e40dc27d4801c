import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import type { GroupChange, OwnChange } from '#standing/compare-change';
import { dimensionTitle, listed, signed } from './standing-words.ts';

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

function changeSentence(title: string, { from, to, own, group }: OwnChange, lang: Lang): string {
  const german = lang === 'de';
  if (own === null)
    return german
      ? `${title}: In einem der beiden Checks fehlt der Wert.`
      : `${title}: one of the two checks has no score.`;
  const [unchanged, moved, beside] = german
    ? [`unverändert ${to} Punkte`, `von ${from} auf ${to} Punkte (${signed(own)})`, '; die Gruppe']
    : [`unchanged at ${to} points`, `from ${from} to ${to} points (${signed(own)})`, '; the group'];
  return `${title}: ${own === 0 ? unchanged : moved}${group ? `${beside} ${signed(group.median)}` : ''}.`;
}

/** Whether the group itself changed, in one sentence for all dimensions; empty where its change is not published. */
export function groupChangeSentence(instrument: Instrument, changes: readonly OwnChange[], lang: Lang): string {
  const german = lang === 'de';
  const known = changes.flatMap(({ dimension, group }) => (group ? [{ dimension, ...group }] : []));
  if (known.length === 0) return '';
  const titles = (verdict: GroupChange['verdict']) =>
    known
      .filter((group) => group.verdict === verdict)
      .map(({ dimension }) => dimensionTitle(instrument, dimension, lang));
  const [rose, fell] = [titles('rose'), titles('fell')];
  const seen = known.flatMap(({ verdict, smallestSeen }) => (verdict === 'no-difference' ? (smallestSeen ?? []) : []));
  const most = Math.max(...seen);
  return [
    rose.length > 0 &&
      `${german ? 'Die Mitte der Gruppe ist gestiegen' : 'The middle of the group rose'}: ${listed(rose, lang)}.`,
    fell.length > 0 &&
      `${german ? 'Die Mitte der Gruppe ist gesunken' : 'The middle of the group fell'}: ${listed(fell, lang)}.`,
    seen.length > 0 &&
      (german
        ? `${rose.length + fell.length > 0 ? 'Sonst' : 'Bei der Gruppe'} ist keine Veränderung zu erkennen; ab etwa ${most} Punkten wäre sie es.`
        : `${rose.length + fell.length > 0 ? 'Elsewhere' : 'In the group'} no change can be told; from about ${most} points on it could.`),
    rose.length + fell.length + seen.length === 0 &&
      (german
        ? 'Ob sich die Gruppe mehr als zufällig verändert hat, lässt sich nicht sagen.'
        : 'Whether the group changed by more than chance cannot be told.'),
  ]
    .filter(Boolean)
    .join(' ');
}

/** So many points, without a sign. */
function pointsOf(points: number, lang: Lang): string {
  const count = Math.abs(points);
  if (lang === 'de') return count === 1 ? '1 Punkt' : `${count} Punkte`;
  return count === 1 ? '1 point' : `${count} points`;
}
