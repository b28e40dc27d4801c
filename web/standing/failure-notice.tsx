import type { Lang } from '#contracts/text';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { words } from '../words.ts';
import type { Failure } from './service.ts';

/** Why there is nothing to see, and what may be done about it. */
export function FailureNotice({ lang, failure, onRetry }: { lang: Lang; failure: Failure; onRetry: () => void }) {
  const text = WORDS[lang];
  if (failure.kind === 'refused') {
    // An answer for good: asking again would not change it.
    const isUnused = failure.problem.type === '/problems/no-submission';
    return (
      <Notice kind="error" title={isUnused ? text.unusedTitle : failure.problem.title} isLive>
        <p>{isUnused ? text.unused : failure.problem.detail}</p>
      </Notice>
    );
  }
  const isOffline = failure.kind === 'offline';
  return (
    <Notice kind="warning" title={isOffline ? text.offline : text.busy} isLive>
      <p>
        {isOffline ? text.offlineHint : text.busyHint(failure.seconds)}
        {!isOffline && failure.status !== 429 && failure.requestId ? ` ${text.number(failure.requestId)}` : ''}
      </p>
      <Button kind="secondary" onClick={onRetry}>
        {text.retry}
      </Button>
    </Notice>
  );
}

const WORDS = words({
  de: {
    unusedTitle: 'Zu diesem Rückkehr-Code gibt es nichts',
    unused:
      'Unter diesem Rückkehr-Code ist nichts gespeichert. Vielleicht haben Sie einen zweiten notiert; oder die Angaben wurden zurückgezogen.',
    offline: 'Keine Verbindung',
    offlineHint:
      'Der Dienst ist gerade nicht zu erreichen. Prüfen Sie die Internetverbindung; es ist nichts verloren gegangen.',
    busy: 'Gerade ist viel los',
    busyHint: (seconds: number | null) =>
      seconds === null
        ? 'Der Dienst kann im Moment nicht antworten. Bitte versuchen Sie es gleich noch einmal; es ist nichts verloren gegangen.'
        : `Der Dienst bittet um Geduld. Bitte versuchen Sie es in ${seconds === 1 ? 'einer Sekunde' : `${seconds} Sekunden`} noch einmal; es ist nichts verloren gegangen.`,
    number: (id: string) => `Für Rückfragen: Vorgang ${id}.`,
    retry: 'Noch einmal versuchen',
  },
  en: {
    unusedTitle: 'There is nothing for this return code',
    unused: 'Nothing is stored under this return code. Perhaps you noted down another one; or the data were withdrawn.',
    offline: 'No connection',
    offlineHint: 'The service cannot be reached at the moment. Check your internet connection; nothing has been lost.',
    busy: 'Very busy right now',
    busyHint: (seconds: number | null) =>
      seconds === null
        ? 'The service cannot answer at the moment. Please try again shortly; nothing has been lost.'
        : `The service asks for patience. Please try again in ${seconds === 1 ? 'a second' : `${seconds} seconds`}; nothing has been lost.`,
    number: (id: string) => `For inquiries: request ${id}.`,
    retry: 'Try again',
  },
});
