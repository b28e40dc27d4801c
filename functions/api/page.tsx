import type { Child } from 'hono/jsx';
import type { Lang } from '#contracts/text';

/**
 * The frame of every page: language, title, skip link, navigation. No script, no third party.
 *
 * @param path the page's own path, for the link to the other language
 */
export function Page({ lang, title, path, children }: { lang: Lang; title: string; path: string; children: Child }) {
  const other = lang === 'de' ? 'en' : 'de';
  const text = TEXTS[lang];
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="description" content={text.description} />
        <title>{path === '/' ? title : `${title} · Sektorspiegel`}</title>
        <link rel="stylesheet" href="/assets/page.css" />
        <link rel="icon" href={ICON} />
        <link rel="alternate" hreflang={other} href={inLanguage(path, other)} />
      </head>
      <body>
        <a class="skip" href="#content">
          {text.skip}
        </a>
        <header>
          <a class="brand" href={inLanguage('/', lang)}>
            <Mark />
            Sektorspiegel
          </a>
          <nav aria-label={text.navigation}>
            <ul>
              <li>
                <a href={inLanguage('/docs/api', lang)}>{text.reference}</a>
              </li>
              <li>
                <a href={inLanguage(path, other)} hreflang={other} lang={other}>
                  {text.otherLanguage}
                </a>
              </li>
            </ul>
          </nav>
        </header>
        <main id="content">{children}</main>
        <footer>
          <p>{text.footer}</p>
        </footer>
      </body>
    </html>
  );
}

/** A path in a language: German is the default and needs no query. */
export const inLanguage = (path: string, lang: Lang): string => (lang === 'de' ? path : `${path}?lang=${lang}`);

/** Four lines with a mark each: one house among its peers. */
function Mark() {
  return (
    <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true" focusable="false">
      <path d="M3 6h22M3 11.5h22M3 17h22M3 22.5h22" stroke="currentColor" stroke-width="1.5" stroke-opacity=".45" />
      <g fill="currentColor">
        <circle cx="18" cy="6" r="2.6" />
        <circle cx="11" cy="11.5" r="2.6" />
        <circle cx="15" cy="17" r="2.6" />
        <circle cx="8" cy="22.5" r="2.6" />
      </g>
    </svg>
  );
}

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 28"><path d="M3 6h22M3 11.5h22M3 17h22M3 22.5h22" stroke="#0d6168" stroke-width="1.5"/><g fill="#0d6168"><circle cx="18" cy="6" r="2.8"/><circle cx="11" cy="11.5" r="2.8"/><circle cx="15" cy="17" r="2.8"/><circle cx="8" cy="22.5" r="2.8"/></g></svg>',
)}`;

const TEXTS = {
  de: {
    description: 'Der veröffentlichte Spiegel der digitalen Reife im sozialen Sektor.',
    skip: 'Zum Inhalt springen',
    navigation: 'Hauptnavigation',
    reference: 'Schnittstelle (API)',
    otherLanguage: 'English',
    footer:
      'Die Teilnehmenden haben sich selbst zur Teilnahme entschieden; die Werte sind keine Zufallsstichprobe des Feldes. Sektorspiegel ist freie Software unter der EUPL 1.2.',
  },
  en: {
    description: 'The published mirror of digital maturity in the social sector.',
    skip: 'Skip to content',
    navigation: 'Main navigation',
    reference: 'Interface (API)',
    otherLanguage: 'Deutsch',
    footer:
      'Participants chose to take part; the figures are not a random sample of the field. Sektorspiegel is free software under the EUPL 1.2.',
  },
} as const satisfies Record<Lang, Record<string, string>>;
