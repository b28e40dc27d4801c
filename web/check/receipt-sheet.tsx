import type { Lang } from '#contracts/text';
import { words } from '../words.ts';

/** The sheet for the files: printed instead of the page. */
export function ReceiptSheet({
  lang,
  receipt,
  today,
  address,
}: {
  lang: Lang;
  receipt: string;
  today: string;
  /** Where the code is entered. */
  address: string;
}) {
  const text = WORDS[lang];
  return (
    <section class="receipt-sheet" aria-hidden="true">
      <p class="receipt-sheet__kind">Sektorspiegel · {text.kind}</p>
      <p class="receipt-sheet__title">{text.title}</p>
      <p class="receipt-sheet__code">{receipt}</p>
      {text.explanation.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      <p>{text.enter(address)}</p>
      <p>{text.made(today)}</p>
      <p class="receipt-sheet__line">{text.house}</p>
      <p class="receipt-sheet__line">{text.kept}</p>
    </section>
  );
}

/** The same as a text file. */
export function receiptText(lang: Lang, receipt: string, today: string, address: string): string {
  const { title, kind, explanation, enter, made } = WORDS[lang];
  return [
    `Sektorspiegel · ${kind}`,
    '',
    title,
    '',
    receipt,
    '',
    ...explanation,
    '',
    enter(address),
    made(today),
    '',
  ].join('\r\n');
}

const WORDS = words({
  de: {
    kind: 'Zu den Akten',
    title: 'Rückkehr-Code zum Digitalisierungscheck',
    explanation: [
      'Mit diesem Code sieht Ihre Organisation ihr Ergebnis wieder, schickt später einen neuen Check, der sich mit dem früheren vergleichen lässt, oder zieht alle Angaben zurück.',
      'Bewahren Sie ihn auf wie einen Schlüssel: Wer ihn hat, kann alles das tun. Er ist nirgends gespeichert und lässt sich nicht ersetzen.',
    ],
    enter: (address: string) => `Eingegeben wird er unter ${address}`,
    made: (day: string) => `Erzeugt am ${day}.`,
    house: 'Organisation:',
    kept: 'Abgelegt unter:',
  },
  en: {
    kind: 'For your files',
    title: 'Return code of the digital maturity check',
    explanation: [
      'With this code your organisation sees its result again, later sends a new check that can be compared with the earlier one, or withdraws everything.',
      'Keep it like a key: whoever has it can do all of this. It is stored nowhere and cannot be replaced.',
    ],
    enter: (address: string) => `Enter it at ${address}`,
    made: (day: string) => `Made on ${day}.`,
    house: 'Organisation:',
    kept: 'Filed under:',
  },
});
