import type { ComponentChildren } from 'preact';

/**
 * A remark that stands out. `kind` says what it is about by colour, and `title` by a word: colour alone tells nothing.
 *
 * @param children a text alone becomes a paragraph
 * @param isLive set where it appears after the page was loaded, so that screen readers say it
 */
export function Notice({
  kind = 'info',
  title,
  isLive = false,
  children,
}: {
  kind?: 'info' | 'success' | 'warning' | 'error';
  title?: string;
  isLive?: boolean;
  children: ComponentChildren;
}) {
  const role = isLive ? (kind === 'error' ? 'alert' : 'status') : undefined;
  return (
    <div class={`notice notice--${kind}`} role={role}>
      {title ? <p class="notice__title">{title}</p> : null}
      {typeof children === 'string' ? <p>{children}</p> : children}
    </div>
  );
}
