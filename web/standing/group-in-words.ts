import type { Lang } from '#contracts/text';
import { wholeNumber } from '#views/standing-words';
import type { StandingAnswer } from './standing-source.ts';

/** "rund 65 Einrichtungen der Altenhilfe und Pflege"; null where no group is shown. */
export function groupInWords(
  { label, participations }: Pick<StandingAnswer['group'], 'label' | 'participations'>,
  lang: Lang,
): string | null {
  if (label === null || participations === null) return null;
  return `${lang === 'de' ? 'rund' : 'around'} ${wholeNumber(participations, lang)} ${label}`;
}
