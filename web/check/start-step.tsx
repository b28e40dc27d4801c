import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { pathTo } from '../site-map.ts';
import { words } from '../words.ts';
import { isEmpty } from './draft.ts';
import { StepHeading } from './step-heading.tsx';
import type { StepProps } from './step-props.ts';
import { firstOpenStep, progressOf, stepBeside } from './steps.ts';

/** What the check is and what happens to the answers; where one left off. */
export function StartStep({ lang, instrument, draft, step, go, onAnew }: StepProps & { onAnew: () => void }) {
  const text = WORDS[lang];
  const items = instrument.items.length;
  const { openCount, minutesLeft } = progressOf(step, draft, instrument);
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
      {isEmpty(draft) ? (
        <div class="buttons">
          <Button onClick={() => go(stepBeside(step, instrument, 1))}>{text.begin}</Button>
        </div>
      ) : (
        <Notice kind="success" title={text.begun}>
          <p>{text.soFar(items - openCount, items, minutesLeft)}</p>
          <div class="buttons">
            <Button onClick={() => go(draft.sending ? 'summary' : firstOpenStep(draft, instrument))}>
              {text.resume}
            </Button>
            <Button kind="quiet" onClick={onAnew}>
              {text.anew}
            </Button>
          </div>
        </Notice>
      )}
      <div class="cards">
        {text.points.map(({ title, sentence }) => (
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
        <li>
          <a href={pathTo('clearance', lang)}>{text.clearance}</a> {text.clearanceText}
        </li>
      </ul>
    </>
  );
}

const WORDS = words({
  de: {
    invited: 'Ihr Verband hat Sie eingeladen',
    joinCode: 'In der Einladung steht der Verbandscode',
    association:
      'Der Verband sieht Werte seiner Mitglieder als Gruppe, erst ab 20 Organisationen und zum Schutz zufällig verschoben: nie Ihre Antworten, und keine Liste, wer teilgenommen hat. Sie können den Code vor dem Abschicken entfernen.',
    begun: 'Sie haben schon angefangen',
    soFar: (answered: number, items: number, minutes: number) =>
      `${answered} von ${items} Fragen sind beantwortet und liegen in diesem Browser. Der Rest dauert etwa ${minutes === 1 ? 'eine Minute' : `${minutes} Minuten`}.`,
    resume: 'Weitermachen',
    anew: 'Löschen und von vorn beginnen',
    begin: 'Check beginnen',
    points: [
      {
        title: 'Ohne Namen, ohne Anmeldung',
        sentence:
          'Ihre Antworten bleiben in diesem Browser, bis Sie sie abschicken. Wenn Sie den Tab schließen, geht nichts verloren.',
      },
      {
        title: 'Nach jedem Bereich ein Ergebnis',
        sentence:
          'Sie sehen ein Wort für Ihren Stand und wie es eine Stufe weiter aussähe. Aufhören können Sie jederzeit.',
      },
      {
        title: 'Erst ansehen, dann entscheiden',
        sentence:
          'Ihr eigenes Ergebnis sehen Sie, ohne etwas zu senden. Für den Vergleich mit anderen schicken Sie den Check ab.',
      },
    ],
    otherWays: 'Im Team, auf Papier, mit Zustimmung',
    clearance: 'Dürfen wir das ausfüllen?',
    clearanceText: 'Eine Seite zum Ausdrucken für Datenschutz und Mitarbeitervertretung.',
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
    soFar: (answered: number, items: number, minutes: number) =>
      `${answered} of ${items} questions are answered and kept in this browser. The rest takes about ${minutes === 1 ? 'one minute' : `${minutes} minutes`}.`,
    resume: 'Continue',
    anew: 'Delete and begin anew',
    begin: 'Begin the check',
    points: [
      {
        title: 'No name, no registration',
        sentence: 'Your answers stay in this browser until you send them. Closing the tab loses nothing.',
      },
      {
        title: 'A result after every area',
        sentence:
          'You see a word for where you are, and what one level further would look like. You can stop at any time.',
      },
      {
        title: 'Look first, decide later',
        sentence: 'You see your own result without sending anything. To be compared with others, you send the check.',
      },
    ],
    otherWays: 'In a team, on paper, with approval',
    clearance: 'May we fill this in?',
    clearanceText: 'One page to print, for data protection and the staff council.',
    team: 'Team round:',
    teamText: 'Up to six people of your organisation answer on their own; then you agree on one answer each.',
    paper: 'Questionnaire to print:',
    paperText: 'all questions, to prepare or to fill in with a pen.',
  },
});
