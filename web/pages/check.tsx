import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import { Island } from '../components/island.tsx';
import { Page } from '../components/page.tsx';
import Check from '../islands/check.tsx';
import { pathsOf } from '../site-map.ts';
import { words } from '../words.ts';

/** `/de/check`: the check itself lives in the browser; without script the page says what it is and leads to paper. */
export function CheckPage({ lang, instrument }: { lang: Lang; instrument: Instrument }) {
  return (
    <Page lang={lang} title={instrument.title[lang]} description={WORDS[lang].description} paths={pathsOf('check')}>
      <Island name="check" component={Check} props={{ lang, instrument }} />
    </Page>
  );
}

const WORDS = words({
  de: { description: 'Zwanzig Fragen, etwa zehn Minuten, ohne Namen: sehen Sie, wo Ihre Organisation digital steht.' },
  en: { description: 'Twenty questions, about ten minutes, no names: see where your organisation stands digitally.' },
});
