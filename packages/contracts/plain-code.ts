/**
 * The one normaliser of texts that people and programs compare: a key, a code, a column's name. By Unicode class, so that
 * it knows no list of culprits: signs that nobody sees are dropped (Cf, default ignorables), every dash is a hyphen (Pd
 * and the minus), every run of spaces and control characters one space (Z, Cc), and letters are composed (NFC).
 *
 * @example
 * plainText('\ufeffHaus\u00a0Mu\u0308ller \u2013 Su\u00add'); // => 'Haus Müller - Sud'
 */
export function plainText(text: string): string {
  // Most texts are codes as they were made; they need none of this.
  if (/^[\x21-\x7e]*$/.test(text)) return text;
  return text
    .replace(/[\p{Cf}\p{DI}]/gu, '')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/[\p{Z}\p{Cc}]+/gu, ' ')
    .trim()
    .normalize('NFC');
}

/**
 * A code or key as it was meant, where no space means anything: as `plainText`, and without what comes along unseen when
 * it is copied (spaces, accents without a letter).
 *
 * @example
 * plainCode('K7M2\u2013P9QX\u200b\n'); // => 'K7M2-P9QX'
 */
export function plainCode(text: string): string {
  return plainText(text.replace(/\p{M}/gu, '')).replace(/[\s\p{C}]/gu, '');
}
