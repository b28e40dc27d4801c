import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import type { Lang } from '#contracts/text';
import { AssetsContext, OriginContext } from '../site-assets.ts';
import { type PageName, pathTo } from '../site-map.ts';
import { words } from '../words.ts';
import { Logo } from './logo.tsx';

/**
 * The frame of every page: language, title, skip link, navigation, footer.
 *
 * @param title the page's own; the start page gives the whole title with `isWholeTitle`
 * @param lead with it the page begins with its title as heading and this below; it is the description too
 * @param paths the page in every language (`pathsOf`), for the language switch and search engines
 * @param isUnlisted keeps a page that stands for one visitor or for an error out of search engines
 */
export function Page({
  lang,
  title,
  lead,
  description = lead ?? WORDS[lang].description,
  paths,
  isWholeTitle = false,
  isUnlisted = false,
  children,
}: {
  lang: Lang;
  title: string;
  lead?: string;
  description?: string;
  paths: Record<Lang, string>;
  isWholeTitle?: boolean;
  isUnlisted?: boolean;
  children: ComponentChildren;
}) {
  const { stylesheet } = useContext(AssetsContext);
  const origin = useContext(OriginContext);
  const text = WORDS[lang];
  const other = lang === 'de' ? 'en' : 'de';
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="description" content={description} />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#f6f4ee" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#14181d" media="(prefers-color-scheme: dark)" />
        {isUnlisted ? <meta name="robots" content="noindex" /> : null}
        <title>{isWholeTitle ? title : `${title} · Sektorspiegel`}</title>
        <meta property="og:site_name" content="Sektorspiegel" />
        <meta property="og:type" content="website" />
        <meta property="og:title" content={title} />
        <meta property="og:description" content={description} />
        <meta property="og:locale" content={lang === 'de' ? 'de_DE' : 'en_GB'} />
        {origin === undefined || isUnlisted ? null : (
          <>
            {/* Whoever is sent a link asks for it by its whole address. */}
            <meta property="og:image" content={`${origin}/preview-${lang}.png`} />
            <meta property="og:image:width" content="1200" />
            <meta property="og:image:height" content="630" />
            <meta property="og:image:alt" content={text.preview} />
          </>
        )}
        {stylesheet ? <link rel="stylesheet" href={stylesheet} /> : null}
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
        <link rel="alternate" hreflang="de" href={paths.de} />
        <link rel="alternate" hreflang="en" href={paths.en} />
        <link rel="alternate" hreflang="x-default" href={paths.de} />
      </head>
      <body>
        <a class="skip-link" href="#content">
          {text.skip}
        </a>
        <header class="site-header">
          <div class="site-header__bar">
            <a class="brand" href={pathTo('start', lang)}>
              <Logo />
              <span>
                Sektor<b>spiegel</b>
              </span>
            </a>
            <a class="language" href={paths[other]} hreflang={other} lang={other}>
              {text.otherLanguage}
            </a>
            {/* A popover, so that on a phone it opens without script; a wide screen shows it always. */}
            <button class="menu-button" type="button" popovertarget="main-nav">
              {text.menu}
            </button>
            <nav class="main-nav" id="main-nav" popover="auto" aria-label={text.navigation}>
              <PageLinks lang={lang} pages={MAIN_PAGES} current={paths[lang]} />
            </nav>
          </div>
        </header>
        <main id="content" tabIndex={-1}>
          {lead === undefined ? null : (
            <>
              <h1>{title}</h1>
              <p class="lead">{lead}</p>
            </>
          )}
          {children}
        </main>
        <footer class="site-footer">
          <div class="site-footer__columns">
            <p class="site-footer__claim">
              <Logo /> {text.licence}
            </p>
            <nav aria-label={text.furtherPages}>
              <PageLinks lang={lang} pages={FOOTER_PAGES} current={paths[lang]}>
                <li>
                  <a href={lang === 'de' ? '/docs/api' : '/docs/api?lang=en'}>{text.reference}</a>
                </li>
              </PageLinks>
            </nav>
          </div>
        </footer>
      </body>
    </html>
  );
}

const MAIN_PAGES = ['check', 'standing', 'nextStep', 'field', 'associations'] as const satisfies PageName[];
const FOOTER_PAGES = ['method', 'data', 'privacy', 'imprint'] as const satisfies PageName[];
type Linked = (typeof MAIN_PAGES | typeof FOOTER_PAGES)[number];

function PageLinks({
  lang,
  pages,
  current,
  children,
}: {
  lang: Lang;
  pages: readonly Linked[];
  current: string;
  children?: ComponentChildren;
}) {
  const [here] = current.split('?');
  return (
    <ul>
      {pages.map((page) => (
        <li key={page}>
          <a href={pathTo(page, lang)} aria-current={pathTo(page, lang) === here ? 'page' : undefined}>
            {WORDS[lang].pages[page]}
          </a>
        </li>
      ))}
      {children}
    </ul>
  );
}

const WORDS = words({
  de: {
    description:
      'Wo steht Ihre Organisation digital? Der veröffentlichte Spiegel der digitalen Reife im sozialen Sektor.',
    preview: 'Sektorspiegel: Wo stehen wir digital?',
    skip: 'Zum Inhalt springen',
    menu: 'Menü',
    navigation: 'Hauptnavigation',
    furtherPages: 'Weitere Seiten',
    otherLanguage: 'English',
    pages: {
      check: 'Check',
      standing: 'Wo Sie stehen',
      nextStep: 'Nächster Schritt',
      field: 'Das Feld',
      associations: 'Für Verbände',
      method: 'Methode',
      data: 'Daten',
      privacy: 'Datenschutz',
      imprint: 'Impressum',
    },
    reference: 'Schnittstelle (API)',
    licence: 'Sektorspiegel ist freie Software unter der EUPL 1.2.',
  },
  en: {
    description:
      'Where does your organisation stand digitally? The published mirror of digital maturity in the social sector.',
    preview: 'Sektorspiegel: Where do we stand digitally?',
    skip: 'Skip to content',
    menu: 'Menu',
    navigation: 'Main navigation',
    furtherPages: 'Further pages',
    otherLanguage: 'Deutsch',
    pages: {
      check: 'The check',
      standing: 'Where you stand',
      nextStep: 'Next step',
      field: 'The field',
      associations: 'For associations',
      method: 'Method',
      data: 'Data',
      privacy: 'Privacy',
      imprint: 'Imprint',
    },
    reference: 'API reference',
    licence: 'Sektorspiegel is free software under the EUPL 1.2.',
  },
});
