import { useState } from 'preact/hooks';
import { parseReceipt } from '#contracts/receipt';
import type { Lang } from '#contracts/text';
import { Button } from '../components/button.tsx';
import { CodeField } from '../components/code-field.tsx';
import { receiptFault } from '../receipt-fault.ts';
import { words } from '../words.ts';
import { receiptMark } from './receipt-mark.ts';

/** The id of the form, for a button elsewhere on the page that submits it. */
export const RECEIPT_FORM = 'receipt-form';

/**
 * Where a Rückkehr-Code is entered again. A typo is named as one, with its place where that can be known; `mark` tells a
 * well-written code of somebody else from the one that is expected.
 */
export function ReceiptField({
  lang,
  mark,
  submitLabel,
  kind = 'primary',
  onReceipt,
}: {
  lang: Lang;
  mark?: string | undefined;
  submitLabel: string;
  /** Secondary where the page has a main button of its own, which may submit this form by `RECEIPT_FORM`. */
  kind?: 'primary' | 'secondary';
  /** Given the canonical code, and the button that was pressed, if it was one. */
  onReceipt: (receipt: string, pressed: HTMLElement | null) => void;
}) {
  const text = WORDS[lang];
  const [written, setWritten] = useState('');
  const [fault, setFault] = useState<string | undefined>();
  const check = (form: HTMLFormElement, pressed: HTMLElement | null) => {
    const refuse = (why: string) => {
      setFault(why);
      form.querySelector('textarea')?.focus();
    };
    const parsed = parseReceipt(written);
    if (!parsed.ok) refuse(receiptFault(written, parsed, lang));
    else if (mark !== undefined && receiptMark(parsed.receipt) !== mark) refuse(text.other);
    else {
      setFault(undefined);
      onReceipt(parsed.receipt, pressed);
    }
  };
  return (
    <form
      class="field"
      id={RECEIPT_FORM}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        check(event.currentTarget, event.submitter);
      }}
    >
      <label class="field__label" for="receipt">
        {text.label}
      </label>
      <p class="field__hint" id="receipt-hint">
        {text.hint}
      </p>
      <p class="field__fault" id="receipt-error" role="alert">
        {fault}
      </p>
      <CodeField
        id="receipt"
        aria-describedby="receipt-hint receipt-error"
        aria-invalid={fault ? true : undefined}
        value={written}
        onInput={(event) => {
          setWritten(event.currentTarget.value);
          setFault(undefined);
        }}
      />
      <div class="buttons">
        <Button type="submit" kind={kind}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}

const WORDS = words({
  de: {
    label: 'Rückkehr-Code',
    hint: 'Neun Gruppen zu drei Zeichen. Groß- und Kleinschreibung, Leerzeichen und Bindestriche sind gleichgültig; I und L gelten als 1, O als 0.',
    other:
      'Der Code ist richtig geschrieben, aber es ist nicht der, der in diesem Browser erzeugt wurde. Bitte nehmen Sie den zuletzt gesicherten.',
  },
  en: {
    label: 'Return code',
    hint: 'Nine groups of three symbols. Case, spaces and hyphens do not matter; I and L count as 1, O as 0.',
    other:
      'The code is spelt correctly, but it is not the one made in this browser. Please take the one you saved last.',
  },
});
