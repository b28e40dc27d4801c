import type { ComponentChildren } from 'preact';

/**
 * A table with a caption. It scrolls sideways by itself where it is too wide, also by keyboard. The first column names
 * the row.
 */
export function Table({
  caption,
  columns,
  rows,
}: {
  caption: string;
  columns: ComponentChildren[];
  rows: ComponentChildren[][];
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="table" aria-label={caption} tabIndex={0}>
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
                <td key={place}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
