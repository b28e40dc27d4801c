import type { Lang } from '#contracts/text';

/**
 * The words of a page or component in both languages. German gives the shape; English that lacks a word, or has one more,
 * does not compile. A word may be a text, a list, or a function of what it is about.
 *
 * @example
 * const WORDS = words({ de: { title: 'Das Feld' }, en: { title: 'The field' } });
 * WORDS[lang].title;
 */
export function words<Words>(texts: { de: Words; en: NoInfer<Words> }): Record<Lang, Words> {
  return texts;
}
