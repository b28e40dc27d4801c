import type { Lang } from '#contracts/text';
import { ButtonLink } from '../components/button.tsx';
import { Page } from '../components/page.tsx';
import { pathsOf, pathTo } from '../site-map.ts';
import { words } from '../words.ts';

/**
 * In place of a page that cannot be shown: `unknown` page, `wrong` choice on a page that is there, too much going on
 * (`busy`), `trouble` of ours.
 *
 * @param seconds after which another try is worth it; null where nobody knows
 * @param requestId under which the service's log has the case
 */
export function FaultPage({
  lang,
  kind,
  seconds,
  requestId,
}: {
  lang: Lang;
  kind: FaultKind;
  seconds: number | null;
  requestId: string;
}) {
  const text = WORDS[lang];
  const { title, remedy } = text[kind];
  return (
    <Page lang={lang} title={title} paths={pathsOf('start')} isUnlisted={true}>
      <h1>{title}</h1>
      <p class="lead">{remedy(seconds)}</p>
      {kind === 'busy' || kind === 'trouble' ? <p>{text.kept}</p> : null}
      {kind === 'trouble' ? (
        <p class="quiet">
          {text.requestId} <code>{requestId}</code>
        </p>
      ) : null}
      <p class="buttons">
        <ButtonLink href={pathTo('start', lang)}>{text.start}</ButtonLink>
        <ButtonLink href={pathTo('field', lang)} kind="secondary">
          {text.field}
        </ButtonLink>
      </p>
    </Page>
  );
}

type FaultKind = 'unknown' | 'wrong' | 'busy' | 'trouble';

const WORDS = words<
  Record<FaultKind, { title: string; remedy: (seconds: number | null) => string }> &
    Record<'kept' | 'requestId' | 'start' | 'field', string>
>({
  de: {
    unknown: {
      title: 'Diese Seite gibt es nicht',
      remedy: () => 'Vielleicht ist die Adresse unvollständig, oder die Seite ist umgezogen.',
    },
    wrong: {
      title: 'Diese Auswahl gibt es nicht',
      remedy: () => 'Die Adresse nennt etwas, das der Dienst nicht kennt, zum Beispiel eine Gruppe.',
    },
    busy: {
      title: 'Gerade ist viel los',
      remedy: (seconds) =>
        seconds === null || seconds < 2
          ? 'Bitte warten Sie einen Augenblick und laden Sie die Seite dann noch einmal.'
          : `Bitte warten Sie ${seconds} Sekunden und laden Sie die Seite dann noch einmal.`,
    },
    trouble: {
      title: 'Das hat gerade nicht geklappt',
      remedy: () => 'Der Fehler liegt bei uns. Bitte laden Sie die Seite in einigen Minuten noch einmal.',
    },
    kept: 'Was Sie im Check schon beantwortet haben, bleibt in Ihrem Browser erhalten.',
    requestId: 'Wenn Sie den Fehler melden möchten, nennen Sie bitte die Vorgangsnummer:',
    start: 'Zur Startseite',
    field: 'Das Feld ansehen',
  },
  en: {
    unknown: {
      title: 'There is no such page',
      remedy: () => 'The address may be incomplete, or the page has moved.',
    },
    wrong: {
      title: 'There is nothing of that kind',
      remedy: () => 'The address names something the service does not know, for example a group.',
    },
    busy: {
      title: 'There is a lot going on just now',
      remedy: (seconds) =>
        seconds === null || seconds < 2
          ? 'Please wait a moment and load the page again.'
          : `Please wait ${seconds} seconds and load the page again.`,
    },
    trouble: {
      title: 'That did not work just now',
      remedy: () => 'The fault is ours. Please load the page again in a few minutes.',
    },
    kept: 'What you have answered in the check so far is kept in your browser.',
    requestId: 'If you want to report this, please give the request id:',
    start: 'To the start page',
    field: 'Look at the field',
  },
});
