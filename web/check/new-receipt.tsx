import { useState } from 'preact/hooks';
import { longDate } from '#views/standing-words';
import { Button } from '../components/button.tsx';
import { CheckLine } from '../components/check-line.tsx';
import { saveFile } from '../save-file.ts';
import { pathTo } from '../site-map.ts';
import { words } from '../words.ts';
import { ReceiptSheet, receiptText } from './receipt-sheet.tsx';
import type { StepProps } from './step-props.ts';

/** A new Rückkehr-Code, in groups, with the ways to keep it: first those at hand on a phone. */
export function NewReceipt({ lang, draft, change, today, receipt }: StepProps & { receipt: string }) {
  const text = WORDS[lang];
  const [note, setNote] = useState('');
  const setSaved = (isReceiptSaved: boolean) => change((current) => ({ ...current, isReceiptSaved }));
  const sheet = {
    lang,
    receipt,
    day: longDate(today, lang),
    address: new URL(pathTo('standing', lang), location.origin).href,
  };
  const ways: [name: string, act: () => unknown, done: string][] = [
    [text.copy, () => navigator.clipboard.writeText(receipt), text.copied],
    ...('share' in navigator
      ? [
          [text.share, () => navigator.share({ text: receiptText(sheet) }), text.shared] as [
            string,
            () => unknown,
            string,
          ],
        ]
      : []),
    [text.file, () => saveFile(`${text.fileName}.txt`, receiptText(sheet), 'text/plain;charset=utf-8'), text.saved],
    [text.print, () => print(), text.printed],
  ];
  const keepBy = async (act: () => unknown, done: string) => {
    try {
      await act();
      setNote(done);
      setSaved(true);
    } catch (error) {
      // A share that its visitor called off is no refusal.
      setNote(error instanceof DOMException && error.name === 'AbortError' ? '' : text.refused);
    }
  };
  return (
    <section class="card receipt-card" aria-labelledby="receipt-title">
      <h2 class="check__subheading" id="receipt-title">
        {text.yours}
      </h2>
      <p class="receipt" translate={false}>
        {receipt}
      </p>
      <p>{text.save}</p>
      <div class="buttons">
        {ways.map(([name, act, done], place) => (
          <Button key={name} kind={place === 0 ? 'primary' : 'secondary'} onClick={() => keepBy(act, done)}>
            {name}
          </Button>
        ))}
      </div>
      <p role="status" class="receipt-card__note">
        {note}
      </p>
      <CheckLine label={text.kept} isChecked={draft.isReceiptSaved ?? false} onChange={setSaved} />
      <ReceiptSheet {...sheet} />
    </section>
  );
}

const WORDS = words({
  de: {
    yours: 'Ihr neuer Rückkehr-Code',
    save: 'Sichern Sie ihn jetzt, und legen Sie ihn zu den Akten. Erst danach geht es weiter.',
    copy: 'Code kopieren',
    copied: 'Der Code ist in der Zwischenablage. Bitte fügen Sie ihn an einem sicheren Ort ein.',
    share: 'Teilen',
    shared: 'Der Code ist weitergegeben. Wer ihn hat, sieht Ihre Angaben und kann sie zurückziehen.',
    file: 'Als Datei sichern',
    saved: 'Die Datei liegt bei Ihren Downloads. Bitte verschieben Sie sie an einen sicheren Ort.',
    print: 'Für die Akten drucken',
    printed: 'Der Druck wurde geöffnet. Bitte legen Sie das Blatt zu den Akten.',
    refused:
      'Das ließ der Browser nicht zu. Bitte sichern Sie den Code auf einem anderen Weg, oder schreiben Sie ihn ab.',
    kept: 'Der Code ist gesichert oder abgeschrieben.',
    fileName: 'rueckkehr-code',
  },
  en: {
    yours: 'Your new return code',
    save: 'Save it now and put it on file. Only then can you go on.',
    copy: 'Copy the code',
    copied: 'The code is on the clipboard. Please paste it in a safe place.',
    share: 'Share',
    shared: 'The code has been passed on. Whoever has it sees what you entered and can withdraw it.',
    file: 'Save as a file',
    saved: 'The file is among your downloads. Please move it to a safe place.',
    print: 'Print for your files',
    printed: 'The print dialogue was opened. Please put the sheet on file.',
    refused: 'The browser did not allow that. Please save the code another way, or write it down.',
    kept: 'The code is saved or written down.',
    fileName: 'return-code',
  },
});
