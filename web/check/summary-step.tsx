import type { ComponentChildren } from 'preact';
import { longDate } from '#views/standing-words';
import { Button, TextButton } from '../components/button.tsx';
import { Disclosure } from '../components/disclosure.tsx';
import { Notice } from '../components/notice.tsx';
import { ReceiptForm } from '../components/receipt-form.tsx';
import { pathTo } from '../site-map.ts';
import { words } from '../words.ts';
import { missingProfile, questionsToAsk, secondsTaken } from './draft.ts';
import { feedbackOn } from './feedback.ts';
import { Missing } from './feedback-card.tsx';
import { isOf } from './receipt-mark.ts';
import { SendingNotice } from './sending-notice.tsx';
import { StepHeading } from './step-heading.tsx';
import type { StepProps } from './step-props.ts';
import { firstOpenStep, openItems } from './steps.ts';
import { useSending } from './use-sending.ts';
import type { Go } from './use-step.ts';

/** Everything that will be sent, with the way back to each part; what gets no score is said here, before sending. */
export function SummaryStep(props: StepProps) {
  const { lang, instrument, draft, go, tab } = props;
  const text = WORDS[lang];
  const { state, send } = useSending(props);
  const unscored = feedbackOn(instrument, draft.answers).dimensions.filter(({ score }) => score === null);
  const isEmpty = Object.keys(draft.answers).length === 0;
  const isIncomplete = missingProfile(draft, instrument).length > 0 || draft.participation === undefined || isEmpty;
  const isBusy = state.kind === 'sending';
  return (
    <>
      <StepHeading>{text.title}</StepHeading>
      <p class="lead">{text.lead}</p>
      {unscored.length > 0 && !isEmpty ? (
        <Notice kind="warning" title={text.noScore(unscored.length)}>
          <p>{text.noScoreText}</p>
          {unscored.map((feedback) => (
            <div key={feedback.dimension.id}>
              <p class="check__label">{feedback.dimension.title[lang]}</p>
              <Missing {...props} feedback={feedback} />
            </div>
          ))}
        </Notice>
      ) : null}
      <SummaryList {...props} />
      <Disclosure summary={text.kept}>
        <p>{text.keptText}</p>
        <p>
          {text.notKept} <a href={pathTo('privacy', lang)}>{text.privacy}</a>
        </p>
      </Disclosure>
      {isIncomplete ? (
        <Notice kind="warning" title={text.incomplete}>
          <TextButton onClick={() => go(firstOpenStep(draft, instrument))}>{text.complete}</TextButton>
        </Notice>
      ) : tab.receipt === undefined ? (
        <>
          <Notice kind="warning" title={draft.sending ? text.interrupted : text.codeNeeded}>
            {draft.sending ? text.interruptedText : text.codeNeededText}
          </Notice>
          <ReceiptForm
            lang={lang}
            submitLabel={text.check}
            isExpected={isOf(draft.receiptMark)}
            onReceipt={tab.setReceipt}
          />
        </>
      ) : null}
      <SendingNotice {...props} state={state} onRetry={send} />
      <div class="buttons">
        {isIncomplete || tab.receipt === undefined ? null : (
          // Not disabled while sending: the focus would be lost. A second click does nothing.
          <Button onClick={send} aria-disabled={isBusy}>
            {isBusy ? text.sending : text.send}
          </Button>
        )}
        <Button kind="secondary" onClick={() => go('more')}>
          {text.back}
        </Button>
      </div>
    </>
  );
}

/** A line of the summary, and where its part can be changed. */
interface Line {
  term: string;
  what: ComponentChildren;
  change?: Parameters<Go>;
}

function SummaryList(props: StepProps) {
  const text = WORDS[props.lang];
  return (
    <dl class="summary">
      {linesOf(props).map(({ term, what, change }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{what}</dd>
          {change ? (
            <dd>
              <TextButton onClick={() => props.go(...change)}>
                {text.change} <span class="visually-hidden">{term}</span>
              </TextButton>
            </dd>
          ) : null}
        </div>
      ))}
    </dl>
  );
}

function linesOf({ lang, instrument, draft }: StepProps): Line[] {
  const text = WORDS[lang];
  const areas = feedbackOn(instrument, draft.answers).dimensions.map(
    ({ dimension: { id, title }, score, word }): Line => {
      const open = openItems(draft, instrument, id);
      const first = open[0] ?? instrument.items.find((item) => item.dimension === id);
      const verdict = word ? text.word(word[lang], score ?? 0) : text.none;
      return {
        term: title[lang],
        what: open.length === 0 ? verdict : `${verdict} · ${text.open(open.length)}`,
        change: [`item-${first?.id}`],
      };
    },
  );
  const profile = instrument.profile.map(
    ({ id, title, codes }): Line => ({
      term: title[lang],
      what: codes.find((code) => code.id === draft.profile[id])?.label[lang] ?? text.missing,
      change: ['profile', `profile-${id}`],
    }),
  );
  const questions = questionsToAsk(draft, instrument).flatMap(({ id, title, codes }) => {
    const chosen = codes.filter((code) => draft.questions[id]?.includes(code.id)).map(({ label }) => label[lang]);
    return chosen.length === 0 ? [] : [`${title[lang]}: ${chosen.join(' · ')}`];
  });
  const seconds = secondsTaken(draft);
  const { conductedOn, joinCodes, participation } = draft;
  return [
    ...areas,
    ...profile,
    ...(conductedOn
      ? [{ term: text.conductedOn, what: longDate(conductedOn, lang), change: ['profile'] } satisfies Line]
      : []),
    { term: text.joinCodes, what: joinCodes.join(', ') || text.noJoinCodes, change: ['profile', 'join-codes'] },
    ...(participation
      ? [{ term: text.participation, what: text.participations[participation], change: ['code'] } satisfies Line]
      : []),
    {
      term: text.questions,
      what: questions.length === 0 ? text.noQuestions : questions.map((line) => <p key={line}>{line}</p>),
      change: ['more'],
    },
    ...(seconds === undefined ? [] : [{ term: text.time, what: text.minutes(Math.round(seconds / 60)) }]),
  ];
}

const WORDS = words({
  de: {
    title: 'Prüfen und abschicken',
    lead: 'Das wird gesendet. Alles lässt sich noch ändern, und nach dem Abschicken können Sie jederzeit einen neuen Check senden: Es zählt der letzte.',
    noScore: (count: number) =>
      count === 1 ? 'Für einen Bereich gäbe es keinen Wert' : `Für ${count} Bereiche gäbe es keinen Wert`,
    noScoreText:
      'Sie können trotzdem abschicken und sehen Ihre übrigen Werte. In den Vergleich der Organisationen geht der Check aber erst ein, wenn alle Bereiche einen Wert haben.',
    word: (word: string, score: number) => `${word} (${score} von 100)`,
    none: 'kein Wert',
    open: (count: number) => (count === 1 ? 'eine Frage offen' : `${count} Fragen offen`),
    missing: 'fehlt noch',
    change: 'Ändern',
    conductedOn: 'Tag des Checks',
    joinCodes: 'Verbandscodes',
    noJoinCodes: 'keine',
    participation: 'Frühere Teilnahme',
    participations: { first: 'keine', 'has-code': 'ja, mit diesem Code', 'lost-code': 'ja, Code verloren' },
    questions: 'Freiwillige Fragen',
    noQuestions: 'nicht beantwortet',
    time: 'Zeit für die Fragen',
    minutes: (minutes: number) =>
      minutes === 0 ? 'unter einer Minute' : minutes === 1 ? 'etwa eine Minute' : `etwa ${minutes} Minuten`,
    kept: 'Was wird gespeichert, was nicht?',
    keptText:
      'Gespeichert werden Ihre Antworten, die Angaben zu Ihrem Haus, der Tag und eine Prüfsumme Ihres Rückkehr-Codes, aus der er sich nicht zurückrechnen lässt; für 60 Monate, oder bis Sie alles zurückziehen. Wie lange die Fragen hier offen waren, wird in Sekunden mitgesendet: Daran fallen Checks auf, die niemand gelesen haben kann. Für Papier und Teamrunden wird nichts gemessen.',
    notKept: 'Nicht gespeichert werden Name, E‑Mail-Adresse, IP‑Adresse und Angaben zu Ihrem Browser.',
    privacy: 'Mehr zum Datenschutz',
    incomplete: 'Zum Abschicken fehlt noch etwas',
    complete: 'Zur ersten offenen Stelle',
    interrupted: 'Das Abschicken wurde unterbrochen',
    interruptedText:
      'Ihre Antworten sind noch da. Geben Sie den Rückkehr-Code ein, den Sie gesichert haben, und schicken Sie noch einmal ab: Gezählt wird trotzdem nur einmal.',
    codeNeeded: 'Bitte geben Sie Ihren Rückkehr-Code ein',
    codeNeededText: 'Der Browser merkt ihn sich aus Sicherheitsgründen nicht über das Neuladen der Seite hinaus.',
    check: 'Code prüfen',
    send: 'Jetzt abschicken',
    sending: 'Wird abgeschickt …',
    back: 'Zurück',
  },
  en: {
    title: 'Check and send',
    lead: 'This is what will be sent. Everything can still be changed, and you can send a new check at any time afterwards: the last one counts.',
    noScore: (count: number) => (count === 1 ? 'One area would get no score' : `${count} areas would get no score`),
    noScoreText:
      'You can send it all the same and see your other scores. But the check enters the comparison of organisations only once every area has a score.',
    word: (word: string, score: number) => `${word} (${score} of 100)`,
    none: 'no score',
    open: (count: number) => (count === 1 ? 'one question open' : `${count} questions open`),
    missing: 'still missing',
    change: 'Change',
    conductedOn: 'Day of the check',
    joinCodes: 'Association codes',
    noJoinCodes: 'none',
    participation: 'Taken part before',
    participations: { first: 'no', 'has-code': 'yes, with this code', 'lost-code': 'yes, code lost' },
    questions: 'Optional questions',
    noQuestions: 'not answered',
    time: 'Time for the questions',
    minutes: (minutes: number) =>
      minutes === 0 ? 'less than a minute' : minutes === 1 ? 'about one minute' : `about ${minutes} minutes`,
    kept: 'What is stored, and what is not?',
    keptText:
      'Stored are your answers, the details of your organisation, the day, and a checksum of your return code from which it cannot be worked out; for 60 months, or until you withdraw everything. For how long the questions were open here is sent along in seconds: it shows checks that nobody can have read. Nothing is measured for paper and team rounds.',
    notKept: 'Not stored are names, e-mail addresses, IP addresses and details of your browser.',
    privacy: 'More about privacy',
    incomplete: 'Something is still missing',
    complete: 'Go to the first gap',
    interrupted: 'Sending was interrupted',
    interruptedText:
      'Your answers are still here. Enter the return code you saved and send once more: it is counted only once all the same.',
    codeNeeded: 'Please enter your return code',
    codeNeededText: 'For safety the browser does not remember it when the page is loaded anew.',
    check: 'Check the code',
    send: 'Send now',
    sending: 'Sending …',
    back: 'Back',
  },
});
