import type { Lang } from '#contracts/text';
import type { Failure } from '../service.ts';
import { words } from '../words.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

/**
 * Why there is no answer, and what may be done about it.
 *
 * @param instead what it means where something was sent; else nothing but an answer is missing
 */
export function FailureNotice({
  lang,
  failure,
  onRetry,
  instead,
}: {
  lang: Lang;
  failure: Failure;
  onRetry: () => void;
  instead?: { offline: string; busy: string };
}) {
  const text = WORDS[lang];
  if (failure.kind === 'refused') {
    // An answer for good: asking again would not change it.
    const isUnused = failure.problem.type === '/problems/no-submission';
    return (
      <Notice kind="error" title={isUnused ? text.unusedTitle : failure.problem.title} isLive>
        {isUnused ? text.unused : failure.problem.detail}
      </Notice>
    );
  }
  const isTrouble = failure.kind === 'busy' && failure.status === 500;
  const hint =
    failure.kind === 'offline' ? text.offlineHint : isTrouble ? text.troubleHint : text.wait(failure.seconds);
  return (
    <Notice kind="warning" title={isTrouble ? text.trouble : text[failure.kind]} isLive>
      <p>{instead?.[failure.kind] ?? hint}</p>
      {failure.kind === 'busy' && failure.requestId ? <p class="quiet">{text.number(failure.requestId)}</p> : null}
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
    wait: (seconds: number | null) =>
      `Bitte versuchen Sie es ${seconds === null ? 'gleich' : seconds === 1 ? 'in einer Sekunde' : `in ${seconds} Sekunden`} noch einmal; es ist nichts verloren gegangen.`,
    trouble: 'Im Dienst ist etwas schiefgegangen',
    troubleHint:
      'Der Fehler liegt nicht bei Ihnen. Bitte versuchen Sie es in einigen Minuten noch einmal; es ist nichts verloren gegangen.',
    number: (id: string) => `Für Rückfragen: Vorgang ${id}.`,
    retry: 'Noch einmal versuchen',
  },
  en: {
    unusedTitle: 'There is nothing for this return code',
    unused: 'Nothing is stored under this return code. Perhaps you noted down another one; or the data were withdrawn.',
    offline: 'No connection',
    offlineHint: 'The service cannot be reached at the moment. Check your internet connection; nothing has been lost.',
    busy: 'Very busy right now',
    wait: (seconds) =>
      `Please try again ${seconds === null ? 'shortly' : seconds === 1 ? 'in a second' : `in ${seconds} seconds`}; nothing has been lost.`,
    trouble: 'Something went wrong in the service',
    troubleHint: 'The fault is not yours. Please try again in a few minutes; nothing has been lost.',
    number: (id) => `For inquiries: request ${id}.`,
    retry: 'Try again',
  },
});
