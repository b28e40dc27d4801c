import type { Lang } from '#contracts/text';
import { wholeNumber } from '#views/standing-words';

/** "rund 65 Einrichtungen der Altenhilfe und Pflege" */
export function groupInWords({ label, participations }: { label: string; participations: number }, lang: Lang): string {
  return `${lang === 'de' ? 'rund' : 'around'} ${wholeNumber(participations, lang)} ${label}`;
}
