import type { Lang } from '#contracts/text';
import { Island } from '../components/island.tsx';
import { LongText } from '../components/long-text.tsx';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { Table } from '../components/table.tsx';
import Withdraw from '../islands/withdraw.tsx';
import { pathsOf, pathTo } from '../site-map.ts';
import { words } from '../words.ts';

/**
 * `/de/datenschutz`: what is stored and what is not, for how long, and the way to withdraw it.
 *
 * @param contact whom the operator names for questions; null where none is configured
 */
export function PrivacyPage({ lang, contact }: { lang: Lang; contact: { name: string; email: string } | null }) {
  const text = WORDS[lang];
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
        ]}
      >
        <h2 id="stored">{text.stored.title}</h2>
        <Table caption={text.stored.caption} columns={text.stored.columns} rows={text.stored.rows} />
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
        <p>
          {contact ? (
            <>
              {text.rights.contact} {contact.name}, <a href={`mailto:${contact.email}`}>{contact.email}</a>.
            </>
          ) : (
            text.rights.noContact
          )}{' '}
          <a href={pathTo('imprint', lang)}>{text.rights.imprint}</a>
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
      caption: 'Gespeicherte Angaben',
      columns: ['Was', 'Wozu', 'Wie lange'],
      rows: [
        [
          'Antworten auf die Fragen des Checks',
          'Ihr Ergebnis und die zusammengefassten Werte',
          '60 Monate, oder bis Sie sie zurückziehen',
        ],
        ['Ebene, Handlungsfeld, Größe, Land', 'Bestimmen, mit wem verglichen wird', 'ebenso'],
        ['Antworten auf freiwillige Fragen', 'Zusammengefasste Werte', 'ebenso'],
        ['Datum des Checks und Zeitpunkt des Eingangs', 'Zuordnung zu einer Veröffentlichung', 'ebenso'],
        [
          'Wie viele Sekunden die Fragen im Browser offen waren; nicht bei Papier und Teamrunden',
          'Checks erkennen, die niemand gelesen haben kann',
          'ebenso',
        ],
        ['Prüfsumme Ihres Rückkehr-Codes (SHA-256)', 'Ihre Checks finden, ohne zu wissen, wer Sie sind', 'ebenso'],
        [
          'Zugehörigkeit zu Mitgliedergruppen, wenn Sie einen Verbandscode angeben',
          'Werte der Mitgliedergruppe',
          'ebenso',
        ],
        [
          'Dass eine Prüfsumme in einer veröffentlichten Gruppe gezählt wurde, ohne Antworten',
          'Damit zwei Veröffentlichungen zusammen niemanden verraten',
          'so lange die Veröffentlichung besteht, auch nach dem Zurückziehen',
        ],
      ],
      pseudonymous:
        'Diese Daten sind pseudonym, nicht anonym: Bei einer kleinen Organisation ließe sich aus den Angaben womöglich erkennen, um welche es geht. Deshalb gelten sie hier wie personenbezogene Daten. Sicherungskopien werden nach spätestens 35 Tagen überschrieben.',
    },
    notStored: {
      title: 'Was nicht gespeichert wird',
      list: [
        'Name, Anschrift, E-Mail-Adresse, Ansprechperson',
        'IP-Adresse und Kennung Ihres Browsers',
        'der Rückkehr-Code selbst: Wir kennen nur seine Prüfsumme und können ihn nicht wiederherstellen',
        'im Protokoll des Dienstes: mehr als Art der Anfrage, Seite, Ergebnis, Dauer und eine Vorgangsnummer',
      ],
    },
    browser: {
      title: 'Was in Ihrem Browser bleibt',
      list: [
        'Auf Dauer (im lokalen Speicher): angefangene Antworten, bis Sie sie absenden oder löschen; die Antworten einer Teamrunde; und Einschätzungen, Maßnahmen und Karten zum nächsten Schritt. Diese verlassen Ihren Browser nie.',
        'Bis Sie den Tab schließen (im Sitzungsspeicher): Öffnen Sie „Nächster Schritt“ von Ihrem Ergebnis aus, dann werden Antworten, Einordnung und Vergleichsgruppe dorthin mitgegeben, der Rückkehr-Code nie.',
        'Der Rückkehr-Code bleibt im Arbeitsspeicher der Seite. Nur wenn Sie es wollen, merkt ihn sich der Browser, bis Sie den Tab schließen.',
        'Es gibt keine Cookies, keine Zählung, keine Schriften oder Programme von Dritten.',
      ],
    },
    withdraw: {
      title: 'Alles zurückziehen',
      lead: 'Mit Ihrem Rückkehr-Code sehen Sie nach, was gespeichert ist, und löschen es auf Wunsch sofort.',
      noScript:
        'Zum Zurückziehen braucht diese Seite JavaScript. Ohne geht es über die Schnittstelle: eine Anfrage DELETE an /v1/submissions mit der Kopfzeile „Authorization: Bearer“ und dem Code.',
      lost: 'Ohne den Code kann niemand Ihre Daten finden, auch wir nicht. Sie verfallen dann nach 60 Monaten.',
    },
    published: {
      title: 'Was veröffentlicht wird',
      body: 'Nur zusammengefasste Werte von Gruppen, aus denen sich nicht auf einzelne Organisationen schließen lässt.',
      link: 'So funktioniert der Schutz',
    },
    rights: {
      title: 'Ihre Rechte',
      body: 'Sie können Auskunft, Berichtigung, Löschung und Einschränkung verlangen, der Verarbeitung widersprechen und sich bei einer Aufsichtsbehörde beschweren. Auskunft und Löschung erhalten Sie mit dem Rückkehr-Code sofort und selbst; berichtigt wird durch einen neuen Check.',
      contact: 'Fragen beantwortet:',
      noContact: 'Wer diese Installation verantwortet, hat noch keine Kontaktstelle hinterlegt.',
      imprint: 'Impressum',
    },
  },
  en: {
    title: 'Privacy',
    lead: 'What is stored, what is not, for how long, and how you withdraw all of it. Without an account, and without having to ask anybody.',
    stored: {
      title: 'What is stored',
      caption: 'Stored data',
      columns: ['What', 'What for', 'How long'],
      rows: [
        [
          'Answers to the questions of the check',
          'Your result and the aggregated figures',
          '60 months, or until you withdraw them',
        ],
        ['Level, field of work, size, federal state', 'To decide whom you are compared with', 'the same'],
        ['Answers to optional questions', 'Aggregated figures', 'the same'],
        ['Date of the check and time of arrival', 'To place it in a release', 'the same'],
        [
          'For how many seconds the questions were open in the browser; not for paper and team rounds',
          'To recognise checks that nobody can have read',
          'the same',
        ],
        ['Checksum of your return code (SHA-256)', 'To find your checks without knowing who you are', 'the same'],
        [
          'Membership in association groups, if you give an association’s code',
          'Figures of the members as a group',
          'the same',
        ],
        [
          'That a checksum was counted in a published group, without answers',
          'So that two releases together give nobody away',
          'as long as the release exists, also after withdrawal',
        ],
      ],
      pseudonymous:
        'These data are pseudonymous, not anonymous: with a small organisation the statements might tell which one it is. They are therefore treated as personal data. Backups are overwritten after 35 days at the latest.',
    },
    notStored: {
      title: 'What is not stored',
      list: [
        'name, address, e-mail address, contact person',
        'IP address and identification of your browser',
        'the return code itself: we know its checksum only and cannot restore it',
        'in the log of the service: more than kind of request, page, outcome, duration and a request id',
      ],
    },
    browser: {
      title: 'What stays in your browser',
      list: [
        'Lastingly (in local storage): answers you have begun, until you send or delete them; the answers of a team round; and the ratings, measures and cards of the next step. The latter never leave your browser.',
        'Until you close the tab (in session storage): when you open “Next step” from your result, your answers, the verdicts and the group compared with go along; the return code never does.',
        'The return code stays in the page’s memory. Only if you want it, the browser keeps it until you close the tab.',
        'There are no cookies, no analytics, no fonts or programs of third parties.',
      ],
    },
    withdraw: {
      title: 'Withdraw everything',
      lead: 'With your return code you see what is stored, and delete it at once if you wish.',
      noScript:
        'Withdrawing on this page needs JavaScript. Without it, use the interface: a DELETE request to /v1/submissions with the header “Authorization: Bearer” and the code.',
      lost: 'Without the code nobody can find your data, not even we. They expire after 60 months.',
    },
    published: {
      title: 'What is published',
      body: 'Only aggregated figures of groups that do not let anybody infer a single organisation.',
      link: 'How protection works',
    },
    rights: {
      title: 'Your rights',
      body: 'You may demand access, rectification, erasure and restriction, object to the processing, and complain to a supervisory authority. Access and erasure are yours at once with the return code; a new check rectifies.',
      contact: 'Questions are answered by',
      noContact: 'Whoever is responsible for this installation has not named a contact yet.',
      imprint: 'Imprint',
    },
  },
});
