import { useState } from 'preact/hooks';
import type { SubmissionHistory, Withdrawn } from '#contracts/answers/submission';
import type { OwnSubmission } from '#contracts/submission';
import type { Lang } from '#contracts/text';
import { longDate } from '#views/standing-words';
import { forgetDraft, readDraft } from '../check/kept-draft.ts';
import { Button } from '../components/button.tsx';
import { FailureNotice } from '../components/failure-notice.tsx';
import { Notice } from '../components/notice.tsx';
import { ReceiptForm } from '../components/receipt-form.tsx';
import { forgetCode, rememberedCode } from '../kept-code.ts';
import { saveFile } from '../save-file.ts';
import { ask } from '../service.ts';
import { browserStore } from '../text-store.ts';
import { words } from '../words.ts';

type State =
  | { step: 'enter' | 'asking' | 'nothing' }
  /** What lies under the code, to be confirmed. */
  | { step: 'confirm' | 'withdrawing'; submissions: OwnSubmission[] }
  | { step: 'done'; count: number };

/** Shows what is stored under a Rückkehr-Code, saves it as a file, and withdraws it all. The code stays in memory. */
export default function Withdraw({ lang }: { lang: Lang }) {
  const text = WORDS[lang];
  const [code, setCode] = useState('');
  const [state, setState] = useState<State>({ step: 'enter' });
  const [failed, setFailed] = useState<Omit<Parameters<typeof FailureNotice>[0], 'lang'> | null>(null);

  async function look(receipt: string) {
    if (state.step === 'asking') return;
    setCode(receipt);
    setFailed(null);
    setState({ step: 'asking' });
    const asked = await ask<SubmissionHistory>(fetch, '/v1/submissions', { lang, code: receipt });
    if (!asked.ok) setFailed({ failure: asked.failure, onRetry: () => look(receipt) });
    const submissions = asked.ok ? asked.value.submissions : [];
    if (submissions.length > 0) setState({ step: 'confirm', submissions });
    else setState({ step: asked.ok ? 'nothing' : 'enter' });
  }

  async function withdraw(submissions: OwnSubmission[]) {
    setFailed(null);
    setState({ step: 'withdrawing', submissions });
    const asked = await ask<Withdrawn>(fetch, '/v1/submissions', { lang, code, method: 'DELETE' });
    if (!asked.ok) {
      setFailed({ failure: asked.failure, onRetry: () => withdraw(submissions), instead: text.unsure });
      setState({ step: 'confirm', submissions });
      return;
    }
    forgetHere(code, submissions);
    setCode('');
    setState({ step: 'done', count: asked.value.withdrawn });
  }

  if (state.step === 'done')
    return (
      <Notice kind="success" title={text.doneTitle} isLive={true}>
        {text.done(state.count)}
      </Notice>
    );
  return (
    <div class="withdraw">
      {state.step === 'confirm' || state.step === 'withdrawing' ? (
        <Notice kind="warning" title={text.confirmTitle(state.submissions.length)} isLive={true}>
          <p>{text.days(state.submissions.map(({ conductedOn }) => longDate(conductedOn, lang)).join(' · '))}</p>
          <p>
            <Button kind="quiet" onClick={() => saveFile(text.file, inJson(state.submissions), 'application/json')}>
              {text.save}
            </Button>
          </p>
          <p>{text.confirm}</p>
          <p class="buttons">
            <Button disabled={state.step === 'withdrawing'} onClick={() => withdraw(state.submissions)}>
              {state.step === 'withdrawing' ? text.working : text.yes}
            </Button>
            <Button
              kind="secondary"
              disabled={state.step === 'withdrawing'}
              onClick={() => setState({ step: 'enter' })}
            >
              {text.no}
            </Button>
          </p>
        </Notice>
      ) : (
        <ReceiptForm lang={lang} submitLabel={state.step === 'asking' ? text.working : text.ask} onReceipt={look} />
      )}
      {state.step === 'nothing' ? (
        <Notice kind="info" title={text.nothingTitle} isLive={true}>
          {text.nothing}
        </Notice>
      ) : null}
      {failed ? <FailureNotice lang={lang} {...failed} /> : null}
    </div>
  );
}

/** What this browser still holds of withdrawn checks: the code that the tab remembers, and the scores of "it has arrived". */
function forgetHere(code: string, submissions: OwnSubmission[]): void {
  const session = browserStore('sessionStorage');
  if (rememberedCode(session) === code) forgetCode(session);
  const local = browserStore('localStorage');
  const sent = readDraft(local)?.sent;
  if (submissions.some(({ acceptedAt }) => acceptedAt === sent?.acceptedAt)) forgetDraft(local);
}

const inJson = (submissions: OwnSubmission[]) => `${JSON.stringify({ submissions }, null, 2)}\n`;

const WORDS = words({
  de: {
    ask: 'Nachsehen, was gespeichert ist',
    working: 'Einen Moment …',
    save: 'Alles Gespeicherte als Datei (JSON) herunterladen',
    file: 'sektorspiegel-gespeichert.json',
    confirmTitle: (count: number) =>
      count === 1
        ? 'Unter diesem Code ist ein Check gespeichert'
        : `Unter diesem Code sind ${count} Checks gespeichert`,
    days: (days: string) => `Durchgeführt am: ${days}.`,
    confirm:
      'Beim Zurückziehen werden Antworten und Angaben sofort gelöscht. Das lässt sich nicht rückgängig machen, und der Code gilt danach für diese Checks nicht mehr.',
    yes: 'Alles endgültig zurückziehen',
    no: 'Doch nicht',
    unsure: {
      offline:
        'Ob die Checks gelöscht sind, wissen wir deshalb nicht. Prüfen Sie die Internetverbindung und versuchen Sie es noch einmal; ein zweiter Versuch schadet nie.',
      busy: 'Ob die Checks gelöscht sind, ist deshalb nicht sicher. Bitte versuchen Sie es in einigen Minuten noch einmal; ein zweiter Versuch schadet nie.',
    },
    doneTitle: 'Zurückgezogen',
    done: (count: number) =>
      `${count === 0 ? 'Alles ist' : count === 1 ? 'Ein Check ist' : `${count} Checks sind`} gelöscht. Ab der nächsten Veröffentlichung zählt Ihre Organisation nicht mehr mit; bereits veröffentlichte Werte ändern sich nie.`,
    nothingTitle: 'Unter diesem Code ist nichts gespeichert',
    nothing:
      'Der Code ist richtig geschrieben, aber es gibt keinen Check dazu: Entweder wurde nie einer abgesendet, oder alles ist schon zurückgezogen.',
  },
  en: {
    ask: 'See what is stored',
    working: 'One moment …',
    save: 'Download all that is stored as a file (JSON)',
    file: 'sektorspiegel-stored.json',
    confirmTitle: (count: number) =>
      count === 1 ? 'One check is stored under this code' : `${count} checks are stored under this code`,
    days: (days: string) => `Conducted on: ${days}.`,
    confirm:
      'Withdrawing deletes answers and profile at once. It cannot be undone, and the code no longer opens these checks.',
    yes: 'Withdraw everything for good',
    no: 'Rather not',
    unsure: {
      offline:
        'So we do not know whether the checks are deleted. Check your internet connection and try again; a second attempt does no harm.',
      busy: 'So it is not certain that the checks are deleted. Please try again in a few minutes; a second attempt does no harm.',
    },
    doneTitle: 'Withdrawn',
    done: (count: number) =>
      `${count === 0 ? 'Everything is' : count === 1 ? 'One check is' : `${count} checks are`} deleted. From the next release on your organisation no longer counts; figures already published never change.`,
    nothingTitle: 'Nothing is stored under this code',
    nothing:
      'The code is spelt correctly, but there is no check under it: either none was ever sent, or everything has been withdrawn.',
  },
});
