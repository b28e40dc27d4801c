import type { Problem } from '#contracts/problem';
import { Button } from '../components/button.tsx';
import { FailureNotice } from '../components/failure-notice.tsx';
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
  return <FailureNotice lang={lang} failure={state} onRetry={onRetry} instead={text} />;
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
    offline:
      'Ihre Antworten sind in diesem Browser sicher. Sobald wieder eine Verbindung besteht, wird von selbst weiter gesendet; doppelt gezählt wird dabei nichts.',
    busy: 'Ihre Antworten sind in diesem Browser sicher. Bitte versuchen Sie es in ein paar Minuten noch einmal; doppelt gezählt wird dabei nichts.',
    joinCode: 'Ein Verbandscode stimmt nicht',
    safe: 'Gesendet wurde nichts; Ihre Antworten sind noch da.',
    correct: 'Verbandscode ändern',
  },
  en: {
    sending: 'Your check is being sent …',
    offline:
      'Your answers are safe in this browser. As soon as there is a connection again, sending goes on by itself; nothing is counted twice.',
    busy: 'Your answers are safe in this browser. Please try again in a few minutes; nothing is counted twice.',
    joinCode: 'An association code is not right',
    safe: 'Nothing was sent; your answers are still here.',
    correct: 'Change the association code',
  },
});
