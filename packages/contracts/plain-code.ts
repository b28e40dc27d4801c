/**
 * A code or key as it was meant: without what comes along unseen when it is copied (spaces of any width, line breaks,
 * invisible signs, accents without a letter), and with a plain hyphen for every dash that a word processor makes of one.
 *
 * @example
 * plainCode('K7M2\u2013P9QX\u200b\n'); // => 'K7M2-P9QX'
 */
export function plainCode(text: string): string {
  return text.replace(/[\p{Z}\p{C}\p{M}]/gu, '').replace(/[\p{Pd}\u2212]/gu, '-');
}
