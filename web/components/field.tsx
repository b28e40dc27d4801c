import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

export interface FieldProps {
  label: ComponentChildren;
  /** A smaller line between label and field. */
  hint?: ComponentChildren;
  /** What is wrong with what stands there; said by screen readers as it appears. */
  error?: ComponentChildren;
  /** Of the control; made up where nobody needs to know it. */
  id?: string;
}

/** A label, what explains it and what is wrong, and the control that `children` makes with these attributes. */
export function Field({
  label,
  hint,
  error,
  id: given,
  children,
}: FieldProps & {
  children: (control: { id: string; 'aria-describedby': string; 'aria-invalid'?: true }) => ComponentChildren;
}) {
  const made = useId();
  const id = given ?? made;
  return (
    <div class="field">
      <label class="field__label" for={id}>
        {label}
      </label>
      <span class="field__hint" id={`${id}-hint`}>
        {hint}
      </span>
      <p class="field__fault" id={`${id}-error`} role="alert">
        {error}
      </p>
      {children({
        id,
        'aria-describedby': `${id}-hint ${id}-error`,
        ...(error ? { 'aria-invalid': true as const } : {}),
      })}
    </div>
  );
}

interface WrittenProps extends FieldProps {
  value: string;
  onInput: (value: string) => void;
  maxLength?: number;
}

/**
 * A line of text, or with `type="date"` a day: `YYYY-MM-DD`, empty while it is not whole. Nothing is completed by the
 * browser: what is written here may be about people.
 */
export function TextField({
  label,
  hint,
  error,
  id,
  type = 'text',
  onInput,
  ...more
}: WrittenProps & {
  type?: 'text' | 'date' | 'password';
  class?: string;
  min?: string;
  max?: string;
  autocapitalize?: 'characters';
  spellcheck?: boolean;
}) {
  return (
    <Field {...{ label, hint, error }} {...(id ? { id } : {})}>
      {(control) => (
        <input
          // Preact's types know one shape for each kind of input.
          type={type as 'text'}
          autocomplete="off"
          maxLength={300}
          {...more}
          {...control}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** Several lines of text. */
export function TextArea({ label, hint, onInput, ...more }: WrittenProps & { rows: number; readOnly?: boolean }) {
  return (
    <Field {...{ label, hint }}>
      {(control) => (
        <textarea maxLength={5000} {...more} {...control} onInput={(event) => onInput(event.currentTarget.value)} />
      )}
    </Field>
  );
}
