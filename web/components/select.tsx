/** A choice of many, under its label. Options with the same `group` stand together under its name. */
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
    <label class="select">
      <span class="select__label">{label}</span>
      <select name={name}>
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
    </label>
  );
}
