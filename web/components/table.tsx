import type { ComponentChildren } from 'preact';

/**
 * A table with a caption. On a phone each row is a block under its name, the first column; where it is still too wide,
 * the table scrolls sideways by itself, also by keyboard.
 *
 * @param isOfFigures short figures, whose columns are equally wide and fit a phone
 */
export function Table({
  caption,
  columns,
  rows,
  isOfFigures = false,
}: {
  caption: string;
  columns: string[];
  rows: ComponentChildren[][];
  isOfFigures?: boolean;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups form fields; a region of each table is one landmark too many
    <div class={isOfFigures ? 'table table--figures' : 'table'} role="group" aria-label={caption} tabIndex={0}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={index} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first, ...cells], index) => (
            <tr key={index}>
              <th scope="row">{first}</th>
              {cells.map((cell, place) => (
                <td key={place} data-column={columns[place + 1]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
