/** What is done one after the other, numbered. */
export function Steps({ steps }: { steps: { title: string; body: string }[] }) {
  return (
    <ol class="steps">
      {steps.map(({ title, body }) => (
        <li key={title}>
          <h3>{title}</h3>
          <p>{body}</p>
        </li>
      ))}
    </ol>
  );
}
