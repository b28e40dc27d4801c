import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import { Island } from '../components/island.tsx';
import { Page } from '../components/page.tsx';
import Check from '../islands/check.tsx';
import { pathsOf } from '../site-map.ts';
import { words } from '../words.ts';

/** `/de/check`: the check itself lives in the browser; without script the page says what it is and leads to paper. */
export function CheckPage({ lang, instrument }: { lang: Lang; instrument: Instrument }) {
  const { lead, noScript } = WORDS[lang];
  return (
    <Page lang={lang} title={instrument.title[lang]} description={lead} paths={pathsOf('check')}>
      <Island name="check" component={Check} props={{ lang, instrument }} noScript={noScript} />
    </Page>
  );
}

const WORDS = words({
  de: {
    lead: 'Zwanzig Fragen, etwa zehn Minuten, ohne Namen: sehen Sie, wo Ihre Organisation digital steht.',
    noScript: 'Zum Ausfüllen braucht diese Seite JavaScript. Den Fragebogen können Sie auch ohne lesen und ausdrucken.',
  },
  en: {
    lead: 'Twenty questions, about ten minutes, no names: see where your organisation stands digitally.',
    noScript: 'Filling it in needs JavaScript on this page. You can read and print the questionnaire without it.',
  },
});
