import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import type { MembersChange } from '#standing/compare-members';
import { CHANGE_CAVEAT } from './change-lines.ts';
import { type ComparedVerdict, differenceSentence, verdictOf } from './members-comparison.ts';
import { dimensionTitle, shownShare, signed } from './standing-words.ts';

export interface ProgressDimensionLine extends MembersChange {
  title: string;
  verdict: ComparedVerdict;
  sentence: string;
}

/** Progress in sentences: how far those moved that took part twice, members and field alike. */
export function progressDimensionLines(
  instrument: Instrument,
  dimensions: readonly MembersChange[],
  lang: Lang,
): ProgressDimensionLine[] {
  return dimensions.map((progress) => {
    const title = dimensionTitle(instrument, progress.dimension, lang);
    const verdict = verdictOf(progress);
    return { ...progress, title, verdict, sentence: sentenceOf(title, progress, verdict, lang) };
  });
}

function sentenceOf(
  title: string,
  { members, field, difference }: MembersChange,
  verdict: ComparedVerdict,
  lang: Lang,
): string {
  const german = lang === 'de';
  if (!members)
    return german
      ? `${title}: Wie sich Ihre Mitglieder verändert haben, ist zum Schutz nicht veröffentlicht.`
      : `${title}: how your members changed is not published, for protection.`;
  const rose = members.shares === null ? '' : ` (${rosePhrase(members.shares.rose, lang)})`;
  const own = german
    ? `Ihre Mitglieder haben sich in der Mitte um ${signed(members.median)} Punkte verändert${rose}`
    : `in the middle, your members changed by ${signed(members.median)} points${rose}`;
  const beside = field
    ? german
      ? `, das Feld um ${signed(field.median)} Punkte`
      : `, the field by ${signed(field.median)} points`
    : '';
  return [`${title}: ${own}${beside}.`, VERDICTS[verdict][lang], difference ? differenceSentence(difference, lang) : '']
    .filter(Boolean)
    .join(' ');
}

/** "bei rund 60 % ist der Wert gestiegen", "about 60% rose". */
function rosePhrase(share: number, lang: Lang): string {
  const shown = shownShare(share);
  return lang === 'de' ? `bei rund ${shown}\u00a0% ist der Wert gestiegen` : `about ${shown}% rose`;
}

const VERDICTS: Record<ComparedVerdict, Record<Lang, string>> = {
  ahead: {
    de: 'Bei Ihren Mitgliedern liegt die Veränderung höher als im Feld.',
    en: 'The change of your members is higher than that of the field.',
  },
  behind: {
    de: 'Im Feld liegt die Veränderung höher als bei Ihren Mitgliedern.',
    en: 'The change of the field is higher than that of your members.',
  },
  'no-difference': {
    de: 'Ein Unterschied zum Feld ist nicht zu erkennen.',
    en: 'No difference to the field can be told.',
  },
  'not-determinable': {
    de: 'Ob sich das vom Feld unterscheidet, lässt sich aus den veröffentlichten Werten nicht sagen.',
    en: 'Whether that differs from the field cannot be told from the published figures.',
  },
  suppressed: { de: '', en: '' },
  'no-reference': {
    de: 'Für das Feld ist keine Veränderung veröffentlicht.',
    en: 'No change of the field is published.',
  },
};

/** What has to stand beside every progress. */
export const PROGRESS_CAVEATS: Record<Lang, string> = {
  de: `Fortschritt zeigt sich nur an denen, die im Abstand von mindestens einem halben Jahr zweimal teilgenommen haben: Gezeigt ist ihre Veränderung vom ersten zum letzten Check. Über alle anderen sagt das nichts. Das Feld enthält Ihre Mitglieder. ${CHANGE_CAVEAT.de}`,
  en: `Progress shows only in those that took part twice, at least half a year apart: what is shown is their change from the first check to the last. It says nothing about all others. The field includes your members. ${CHANGE_CAVEAT.en}`,
};
