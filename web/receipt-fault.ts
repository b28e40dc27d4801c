import type { ReceiptParse } from '#contracts/receipt';
import type { Lang } from '#contracts/text';
import { words } from './words.ts';

/** What is wrong with a Rückkehr-Code as it was written, as a sentence for its writer. */
export function receiptFault(
  written: string,
  { reason, position }: Extract<ReceiptParse, { ok: false }>,
  lang: Lang,
): string {
  const text = WORDS[lang];
  if (written.trim() === '') return text.empty;
  return reason === 'symbol' ? text.symbol(position!) : text[reason];
}

const WORDS = words({
  de: {
    empty: 'Bitte geben Sie Ihren Rückkehr-Code ein.',
    length:
      'Tippfehler: Ein Rückkehr-Code hat 27 Zeichen, dieser hat mehr oder weniger (Bindestriche nicht mitgezählt).',
    symbol: (place: number) =>
      `Tippfehler an Stelle ${place} (Bindestriche nicht mitgezählt): Dieses Zeichen kommt dort in keinem Rückkehr-Code vor.`,
    check: 'Tippfehler: Das Prüfzeichen am Ende passt nicht. Ein Zeichen ist falsch, oder zwei sind vertauscht.',
  },
  en: {
    empty: 'Please enter your return code.',
    length: 'A typo: a return code has 27 symbols; this one has more or fewer (not counting hyphens).',
    symbol: (place) => `A typo at place ${place} (not counting hyphens): no return code has this symbol there.`,
    check: 'A typo: the check symbol at the end does not fit. A symbol is wrong, or two are swapped.',
  },
});
