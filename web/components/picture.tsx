import type { ComponentChildren } from 'preact';

/**
 * A picture the server draws, in the layout and theme that fit the reader's screen, with a caption.
 *
 * @param src address of the SVG with its query; `layout` and `theme` are added
 * @param layout "narrow" where pictures stand beside each other on any screen
 * @param alt the picture's gist in a sentence; everything it tells belongs beside it, as text or table
 */
export function Picture({
  src,
  alt,
  layout,
  caption,
}: {
  src: string;
  alt: string;
  layout?: 'narrow';
  caption?: ComponentChildren;
}) {
  const at = (fitting: 'wide' | 'narrow', theme: 'light' | 'dark') =>
    `${src}&layout=${layout ?? fitting}&theme=${theme}`;
  return (
    <figure class={layout ? 'figure figure--narrow' : 'figure'}>
      <picture>
        <source media="print and (min-width: 30rem)" srcset={at('wide', 'light')} />
        <source media="(min-width: 52rem) and (prefers-color-scheme: dark)" srcset={at('wide', 'dark')} />
        <source media="(min-width: 52rem)" srcset={at('wide', 'light')} />
        <source media="(prefers-color-scheme: dark)" srcset={at('narrow', 'dark')} />
        <img src={at('narrow', 'light')} alt={alt} />
      </picture>
      {caption === undefined ? null : <figcaption>{caption}</figcaption>}
    </figure>
  );
}
