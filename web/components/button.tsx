import type { ComponentChildren, JSX } from 'preact';

/** A link that looks like a button: for going somewhere. */
export function ButtonLink({
  href,
  kind = 'primary',
  onClick,
  children,
}: {
  href: string;
  kind?: 'primary' | 'secondary';
  onClick?: (event: Event) => void;
  children: ComponentChildren;
}) {
  return (
    <a class={`button button--${kind}`} href={href} {...(onClick ? { onClick } : {})}>
      {children}
    </a>
  );
}

/** A button: for doing something on the page. It never submits a form unless `type="submit"` says so. */
export function Button({
  kind = 'primary',
  ...more
}: { kind?: 'primary' | 'secondary' | 'quiet' } & Omit<JSX.IntrinsicElements['button'], 'class'>) {
  return <button class={`button button--${kind}`} type="button" {...more} />;
}

/** A button within a text, as a link looks. */
export function TextButton(more: Omit<JSX.IntrinsicElements['button'], 'class'>) {
  return <button class="text-button" type="button" {...more} />;
}
