import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { parseReceipt, type ReceiptParse } from '#contracts/receipt';
import type { Lang } from '#contracts/text';
import { words } from '../words.ts';
import { Button } from './button.tsx';
import { Field } from './field.tsx';

/** The id of the form, for a button elsewhere on the page that submits it. */
export const RECEIPT_FORM = 'receipt-form';

/**
 * Where a Rückkehr-Code is entered. A typo is named here, before anything is sent, with its place where that can be known.
 * On a phone the 35 symbols take two lines, so that all of them are seen; Enter sends the form, as from any field of one line.
 *
 * @param kind secondary where the page has a main button of its own, which may submit this form by `RECEIPT_FORM`
 * @param isExpected tells a well-written code of somebody else from the one that was made in this browser
 * @param onReceipt given the canonical code, and the button that was pressed, if it was one
 */
export function ReceiptForm({
  lang,
  submitLabel,
  kind = 'primary',
  isExpected = () => true,
  onReceipt,
  children,
}: {
  lang: Lang;
  submitLabel: string;
  kind?: 'primary' | 'secondary';
  isExpected?: (receipt: string) => boolean;
  onReceipt: (receipt: string, pressed: HTMLElement | null) => void;
  children?: ComponentChildren;
}) {
  const text = WORDS[lang];
  const [written, setWritten] = useState('');
  const [fault, setFault] = useState<string | undefined>();
  const [isAlive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  const check = (form: HTMLFormElement, pressed: HTMLElement | null) => {
    const parsed = parseReceipt(written);
    if (parsed.ok && isExpected(parsed.receipt)) return onReceipt(parsed.receipt, pressed);
    setFault(parsed.ok ? text.other : receiptFault(written, parsed, lang));
    form.querySelector('textarea')?.focus();
  };
  return (
    // Until the page is alive nothing can be sent: the code must not stand in an address.
    <form
      id={RECEIPT_FORM}
      method="post"
      autocomplete="off"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        check(event.currentTarget, event.submitter);
      }}
    >
      <Field id="receipt" label={text.label} hint={text.hint} error={fault}>
        {(control) => (
          <textarea
            {...control}
            class="code-field"
            rows={1}
            maxLength={80}
            spellcheck={false}
            autocapitalize="characters"
            autocomplete="off"
            disabled={!isAlive}
            value={written}
            onInput={(event) => {
              setWritten(event.currentTarget.value);
              setFault(undefined);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              event.currentTarget.form?.requestSubmit();
            }}
          />
        )}
      </Field>
      {children}
      <div class="buttons">
        <Button type="submit" kind={kind} disabled={!isAlive}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}

/** What is wrong with a code as it was written, as a sentence for its writer. */
function receiptFault(written: string, { reason, position }: Extract<ReceiptParse, { ok: false }>, lang: Lang): string {
  const text = WORDS[lang];
  if (written.trim() === '') return text.empty;
  return reason === 'symbol' ? text.symbol(position!) : text[reason];
}

const WORDS = words({
  de: {
    label: 'Rückkehr-Code',
    hint: 'Neun Gruppen zu drei Zeichen. Groß- und Kleinschreibung, Leerzeichen und Bindestriche sind gleichgültig; I und L gelten als 1, O als 0.',
    other:
      'Der Code ist richtig geschrieben, aber es ist nicht der, der in diesem Browser erzeugt wurde. Bitte nehmen Sie den zuletzt gesicherten.',
    empty: 'Bitte geben Sie Ihren Rückkehr-Code ein.',
    length:
      'Tippfehler: Ein Rückkehr-Code hat 27 Zeichen, dieser hat mehr oder weniger (Bindestriche nicht mitgezählt).',
    symbol: (place: number) =>
      `Tippfehler an Stelle ${place} (Bindestriche nicht mitgezählt): Dieses Zeichen kommt dort in keinem Rückkehr-Code vor.`,
    check: 'Tippfehler: Das Prüfzeichen am Ende passt nicht. Ein Zeichen ist falsch, oder zwei sind vertauscht.',
  },
  en: {
    label: 'Return code',
    hint: 'Nine groups of three symbols. Case, spaces and hyphens do not matter; I and L count as 1, O as 0.',
    other:
      'The code is spelt correctly, but it is not the one made in this browser. Please take the one you saved last.',
    empty: 'Please enter your return code.',
    length: 'A typo: a return code has 27 symbols; this one has more or fewer (not counting hyphens).',
    symbol: (place) => `A typo at place ${place} (not counting hyphens): no return code has this symbol there.`,
    check: 'A typo: the check symbol at the end does not fit. A symbol is wrong, or two are swapped.',
  },
});
