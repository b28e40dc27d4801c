import type { ReceiptParse } from '#contracts/receipt';
import type { Lang } from '#contracts/text';
import { words } from './words.ts';

type Fault = Extract<ReceiptParse, { ok: false }>;

/** What is wrong with a Rückkehr-Code as it was written, as a sentence for its writer. */
export function receiptFault(written: string, fault: Fault, lang: Lang): string {
  return written.trim() === '' ? WORDS[lang].empty : WORDS[lang].fault(fault);
}

const WORDS = words({
  de: {
    empty: 'Bitte geben Sie Ihren Rückkehr-Code ein.',
    fault: ({ reason, position }: Fault) => {
      if (reason === 'length')
        return 'Tippfehler: Ein Rückkehr-Code hat 27 Zeichen, dieser hat mehr oder weniger (Bindestriche nicht mitgezählt).';
      if (reason === 'symbol')
        return `Tippfehler an Stelle ${position} (Bindestriche nicht mitgezählt): Dieses Zeichen kommt dort in keinem Rückkehr-Code vor.`;
      return 'Tippfehler: Das Prüfzeichen am Ende passt nicht. Ein Zeichen ist falsch, oder zwei sind vertauscht.';
    },
  },
  en: {
    empty: 'Please enter your return code.',
    fault: ({ reason, position }: Fault) => {
      if (reason === 'length')
        return 'A typo: a return code has 27 symbols; this one has more or fewer (not counting hyphens).';
      if (reason === 'symbol')
        return `A typo at place ${position} (not counting hyphens): no return code has this symbol there.`;
      return 'A typo: the check symbol at the end does not fit. A symbol is wrong, or two are swapped.';
    },
  },
});
