import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import { longDate } from '#views/standing-words';
import { AreaStep } from '../check/area-step.tsx';
import { CodeStep } from '../check/code-step.tsx';
import { isEmpty, withJoinCode } from '../check/draft.ts';
import { joinCodesFrom } from '../check/join-code.ts';
import { MoreStep } from '../check/more-step.tsx';
import { OverviewStep } from '../check/overview-step.tsx';
import { ProfileStep } from '../check/profile-step.tsx';
import { SentStep } from '../check/sent-step.tsx';
import { StartStep } from '../check/start-step.tsx';
import type { StepProps } from '../check/step-props.ts';
import { dimensionOf, progressOf, type Step } from '../check/steps.ts';
import { SummaryStep } from '../check/summary-step.tsx';
import { useAnsweringTime } from '../check/use-answering-time.ts';
import { useDraft } from '../check/use-draft.ts';
import { useReceipt } from '../check/use-receipt.ts';
import { STEP_HEADING, useStep } from '../check/use-step.ts';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { Progress } from '../components/progress.tsx';
import { saveFile } from '../save-file.ts';
import { words } from '../words.ts';
import type { StandingProps } from './standing.tsx';

/** The check, from the first question to "it has arrived". Everything entered is kept in this browser at once. */
export default function Check({ lang, instrument }: { lang: Lang; instrument: Instrument }) {
  const text = WORDS[lang];
  const { draft, change, discard, isLoaded, isKept, outdated, hasNewWords } = useDraft(instrument);
  const [step, go] = useStep(instrument);
  const tab = useReceipt();
  const today = isLoaded ? localDate(new Date()) : '';
  const props = { lang, instrument, draft, change, go };

  useEffect(() => {
    const joinCodes = joinCodesFrom(location.hash);
    if (!isLoaded || joinCodes.length === 0) return;
    history.replaceState(null, '', location.pathname + location.search);
    change((current) => joinCodes.reduce(withJoinCode, current));
  }, [isLoaded, change]);

  // What was typed is announced as sent by moving to the top of the page that says so.
  const isSent = draft.sent !== undefined;
  useEffect(() => {
    if (!isSent) return;
    scrollTo({ top: 0, behavior: 'instant' });
    document.getElementById(STEP_HEADING)?.focus({ preventScroll: true });
  }, [isSent]);

  const anew = () => {
    discard();
    go('start');
  };
  const dimension = dimensionOf(step, instrument);
  useAnsweringTime(isLoaded && !isSent && dimension !== undefined, change);

  const standing = useStandingHere();
  if (draft.sent && standing.Standing && tab.receipt)
    return (
      <>
        <div class="not-on-paper">
          <h1>{text.standing}</h1>
          <p class="lead">{text.standingLead}</p>
        </div>
        <standing.Standing
          lang={lang}
          instrument={instrument.id}
          code={tab.receipt}
          onForget={() => {
            tab.setReceipt(undefined);
            standing.close();
          }}
        />
      </>
    );
  if (draft.sent)
    return (
      <div class="check">
        <SentStep
          lang={lang}
          instrument={instrument}
          sent={draft.sent}
          tab={tab}
          onStanding={standing.open}
          hasFailed={standing.hasFailed}
          onAnew={anew}
        />
      </div>
    );
  return (
    <div class="check">
      {step === 'start' ? null : <Position {...props} step={step} />}
      {isKept ? null : (
        <Notice kind="warning" title={text.notKept} isLive>
          <p>{text.notKeptText}</p>
        </Notice>
      )}
      {outdated ? (
        <Notice kind="warning" title={text.outdated}>
          <p>{text.outdatedText}</p>
          <div class="buttons">
            <Button
              kind="secondary"
              onClick={() => saveFile('digitalcheck.json', JSON.stringify(outdated, null, 2), 'application/json')}
            >
              {text.saveOutdated}
            </Button>
            <Button kind="quiet" onClick={discard}>
              {text.discardOutdated}
            </Button>
          </div>
        </Notice>
      ) : null}
      {hasNewWords ? (
        <Notice>
          <p>{text.newWords}</p>
        </Notice>
      ) : null}
      {step === 'start' ? <StartStep {...props} onDiscard={anew} /> : null}
      {dimension ? <AreaStep key={step} {...props} step={step} dimension={dimension} /> : null}
      {step === 'overview' ? <OverviewStep {...props} /> : null}
      {step === 'profile' ? <ProfileStep {...props} today={today} /> : null}
      {step === 'code' ? <CodeStep {...props} tab={tab} today={today && longDate(today, lang)} /> : null}
      {step === 'more' ? <MoreStep {...props} /> : null}
      {step === 'summary' ? <SummaryStep {...props} tab={tab} /> : null}
      {isLoaded && isKept && step !== 'start' ? <Kept lang={lang} isEmpty={isEmpty(draft)} onDelete={anew} /> : null}
    </div>
  );
}

/**
 * Where the house stands, shown in this very page after sending, so that the Rückkehr-Code stays in its memory
 * (docs/decisions/0014). Loaded when it is wanted; the browser's way back leads to "it has arrived".
 */
function useStandingHere() {
  const [Standing, setStanding] = useState<ComponentType<StandingProps> | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const close = () => setStanding(null);
  useEffect(() => {
    addEventListener('popstate', close);
    return () => removeEventListener('popstate', close);
  }, []);

  async function open() {
    try {
      const loaded = await import('./standing.tsx');
      history.pushState(null, '', '#standing');
      scrollTo({ top: 0, behavior: 'instant' });
      setStanding(() => loaded.default);
      setFailed(false);
    } catch {
      setFailed(true);
    }
  }
  return { Standing, open, close, hasFailed };
}

/** Where one is: the step among the steps, how many questions are answered, and how long the rest takes. */
function Position({ lang, instrument, draft, step }: StepProps & { step: Step }) {
  const text = WORDS[lang];
  const areas = instrument.dimensions.map(({ title }) => title[lang]);
  const stages: Step[][] = [
    ...instrument.dimensions.map(({ id }): Step[] => [`area-${id}`]),
    ['overview'],
    ['profile', 'code', 'more'],
    ['summary'],
  ];
  const { answered, items, minutesLeft } = progressOf(draft, instrument);
  return (
    <div class="check__position">
      <Progress
        label={text.steps}
        steps={[...areas, ...text.laterSteps]}
        current={stages.findIndex((stage) => stage.includes(step))}
      />
      <p class="check__left">{text.left(answered, items, minutesLeft)}</p>
    </div>
  );
}

/** That the answers are on this device, and how to delete them. Deleting asks once more. */
function Kept({ lang, isEmpty: hasNothing, onDelete }: { lang: Lang; isEmpty: boolean; onDelete: () => void }) {
  const text = WORDS[lang];
  const [isAsking, setAsking] = useState(false);
  return (
    <section class="check__kept" aria-label={text.keptLabel}>
      <p class="quiet">{text.kept}</p>
      {hasNothing ? null : isAsking ? (
        <div class="buttons">
          <Button kind="secondary" onClick={onDelete}>
            {text.yes}
          </Button>
          <Button kind="quiet" onClick={() => setAsking(false)}>
            {text.no}
          </Button>
        </div>
      ) : (
        <button type="button" class="text-button" onClick={() => setAsking(true)}>
          {text.delete}
        </button>
      )}
    </section>
  );
}

/** `YYYY-MM-DD` on the visitor's calendar. */
const localDate = (now: Date) =>
  [now.getFullYear(), String(now.getMonth() + 1).padStart(2, '0'), String(now.getDate()).padStart(2, '0')].join('-');

const WORDS = words({
  de: {
    steps: 'Schritte des Checks',
    laterSteps: ['Überblick', 'Angaben', 'Abschicken'],
    left: (answered: number, items: number, minutes: number) =>
      minutes === 0
        ? `${answered} von ${items} Fragen beantwortet`
        : `${answered} von ${items} Fragen beantwortet, noch etwa ${minutes === 1 ? 'eine Minute' : `${minutes} Minuten`}`,
    notKept: 'Ihr Browser hebt nichts auf',
    notKeptText:
      'Der Zwischenspeicher dieses Browsers ist voll oder abgeschaltet. Lassen Sie diesen Tab offen, bis Sie fertig sind: Beim Schließen gingen Ihre Antworten verloren.',
    outdated: 'Der Fragebogen hat sich geändert',
    outdatedText:
      'In diesem Browser liegen Antworten zu einer früheren Fassung; auf die neuen Fragen passen sie nicht. Sie bleiben, bis Sie neu beginnen.',
    saveOutdated: 'Frühere Antworten als Datei sichern',
    discardOutdated: 'Frühere Antworten löschen',
    newWords: 'Seit Sie angefangen haben, wurden Formulierungen berichtigt. Ihre Antworten gelten weiter.',
    standing: 'Wo Sie stehen',
    standingLead: 'Eine Einordnung für jeden Bereich, im Vergleich zu Ihresgleichen, und wie sicher sie ist.',
    keptLabel: 'Zwischenspeicher',
    kept: 'Ihre Antworten liegen nur in diesem Browser, bis Sie sie abschicken. Der Rückkehr-Code liegt nicht dabei.',
    delete: 'Antworten aus diesem Browser löschen',
    yes: 'Ja, alle Antworten löschen',
    no: 'Behalten',
  },
  en: {
    steps: 'Steps of the check',
    laterSteps: ['Overview', 'Details', 'Send'],
    left: (answered: number, items: number, minutes: number) =>
      minutes === 0
        ? `${answered} of ${items} questions answered`
        : `${answered} of ${items} questions answered, about ${minutes === 1 ? 'one minute' : `${minutes} minutes`} left`,
    notKept: 'Your browser keeps nothing',
    notKeptText:
      'The storage of this browser is full or switched off. Leave this tab open until you are done: closing it would lose your answers.',
    outdated: 'The questionnaire has changed',
    outdatedText:
      'This browser holds answers to an earlier version; they do not fit the new questions. They stay until you begin anew.',
    saveOutdated: 'Save the earlier answers as a file',
    discardOutdated: 'Delete the earlier answers',
    newWords: 'Some words were corrected since you began. Your answers remain valid.',
    standing: 'Where you stand',
    standingLead: 'One verdict for each area, compared with your peers, and how sure it is.',
    keptLabel: 'What this browser keeps',
    kept: 'Your answers are in this browser only until you send them. The return code is not kept with them.',
    delete: 'Delete the answers from this browser',
    yes: 'Yes, delete all answers',
    no: 'Keep them',
  },
});
