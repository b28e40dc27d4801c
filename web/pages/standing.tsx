import type { Lang } from '#contracts/text';
import { Island } from '../components/island.tsx';
import { Page } from '../components/page.tsx';
import Standing from '../islands/standing.tsx';
import { pathsOf } from '../site-map.ts';
import { words } from '../words.ts';

/** Where you stand. The page is the same for everybody; what belongs to one house is fetched by the island. */
export function StandingPage({ lang, instrument }: { lang: Lang; instrument: string }) {
  const text = WORDS[lang];
  return (
    <Page lang={lang} title={text.title} lead={text.lead} paths={pathsOf('standing')}>
      <Island name="standing" component={Standing} props={{ lang, instrument }} />
    </Page>
  );
}

const WORDS = words({
  de: {
    title: 'Wo Sie stehen',
    lead: 'Eine Einordnung für jeden Bereich, im Vergleich zu ähnlichen Organisationen, und wie sicher sie ist.',
  },
  en: {
    title: 'Where you stand',
    lead: 'One verdict for each area, compared with similar organisations, and how sure it is.',
  },
});
