import type { Instrument } from '#contracts/instrument';
import type { Share } from '#contracts/release';
import type { Lang } from '#contracts/text';
import { type Limits, signed } from './members-comparison.ts';
import { dimensionTitle } from './standing-words.ts';

/** The matched change of one side in one dimension, as published, with its intervals. */
export interface ChangeSide {
  /** Middle of the individual changes, points. */
  median: number;
  /** Null: not determinable from the published cuts. */
  interval: Limits | null;
  /** Share of the matched organisations whose score rose; null where it is withheld. */
  rose: Share | null;
  roseInterval: Limits | null;
}

/** Progress of members and field in one dimension. `null` of a side: not published. */
export interface ProgressDimension {
  dimension: string;
  members: ChangeSide | null;
  field: ChangeSide | null;
  /** Members' median change less the field's, points. */
  difference: Limits | null;
  /** Members' share that rose less the field's, percentage points. */
  roseDifference: Limits | null;
}

export interface ProgressDimensionLine extends ProgressDimension {
  title: string;
  verdict: 'ahead' | 'behind' | 'indistinct' | 'suppressed' | 'no-reference';
  sentence: string;
}

/** Progress in sentences: how far those moved that took part twice, members and field alike. */
export function progressDimensionLines(
  instrument: Instrument,
  dimensions: ProgressDimension[],
  lang: Lang,
): ProgressDimensionLine[] {
  return dimensions.map((progress) => {
    const title = dimensionTitle(instrument, progress.dimension, lang);
    const verdict = verdictOf(progress);
    return { ...progress, title, verdict, sentence: sentenceOf(title, progress, verdict, lang) };
  });
}

function verdictOf({ members, field, difference }: ProgressDimension): ProgressDimensionLine['verdict'] {
  if (!members) return 'suppressed';
  if (!field) return 'no-reference';
  if (difference && difference.lower > 0) return 'ahead';
  if (difference && difference.upper < 0) return 'behind';
  return 'indistinct';
}

function sentenceOf(
  title: string,
  { members, field, difference }: ProgressDimension,
  verdict: ProgressDimensionLine['verdict'],
  lang: Lang,
): string {
  const german = lang === 'de';
  if (!members)
    return german
      ? `${title}: Wie sich Ihre Mitglieder verändert haben, ist zum Schutz nicht veröffentlicht.`
      : `${title}: how your members changed is not published, for protection.`;
  const rose = members.rose === null ? '' : ` (${rosePhrase(members.rose, lang)})`;
  const own = german
    ? `Ihre Mitglieder haben sich in der Mitte um ${signed(members.median)} Punkte verändert${rose}`
    : `in the middle, your members changed by ${signed(members.median)} points${rose}`;
  const beside = field
    ? german
      ? `, das Feld um ${signed(field.median)} Punkte`
      : `, the field by ${signed(field.median)} points`
    : '';
  const range =
    difference && field
      ? german
        ? ` Der Unterschied liegt zwischen ${signed(difference.lower)} und ${signed(difference.upper)} Punkten.`
        : ` The difference lies between ${signed(difference.lower)} and ${signed(difference.upper)} points.`
      : '';
  return `${title}: ${own}${beside}. ${VERDICTS[verdict][lang]}${range}`;
}

/** "bei rund 60 % ist der Wert gestiegen", "about 60% rose". */
function rosePhrase(share: Share, lang: Lang): string {
  const [ofWhom, who] =
    share === 'almost-none'
      ? ['fast niemandem', 'almost none']
      : share === 'almost-all'
        ? ['fast allen', 'almost all']
        : [`rund ${share}\u00a0%`, `about ${share}%`];
  return lang === 'de' ? `bei ${ofWhom} ist der Wert gestiegen` : `${who} rose`;
}

const VERDICTS: Record<ProgressDimensionLine['verdict'], Record<Lang, string>> = {
  ahead: {
    de: 'Sie sind weiter vorangekommen als das Feld.',
    en: 'They moved further than the field.',
  },
  behind: {
    de: 'Das Feld ist weiter vorangekommen.',
    en: 'The field moved further.',
  },
  indistinct: {
    de: 'Ein Unterschied zum Feld lässt sich noch nicht erkennen.',
    en: 'A difference to the field cannot be distinguished yet.',
  },
  suppressed: { de: '', en: '' },
  'no-reference': {
    de: 'Für das Feld gibt es keine Veränderung mit gleichem Stand.',
    en: 'There is no change of the field as of the same date.',
  },
};

/** What has to stand beside every progress. */
export const PROGRESS_CAVEATS: Record<Lang, string> = {
  de: 'Fortschritt zeigt sich nur an denen, die im Abstand von mindestens einem halben Jahr zweimal teilgenommen haben: Gezeigt ist ihre Veränderung vom ersten zum letzten Check. Über alle anderen sagt das nichts. Das Feld enthält Ihre Mitglieder.',
  en: 'Progress shows only in those that took part twice, at least half a year apart: what is shown is their change from the first check to the last. It says nothing about all others. The field includes your members.',
};
