import type { Lang } from '#contracts/text';
import { ButtonLink } from '../components/button.tsx';
import { Page } from '../components/page.tsx';
import { pathsOf, pathTo } from '../site-map.ts';
import { words } from '../words.ts';

/**
 * In place of a page that cannot be shown: `unknown` page, `wrong` choice on a page that is there, `trouble` of ours.
 */
export function FaultPage({ lang, kind }: { lang: Lang; kind: 'unknown' | 'wrong' | 'trouble' }) {
  const text = WORDS[lang];
  const { title, remedy } = text[kind];
  return (
    <Page lang={lang} title={title} paths={pathsOf('start')} isUnlisted={true}>
      <h1>{title}</h1>
      <p class="lead">{remedy}</p>
      <p class="buttons">
        <ButtonLink href={pathTo('start', lang)}>{text.start}</ButtonLink>
        <ButtonLink href={pathTo('field', lang)} kind="secondary">
          {text.field}
        </ButtonLink>
      </p>
    </Page>
  );
}

const WORDS = words({
  de: {
    unknown: {
      title: 'Diese Seite gibt es nicht',
      remedy: 'Vielleicht ist die Adresse unvollständig, oder die Seite ist umgezogen.',
    },
    wrong: {
      title: 'Diese Auswahl gibt es nicht',
      remedy: 'Die Adresse nennt etwas, das der Dienst nicht kennt, zum Beispiel eine Gruppe.',
    },
    trouble: {
      title: 'Das hat gerade nicht geklappt',
      remedy:
        'Der Fehler liegt bei uns. Bitte laden Sie die Seite in einigen Minuten noch einmal; Ihre Antworten im Browser bleiben erhalten.',
    },
    start: 'Zur Startseite',
    field: 'Das Feld ansehen',
  },
  en: {
    unknown: {
      title: 'There is no such page',
      remedy: 'The address may be incomplete, or the page has moved.',
    },
    wrong: {
      title: 'There is nothing of that kind',
      remedy: 'The address names something the service does not know, for example a group.',
    },
    trouble: {
      title: 'That did not work just now',
      remedy: 'The fault is ours. Please load the page again in a few minutes; your answers in the browser are kept.',
    },
    start: 'To the start page',
    field: 'Look at the field',
  },
});
