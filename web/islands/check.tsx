import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import { AreaStep } from '../check/area-step.tsx';
import { isEmpty, withJoinCode } from '../check/draft.ts';
import { ItemStep } from '../check/item-step.tsx';
import { joinCodesFrom } from '../check/join-code.ts';
import { KEPT_DRAFT } from '../check/kept-draft.ts';
import { KeptNotices } from '../check/kept-notices.tsx';
import type * as LaterSteps from '../check/later-steps.ts';
import { OverviewStep } from '../check/overview-step.tsx';
import { StartStep } from '../check/start-step.tsx';
import type { StepProps } from '../check/step-props.ts';
import { areaOf, itemOf, progressOf } from '../check/steps.ts';
import { useAnsweringTime } from '../check/use-answering-time.ts';
import { useKept } from '../check/use-kept.ts';
import { useReceipt } from '../check/use-receipt.ts';
import { STEP_HEADING, useStep } from '../check/use-step.ts';
import { Button, TextButton } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { Progress } from '../components/progress.tsx';
import { localDay } from '../local-day.ts';
import { words } from '../words.ts';
import type { StandingProps } from './standing.tsx';

/** The check, from the first question to "it has arrived". Everything entered is kept in this browser at once. */
export default function Check({ lang, instrument }: { lang: Lang; instrument: Instrument }) {
  const kept = useKept(KEPT_DRAFT, instrument);
  const { value: draft, change, isLoaded, isKept } = kept;
  const [step, go] = useStep(instrument);
  const tab = useReceipt();
  const props = { lang, instrument, draft, change, step, go, tab, today: isLoaded ? localDay(new Date()) : '' };

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
  useAnsweringTime(isLoaded && !isSent && itemOf(step, instrument) !== undefined, change);

  const anew = () => {
    kept.discard();
    go('start');
  };
  const later = useLaterSteps(isSent || step !== 'start');
  if (isSent)
    return later.steps ? <Sent {...props} {...later.steps} onAnew={anew} /> : <Waiting lang={lang} {...later} />;
  return (
    <div class="check">
      {step === 'start' ? null : <Position {...props} />}
      <KeptNotices lang={lang} kept={kept} />
      <OpenStep {...props} {...later} onAnew={anew} />
      {isLoaded && isKept && step !== 'start' ? <Kept lang={lang} isEmpty={isEmpty(draft)} onDelete={anew} /> : null}
    </div>
  );
}

function OpenStep(props: StepProps & Later & { onAnew: () => void }) {
  const { step, instrument, steps } = props;
  const item = itemOf(step, instrument);
  const area = areaOf(step, instrument);
  if (item) return <ItemStep key={step} {...props} item={item} />;
  if (area) return <AreaStep {...props} area={area} />;
  if (step === 'overview') return <OverviewStep {...props} />;
  if (step === 'start') return <StartStep {...props} />;
  if (!steps) return <Waiting {...props} />;
  if (step === 'profile') return <steps.ProfileStep {...props} />;
  if (step === 'code') return <steps.CodeStep {...props} />;
  if (step === 'more') return <steps.MoreStep {...props} />;
  return <steps.SummaryStep {...props} />;
}

function Waiting({ lang, hasFailed }: Pick<Later, 'hasFailed'> & { lang: Lang }) {
  const text = WORDS[lang];
  return hasFailed ? (
    <Notice kind="warning" title={text.offline} isLive>
      {text.offlineText}
    </Notice>
  ) : (
    <p role="status">{text.wait}</p>
  );
}

interface Later {
  steps: typeof LaterSteps | undefined;
  hasFailed: boolean;
}

/** Fetches the screens after the overview with the first question, and again when the network is back. */
function useLaterSteps(isWanted: boolean): Later {
  const [later, setLater] = useState<Later>({ steps: undefined, hasFailed: false });
  useEffect(() => {
    if (!isWanted) return;
    const load = () =>
      void import('../check/later-steps.ts').then(
        (steps) => setLater({ steps, hasFailed: false }),
        () => setLater({ steps: undefined, hasFailed: true }),
      );
    load();
    addEventListener('online', load);
    return () => removeEventListener('online', load);
  }, [isWanted]);
  return later;
}

/**
 * After sending: that it has arrived, and where the house stands, shown in this very page, so that the Rückkehr-Code stays
 * in its memory (docs/decisions/0014). Loaded when it is wanted; the browser's way back leads to "it has arrived".
 */
function Sent(props: StepProps & Pick<NonNullable<Later['steps']>, 'SentStep'> & { onAnew: () => void }) {
  const { lang, instrument, draft, tab, SentStep } = props;
  const text = WORDS[lang];
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
  const forget = () => {
    tab.setReceipt(undefined);
    close();
  };
  if (Standing && tab.receipt)
    return (
      <>
        <div class="not-on-paper">
          <h1>{text.standing}</h1>
          <p class="lead">{text.standingLead}</p>
        </div>
        <Standing lang={lang} instrument={instrument.id} code={tab.receipt} onForget={forget} />
      </>
    );
  return (
    <div class="check">
      {draft.sent ? <SentStep {...props} sent={draft.sent} onStanding={open} hasFailed={hasFailed} /> : null}
    </div>
  );
}

/** Which screen of how many, and how long the rest takes. */
function Position({ lang, instrument, draft, step }: StepProps) {
  const { screen, screens, minutesLeft } = progressOf(step, draft, instrument);
  return <Progress words={WORDS[lang].place(screen, screens, minutesLeft)} place={screen} of={screens} />;
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
        <TextButton onClick={() => setAsking(true)}>{text.delete}</TextButton>
      )}
    </section>
  );
}

const WORDS = words({
  de: {
    place: (screen: number, screens: number, minutes: number) =>
      `Schritt ${screen} von ${screens}${minutes === 0 ? '' : ` · noch etwa ${minutes === 1 ? 'eine Minute' : `${minutes} Minuten`}`}`,
    wait: 'Einen Augenblick …',
    offline: 'Keine Verbindung',
    offlineText:
      'Ihre Antworten sind in diesem Browser sicher. Sobald wieder eine Verbindung besteht, geht es hier weiter.',
    standing: 'Wo Sie stehen',
    standingLead:
      'Eine Einordnung für jeden Bereich, im Vergleich zu ähnlichen Organisationen, und wie sicher sie ist.',
    keptLabel: 'Zwischenspeicher',
    kept: 'Ihre Antworten liegen nur in diesem Browser, bis Sie sie abschicken. Der Rückkehr-Code liegt nicht dabei.',
    delete: 'Antworten aus diesem Browser löschen',
    yes: 'Ja, alle Antworten löschen',
    no: 'Behalten',
  },
  en: {
    place: (screen: number, screens: number, minutes: number) =>
      `Step ${screen} of ${screens}${minutes === 0 ? '' : ` · about ${minutes === 1 ? 'one minute' : `${minutes} minutes`} left`}`,
    wait: 'One moment …',
    offline: 'No connection',
    offlineText: 'Your answers are safe in this browser. As soon as there is a connection again, you can go on here.',
    standing: 'Where you stand',
    standingLead: 'One verdict for each area, compared with similar organisations, and how sure it is.',
    keptLabel: 'What this browser keeps',
    kept: 'Your answers are in this browser only until you send them. The return code is not kept with them.',
    delete: 'Delete the answers from this browser',
    yes: 'Yes, delete all answers',
    no: 'Keep them',
  },
});
