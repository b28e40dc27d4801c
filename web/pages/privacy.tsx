import type { Instrument } from '#contracts/instrument';
import type { Operator } from '#contracts/operator';
import type { Lang } from '#contracts/text';
import { Facts } from '../components/facts.tsx';
import { Island } from '../components/island.tsx';
import { LongText, type Sections } from '../components/long-text.tsx';
import { Page } from '../components/page.tsx';
import { Table } from '../components/table.tsx';
import Withdraw from '../islands/withdraw.tsx';
import { pathsOf, pathTo } from '../site-map.ts';
import { words } from '../words.ts';

export interface PrivacyPageProps {
  lang: Lang;
  instrument: Instrument;
  /** Who answers for it; null where none is configured. */
  controller: Operator | null;
}

/** `/de/datenschutz`: what is stored and what is not, for how long, and the way to withdraw it. */
export function PrivacyPage(props: PrivacyPageProps) {
  const { lang } = props;
  const { title, lead } = WORDS[lang];
  return (
    <Page lang={lang} title={title} lead={lead} paths={pathsOf('privacy')}>
      <LongText of={SECTIONS} given={props} />
    </Page>
  );
}

/** What is stored, what for, for how long; the cells of a row are parted by " | ". */
function Stored({ caption, columns, rows }: { caption: string; columns: string; rows: string[] }) {
  const cellsOf = (row: string) => row.split(' | ');
  return <Table caption={caption} columns={cellsOf(columns)} rows={rows.map(cellsOf)} />;
}

function Controller({ lang, controller }: Pick<PrivacyPageProps, 'lang' | 'controller'>) {
  const text = WORDS[lang];
  if (!controller) return <p>{text.unknown}</p>;
  return (
    <>
      <p>
        {controller.name}, <a href={`mailto:${controller.email}`}>{controller.email}</a>
      </p>
      <Facts
        facts={(['dataProtection', 'legalBasis', 'processors'] as const).flatMap((field) =>
          controller[field] ? [{ term: text[field], value: controller[field] }] : [],
        )}
      />
    </>
  );
}

const titlesOf = ({ profile }: Instrument, lang: Lang) => profile.map(({ title }) => title[lang]).join(', ');

const WORDS = words({
  de: {
    title: 'Datenschutz',
    lead: 'Was gespeichert wird, was nicht, wie lange, und wie Sie alles wieder zurückziehen. Ohne Konto und ohne jemanden fragen zu müssen.',
    dataProtection: 'Datenschutz',
    legalBasis: 'Rechtsgrundlage',
    processors: 'Im Auftrag verarbeitet durch',
    unknown: 'Wer diese Installation verantwortet, hat noch keine Kontaktstelle hinterlegt.',
  },
  en: {
    title: 'Privacy',
    lead: 'What is stored and what is not, for how long, and how to withdraw all of it. Without an account, and without having to ask anybody.',
    dataProtection: 'Data protection',
    legalBasis: 'Legal basis',
    processors: 'Processed on its behalf by',
    unknown: 'Whoever is responsible for this installation has not named a contact yet.',
  },
});

const SECTIONS: Sections<PrivacyPageProps> = {
  stored: {
    de: ({ instrument }) => [
      'Was gespeichert wird',
      <Stored
        key="stored"
        caption="Was zu einem abgesendeten Check gespeichert wird"
        columns="Was | Wozu | Wie lange"
        rows={[
          'Antworten auf die Fragen des Checks | Ihr Ergebnis und die zusammengefassten Werte | 60 Monate, oder bis Sie sie zurückziehen',
          `${titlesOf(instrument, 'de')} | Bestimmen, mit wem verglichen wird | ebenso`,
          'Antworten auf freiwillige Fragen | Zusammengefasste Werte | ebenso',
          'Tag des Checks und Zeitpunkt des Eingangs | Zuordnung zu einer Veröffentlichung | ebenso',
          'Wie viele Sekunden die Fragen im Browser offen waren (nicht bei Papier und Teamrunden), und auf welchem Weg der Check kam: offen, auf Einladung oder über eine Partnerstelle | Checks erkennen, die niemand gelesen haben kann oder die erfunden sind | ebenso',
          'Zugehörigkeit zu Mitgliedergruppen, wenn Sie einen Verbandscode angeben | Werte der Mitgliedergruppe | ebenso',
          'Prüfsummen Ihres Rückkehr-Codes und der Einsendung (SHA-256) | Ihre Checks finden, ohne zu wissen, wer Sie sind; dieselbe Einsendung nicht doppelt zählen | 60 Monate; nach dem Zurückziehen bleiben sie ohne Antworten stehen, damit eine verspätete Wiederholung nichts zurückbringt',
          'Prüfsumme eines Einladungscodes, wenn Sie einen verwenden | Jeder Code gilt nur für eine Organisation | höchstens 766 Tage ab dem ersten Tag der Einladung',
          'Ob ein auffälliger Check mitzählt: Prüfsummen und Entscheidung | Erfundene Einsendungen aus den Werten heraushalten | solange Veröffentlichungen bestehen',
        ]}
      />,
      'Diese Daten sind pseudonym, nicht anonym: Bei einer kleinen Organisation ließe sich aus den Angaben womöglich erkennen, um welche es geht. Deshalb gelten sie hier wie personenbezogene Daten. Sicherungskopien werden nach spätestens 35 Tagen überschrieben.',
    ],
    en: ({ instrument }) => [
      'What is stored',
      <Stored
        key="stored"
        caption="What is stored of a check that was sent"
        columns="What | What for | How long"
        rows={[
          'Answers to the questions of the check | Your result and the aggregated figures | 60 months, or until you withdraw them',
          `${titlesOf(instrument, 'en')} | To decide who you are compared with | likewise`,
          'Answers to optional questions | Aggregated figures | likewise',
          'Day of the check and time of arrival | To assign it to a release | likewise',
          'For how many seconds the questions were open in the browser (not for paper and team rounds), and how the check came in: openly, by invitation or through a partner | To recognise checks that nobody can have read, or that are invented | likewise',
          'Membership in associations, if you enter an association’s code | Figures of the members as a group | likewise',
          'Checksums of your return code and of the submission (SHA-256) | To find your checks without knowing who you are, and to avoid counting one submission twice | 60 months; after a withdrawal they remain without the answers, so that a late repetition brings nothing back',
          'Checksum of an invitation code, if you use one | Each code is valid for one organisation only | up to 766 days from the first day of the invitation',
          'Whether a conspicuous check counts: checksums and decision | To keep invented submissions out of the figures | as long as there are releases',
        ]}
      />,
      'These data are pseudonymous, not anonymous: the details of a small organisation might reveal which one it is. They are therefore treated as personal data. Backups are overwritten after 35 days at the latest.',
    ],
  },
  'not-stored': {
    de: () => [
      'Was nicht gespeichert wird',
      [
        'Name, Anschrift, E-Mail-Adresse und Ansprechperson: Danach wird nicht gefragt.',
        'IP-Adresse und Kennung Ihres Browsers: Gegen Überlastung zählt der Dienst die Anfragen einer Adresse, aber nur im Arbeitsspeicher und nur für Minuten.',
        'Der Rückkehr-Code selbst: Wir kennen nur seine Prüfsumme und können ihn nicht wiederherstellen.',
        'Wer was aufgerufen hat: Das Protokoll hält Art der Anfrage, Seite, Ergebnis, Dauer und eine zufällige Vorgangsnummer fest, bei Fehlern auch die Stelle im Programm. Es wird nach 30 Tagen gelöscht.',
      ],
    ],
    en: () => [
      'What is not stored',
      [
        'Names, postal and e-mail addresses, contact persons: nobody is asked for them.',
        'IP address and identification of your browser: to prevent overload, the service counts the requests of an address, but only in memory and only for minutes.',
        'The return code itself: we know only its checksum and cannot restore it.',
        'Who looked at what: the log records the kind of request, page, outcome, duration and a random request id, and for faults the place in the program. It is deleted after 30 days.',
      ],
    ],
  },
  browser: {
    de: () => [
      'Was in Ihrem Browser bleibt',
      [
        'Auf Dauer (im lokalen Speicher): angefangene Antworten, bis Sie sie absenden oder löschen, und danach die zurückgemeldeten Punkte; die Antworten einer Teamrunde; Einschätzungen, Maßnahmen und Karten zum nächsten Schritt. Gesendet wird davon nur der Check, und erst, wenn Sie ihn absenden.',
        'Bis Sie den Tab schließen (im Sitzungsspeicher): Öffnen Sie „Nächster Schritt“ von Ihrem Ergebnis aus, dann werden Antworten, Einordnung und Vergleichsgruppe dorthin mitgegeben, der Rückkehr-Code nie.',
        'Der Rückkehr-Code bleibt im Arbeitsspeicher der Seite. Nur wenn Sie es wollen, merkt ihn sich der Browser, bis Sie den Tab schließen.',
        'Es gibt keine Cookies, keine Besucherzählung, keine Schriften oder Programme von Dritten.',
      ],
    ],
    en: () => [
      'What stays in your browser',
      [
        'Permanently (in local storage): answers you have begun, until you send or delete them, and after that the scores that came back; the answers of a team round; the ratings, measures and cards of the next step. Of these only the check is sent, and only when you send it.',
        'Until you close the tab (in session storage): when you open “Next step” from your result, your answers, the verdicts and the comparison group go along; the return code never does.',
        'The return code stays in the page’s memory. Only if you wish does the browser keep it until you close the tab.',
        'There are no cookies, no visitor statistics, no third-party fonts or programs.',
      ],
    ],
  },
  withdraw: {
    de: ({ lang }) => [
      'Nachsehen und zurückziehen',
      'Mit Ihrem Rückkehr-Code sehen Sie nach, was gespeichert ist, laden es als Datei herunter und löschen es auf Wunsch sofort; wird gerade eine Veröffentlichung gerechnet, aus deren Zwischenstücken binnen eines Tages; aus Sicherungskopien nach spätestens 35 Tagen.',
      <Island
        key="withdraw"
        name="withdraw"
        component={Withdraw}
        props={{ lang }}
        noScript="Dafür braucht diese Seite JavaScript. Ohne geht es über die Schnittstelle: eine Anfrage GET (nachsehen) oder DELETE (zurückziehen) an /v1/submissions mit der Kopfzeile „Authorization: Bearer“ und dem Code."
      />,
      'Ohne den Code lässt sich nicht feststellen, welche Checks von Ihnen stammen; dann können auch wir sie nicht für Sie löschen. Sie verfallen nach 60 Monaten.',
    ],
    en: ({ lang }) => [
      'See what is stored, and withdraw it',
      'With your return code you can see what is stored, download it as a file, and delete it at once if you wish; from the parts of a release that is just being made within a day, and from backups after 35 days at the latest.',
      <Island
        key="withdraw"
        name="withdraw"
        component={Withdraw}
        props={{ lang }}
        noScript="This needs JavaScript. Without it, use the interface: a GET (to see) or DELETE (to withdraw) request to /v1/submissions with the header “Authorization: Bearer” and the code."
      />,
      'Without the code there is no telling which checks are yours, so we cannot delete them for you either. They expire after 60 months.',
    ],
  },
  published: {
    de: ({ lang }) => [
      'Was veröffentlicht wird',
      'Nur Werte von Gruppen ab 20 Organisationen, jeder vorher einmal zufällig nach oben oder unten verschoben. Ihre Antworten zählen in höchstens zwei Veröffentlichungen. Was veröffentlicht ist, bleibt es: Wer zurückzieht, zählt von der nächsten Veröffentlichung an nicht mehr mit; frühere ändern sich nicht.',
      'Verborgen bleiben Ihre Antworten, nicht unbedingt Ihre Teilnahme: Wer von allen anderen einer Gruppe weiß, ob sie dabei sind, kann auf die letzte Organisation schließen.',
      <p key="method">
        <a href={pathTo('method', lang)}>So funktioniert der Schutz</a>
      </p>,
    ],
    en: ({ lang }) => [
      'What is published',
      'Only figures of groups of 20 or more organisations, each shifted up or down once, at random, before publication. Your answers count in at most two releases. What has been published stays published: if you withdraw, you no longer count from the next release on; earlier ones do not change.',
      'What is protected is your answers, not necessarily the fact that you took part: anyone who knows of all other organisations in a group whether they are in it can infer the last one.',
      <p key="method">
        <a href={pathTo('method', lang)}>How protection works</a>
      </p>,
    ],
  },
  rights: {
    de: () => [
      'Ihre Rechte',
      'Sie können Auskunft, Berichtigung, Löschung und Einschränkung verlangen, der Verarbeitung widersprechen und sich bei einer Aufsichtsbehörde beschweren. Auskunft und Löschung erhalten Sie mit dem Rückkehr-Code sofort und selbst; berichtigt wird durch einen neuen Check.',
    ],
    en: () => [
      'Your rights',
      'You may request access, rectification, erasure and restriction, object to the processing, and complain to a supervisory authority. The return code gives you access and erasure at once; a new check rectifies.',
    ],
  },
  controller: {
    de: ({ lang, controller }) => [
      'Wer verantwortlich ist',
      <Controller key="controller" lang={lang} controller={controller} />,
      <p key="imprint">
        <a href={pathTo('imprint', lang)}>Impressum</a>
      </p>,
    ],
    en: ({ lang, controller }) => [
      'Who is responsible',
      <Controller key="controller" lang={lang} controller={controller} />,
      <p key="imprint">
        <a href={pathTo('imprint', lang)}>Imprint</a>
      </p>,
    ],
  },
};
