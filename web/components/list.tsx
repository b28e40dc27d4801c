/** Sentences as the points of a list. */
export function List({ items, class: name }: { items: readonly string[]; class?: string }) {
  return (
    <ul class={name}>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}
