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
  return (
    <Page lang={lang} title={text[kind]} paths={pathsOf('start')} isUnlisted={true}>
      <h1>{text[kind]}</h1>
      <p class="lead">
        {kind === 'busy' && seconds !== null && seconds > 1 ? text.wait(seconds) : text[`${kind}Remedy`]}
      </p>
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

const WORDS = words({
  de: {
    unknown: 'Diese Seite gibt es nicht',
    unknownRemedy: 'Vielleicht ist die Adresse unvollständig, oder die Seite ist umgezogen.',
    wrong: 'Diese Auswahl gibt es nicht',
    wrongRemedy: 'Die Adresse nennt etwas, das der Dienst nicht kennt, zum Beispiel eine Gruppe.',
    busy: 'Gerade ist viel los',
    busyRemedy: 'Bitte warten Sie einen Augenblick und laden Sie die Seite dann noch einmal.',
    wait: (seconds: number) => `Bitte warten Sie ${seconds} Sekunden und laden Sie die Seite dann noch einmal.`,
    trouble: 'Das hat gerade nicht geklappt',
    troubleRemedy: 'Der Fehler liegt bei uns. Bitte laden Sie die Seite in einigen Minuten noch einmal.',
    kept: 'Was Sie im Check schon beantwortet haben, bleibt in Ihrem Browser erhalten.',
    requestId: 'Wenn Sie den Fehler melden möchten, nennen Sie bitte die Vorgangsnummer:',
    start: 'Zur Startseite',
    field: 'Das Feld ansehen',
  },
  en: {
    unknown: 'There is no such page',
    unknownRemedy: 'The address may be incomplete, or the page has moved.',
    wrong: 'There is nothing of that kind',
    wrongRemedy: 'The address names something the service does not know, for example a group.',
    busy: 'There is a lot going on just now',
    busyRemedy: 'Please wait a moment and load the page again.',
    wait: (seconds) => `Please wait ${seconds} seconds and load the page again.`,
    trouble: 'That did not work just now',
    troubleRemedy: 'The fault is ours. Please load the page again in a few minutes.',
    kept: 'What you have answered in the check so far is kept in your browser.',
    requestId: 'If you want to report this, please give the request id:',
    start: 'To the start page',
    field: 'Look at the field',
  },
});
