import type { ComponentChildren, JSX } from 'preact';

/** A link that looks like a button: for going somewhere. */
export function ButtonLink({
  href,
  kind = 'primary',
  children,
}: {
  href: string;
  kind?: 'primary' | 'secondary';
  children: ComponentChildren;
}) {
  return (
    <a class={`button button--${kind}`} href={href}>
      {children}
    </a>
  );
}

/** A button: for doing something on the page. It never submits a form unless `type="submit"` says so. */
export function Button({
  kind = 'primary',
  type = 'button',
  children,
  ...more
}: { kind?: 'primary' | 'secondary' | 'quiet'; type?: 'button' | 'submit' } & Omit<
  JSX.IntrinsicElements['button'],
  'type' | 'class'
>) {
  return (
    <button class={`button button--${kind}`} type={type} {...more}>
      {children}
    </button>
  );
}
