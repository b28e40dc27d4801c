import type { Lang } from '#contracts/text';
import { Island } from '../components/island.tsx';
import { Page } from '../components/page.tsx';
import NextStep from '../islands/next-step.tsx';
import { pathsOf } from '../site-map.ts';
import { words } from '../words.ts';

/** Next step. The page is the same for everybody; what a house writes here stays in its browser. */
export function NextStepPage({ lang, instrument }: { lang: Lang; instrument: string }) {
  const { title, lead, noScript } = WORDS[lang];
  return (
    <Page lang={lang} title={title} lead={lead} paths={pathsOf('nextStep')}>
      <Island name="next-step" component={NextStep} props={{ lang, instrument }} noScript={noScript} />
    </Page>
  );
}

const WORDS = words({
  de: {
    title: 'Nächster Schritt',
    lead: 'Aus vielem Möglichen eines auswählen, klein ausprobieren, gemeinsam zurückblicken. Alles bleibt in Ihrem Browser.',
    noScript:
      'Diese Seite braucht JavaScript: Was Sie hier schreiben, bleibt in Ihrem Browser und wird nicht gesendet.',
  },
  en: {
    title: 'Next step',
    lead: 'Choose one of many possibilities, try it on a small scale, look back together. Everything stays in your browser.',
    noScript: 'This page needs JavaScript: what you write here stays in your browser and is not sent.',
  },
});
