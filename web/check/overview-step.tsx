import { useState } from 'preact/hooks';
import { Button, ButtonLink } from '../components/button.tsx';
import { Disclosure } from '../components/disclosure.tsx';
import { TextField } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { saveFile } from '../save-file.ts';
import { pathTo } from '../site-map.ts';
import { words } from '../words.ts';
import { feedbackOn } from './feedback.ts';
import { FeedbackCard } from './feedback-card.tsx';
import { StepHeading } from './step-heading.tsx';
import type { StepProps } from './step-props.ts';
import { firstOpenStep, progressOf } from './steps.ts';
import { MAX_NAME_LENGTH, teamFile } from './team.ts';

/** The own result without any comparison. Nothing was sent to show it, and one may stop here. */
export function OverviewStep(props: StepProps) {
  const { lang, instrument, draft, step, go } = props;
  const text = WORDS[lang];
  const feedback = feedbackOn(instrument, draft.answers);
  const { openCount } = progressOf(step, draft, instrument);
  const unscored = feedback.dimensions.filter(({ score }) => score === null);
  // Without a score in every area there is little to compare: the open questions come first.
  const isFirst = unscored.length > 0 && openCount > 0;
  const titles = (ids: string[]) =>
    new Intl.ListFormat(lang).format(
      ids.map((id) => instrument.dimensions.find((dimension) => dimension.id === id)?.title[lang] ?? id),
    );
  return (
    <>
      <StepHeading>{openCount === 0 ? text.title : text.soFar}</StepHeading>
      <p class="lead">{text.lead}</p>
      {feedback.overall ? (
        <p>{text.overall(feedback.overall.score, feedback.overall.word?.[lang] ?? '', titles(feedback.weakest))}</p>
      ) : (
        <Notice kind="warning" title={text.noScoreTitle(titles(unscored.map(({ dimension }) => dimension.id)))}>
          {text.noScore}
        </Notice>
      )}
      <div class="check__results">
        {feedback.dimensions.map((entry) => (
          <FeedbackCard key={entry.dimension.id} {...props} feedback={entry} />
        ))}
      </div>
      <h2>{text.onward}</h2>
      <p>{text.onwardText}</p>
      <div class="buttons">
        {openCount > 0 ? (
          <Button kind={isFirst ? 'primary' : 'secondary'} onClick={() => go(firstOpenStep(draft, instrument))}>
            {text.resume(openCount)}
          </Button>
        ) : null}
        <Button kind={isFirst ? 'secondary' : 'primary'} onClick={() => go('profile')}>
          {text.compare}
        </Button>
        <ButtonLink kind="secondary" href={`${pathTo('standing', lang)}#unsent`}>
          {text.look}
        </ButtonLink>
        <Button kind="quiet" onClick={() => print()}>
          {text.print}
        </Button>
      </div>
      <Disclosure summary={text.team}>
        <TeamFile {...props} />
      </Disclosure>
    </>
  );
}

function TeamFile({ lang, instrument, draft }: StepProps) {
  const text = WORDS[lang];
  const [name, setName] = useState('');
  const save = () => {
    const file = teamFile(instrument.id, name || text.somebody, draft.answers);
    saveFile(`${text.fileName}.json`, `${JSON.stringify(file, null, 2)}\n`, 'application/json');
  };
  return (
    <>
      <p>
        {text.teamText} <a href={pathTo('team', lang)}>{text.teamLink}</a>
      </p>
      <TextField label={text.name} maxLength={MAX_NAME_LENGTH} value={name} onInput={setName} />
      <Button kind="secondary" onClick={save}>
        {text.save}
      </Button>
    </>
  );
}

const WORDS = words({
  de: {
    title: 'Ihr Ergebnis, noch ohne Vergleich',
    soFar: 'Ihr Zwischenstand',
    lead: 'Dieses Ergebnis hat Ihr Browser berechnet. Gesendet wurde nichts, und Sie können hier aufhören.',
    overall: (score: number, word: string, weakest: string) =>
      `Über alle Bereiche sind das ${score} von 100 Punkten (${word}). Am niedrigsten: ${weakest}.`,
    noScoreTitle: (titles: string) => `Noch kein Wert: ${titles}`,
    noScore:
      'Ein Bereich bekommt einen Wert, wenn mindestens drei und vier Fünftel der zutreffenden Fragen mit einer Beschreibung beantwortet sind. In den Vergleich gehen nur Checks ein, die in allen Bereichen einen Wert haben.',
    onward: 'Wie geht es weiter?',
    onwardText:
      'Wenn Sie den Check abschicken, sehen Sie, wo Ihre Organisation unter ähnlichen Organisationen steht. Dazu fragen wir noch vier Angaben zu Ihrem Haus. Sie können sich auch vergleichen, ohne etwas abzuschicken: Dann rechnet Ihr Browser.',
    compare: 'Weiter zum Vergleich',
    resume: (count: number) => (count === 1 ? 'Eine offene Frage beantworten' : `${count} offene Fragen beantworten`),
    look: 'Ansehen, ohne zu senden',
    print: 'Ergebnis drucken',
    team: 'Für eine Teamrunde sichern',
    teamText:
      'Füllen mehrere Personen Ihres Hauses den Check aus, legen Sie die Antworten nebeneinander und einigen sich auf eine gemeinsame. Sichern Sie dazu Ihre Antworten als Datei.',
    teamLink: 'Zur Teamrunde',
    name: 'Ihre Rolle oder ein Kürzel (steht nur in der Datei)',
    somebody: 'Ohne Namen',
    fileName: 'digitalcheck-teamentwurf',
    save: 'Antworten als Datei sichern',
  },
  en: {
    title: 'Your result, not compared yet',
    soFar: 'Your result so far',
    lead: 'Your browser worked out this result. Nothing has been sent, and you can stop here.',
    overall: (score: number, word: string, weakest: string) =>
      `Over all areas this makes ${score} of 100 points (${word}). Lowest: ${weakest}.`,
    noScoreTitle: (titles: string) => `No score yet: ${titles}`,
    noScore:
      'An area gets a score when at least three, and four fifths, of the questions that apply are answered with a description. Only checks with a score in every area enter the comparison.',
    onward: 'What next?',
    onwardText:
      'Once you send the check, you see where your organisation stands among similar ones. For this we ask four more details about your organisation. You can also compare without sending anything: then your browser does the work.',
    compare: 'Go on to the comparison',
    resume: (count: number) => (count === 1 ? 'Answer one open question' : `Answer ${count} open questions`),
    look: 'Look without sending',
    print: 'Print this result',
    team: 'Save for a team round',
    teamText:
      'When several people of your organisation fill in the check, you put the answers side by side and agree on one. Save your answers as a file for this.',
    teamLink: 'Go to the team round',
    name: 'Your role or initials (only in the file)',
    somebody: 'No name',
    fileName: 'digital-check-team-draft',
    save: 'Save answers as a file',
  },
});
