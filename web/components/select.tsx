/**
 * A choice of many, under its label. Options with the same `group` stand together under its name.
 *
 * @param name the form field's name, and the element's id
 */
export function Select({
  name,
  label,
  options,
  value,
}: {
  name: string;
  label: string;
  options: { value: string; label: string; group?: string }[];
  value: string;
}) {
  const groups = [...new Set(options.map(({ group }) => group))];
  return (
    <div class="select">
      <label class="select__label" for={name}>
        {label}
      </label>
      <select id={name} name={name}>
        {groups.map((group) => {
          const entries = options
            .filter((option) => option.group === group)
            .map((option) => (
              <option key={option.value} value={option.value} selected={option.value === value}>
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
    </div>
  );
}
