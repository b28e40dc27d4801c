import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import { Facts } from '../components/facts.tsx';
import { Island } from '../components/island.tsx';
import { LongText } from '../components/long-text.tsx';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { Table } from '../components/table.tsx';
import Withdraw from '../islands/withdraw.tsx';
import { pathsOf, pathTo } from '../site-map.ts';
import { words } from '../words.ts';

/** What the operator says of the processing, as configured. */
export interface PrivacyController {
  name: string;
  email: string;
  dataProtection?: string | undefined;
  legalBasis?: string | undefined;
  processors?: string | undefined;
}

/**
 * `/de/datenschutz`: what is stored and what is not, for how long, and the way to withdraw it.
 *
 * @param controller who answers for it; null where none is configured
 */
export function PrivacyPage({
  lang,
  instrument,
  controller,
}: {
  lang: Lang;
  instrument: Instrument;
  controller: PrivacyController | null;
}) {
  const text = WORDS[lang];
  const profile = instrument.profile.map(({ title }) => title[lang]).join(', ');
  return (
    <Page lang={lang} title={text.title} description={text.lead} paths={pathsOf('privacy')}>
      <h1>{text.title}</h1>
      <p class="lead">{text.lead}</p>

      <LongText
        lang={lang}
        contents={[
          { id: 'stored', title: text.stored.title },
          { id: 'not-stored', title: text.notStored.title },
          { id: 'browser', title: text.browser.title },
          { id: 'withdraw', title: text.withdraw.title },
          { id: 'published', title: text.published.title },
          { id: 'rights', title: text.rights.title },
          { id: 'controller', title: text.controller.title },
        ]}
      >
        <h2 id="stored">{text.stored.title}</h2>
        <Table caption={text.stored.caption} columns={text.stored.columns} rows={text.stored.rows(profile)} />
        <p>{text.stored.pseudonymous}</p>

        <h2 id="not-stored">{text.notStored.title}</h2>
        <ul>
          {text.notStored.list.map((entry) => (
            <li key={entry}>{entry}</li>
          ))}
        </ul>

        <h2 id="browser">{text.browser.title}</h2>
        <ul>
          {text.browser.list.map((entry) => (
            <li key={entry}>{entry}</li>
          ))}
        </ul>

        <h2 id="withdraw">{text.withdraw.title}</h2>
        <p>{text.withdraw.lead}</p>
        <Island name="withdraw" component={Withdraw} props={{ lang }} />
        <noscript>
          <Notice kind="warning">
            <p>{text.withdraw.noScript}</p>
          </Notice>
        </noscript>
        <p>{text.withdraw.lost}</p>

        <h2 id="published">{text.published.title}</h2>
        <p>
          {text.published.body} <a href={pathTo('method', lang)}>{text.published.link}</a>
        </p>

        <h2 id="rights">{text.rights.title}</h2>
        <p>{text.rights.body}</p>

        <h2 id="controller">{text.controller.title}</h2>
        {controller ? (
          <>
            <p>
              {controller.name}, <a href={`mailto:${controller.email}`}>{controller.email}</a>
            </p>
            <Facts
              facts={(['dataProtection', 'legalBasis', 'processors'] as const).flatMap((field) =>
                controller[field] ? [{ term: text.controller[field], value: controller[field] }] : [],
              )}
            />
          </>
        ) : (
          <p>{text.controller.unknown}</p>
        )}
        <p>
          <a href={pathTo('imprint', lang)}>{text.controller.imprint}</a>
        </p>
      </LongText>
    </Page>
  );
}

const WORDS = words({
  de: {
    title: 'Datenschutz',
    lead: 'Was gespeichert wird, was nicht, wie lange, und wie Sie alles wieder zurückziehen. Ohne Konto und ohne jemanden fragen zu müssen.',
    stored: {
      title: 'Was gespeichert wird',
      caption: 'Was zu einem abgesendeten Check gespeichert wird',
      columns: ['Was', 'Wozu', 'Wie lange'],
      rows: (profile: string) => [
        [
          'Antworten auf die Fragen des Checks',
          'Ihr Ergebnis und die zusammengefassten Werte',
          '60 Monate, oder bis Sie sie zurückziehen',
        ],
        [profile, 'Bestimmen, mit wem verglichen wird', 'ebenso'],
        ['Antworten auf freiwillige Fragen', 'Zusammengefasste Werte', 'ebenso'],
        ['Tag des Checks und Zeitpunkt des Eingangs', 'Zuordnung zu einer Veröffentlichung', 'ebenso'],
        [
          'Wie viele Sekunden die Fragen im Browser offen waren (nicht bei Papier und Teamrunden), und auf welchem Weg der Check kam: offen, auf Einladung oder über eine Partnerstelle',
          'Checks erkennen, die niemand gelesen haben kann oder die erfunden sind',
          'ebenso',
        ],
        [
          'Zugehörigkeit zu Mitgliedergruppen, wenn Sie einen Verbandscode angeben',
          'Werte der Mitgliedergruppe',
          'ebenso',
        ],
        [
          'Prüfsummen Ihres Rückkehr-Codes und der Einsendung (SHA-256)',
          'Ihre Checks finden, ohne zu wissen, wer Sie sind; dieselbe Einsendung nicht doppelt zählen',
          '60 Monate; nach dem Zurückziehen bleiben sie ohne Antworten stehen, damit eine verspätete Wiederholung nichts zurückbringt',
        ],
        [
          'Prüfsumme eines Einladungscodes, wenn Sie einen verwenden',
          'Jeder Code gilt nur für eine Organisation',
          '400 Tage über das Ende der Einladung hinaus',
        ],
        [
          'Ob ein auffälliger Check mitzählt: Prüfsummen und Entscheidung',
          'Erfundene Einsendungen aus den Werten heraushalten',
          'solange Veröffentlichungen bestehen',
        ],
      ],
      pseudonymous:
        'Diese Daten sind pseudonym, nicht anonym: Bei einer kleinen Organisation ließe sich aus den Angaben womöglich erkennen, um welche es geht. Deshalb gelten sie hier wie personenbezogene Daten. Sicherungskopien werden nach spätestens 35 Tagen überschrieben.',
    },
    notStored: {
      title: 'Was nicht gespeichert wird',
      list: [
        'Name, Anschrift, E-Mail-Adresse und Ansprechperson: Danach wird nicht gefragt.',
        'IP-Adresse und Kennung Ihres Browsers: Gegen Überlastung zählt der Dienst die Anfragen einer Adresse, aber nur im Arbeitsspeicher und nur für Minuten.',
        'Der Rückkehr-Code selbst: Wir kennen nur seine Prüfsumme und können ihn nicht wiederherstellen.',
        'Wer was aufgerufen hat: Das Protokoll hält Art der Anfrage, Seite, Ergebnis, Dauer und eine zufällige Vorgangsnummer fest, bei Fehlern auch die Stelle im Programm. Es wird nach 30 Tagen gelöscht.',
      ],
    },
    browser: {
      title: 'Was in Ihrem Browser bleibt',
      list: [
        'Auf Dauer (im lokalen Speicher): angefangene Antworten, bis Sie sie absenden oder löschen, und danach die zurückgemeldeten Punkte; die Antworten einer Teamrunde; Einschätzungen, Maßnahmen und Karten zum nächsten Schritt. Gesendet wird davon nur der Check, und erst, wenn Sie ihn absenden.',
        'Bis Sie den Tab schließen (im Sitzungsspeicher): Öffnen Sie „Nächster Schritt“ von Ihrem Ergebnis aus, dann werden Antworten, Einordnung und Vergleichsgruppe dorthin mitgegeben, der Rückkehr-Code nie.',
        'Der Rückkehr-Code bleibt im Arbeitsspeicher der Seite. Nur wenn Sie es wollen, merkt ihn sich der Browser, bis Sie den Tab schließen.',
        'Es gibt keine Cookies, keine Besucherzählung, keine Schriften oder Programme von Dritten.',
      ],
    },
    withdraw: {
      title: 'Nachsehen und zurückziehen',
      lead: 'Mit Ihrem Rückkehr-Code sehen Sie nach, was gespeichert ist, laden es als Datei herunter und löschen es auf Wunsch sofort; wird gerade eine Veröffentlichung gerechnet, aus deren Zwischenstücken binnen eines Tages; aus Sicherungskopien nach spätestens 35 Tagen.',
      noScript:
        'Dafür braucht diese Seite JavaScript. Ohne geht es über die Schnittstelle: eine Anfrage GET (nachsehen) oder DELETE (zurückziehen) an /v1/submissions mit der Kopfzeile „Authorization: Bearer“ und dem Code.',
      lost: 'Ohne den Code lässt sich nicht feststellen, welche Checks von Ihnen stammen; dann können auch wir sie nicht für Sie löschen. Sie verfallen nach 60 Monaten.',
    },
    published: {
      title: 'Was veröffentlicht wird',
      body: 'Nur Werte von Gruppen ab 20 Organisationen, jeder vorher einmal zufällig nach oben oder unten verschoben. Ihre Antworten zählen in höchstens zwei Veröffentlichungen. Was veröffentlicht ist, bleibt es: Wer zurückzieht, zählt von der nächsten Veröffentlichung an nicht mehr mit; frühere ändern sich nicht. Verborgen bleiben Ihre Antworten, nicht unbedingt Ihre Teilnahme: Wer von allen anderen einer Gruppe weiß, ob sie dabei sind, kann auf die letzte Organisation schließen.',
      link: 'So funktioniert der Schutz',
    },
    rights: {
      title: 'Ihre Rechte',
      body: 'Sie können Auskunft, Berichtigung, Löschung und Einschränkung verlangen, der Verarbeitung widersprechen und sich bei einer Aufsichtsbehörde beschweren. Auskunft und Löschung erhalten Sie mit dem Rückkehr-Code sofort und selbst; berichtigt wird durch einen neuen Check.',
    },
    controller: {
      title: 'Wer verantwortlich ist',
      dataProtection: 'Datenschutz',
      legalBasis: 'Rechtsgrundlage',
      processors: 'Im Auftrag verarbeitet durch',
      unknown: 'Wer diese Installation verantwortet, hat noch keine Kontaktstelle hinterlegt.',
      imprint: 'Impressum',
    },
  },
  en: {
    title: 'Privacy',
    lead: 'What is stored, what is not, for how long, and how you withdraw all of it. Without an account, and without having to ask anybody.',
    stored: {
      title: 'What is stored',
      caption: 'What is stored of a check that was sent',
      columns: ['What', 'What for', 'How long'],
      rows: (profile: string) => [
        [
          'Answers to the questions of the check',
          'Your result and the aggregated figures',
          '60 months, or until you withdraw them',
        ],
        [profile, 'To decide whom you are compared with', 'the same'],
        ['Answers to optional questions', 'Aggregated figures', 'the same'],
        ['Day of the check and time of arrival', 'To place it in a release', 'the same'],
        [
          'For how many seconds the questions were open in the browser (not for paper and team rounds), and how the check came in: openly, by invitation or through a partner',
          'To recognise checks that nobody can have read, or that are invented',
          'the same',
        ],
        [
          'Membership in association groups, if you give an association’s code',
          'Figures of the members as a group',
          'the same',
        ],
        [
          'Checksums of your return code and of the submission (SHA-256)',
          'To find your checks without knowing who you are, and not to count one submission twice',
          '60 months; after a withdrawal they stay without the answers, so that a late repetition brings nothing back',
        ],
        [
          'Checksum of an invitation code, if you use one',
          'Each code holds for one organisation only',
          '400 days beyond the end of the invitation',
        ],
        [
          'Whether a conspicuous check counts: checksums and decision',
          'To keep invented submissions out of the figures',
          'as long as there are releases',
        ],
      ],
      pseudonymous:
        'These data are pseudonymous, not anonymous: with a small organisation the statements might tell which one it is. They are therefore treated as personal data. Backups are overwritten after 35 days at the latest.',
    },
    notStored: {
      title: 'What is not stored',
      list: [
        'Names, postal and e-mail addresses, contact persons: nobody is asked for them.',
        'IP address and identification of your browser: against overload the service counts the requests of an address, but in memory only and only for minutes.',
        'The return code itself: we know its checksum only and cannot restore it.',
        'Who looked at what: the log holds kind of request, page, outcome, duration and a random request id, and of faults the place in the program. It is deleted after 30 days.',
      ],
    },
    browser: {
      title: 'What stays in your browser',
      list: [
        'Lastingly (in local storage): answers you have begun, until you send or delete them, and after that the scores that came back; the answers of a team round; the ratings, measures and cards of the next step. Of these only the check is sent, and only when you send it.',
        'Until you close the tab (in session storage): when you open “Next step” from your result, your answers, the verdicts and the group compared with go along; the return code never does.',
        'The return code stays in the page’s memory. Only if you want it, the browser keeps it until you close the tab.',
        'There are no cookies, no visitor statistics, no fonts or programs of third parties.',
      ],
    },
    withdraw: {
      title: 'See what is stored, and withdraw it',
      lead: 'With your return code you see what is stored, download it as a file, and delete it at once if you wish; from the parts of a release that is just being made within a day, and from backups after 35 days at the latest.',
      noScript:
        'This needs JavaScript. Without it, use the interface: a GET (to see) or DELETE (to withdraw) request to /v1/submissions with the header “Authorization: Bearer” and the code.',
      lost: 'Without the code it cannot be told which checks are yours; then we cannot delete them for you either. They expire after 60 months.',
    },
    published: {
      title: 'What is published',
      body: 'Only figures of groups of 20 organisations or more, each moved up or down once, at random, before that. Your answers count in at most two releases. What is published stays published: whoever withdraws no longer counts from the next release on; former ones do not change. What is protected are your answers, and not necessarily that you took part: who knows of all others in a group whether they are in it can infer the last one.',
      link: 'How protection works',
    },
    rights: {
      title: 'Your rights',
      body: 'You may demand access, rectification, erasure and restriction, object to the processing, and complain to a supervisory authority. Access and erasure are yours at once with the return code; a new check rectifies.',
    },
    controller: {
      title: 'Who is responsible',
      dataProtection: 'Data protection',
      legalBasis: 'Legal basis',
      processors: 'Processed on its behalf by',
      unknown: 'Whoever is responsible for this installation has not named a contact yet.',
      imprint: 'Imprint',
    },
  },
});
