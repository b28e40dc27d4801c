import type { ComponentChildren } from 'preact';

/** A sheet of paper on the page. With a `title` it is an article of its own under a third-level heading. */
export function Card({ title, children }: { title?: ComponentChildren; children: ComponentChildren }) {
  if (title === undefined) return <div class="card">{children}</div>;
  return (
    <article class="card">
      <h3 class="card__title">{title}</h3>
      {children}
    </article>
  );
}

/** Cards beside each other as far as there is room, each at least 17 rem wide. */
export function Cards({ children }: { children: ComponentChildren }) {
  return <div class="cards">{children}</div>;
}
