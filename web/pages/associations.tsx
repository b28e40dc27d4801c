import type { Lang } from '#contracts/text';
import { ButtonLink } from '../components/button.tsx';
import { Page } from '../components/page.tsx';
import { pathsOf, pathTo } from '../site-map.ts';
import { words } from '../words.ts';

/** `/de/verbaende`: what an association gets, what it never gets, and how a round goes. */
export function AssociationsPage({ lang }: { lang: Lang }) {
  const text = WORDS[lang];
  return (
    <Page lang={lang} title={text.title} paths={pathsOf('associations')}>
      <h1>{text.title}</h1>
      <p class="lead">{text.lead}</p>
      <p class="buttons">
        <ButtonLink href={pathTo('association', lang)}>{text.dashboard}</ButtonLink>
        <ButtonLink href={pathTo('questionnaire', lang)} kind="secondary">
          {text.questionnaire}
        </ButtonLink>
      </p>
      <h2>{text.sees}</h2>
      <ul>
        {text.seesList.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <h2>{text.never}</h2>
      <p>{text.neverBody}</p>
      <h2>{text.round}</h2>
      <ol class="steps">
        {text.roundSteps.map(({ title, body }) => (
          <li key={title}>
            <h3>{title}</h3>
            <p>{body}</p>
          </li>
        ))}
      </ol>
    </Page>
  );
}

const WORDS = words({
  de: {
    title: 'Für Verbände',
    lead: 'Sehen Sie, wo Ihre Mitglieder gemeinsam stehen und ob sie vorankommen. Ein einzelnes Mitglied sehen Sie nie.',
    dashboard: 'Auswertung öffnen',
    questionnaire: 'Fragebogen zum Ausdrucken',
    sees: 'Was Sie sehen',
    seesList: [
      'Wie viele Mitglieder ungefähr teilgenommen haben: ab zehn, in Fünferschritten, einmal in der Nacht gezählt.',
      'Die veröffentlichten Werte Ihrer Mitglieder in allen Bereichen und zu den einzelnen Fragen, auch nach Handlungsfeld, wo genug Organisationen dahinterstehen.',
      'Zum Vergleich das ganze Feld und, als Näherung, ein Feld, das so zusammengesetzt ist wie Ihre Mitglieder.',
      'Einen Bericht für Ihren Vorstand und einen Nachweis für Förderer, beide zum Ausdrucken.',
    ],
    never: 'Was Sie nie sehen',
    neverBody:
      'Wer teilgenommen hat, und was eine einzelne Organisation geantwortet hat. Gruppen unter zehn Organisationen und alles, woraus sich auf wenige schließen ließe, bleiben zum Schutz nicht veröffentlicht, auch im Vergleich mehrerer Veröffentlichungen.',
    round: 'So läuft eine Runde',
    roundSteps: [
      {
        title: 'Anmelden',
        body: 'Die Betreiberin oder der Betreiber trägt Ihren Verband ein. Sie erhalten einen Verbandscode für die Einladung und einen geheimen Schlüssel für die Auswertung.',
      },
      {
        title: 'Einladen',
        body: 'Sie verschicken die fertigen Texte mit Link und QR-Code: Einladung, zwei Erinnerungen, Fragen und Antworten, Datenschutz.',
      },
      {
        title: 'Auswerten',
        body: 'Nach der nächsten Veröffentlichung öffnen Sie mit dem Schlüssel Ihre Auswertung. Der Schlüssel wird nirgends gespeichert.',
      },
    ],
  },
  en: {
    title: 'For associations',
    lead: 'See where your members stand together, and whether they move on. You never see a single member.',
    dashboard: 'Open your figures',
    questionnaire: 'Questionnaire to print',
    sees: 'What you see',
    seesList: [
      'About how many members took part: from ten on, in steps of five, counted once a night.',
      "Your members' published figures in all areas and for the single questions, also by field of work where enough organisations stand behind them.",
      'For comparison the whole field and, as an approximation, a field composed like your members.',
      'A report for your board and a proof for funders, both to be printed.',
    ],
    never: 'What you never see',
    neverBody:
      'Who took part, and what a single organisation answered. Groups below ten organisations, and whatever would let anybody infer a few, are not published, for their protection; also across several releases.',
    round: 'How a round goes',
    roundSteps: [
      {
        title: 'Register',
        body: 'The operator registers your association. You receive an association code for the invitation and a secret key for the figures.',
      },
      {
        title: 'Invite',
        body: 'You send the ready-made texts with link and QR code: invitation, two reminders, questions and answers, data protection.',
      },
      { title: 'Read', body: 'After the next release you open your figures with the key. The key is stored nowhere.' },
    ],
  },
});
