import type { Operator } from '#contracts/operator';
import type { Lang } from '#contracts/text';
import { ButtonLink } from '../components/button.tsx';
import { Card, Cards } from '../components/card.tsx';
import { List } from '../components/list.tsx';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { Steps } from '../components/steps.tsx';
import { pathsOf, pathTo } from '../site-map.ts';
import { words } from '../words.ts';

/**
 * `/de/verbaende`: what an umbrella association gets, what it never gets, and how it begins.
 *
 * @param minimum the fewest participations of a published group
 * @param contact whom the operator names; null where none is configured
 */
export function AssociationsPage({
  lang,
  minimum,
  contact,
}: {
  lang: Lang;
  minimum: number;
  contact: Operator | null;
}) {
  const text = WORDS[lang];
  return (
    <Page lang={lang} title={text.title} description={text.lead} paths={pathsOf('associations')}>
      <h1>{text.heading}</h1>
      <p class="lead">{text.lead}</p>
      <p class="buttons">
        <ButtonLink href={pathTo('association', lang)}>{text.dashboard}</ButtonLink>
      </p>

      <h2 id="what">{text.what}</h2>
      <Cards>
        {text.gets.map(({ title, body }) => (
          <Card key={title} title={title}>
            <p>{body}</p>
          </Card>
        ))}
      </Cards>

      <h2 id="never">{text.neverTitle}</h2>
      <List class="promises" items={text.never(minimum)} />
      <p>
        {text.why} <a href={pathTo('method', lang)}>{text.method}</a>
      </p>

      <h2 id="how">{text.how}</h2>
      <Steps steps={text.steps} />
      <Notice title={text.begin}>
        <p>
          {contact ? (
            <>
              {text.contact} {contact.name}, <a href={`mailto:${contact.email}`}>{contact.email}</a>
            </>
          ) : (
            text.noContact
          )}
        </p>
      </Notice>

      <h2 id="members">{text.members}</h2>
      <p>{text.membersBody}</p>
      <p class="buttons">
        <ButtonLink href={pathTo('check', lang)}>{text.toCheck}</ButtonLink>
        <ButtonLink href={pathTo('questionnaire', lang)} kind="secondary">
          {text.toQuestionnaire}
        </ButtonLink>
      </p>
    </Page>
  );
}

const WORDS = words({
  de: {
    title: 'Für Verbände',
    heading: 'Wie sich Ihre Mitglieder entwickeln, ohne dass einzelne Antworten sichtbar werden',
    lead: 'Spitzen- und Fachverbände sehen ihre Mitglieder als Gruppe: wo sie stehen, was sie bremst, was sich bewegt.',
    dashboard: 'Auswertung öffnen',
    what: 'Was Verbände erhalten',
    gets: [
      {
        title: 'Die Mitgliedergruppe',
        body: 'Die Verteilung für alle Mitglieder und für jedes Handlungsfeld, das groß genug ist; Themen und freiwillige Fragen für alle zusammen.',
      },
      {
        title: 'Den Vergleich mit dem Feld',
        body: 'Mit dem Bereich, in dem der Unterschied liegt, und wo keiner zu erkennen ist, wie groß er dafür sein müsste. Daneben das Feld in der Zusammensetzung Ihrer Mitglieder, soweit es sich bestimmen lässt.',
      },
      {
        title: 'Den Verlauf',
        body: 'Stand je Stichtag, mit dem Hinweis, dass jedes Mal andere teilnehmen.',
      },
      {
        title: 'Den Stand der Beteiligung',
        body: 'Je Runde höchstens viermal gezählt und einmal nach ihrem Ende: zum Schutz zufällig verschoben, in Fünferschritten, keine Zahl unter zehn.',
      },
      {
        title: 'Bericht und Nachweis',
        body: 'Einen Bericht für Ihren Vorstand und einen Nachweis für Förderer, beide zum Ausdrucken.',
      },
      {
        title: 'Texte zum Einladen',
        body: 'Einladung, Erinnerungen, Fragen und Antworten, Datenschutz: fertig formuliert, mit Link und QR-Code.',
      },
    ],
    neverTitle: 'Was Verbände nie erhalten',
    never: (minimum: number) => [
      'Werte oder Antworten eines einzelnen Mitglieds.',
      'Eine Liste, wer teilgenommen hat und wer nicht. Auch die Codes für einzelne Mitglieder verraten das nicht. Wer allerdings von allen anderen Mitgliedern weiß, ob sie dabei waren, kann es für das letzte aus der Zahl schließen.',
      `Werte einer Gruppe, in der weniger als ${minimum} Mitglieder zählen. Jeder gezeigte Wert ist vorher einmal zufällig nach oben oder unten verschoben.`,
      'Zwischenstände: Werte gibt es nur aus einer Veröffentlichung, nie aus dem laufenden Eingang.',
    ],
    why: 'Das schützt Ihre Mitglieder, und es macht die Antworten ehrlicher.',
    method: 'Wie der Schutz funktioniert',
    how: 'So geht es',
    steps: [
      {
        title: 'Verband anmelden',
        body: 'Der Betreiber legt den Verband an. Sie erhalten einen Verbandscode für Ihre Mitglieder und einen geheimen Schlüssel für Ihre Auswertung.',
      },
      {
        title: 'Mitglieder einladen',
        body: 'Der Verbandscode passt in ein Rundschreiben. Wer ihn beim Check angibt, zählt in Ihrer Mitgliedergruppe; alles andere bleibt gleich.',
      },
      {
        title: 'Gemeinsam auswerten',
        body: 'Nach der nächsten Veröffentlichung öffnet der Schlüssel die Werte der Gruppe; gespeichert wird er nirgends. Sie können sie herunterladen und Ihren Mitgliedern vorlegen.',
      },
    ],
    begin: 'Mitmachen',
    contact: 'Schreiben Sie an:',
    noContact: 'Wer diese Installation betreibt, hat noch keine Kontaktstelle hinterlegt.',
    members: 'Für Mitglieder',
    membersBody:
      'Den Code Ihres Verbands geben Sie am Ende des Checks ein; bis zu drei Codes sind möglich. Sie können später ohne ihn teilnehmen und verlassen damit die Mitgliedergruppe.',
    toCheck: 'Zum Check',
    toQuestionnaire: 'Fragebogen zum Ausdrucken',
  },
  en: {
    title: 'For associations',
    heading: 'How your members develop, without individual answers becoming visible',
    lead: 'Umbrella and professional associations see their members as a group: where they stand, what holds them back, what is changing.',
    dashboard: 'Open your figures',
    what: 'What associations get',
    gets: [
      {
        title: 'The members as a group',
        body: 'The distribution for all members and for each field of work that is large enough; topics and optional questions for all of them together.',
      },
      {
        title: 'The comparison with the field',
        body: 'With the range in which the difference lies and, where none can be told, how large it would have to be. Beside it the field with the same mix as your members, where that can be determined.',
      },
      {
        title: 'The picture over time',
        body: 'The figures at each cut-off date, with a reminder that participants change.',
      },
      {
        title: 'How many took part',
        body: 'Counted at most four times during a campaign and once after it: shifted at random for protection, in steps of five, no number below ten.',
      },
      { title: 'Report and proof', body: 'A report for your board and a proof for funders, both ready to print.' },
      {
        title: 'Texts for inviting',
        body: 'Invitation, reminders, questions and answers, data protection: ready-made, with link and QR code.',
      },
    ],
    neverTitle: 'What associations never get',
    never: (minimum) => [
      'Figures or answers of a single member.',
      'A list of who took part and who did not. Codes for single members do not reveal it either. But anyone who knows of all other members whether they took part can infer it for the last one from the number.',
      `Figures of a group in which fewer than ${minimum} members count. Every figure shown was shifted up or down once, at random, beforehand.`,
      'Interim results: figures come only from a release, never from what is still coming in.',
    ],
    why: 'That protects your members, and it makes answers more honest.',
    method: 'How protection works',
    how: 'How it works',
    steps: [
      {
        title: 'Register the association',
        body: 'The operator registers it. You receive an association code for your members and a secret key for your figures.',
      },
      {
        title: 'Invite the members',
        body: 'The association code fits into a circular. Whoever enters it in the check counts in your group; everything else stays the same.',
      },
      {
        title: 'Look at it together',
        body: 'After the next release the key opens the figures of the group; it is stored nowhere. You can download them and present them to your members.',
      },
    ],
    begin: 'Join in',
    contact: 'Write to:',
    noContact: 'Whoever runs this installation has not named a contact yet.',
    members: 'For members',
    membersBody:
      'You enter your association’s code at the end of the check; up to three codes are possible. Later you can take part without it, and thereby leave the group.',
    toCheck: 'To the check',
    toQuestionnaire: 'Questionnaire to print',
  },
});
