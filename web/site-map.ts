import type { Lang } from '#contracts/text';

/** Every page of the site with its readable address in each language. A page without a view does not compile. */
export const SITE_MAP = {
  start: { de: '', en: '' },
  check: { de: 'check', en: 'check' },
  standing: { de: 'standort', en: 'standing' },
  nextStep: { de: 'naechster-schritt', en: 'next-step' },
  field: { de: 'feld', en: 'field' },
  data: { de: 'daten', en: 'data' },
  method: { de: 'methode', en: 'method' },
  privacy: { de: 'datenschutz', en: 'privacy' },
  associations: { de: 'verbaende', en: 'associations' },
  join: { de: 'mitmachen', en: 'join' },
  association: { de: 'verband', en: 'association' },
  imprint: { de: 'impressum', en: 'imprint' },
  team: { de: 'teamrunde', en: 'team-round' },
  clearance: { de: 'duerfen-wir', en: 'may-we' },
  questionnaire: { de: 'fragebogen', en: 'questionnaire' },
} as const satisfies Record<string, Record<Lang, string>>;

export type PageName = keyof typeof SITE_MAP;

/** The path of a page in a language: `/de/feld`; the start page is `/de/`. */
export function pathTo(page: PageName, lang: Lang): string {
  return `/${lang}/${SITE_MAP[page][lang]}`;
}

/** One picture for frames on other sites; its address asks as `/v1/figures` does, by `group` and `view`. */
export const embedPath = (lang: Lang): string => `/embed/${lang}`;

/** The page in every language, for the language switch; with the choices made on it, where its address holds some. */
export function pathsOf(page: PageName, choices: Record<string, string> = {}): Record<Lang, string> {
  const query = new URLSearchParams(choices).toString();
  const path = (lang: Lang) => (query ? `${pathTo(page, lang)}?${query}` : pathTo(page, lang));
  return { de: path('de'), en: path('en') };
}

/** Pages that search engines are shown; the others are for one visitor, or for members of one association. */
export const LISTED_PAGES = [
  ...(['start', 'check', 'field', 'method', 'data', 'associations'] as const),
  ...(['questionnaire', 'clearance', 'team', 'privacy', 'imprint'] as const),
] satisfies PageName[];

/** Pages whose address is no word of a language (the api's reference, problems): German, and English by query. */
export function pathsWithQuery(path: string): Record<Lang, string> {
  return { de: path, en: `${path}?lang=en` };
}

/**
 * The address that was meant where a mail program or a hand has changed it: another letter case, a slash or full stop at the
 * end, the "#" of an invitation written as "%23". Undefined where no page is meant.
 */
export function meantPath(pathname: string): string | undefined {
  const [path = '', fragment] = pathname.split('%23');
  const written = path.toLowerCase().replace(/[/.]+$/, '');
  for (const lang of ['de', 'en'] as const)
    for (const page of Object.keys(SITE_MAP) as PageName[]) {
      const address = pathTo(page, lang);
      if (address.replace(/\/$/, '') === written) return fragment ? `${address}#${fragment}` : address;
    }
  return undefined;
}
