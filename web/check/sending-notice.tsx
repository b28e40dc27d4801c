import type { Lang } from '#contracts/text';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { words } from '../words.ts';
import type { Draft } from './draft.ts';
import type { SendingState } from './use-sending.ts';
import type { Go } from './use-step.ts';

/** What is happening to the submission, and what the visitor can do about it. The answers are safe in every case. */
export function SendingNotice({
  lang,
  state,
  draft,
  onRetry,
  go,
}: {
  lang: Lang;
  state: SendingState;
  draft: Draft;
  onRetry: () => void;
  go: Go;
}) {
  const text = WORDS[lang];
  switch (state.kind) {
    case 'idle':
      return null;
    case 'sending':
      return (
        <Notice isLive>
          <p>{text.sending}</p>
        </Notice>
      );
    case 'offline':
      return (
        <Notice kind="warning" title={text.offline} isLive>
          <p>{text.offlineText}</p>
          <Button kind="secondary" onClick={onRetry}>
            {text.retry}
          </Button>
        </Notice>
      );
    case 'busy':
      return (
        <Notice kind="warning" title={state.status === 500 ? text.trouble : text.busy} isLive>
          <p>{text.busyText}</p>
          {state.requestId ? <p class="quiet">{text.request(state.requestId)}</p> : null}
          <Button kind="secondary" onClick={onRetry}>
            {text.retry}
          </Button>
        </Notice>
      );
    case 'refused': {
      const { title, detail, errors = [] } = state.problem;
      const joinErrors = errors.filter(({ field }) => field.startsWith('/associations/'));
      const others = errors.filter((error) => !joinErrors.includes(error));
      return (
        <Notice kind="error" title={joinErrors.length > 0 ? text.joinCode : title} isLive>
          {errors.length === 0 ? <p>{detail}</p> : null}
          {joinErrors.map(({ field, message }) => (
            <p key={field}>
              <code>{draft.joinCodes[Number(field.slice('/associations/'.length))]}</code>: {message}
            </p>
          ))}
          {others.map(({ field, message }) => (
            <p key={field}>
              <code>{field}</code>: {message}
            </p>
          ))}
          <p>{text.safe}</p>
          {joinErrors.length > 0 ? (
            <Button kind="secondary" onClick={() => go('profile', 'join-codes')}>
              {text.correct}
            </Button>
          ) : null}
        </Notice>
      );
    }
  }
}

const WORDS = words({
  de: {
    sending: 'Ihr Check wird abgeschickt …',
    offline: 'Keine Verbindung',
    offlineText:
      'Ihre Antworten sind in diesem Browser sicher. Sobald wieder eine Verbindung besteht, wird von selbst weiter gesendet; doppelt gezählt wird dabei nichts.',
    retry: 'Noch einmal versuchen',
    busy: 'Der Dienst ist gerade ausgelastet',
    trouble: 'Im Dienst ist etwas schiefgegangen',
    busyText:
      'Ihre Antworten sind in diesem Browser sicher. Bitte versuchen Sie es in ein paar Minuten noch einmal; doppelt gezählt wird dabei nichts.',
    request: (id: string) => `Kennung für Rückfragen: ${id}`,
    joinCode: 'Ein Verbandscode stimmt nicht',
    safe: 'Gesendet wurde nichts; Ihre Antworten sind noch da.',
    correct: 'Verbandscode ändern',
  },
  en: {
    sending: 'Your check is being sent …',
    offline: 'No connection',
    offlineText:
      'Your answers are safe in this browser. As soon as there is a connection again, sending goes on by itself; nothing is counted twice.',
    retry: 'Try again',
    busy: 'The service is busy at the moment',
    trouble: 'Something went wrong in the service',
    busyText: 'Your answers are safe in this browser. Please try again in a few minutes; nothing is counted twice.',
    request: (id: string) => `Reference for questions: ${id}`,
    joinCode: 'An association code is not right',
    safe: 'Nothing was sent; your answers are still here.',
    correct: 'Change the association code',
  },
});
