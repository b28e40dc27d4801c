import type { Problem } from '#contracts/problem';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { words } from '../words.ts';
import type { StepProps } from './step-props.ts';
import type { SendingState } from './use-sending.ts';

/** What is happening to the submission, and what the visitor can do about it. The answers are safe in every case. */
export function SendingNotice(props: StepProps & { state: SendingState; onRetry: () => void }) {
  const { lang, state, onRetry } = props;
  const text = WORDS[lang];
  if (state.kind === 'idle') return null;
  if (state.kind === 'refused') return <Refused {...props} problem={state.problem} />;
  if (state.kind === 'sending') return <Notice isLive>{text.sending}</Notice>;
  const isOffline = state.kind === 'offline';
  return (
    <Notice kind="warning" title={isOffline ? text.offline : state.status === 500 ? text.trouble : text.busy} isLive>
      <p>{isOffline ? text.offlineText : text.busyText}</p>
      {!isOffline && state.requestId ? <p class="quiet">{text.request(state.requestId)}</p> : null}
      <Button kind="secondary" onClick={onRetry}>
        {text.retry}
      </Button>
    </Notice>
  );
}

/** A field of the association codes, `/associations/1`. */
const JOIN_CODE_FIELD = '/associations/';

function Refused({ lang, draft, go, problem }: StepProps & { problem: Problem }) {
  const text = WORDS[lang];
  const { title, detail, errors = [] } = problem;
  const isOfJoinCode = (field: string) => field.startsWith(JOIN_CODE_FIELD);
  const hasWrongCode = errors.some(({ field }) => isOfJoinCode(field));
  return (
    <Notice kind="error" title={hasWrongCode ? text.joinCode : title} isLive>
      {errors.length === 0 ? <p>{detail}</p> : null}
      {errors.map(({ field, message }) => (
        <p key={field}>
          <code>{isOfJoinCode(field) ? draft.joinCodes[Number(field.slice(JOIN_CODE_FIELD.length))] : field}</code>:{' '}
          {message}
        </p>
      ))}
      <p>{text.safe}</p>
      {hasWrongCode ? (
        <Button kind="secondary" onClick={() => go('profile', 'join-codes')}>
          {text.correct}
        </Button>
      ) : null}
    </Notice>
  );
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
