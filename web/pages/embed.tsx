import { useContext } from 'preact/hooks';
import type { Lang } from '#contracts/text';
import { Picture } from '../components/picture.tsx';
import { AssetsContext } from '../site-assets.ts';
import { pathTo } from '../site-map.ts';
import { words } from '../words.ts';

/** One public picture for a frame on another site: no script, no cookie, and one link, which leaves the frame. */
export function EmbedPage({
  lang,
  instrument,
  group,
  view,
  words: { title, alternative },
}: {
  lang: Lang;
  instrument: string;
  group: string;
  view: 'standing' | 'progress';
  words: { title: string; alternative: string };
}) {
  const { stylesheet } = useContext(AssetsContext);
  const query = new URLSearchParams({ instrument, group, view, lang });
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{`${title} · Sektorspiegel`}</title>
        {stylesheet ? <link rel="stylesheet" href={stylesheet} /> : null}
      </head>
      <body class="embed">
        <main>
          <Picture
            src={`/v1/figures.svg?${query}`}
            alt={alternative}
            caption={
              <a href={`${pathTo('field', lang)}?${new URLSearchParams({ group })}`} target="_blank" rel="noopener">
                {WORDS[lang].more}
              </a>
            }
          />
        </main>
      </body>
    </html>
  );
}

const WORDS = words({
  de: { more: 'Alle Werte und wie sie entstehen: Sektorspiegel' },
  en: { more: 'All figures and how they are made: Sektorspiegel' },
});
