import type { CodeEntry } from '#contracts/instrument';
import type { Lang } from '#contracts/text';

/** One code of a long closed list. `empty` is what stands there before a choice and takes it back. */
export function CodeSelect({
  id,
  lang,
  label,
  hint,
  error,
  codes,
  empty,
  value,
  onChange,
}: {
  id: string;
  lang: Lang;
  label: string;
  hint: string;
  error?: string | undefined;
  codes: CodeEntry[];
  empty: string;
  value: string | undefined;
  onChange: (code: string | undefined) => void;
}) {
  return (
    <div class="field">
      <label class="field__label" for={id}>
        {label}
      </label>
      <p class="field__hint" id={`${id}-hint`}>
        {hint}
      </p>
      {error ? (
        <p class="field__fault" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
      <select
        id={id}
        aria-describedby={`${id}-hint${error ? ` ${id}-error` : ''}`}
        aria-invalid={error ? true : undefined}
        value={value ?? ''}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
      >
        <option value="">{empty}</option>
        {codes.map((code) => (
          <option key={code.id} value={code.id}>
            {code.label[lang]}
          </option>
        ))}
      </select>
    </div>
  );
}
