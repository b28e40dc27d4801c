import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface FieldProps {
  label: ComponentChildren;
  /** A smaller line between label and field. */
  hint?: ComponentChildren;
  value: string;
  onInput: (value: string) => void;
}

/** A line of text. Nothing is completed by the browser: what is written here may be about people. */
export function TextField({ label, hint, value, onInput, maxLength = 300 }: FieldProps & { maxLength?: number }) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <input
          {...ids}
          type="text"
          autocomplete="off"
          maxLength={maxLength}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** A day. `value` and `min` are `YYYY-MM-DD`; the value is empty while the day is not whole. */
export function DateField({ label, hint, value, onInput, min }: FieldProps & { min?: string }) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <input
          {...ids}
          type="date"
          min={min ?? ''}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** Several lines of text. */
export function TextArea({
  label,
  hint,
  value,
  onInput,
  rows,
  maxLength = 2000,
}: FieldProps & { rows: number; maxLength?: number }) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <textarea
          {...ids}
          rows={rows}
          maxLength={maxLength}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

function Field({
  label,
  hint,
  children,
}: {
  label: ComponentChildren;
  hint: ComponentChildren;
  children: (ids: { id: string; 'aria-describedby'?: string }) => ComponentChildren;
}) {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div class="field">
      <label class="field__label" for={id}>
        {label}
      </label>
      {hint === undefined ? null : (
        <span class="field__hint" id={hintId}>
          {hint}
        </span>
      )}
      {children(hint === undefined ? { id } : { id, 'aria-describedby': hintId })}
    </div>
  );
}
