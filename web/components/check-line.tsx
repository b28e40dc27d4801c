import type { ComponentChildren } from 'preact';

/** A box to tick, with its words and a smaller line below them. */
export function CheckLine({
  label,
  hint,
  isChecked,
  isDisabled = false,
  onChange,
}: {
  label: ComponentChildren;
  hint?: ComponentChildren;
  isChecked: boolean;
  isDisabled?: boolean;
  onChange: (isChecked: boolean) => void;
}) {
  return (
    <label class="check-line">
      <input
        type="checkbox"
        checked={isChecked}
        disabled={isDisabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>
        {label}
        {hint === undefined ? null : <small>{hint}</small>}
      </span>
    </label>
  );
}
