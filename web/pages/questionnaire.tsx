import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import { Island } from '../components/island.tsx';
import { Page } from '../components/page.tsx';
import PrintButton from '../islands/print-button.tsx';
import { pathsOf, pathTo } from '../site-map.ts';
import { words } from '../words.ts';

interface QuestionnaireProps {
  lang: Lang;
  instrument: Instrument;
}

/** `/de/fragebogen`: every question of the check to read and print, then a one-page answer sheet for each person. */
export function QuestionnairePage({ lang, instrument }: QuestionnaireProps) {
  const text = WORDS[lang];
  const lists = (asked: (Instrument['profile'] | Instrument['questions'])[number][]) =>
    asked.map(({ id, question, why, codes }) => (
      <article key={id} class="paper-item">
        <h3>{question[lang]}</h3>
        <p class="quiet">{why[lang]}</p>
        <ul class="paper-codes">
          {codes.map(({ id: code, label }) => (
            <li key={code}>
              <Tick /> {label[lang]}
            </li>
          ))}
        </ul>
      </article>
    ));
  return (
    <Page lang={lang} title={text.title} description={text.description} paths={pathsOf('questionnaire')}>
      <h1>
        {instrument.title[lang]}: {text.title}
      </h1>
      <p class="lead">{instrument.description[lang]}</p>
      <div class="no-print">
        <p>{text.howTo}</p>
        <Island name="print-button" component={PrintButton} props={{ lang }} />
        <p>
          <a href="#sheet">{text.toSheet}</a> · <a href={pathTo('check', lang)}>{text.toCheck}</a>
        </p>
      </div>
      <Items lang={lang} instrument={instrument} />
      <section aria-labelledby="profile">
        <h2 id="profile">{text.profile}</h2>
        <p class="quiet">{text.profileLead}</p>
        {lists(instrument.profile)}
      </section>
      <section aria-labelledby="questions">
        <h2 id="questions">{text.questions}</h2>
        <p class="quiet">{text.questionsLead}</p>
        {lists(instrument.questions.filter(({ returningOnly }) => !returningOnly))}
      </section>
      <AnswerSheet lang={lang} instrument={instrument} />
    </Page>
  );
}

const Tick = () => <span class="tick" aria-hidden="true" />;

/** The scored questions with their descriptions, by dimension. */
function Items({ lang, instrument: { dimensions, items } }: QuestionnaireProps) {
  const text = WORDS[lang];
  return dimensions.map((dimension) => (
    <section key={dimension.id} aria-labelledby={`dimension-${dimension.id}`}>
      <h2 id={`dimension-${dimension.id}`}>{dimension.title[lang]}</h2>
      <p class="quiet">{dimension.description[lang]}</p>
      {items.map((item, index) =>
        item.dimension === dimension.id ? (
          <article key={item.id} class="paper-item">
            <h3>
              {index + 1}. {item.title[lang]}
            </h3>
            <p>{item.question[lang]}</p>
            <ol class="paper-choices" start={0}>
              {item.anchors.map((anchor, level) => (
                <li key={anchor.de}>
                  <Tick /> <b>{level}</b> {anchor[lang]}
                </li>
              ))}
            </ol>
            <p class="paper-aside">
              <Tick /> {text.notApplicable} <Tick /> {text.dontKnow}
            </p>
          </article>
        ) : null,
      )}
    </section>
  ));
}

/** One page for each person: a row for each question, a box for each level. */
function AnswerSheet({ lang, instrument }: QuestionnaireProps) {
  const text = WORDS[lang];
  const heads = ['0', '1', '2', '3', '4', text.naShort, text.dkShort];
  return (
    <div class="paper-sheet">
      <h2 id="sheet">{text.sheet}</h2>
      <p>{text.sheetLead}</p>
      <p class="paper-lines">
        <span>{text.person}</span> <span>{text.date}</span>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset groups form fields */}
      <div class="table table--plain" role="group" aria-label={text.sheet} tabIndex={0}>
        <table class="paper-table">
          <thead>
            <tr>
              <th scope="col">{text.item}</th>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {instrument.items.map((item, index) => (
              <tr key={item.id}>
                <th scope="row">
                  {index + 1}. {item.title[lang]}
                </th>
                {heads.map((head) => (
                  <td key={head}>
                    <Tick />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="quiet">{text.legend}</p>
    </div>
  );
}

const WORDS = words({
  de: {
    title: 'Fragebogen zum Ausdrucken',
    description: 'Alle Fragen des Checks und ein Antwortbogen für jede Person im Team, zum Lesen und Ausdrucken.',
    howTo:
      'Für ein Team genügt ein Exemplar der Fragen; der Antwortbogen auf der letzten Seite ist für jede Person einmal gedacht. Die Antworten tragen Sie anschließend im Check ein.',
    toSheet: 'Nur der Antwortbogen',
    toCheck: 'Zum Check',
    notApplicable: 'Trifft nicht zu',
    dontKnow: 'Weiß nicht',
    profile: 'Zu Ihrer Organisation',
    profileLead: 'Diese Angaben bestimmen, mit wem Sie verglichen werden. Wählen Sie jeweils eine.',
    questions: 'Freiwillige Fragen',
    questionsLead: 'Sie zählen nicht in das Ergebnis.',
    sheet: 'Antwortbogen für eine Person',
    sheetLead:
      'Jede Person kreuzt für sich an. Danach sprechen Sie zuerst über die Fragen, bei denen Sie zwei Stufen oder mehr auseinanderliegen.',
    person: 'Kürzel:',
    date: 'Datum:',
    item: 'Frage',
    naShort: 'tnz',
    dkShort: 'wn',
    legend:
      '0 bis 4: die letzte Beschreibung, die im Alltag überwiegend zutrifft. tnz: trifft nicht zu. wn: weiß nicht.',
  },
  en: {
    title: 'Questionnaire to print',
    description: 'All questions of the check and an answer sheet for each person of the team, to read and print.',
    howTo:
      'One copy of the questions is enough for a team; the answer sheet on the last page is meant for each person. Afterwards you enter the answers in the check.',
    toSheet: 'Only the answer sheet',
    toCheck: 'To the check',
    notApplicable: 'Does not apply',
    dontKnow: 'Don’t know',
    profile: 'About your organisation',
    profileLead: 'This decides whom you are compared with. Choose one in each list.',
    questions: 'Optional questions',
    questionsLead: 'They do not count towards the result.',
    sheet: 'Answer sheet for one person',
    sheetLead:
      'Everyone ticks on their own. Then talk first about the questions where you are two levels or more apart.',
    person: 'Initials:',
    date: 'Date:',
    item: 'Question',
    naShort: 'n/a',
    dkShort: 'dk',
    legend: '0 to 4: the last description that mostly applies in daily work. n/a: does not apply. dk: don’t know.',
  },
});
