import type { ComponentChildren } from 'preact';

/** One choice of a group of radio cards. */
export interface RadioChoice {
  value: string;
  label: ComponentChildren;
  /** A smaller line below the label. */
  hint?: ComponentChildren;
  /** Set apart from the others: "does not apply", "don't know". */
  isAside?: boolean;
}

/**
 * Exactly one of a few choices, each a card with room for a sentence. A native radio group: arrow keys, labels and forms
 * work as everywhere.
 *
 * @param name unique on the page; the form field's name
 * @param value the choice made, or null for none yet
 */
export function RadioCards({
  name,
  legend,
  hint,
  choices,
  value,
  onChange,
}: {
  name: string;
  legend: ComponentChildren;
  hint?: ComponentChildren;
  choices: RadioChoice[];
  value: string | null;
  onChange?: (value: string) => void;
}) {
  const hintId = hint === undefined ? undefined : `${name}-hint`;
  return (
    <fieldset class="radio-cards" aria-describedby={hintId}>
      <legend>{legend}</legend>
      {hintId ? (
        <p class="radio-cards__hint" id={hintId}>
          {hint}
        </p>
      ) : null}
      <div class="radio-cards__choices">
        {choices.map((choice) => (
          <label key={choice.value} class={choice.isAside ? 'radio-card radio-card--aside' : 'radio-card'}>
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange?.(choice.value)}
            />
            <span class="radio-card__text">
              {choice.label}
              {choice.hint === undefined ? null : <small>{choice.hint}</small>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
