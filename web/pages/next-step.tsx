import type { Lang } from '#contracts/text';
import { Island } from '../components/island.tsx';
import { Page } from '../components/page.tsx';
import NextStep from '../islands/next-step.tsx';
import { pathsOf } from '../site-map.ts';
import { words } from '../words.ts';

/** Next step. The page is the same for everybody; what a house writes here stays in its browser. */
export function NextStepPage({ lang }: { lang: Lang }) {
  const text = WORDS[lang];
  return (
    <Page lang={lang} title={text.title} description={text.lead} paths={pathsOf('nextStep')}>
      <h1>{text.title}</h1>
      <p class="lead">{text.lead}</p>
      <noscript>
        <p>{text.noScript}</p>
      </noscript>
      <Island name="next-step" component={NextStep} props={{ lang }} />
    </Page>
  );
}

const WORDS = words({
  de: {
    title: 'Nächster Schritt',
    lead: 'Aus vielem Möglichen eines auswählen, klein ausprobieren, gemeinsam zurückblicken. Alles bleibt in Ihrem Browser.',
    noScript:
      'Diese Seite braucht JavaScript: Was Sie hier schreiben, soll in Ihrem Browser bleiben und nicht gesendet werden.',
  },
  en: {
    title: 'Next step',
    lead: 'Choose one of many possibilities, try it small, look back together. Everything stays in your browser.',
    noScript: 'This page needs JavaScript: what you write here is to stay in your browser and not to be sent.',
  },
});
