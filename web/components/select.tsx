import { Field, type FieldProps } from './field.tsx';

/**
 * A choice of many, under its label. Options with the same `group` stand together under its name.
 *
 * @param id also the form field's name
 * @param onChange left out in a form that the server answers
 */
export function Select({
  options,
  value,
  onChange,
  ...field
}: FieldProps & {
  id: string;
  options: { value: string; label: string; group?: string }[];
  value: string;
  onChange?: (value: string) => void;
}) {
  const groups = [...new Set(options.map(({ group }) => group))];
  return (
    <Field {...field}>
      {(control) => (
        <select
          name={field.id}
          {...control}
          value={value}
          onChange={onChange && ((event) => onChange(event.currentTarget.value))}
        >
          {groups.map((group) => {
            const entries = options
              .filter((option) => option.group === group)
              .map((option) => (
                <option key={option.value} value={option.value}>
                  {option.label}
                </option>
              ));
            return group === undefined ? (
              entries
            ) : (
              <optgroup key={group} label={group}>
                {entries}
              </optgroup>
            );
          })}
        </select>
      )}
    </Field>
  );
}
