import type { ComponentChildren } from 'preact';

/** A few facts side by side: what it is, and its value. */
export function Facts({ facts }: { facts: { term: string; value: ComponentChildren }[] }) {
  return (
    <dl class="facts">
      {facts.map(({ term, value }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
