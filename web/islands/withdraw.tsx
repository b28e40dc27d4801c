import { useState } from 'preact/hooks';
import type { SubmissionHistory, Withdrawn } from '#contracts/answers/submission';
import type { OwnSubmission } from '#contracts/submission';
import type { Lang } from '#contracts/text';
import { longDate } from '#views/standing-words';
import { forgetDraft, readDraft } from '../check/kept-draft.ts';
import { ReceiptField } from '../check/receipt-field.tsx';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { forgetCode, rememberedCode } from '../kept-code.ts';
import { saveFile } from '../save-file.ts';
import { type Asked, ask as askService } from '../standing/service.ts';
import { browserStore } from '../text-store.ts';
import { words } from '../words.ts';

type State =
  | { step: 'enter' }
  | { step: 'asking' }
  /** What lies under the code, to be confirmed. */
  | { step: 'confirm'; submissions: OwnSubmission[] }
  | { step: 'withdrawing'; submissions: OwnSubmission[] }
  | { step: 'done'; count: number }
  | { step: 'nothing' };
type Trouble = 'offline' | 'busy' | 'failed';

/** Shows what is stored under a Rückkehr-Code, saves it as a file, and withdraws it all. The code stays in memory. */
export default function Withdraw({ lang }: { lang: Lang }) {
  const text = WORDS[lang];
  const [code, setCode] = useState('');
  const [state, setState] = useState<State>({ step: 'enter' });
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const call = <Answer,>(method: 'GET' | 'DELETE', receipt: string) =>
    askService(
      (url, init) => fetch(url, { ...init, method }),
      '/v1/submissions',
      { lang, code: receipt },
      async (response) => (await response.json()) as Answer,
    );

  async function ask(receipt: string) {
    if (state.step === 'asking') return;
    setCode(receipt);
    setTrouble(null);
    setState({ step: 'asking' });
    const answer = await call<SubmissionHistory>('GET', receipt);
    if (!answer.ok) {
      setTrouble(troubleOf(answer));
      setState({ step: 'enter' });
      return;
    }
    const { submissions } = answer.value;
    setState(submissions.length === 0 ? { step: 'nothing' } : { step: 'confirm', submissions });
  }

  async function withdraw(submissions: OwnSubmission[]) {
    setState({ step: 'withdrawing', submissions });
    setTrouble(null);
    const answer = await call<Withdrawn>('DELETE', code);
    if (!answer.ok) {
      setTrouble(troubleOf(answer));
      setState({ step: 'confirm', submissions });
      return;
    }
    forgetHere(code, submissions);
    setCode('');
    setState({ step: 'done', count: answer.value.withdrawn });
  }

  if (state.step === 'done')
    return (
      <Notice kind="success" title={text.done.title} isLive={true}>
        <p>{text.done.body(state.count)}</p>
      </Notice>
    );
  return (
    <div class="withdraw">
      {state.step === 'confirm' || state.step === 'withdrawing' ? (
        <Notice kind="warning" title={text.confirm.title(state.submissions.length)} isLive={true}>
          <p>
            {text.confirm.days(state.submissions.map(({ conductedOn }) => longDate(conductedOn, lang)).join(' · '))}
          </p>
          <p>
            <Button kind="quiet" onClick={() => saveFile(text.file, inJson(state.submissions), 'application/json')}>
              {text.save}
            </Button>
          </p>
          <p>{text.confirm.body}</p>
          <p class="buttons">
            <Button disabled={state.step === 'withdrawing'} onClick={() => withdraw(state.submissions)}>
              {state.step === 'withdrawing' ? text.working : text.confirm.yes}
            </Button>
            <Button
              kind="secondary"
              disabled={state.step === 'withdrawing'}
              onClick={() => setState({ step: 'enter' })}
            >
              {text.confirm.no}
            </Button>
          </p>
        </Notice>
      ) : (
        <ReceiptField lang={lang} submitLabel={state.step === 'asking' ? text.working : text.ask} onReceipt={ask} />
      )}
      {state.step === 'nothing' ? (
        <Notice kind="info" title={text.nothing.title} isLive={true}>
          <p>{text.nothing.body}</p>
        </Notice>
      ) : null}
      {trouble === null ? null : (
        <Notice kind="error" title={text.trouble[trouble].title} isLive={true}>
          <p>{text.trouble[trouble].body}</p>
        </Notice>
      )}
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

function troubleOf({ failure }: Extract<Asked<unknown>, { ok: false }>): Trouble {
  if (failure.kind === 'busy') return [429, 503].includes(failure.status) ? 'busy' : 'failed';
  return failure.kind === 'refused' ? 'failed' : 'offline';
}

const WORDS = words({
  de: {
    ask: 'Nachsehen, was gespeichert ist',
    working: 'Einen Moment …',
    save: 'Alles Gespeicherte als Datei (JSON) herunterladen',
    file: 'sektorspiegel-gespeichert.json',
    confirm: {
      title: (count: number) =>
        count === 1
          ? 'Unter diesem Code ist ein Check gespeichert'
          : `Unter diesem Code sind ${count} Checks gespeichert`,
      days: (days: string) => `Durchgeführt am: ${days}.`,
      body: 'Beim Zurückziehen werden Antworten und Angaben sofort gelöscht. Das lässt sich nicht rückgängig machen, und der Code gilt danach für diese Checks nicht mehr.',
      yes: 'Alles endgültig zurückziehen',
      no: 'Doch nicht',
    },
    done: {
      title: 'Zurückgezogen',
      body: (count: number) =>
        `${count === 1 ? 'Ein Check ist' : `${count} Checks sind`} gelöscht. Ab der nächsten Veröffentlichung zählt Ihre Organisation nicht mehr mit; bereits veröffentlichte Werte ändern sich nie.`,
    },
    nothing: {
      title: 'Unter diesem Code ist nichts gespeichert',
      body: 'Der Code ist richtig geschrieben, aber es gibt keinen Check dazu: Entweder wurde nie einer abgesendet, oder alles ist schon zurückgezogen.',
    },
    trouble: {
      offline: {
        title: 'Keine Verbindung',
        body: 'Der Dienst ist nicht zu erreichen. Ihr Code bleibt hier stehen; versuchen Sie es gleich noch einmal.',
      },
      busy: {
        title: 'Gerade ist viel los',
        body: 'Bitte warten Sie einen Augenblick und versuchen Sie es dann noch einmal.',
      },
      failed: {
        title: 'Das hat nicht geklappt',
        body: 'Der Fehler liegt bei uns. Es wurde nichts verändert; bitte versuchen Sie es später noch einmal.',
      },
    },
  },
  en: {
    ask: 'See what is stored',
    working: 'One moment …',
    save: 'Download all that is stored as a file (JSON)',
    file: 'sektorspiegel-stored.json',
    confirm: {
      title: (count: number) =>
        count === 1 ? 'One check is stored under this code' : `${count} checks are stored under this code`,
      days: (days: string) => `Conducted on: ${days}.`,
      body: 'Withdrawing deletes answers and profile at once. It cannot be undone, and the code no longer opens these checks.',
      yes: 'Withdraw everything for good',
      no: 'Rather not',
    },
    done: {
      title: 'Withdrawn',
      body: (count: number) =>
        `${count === 1 ? 'One check is' : `${count} checks are`} deleted. From the next release on your organisation no longer counts; figures already published never change.`,
    },
    nothing: {
      title: 'Nothing is stored under this code',
      body: 'The code is spelt correctly, but there is no check under it: either none was ever sent, or everything has been withdrawn.',
    },
    trouble: {
      offline: {
        title: 'No connection',
        body: 'The service cannot be reached. Your code stays here; please try again in a moment.',
      },
      busy: { title: 'Busy just now', body: 'Please wait a moment and try again.' },
      failed: { title: 'That did not work', body: 'The fault is ours. Nothing was changed; please try again later.' },
    },
  },
});
