import { useState } from 'preact/hooks';
import { parseReceipt } from '#contracts/receipt';
import type { Lang } from '#contracts/text';
import { Button } from '../components/button.tsx';
import { CodeField } from '../components/code-field.tsx';
import { Field } from '../components/field.tsx';
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
    const parsed = parseReceipt(written);
    const isOther = parsed.ok && mark !== undefined && receiptMark(parsed.receipt) !== mark;
    if (parsed.ok && !isOther) return onReceipt(parsed.receipt, pressed);
    setFault(parsed.ok ? text.other : receiptFault(written, parsed, lang));
    form.querySelector('textarea')?.focus();
  };
  return (
    <form
      id={RECEIPT_FORM}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        check(event.currentTarget, event.submitter);
      }}
    >
      <Field id="receipt" label={text.label} hint={text.hint} error={fault}>
        {(control) => (
          <CodeField
            {...control}
            value={written}
            onInput={(event) => {
              setWritten(event.currentTarget.value);
              setFault(undefined);
            }}
          />
        )}
      </Field>
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
