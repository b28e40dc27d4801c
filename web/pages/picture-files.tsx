import type { Lang } from '#contracts/text';
import { Disclosure } from '../components/disclosure.tsx';
import { Island } from '../components/island.tsx';
import SavePng from '../islands/save-png.tsx';
import { embedPath } from '../site-map.ts';
import { words } from '../words.ts';

/**
 * A public picture to keep, and to show elsewhere.
 *
 * @param says what is kept: "Bild oder Werte sichern als"
 * @param address of the picture in a format
 * @param embed what the page for frames shows, and how it is called there; left out where there is none
 */
export function PictureFiles({
  lang,
  says,
  address,
  name,
  embed,
}: {
  lang: Lang;
  says: string;
  address: (suffix: 'svg' | 'csv' | 'vl.json') => string;
  /** Of the saved file, without its ending. */
  name: string;
  embed?: { origin: string; query: Record<string, string>; title: string };
}) {
  const text = WORDS[lang];
  return (
    <>
      <div class="group-downloads">
        {says} <Island name="save-png" component={SavePng} props={{ lang, address: address('svg'), name }} />{' '}
        <a href={address('svg')}>SVG</a> <a href={address('csv')}>CSV</a> <a href={address('vl.json')}>Vega-Lite</a>
      </div>
      {embed ? (
        <Disclosure summary={text.embed}>
          <p>{text.embedHow}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <pre class="embed-code" tabIndex={0}>
            <code>{frameOf(lang, embed)}</code>
          </pre>
        </Disclosure>
      ) : null}
    </>
  );
}

function frameOf(
  lang: Lang,
  { origin, query, title }: { origin: string; query: Record<string, string>; title: string },
) {
  const src = `${origin}${embedPath(lang)}?${new URLSearchParams(query)}`.replaceAll('&', '&amp;');
  return `<iframe src="${src}" title="${title.replaceAll('"', '&quot;')}" width="100%" height="620" loading="lazy"></iframe>`;
}

const WORDS = words({
  de: {
    embed: 'Auf einer anderen Seite einbetten',
    embedHow:
      'Diese Zeile zeigt das Bild in seiner jeweils neuesten Ausgabe, ohne Cookies und ohne Programme. Bild, Werte und Dateien stehen unter CC BY 4.0.',
  },
  en: {
    embed: 'Embed on another site',
    embedHow:
      'This line shows the picture in its newest release, without cookies and without scripts. Picture, figures and files are under CC BY 4.0.',
  },
});
