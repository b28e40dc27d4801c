import { useId } from 'preact/hooks';
import type { Rating as Rated } from './experiment.ts';

/** Little, some, much: three radio buttons on one line. */
export function Rating({
  legend,
  labels,
  value,
  onChange,
}: {
  legend: string;
  /** From 1 to 3. */
  labels: readonly [string, string, string];
  value: Rated | null;
  onChange: (value: Rated) => void;
}) {
  const name = useId();
  return (
    <fieldset class="rating">
      <legend>{legend}</legend>
      <span class="rating__choices">
        {([1, 2, 3] as const).map((level) => (
          <label key={level} class="rating__choice">
            <input type="radio" name={name} checked={value === level} onChange={() => onChange(level)} />
            <span>{labels[level - 1]}</span>
          </label>
        ))}
      </span>
    </fieldset>
  );
}
