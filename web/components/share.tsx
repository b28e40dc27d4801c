import type { Share as ShareValue } from '#contracts/release';
import type { Lang } from '#contracts/text';
import { words } from '../words.ts';

/** "45 %", "fast keine"; a dash for what is left out, which is explained beside it. */
export function shareWords(share: ShareValue | null | undefined, lang: Lang): string {
  if (share === null || share === undefined) return '–';
  const { almostNone, almostAll } = WORDS[lang];
  if (typeof share === 'string') return share === 'almost-none' ? almostNone : almostAll;
  return lang === 'de' ? `${share}\u00a0%` : `${share}%`;
}

/** A published share: percent, or the word that stands for very few or nearly all, with a bar of its length. */
export function Share({ lang, share }: { lang: Lang; share: ShareValue | null | undefined }) {
  const text = WORDS[lang];
  if (share === null || share === undefined) return <abbr title={text.leftOut}>–</abbr>;
  const length = share === 'almost-none' ? 1 : share === 'almost-all' ? 99 : share;
  return (
    <span class="share">
      {shareWords(share, lang)}
      <svg class="share__bar" width="100%" height="6" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect class="share__rest" width="100" height="6" />
        <rect width={length} height="6" />
      </svg>
    </span>
  );
}

const WORDS = words({
  de: { almostNone: 'fast keine', almostAll: 'fast alle', leftOut: 'zum Schutz ausgelassen' },
  en: { almostNone: 'almost none', almostAll: 'almost all', leftOut: 'left out, to protect participants' },
});
