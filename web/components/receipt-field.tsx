import { parseReceipt } from '#contracts/receipt';
import type { Lang } from '#contracts/text';
import { words } from '../words.ts';

/** What is wrong with a typed Rückkehr-Code, as a sentence; null where nothing is. */
export function receiptFault(text: string, lang: Lang): string | null {
  const parsed = parseReceipt(text);
  if (parsed.ok) return null;
  if (text.trim() === '') return WORDS[lang].empty;
  if (parsed.reason === 'symbol') return WORDS[lang].symbol(parsed.position ?? 0);
  return WORDS[lang][parsed.reason];
}

/**
 * The field a Rückkehr-Code is typed or pasted into. The browser is asked to keep nothing of it.
 *
 * @param fault shown beside the field once there is one (`receiptFault`)
 */
export function ReceiptField({
  lang,
  id,
  value,
  fault,
  onInput,
}: {
  lang: Lang;
  id: string;
  value: string;
  fault: string | null;
  onInput: (text: string) => void;
}) {
  const text = WORDS[lang];
  return (
    <div class="field">
      <label class="field__label" for={id}>
        {text.label}
      </label>
      <p class="field__hint" id={`${id}-hint`}>
        {text.hint}
      </p>
      <input
        class="field__input field__input--code"
        id={id}
        type="text"
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        aria-describedby={fault === null ? `${id}-hint` : `${id}-hint ${id}-fault`}
        aria-invalid={fault !== null}
      />
      {fault === null ? null : (
        <p class="field__fault" id={`${id}-fault`} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

const WORDS = words({
  de: {
    label: 'Ihr Rückkehr-Code',
    hint: '27 Zeichen. Groß oder klein, mit oder ohne Bindestriche.',
    empty: 'Bitte geben Sie Ihren Rückkehr-Code ein.',
    length: 'Tippfehler: Ein Rückkehr-Code hat 27 Zeichen, dieser hat mehr oder weniger.',
    symbol: (position: number) => `Tippfehler: Das ${position}. Zeichen kommt in keinem Rückkehr-Code vor.`,
    check: 'Tippfehler: Mindestens ein Zeichen ist falsch oder vertauscht. Bitte vergleichen Sie den Code noch einmal.',
  },
  en: {
    label: 'Your receipt',
    hint: '27 symbols. Upper or lower case, with or without hyphens.',
    empty: 'Please enter your receipt.',
    length: 'Typo: a receipt has 27 symbols, this one has more or fewer.',
    symbol: (position: number) => `Typo: symbol ${position} does not occur in any receipt.`,
    check: 'Typo: at least one symbol is wrong or swapped. Please compare the code once more.',
  },
});
