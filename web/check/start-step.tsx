import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { pathTo } from '../site-map.ts';
import { words } from '../words.ts';
import { isEmpty } from './draft.ts';
import { StepHeading } from './step-heading.tsx';
import type { StepProps } from './step-props.ts';
import { firstOpenStep, progressOf, type Step } from './steps.ts';

/** What the check is and what happens to the answers; where one left off. */
export function StartStep({ lang, instrument, draft, go, onDiscard }: StepProps & { onDiscard: () => void }) {
  const text = WORDS[lang];
  const { answered, items } = progressOf(draft, instrument);
  const first: Step = `area-${instrument.dimensions[0]!.id}`;
  const isBegun = !isEmpty(draft);
  return (
    <>
      <StepHeading>{instrument.title[lang]}</StepHeading>
      <p class="lead">{instrument.description[lang]}</p>
      {draft.joinCodes.length > 0 ? (
        <Notice title={text.invited}>
          <p>
            {text.joinCode} <code>{draft.joinCodes.join(', ')}</code>. {text.association}
          </p>
        </Notice>
      ) : null}
      {isBegun ? (
        <Notice kind="success" title={text.begun}>
          <p>{text.soFar(answered, items)}</p>
          <div class="buttons">
            <Button onClick={() => go(draft.sending ? 'summary' : firstOpenStep(draft, instrument))}>
              {text.resume}
            </Button>
            <Button kind="quiet" onClick={onDiscard}>
              {text.anew}
            </Button>
          </div>
        </Notice>
      ) : (
        <div class="buttons">
          <Button onClick={() => go(first)}>{text.begin}</Button>
        </div>
      )}
      <div class="cards">
        {text.points.map(([title, sentence]) => (
          <div class="card" key={title}>
            <h2 class="check__subheading">{title}</h2>
            <p>{sentence}</p>
          </div>
        ))}
      </div>
      <h2>{text.otherWays}</h2>
      <ul>
        <li>
          <a href={pathTo('team', lang)}>{text.team}</a> {text.teamText}
        </li>
        <li>
          <a href={pathTo('questionnaire', lang)}>{text.paper}</a> {text.paperText}
        </li>
      </ul>
    </>
  );
}

const WORDS = words<{
  invited: string;
  joinCode: string;
  association: string;
  begun: string;
  soFar: (answered: number, items: number) => string;
  resume: string;
  anew: string;
  begin: string;
  points: [title: string, sentence: string][];
  otherWays: string;
  team: string;
  teamText: string;
  paper: string;
  paperText: string;
}>({
  de: {
    invited: 'Ihr Verband hat Sie eingeladen',
    joinCode: 'In der Einladung steht der Verbandscode',
    association:
      'Der Verband sieht Werte seiner Mitglieder als Gruppe, erst ab 20 Organisationen und zum Schutz zufällig verschoben: nie Ihre Antworten, und keine Liste, wer teilgenommen hat. Sie können den Code vor dem Abschicken entfernen.',
    begun: 'Sie haben schon angefangen',
    soFar: (answered, items) => `${answered} von ${items} Fragen sind beantwortet und liegen in diesem Browser.`,
    resume: 'Weitermachen',
    anew: 'Löschen und von vorn beginnen',
    begin: 'Check beginnen',
    points: [
      [
        'Ohne Namen, ohne Anmeldung',
        'Ihre Antworten bleiben in diesem Browser, bis Sie sie abschicken. Wenn Sie den Tab schließen, geht nichts verloren.',
      ],
      [
        'Nach jedem Bereich ein Ergebnis',
        'Sie sehen ein Wort für Ihren Stand und wie es eine Stufe weiter aussähe. Aufhören können Sie jederzeit.',
      ],
      [
        'Erst ansehen, dann entscheiden',
        'Ihr eigenes Ergebnis sehen Sie, ohne etwas zu senden. Für den Vergleich mit anderen schicken Sie den Check ab.',
      ],
    ],
    otherWays: 'Im Team oder auf Papier',
    team: 'Teamrunde:',
    teamText: 'Bis zu sechs Personen Ihres Hauses antworten für sich; danach einigen Sie sich auf je eine Antwort.',
    paper: 'Fragebogen zum Ausdrucken:',
    paperText: 'alle Fragen zum Vorbereiten oder zum Ausfüllen mit dem Stift.',
  },
  en: {
    invited: 'Your association has invited you',
    joinCode: 'The invitation carries the association code',
    association:
      'The association sees figures of its members as a group, only from 20 organisations on and moved at random for protection: never your answers, and no list of who took part. You can remove the code before sending.',
    begun: 'You have already begun',
    soFar: (answered, items) => `${answered} of ${items} questions are answered and kept in this browser.`,
    resume: 'Continue',
    anew: 'Delete and begin anew',
    begin: 'Begin the check',
    points: [
      [
        'No name, no registration',
        'Your answers stay in this browser until you send them. Closing the tab loses nothing.',
      ],
      [
        'A result after every area',
        'You see a word for where you are, and what one level further would look like. You can stop at any time.',
      ],
      [
        'Look first, decide later',
        'You see your own result without sending anything. To be compared with others, you send the check.',
      ],
    ],
    otherWays: 'In a team, or on paper',
    team: 'Team round:',
    teamText: 'Up to six people of your organisation answer on their own; then you agree on one answer each.',
    paper: 'Questionnaire to print:',
    paperText: 'all questions, to prepare or to fill in with a pen.',
  },
});
