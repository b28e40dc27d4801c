import type { Share as ShareValue } from '#contracts/release';
import type { Lang } from '#contracts/text';
import { shownShare } from '#views/standing-words';

/** "45 %", in steps of five; a dash where there is none. */
export function shareWords(share: ShareValue | null, lang: Lang): string {
  if (share === null) return '–';
  return `${shownShare(share)}${lang === 'de' ? '\u00a0%' : '%'}`;
}

/** A published share in steps of five per cent, with a bar of that length. */
export function Share({ lang, share }: { lang: Lang; share: ShareValue | null }) {
  if (share === null) return <>–</>;
  return (
    <span class="share">
      {shareWords(share, lang)}
      <svg class="share__bar" width="100%" height="6" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect class="share__rest" width="100" height="6" />
        <rect width={shownShare(share)} height="6" />
      </svg>
    </span>
  );
}
