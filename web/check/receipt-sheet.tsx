import type { Lang } from '#contracts/text';
import { words } from '../words.ts';

interface SheetProps {
  lang: Lang;
  /** In groups. */
  receipt: string;
  day: string;
  /** Where the code is entered. */
  address: string;
}

/** The sheet for the files: printed instead of the page. */
export function ReceiptSheet({ lang, receipt, day, address }: SheetProps) {
  const text = WORDS[lang];
  return (
    <section class="receipt-sheet" aria-hidden="true">
      <p class="receipt-sheet__kind">{text.kind}</p>
      <p class="receipt-sheet__title">{text.title}</p>
      <p class="receipt-sheet__code">{receipt}</p>
      {text.explanation(day, address).map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      <p class="receipt-sheet__line">{text.house}</p>
      <p class="receipt-sheet__line">{text.kept}</p>
    </section>
  );
}

/** The same as text, for a file or to share. */
export function receiptText({ lang, receipt, day, address }: SheetProps): string {
  const { title, kind, explanation } = WORDS[lang];
  return [kind, title, receipt, ...explanation(day, address), ''].join('\r\n\r\n');
}

const WORDS = words({
  de: {
    kind: 'Sektorspiegel · Für die Akten',
    title: 'Rückkehr-Code zum Digitalisierungscheck',
    explanation: (day: string, address: string) => [
      'Mit diesem Code sieht Ihre Organisation ihr Ergebnis wieder, schickt später einen neuen Check, der sich mit dem früheren vergleichen lässt, oder zieht alle Angaben zurück.',
      'Bewahren Sie ihn auf wie einen Schlüssel: Wer ihn hat, kann alles das tun. Er ist nirgends gespeichert und lässt sich nicht ersetzen.',
      `Eingegeben wird er unter ${address}`,
      `Erzeugt am ${day}.`,
    ],
    house: 'Organisation:',
    kept: 'Abgelegt unter:',
  },
  en: {
    kind: 'Sektorspiegel · For your files',
    title: 'Return code of the digital maturity check',
    explanation: (day: string, address: string) => [
      'With this code your organisation sees its result again, later sends a new check that can be compared with the earlier one, or withdraws everything.',
      'Keep it like a key: whoever has it can do all of this. It is stored nowhere and cannot be replaced.',
      `Enter it at ${address}`,
      `Made on ${day}.`,
    ],
    house: 'Organisation:',
    kept: 'Filed under:',
  },
});
