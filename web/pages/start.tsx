import type { Marks } from '#contracts/release';
import type { Lang } from '#contracts/text';
import { marksSentence } from '#views/release-words';
import { longDate } from '#views/standing-words';
import { ButtonLink } from '../components/button.tsx';
import { Card, Cards } from '../components/card.tsx';
import { Facts } from '../components/facts.tsx';
import { List } from '../components/list.tsx';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { Picture } from '../components/picture.tsx';
import { Steps } from '../components/steps.tsx';
import { type PageName, pathsOf, pathTo } from '../site-map.ts';
import { words } from '../words.ts';

export interface StartPageProps {
  lang: Lang;
  itemCount: number;
  /** Titles of the dimensions. */
  dimensions: string[];
  /** The fewest participations of a published group. */
  minimum: number;
  inForce: {
    cutoffOn: string;
    /** When the next one may come, in words. */
    next: string;
    marks: Marks;
    /** Of each published whole unit type, "225 Einrichtungen"; rounded down. */
    participations: string[];
    /** How many groups are published. */
    groups: number;
  } | null;
  /** `sentences` say what the picture shows. */
  example: { src: string; sentences: string[]; isGroupInvented: boolean };
}

/** `/de/`: in ten seconds what this is, for whom, and what happens to the answers. */
export function StartPage({ lang, itemCount, dimensions, minimum, inForce, example }: StartPageProps) {
  const text = WORDS[lang];
  return (
    <Page lang={lang} title={text.title} isWholeTitle={true} paths={pathsOf('start')}>
      <div class="hero">
        <div class="hero__claim">
          <p class="eyebrow">{text.forWhom}</p>
          <h1>{text.question}</h1>
          <p class="lead">{text.lead(itemCount)}</p>
          <p class="buttons">
            <ButtonLink href={pathTo('check', lang)}>{text.takeCheck}</ButtonLink>
            <ButtonLink href={pathTo('field', lang)} kind="secondary">
              {text.seeField}
            </ButtonLink>
          </p>
          <p class="quiet">{text.promise}</p>
        </div>
        <Edition lang={lang} inForce={inForce} />
      </div>

      <h2 id="example">{text.example}</h2>
      <p>{text.exampleLead}</p>
      <Picture
        src={`${example.src}?view=standing`}
        alt={example.sentences.join(' ')}
        caption={
          <>
            <strong>{text.exampleMark}</strong> {example.isGroupInvented ? text.allInvented : text.houseInvented}
          </>
        }
      />

      <h2 id="steps">{text.stepsTitle}</h2>
      <Steps steps={text.steps(dimensions)} />

      <h2 id="answers">{text.answersTitle}</h2>
      <List class="promises" items={text.answers(minimum)} />
      <p>
        <a href={pathTo('privacy', lang)}>{text.privacy}</a>
      </p>

      <h2 id="audiences">{text.audiencesTitle}</h2>
      <Cards>
        {text.audiences.map(({ title, body, page, link }) => (
          <Card key={page} title={title}>
            <p>{body}</p>
            <p>
              <a href={pathTo(page, lang)}>{link}</a>
            </p>
          </Card>
        ))}
      </Cards>

      <Notice title={text.paperTitle}>
        <p>
          {text.paper} <a href={pathTo('questionnaire', lang)}>{text.questionnaire}</a>
        </p>
      </Notice>
    </Page>
  );
}

/** Of when the figures are, how many took part and when the next come. */
function Edition({ lang, inForce }: Pick<StartPageProps, 'lang' | 'inForce'>) {
  const text = WORDS[lang];
  return (
    <section class="edition" aria-labelledby="edition">
      <h2 id="edition">{inForce ? text.edition : text.noEdition}</h2>
      {inForce ? (
        <Facts
          facts={[
            { term: text.cutoff, value: longDate(inForce.cutoffOn, lang) },
            { term: text.participations, value: text.atLeast(inForce.participations) },
            { term: text.groups, value: inForce.groups.toLocaleString(lang) },
            { term: text.next, value: inForce.next },
          ]}
        />
      ) : (
        <p>{text.noRelease}</p>
      )}
      {inForce?.marks.isInvented ? <p class="edition__demo">{marksSentence(inForce.marks, lang)}</p> : null}
    </section>
  );
}

const WORDS = words({
  de: {
    title: 'Sektorspiegel: Wo stehen wir digital?',
    forWhom: 'Für Einrichtungen und Träger der sozialen Arbeit',
    question: 'Wo stehen wir digital?',
    lead: (items: number) =>
      `${items === 20 ? 'Zwanzig' : items} Fragen, etwa zehn Minuten. Danach wissen Sie, wo Ihre Organisation im Vergleich zu ähnlichen Organisationen steht, wie sicher das ist und mit welchem einen Schritt Sie beginnen können.`,
    takeCheck: 'Check machen',
    seeField: 'Das Feld ansehen',
    promise: 'Ohne Konto und ohne Namen.',
    edition: 'Aktuelle Ausgabe',
    cutoff: 'Stichtag',
    participations: 'Teilnahmen',
    atLeast: (counts: string[]) =>
      counts.length > 0 ? `mindestens ${counts.join(' und ')}` : 'zum Schutz nicht veröffentlicht',
    groups: 'Vergleichsgruppen',
    next: 'Nächste Ausgabe',
    noEdition: 'Noch keine Ausgabe',
    noRelease:
      'Die erste erscheint, sobald genügend Organisationen teilgenommen haben. Ihre eigenen Werte sehen Sie schon heute; der Vergleich kommt dann hinzu.',
    example: 'So sieht ein Ergebnis aus',
    exampleLead:
      'Für jeden Bereich: Wo liegt die eigene Organisation, wo die Mitte der Gruppe, und ist ein Unterschied überhaupt zu erkennen?',
    exampleMark: 'Beispiel.',
    houseInvented: 'Die Organisation „Sie“ ist erfunden; die Verteilung stammt aus der aktuellen Ausgabe.',
    allInvented: 'Die Organisation „Sie“ und die Verteilung sind erfunden.',
    stepsTitle: 'In drei Schritten',
    steps: (dimensions: string[]) => [
      {
        title: 'Check ausfüllen',
        body: `Allein oder im Team, zu ${dimensions.length} Bereichen: ${dimensions.join(', ')}. Ihre Antworten bleiben im Browser, bis Sie sie absenden. Sie können auch nur schauen.`,
      },
      {
        title: 'Standort lesen',
        body: 'Sie erhalten einen Rückkehr-Code statt eines Kontos. Mit ihm lesen Sie Ihr Ergebnis, drucken es für Vorstand oder Aufsichtsrat und kommen nächstes Jahr zurück.',
      },
      {
        title: 'Einen Schritt beginnen',
        body: 'Aus dem Ergebnis entsteht eine kurze Liste möglicher Maßnahmen. Sie wählen eine aus, klein und befristet, mit jemandem an der Spitze, der dahintersteht.',
      },
    ],
    answersTitle: 'Was mit Ihren Antworten geschieht',
    answers: (minimum: number) => [
      'Name, E-Mail-Adresse und IP-Adresse werden nicht gespeichert.',
      'Nur wer den Rückkehr-Code hat, kann das eigene Ergebnis lesen oder zurückziehen.',
      `Veröffentlicht werden Werte von Gruppen ab ${minimum} Teilnahmen, jeder vorher einmal zufällig nach oben oder unten verschoben.`,
      'Ein neuer Check ändert keinen veröffentlichten Wert. Er zählt erst in der nächsten Ausgabe.',
      'Verbände sehen ihre Mitglieder nur als Gruppe: keine einzelnen Antworten und keine Liste, wer teilgenommen hat.',
    ],
    privacy: 'Datenschutz im Einzelnen',
    audiencesTitle: 'Wer was davon hat',
    audiences: [
      {
        title: 'Einrichtungen und Träger',
        body: 'Eine Antwort, die man vorlegen kann, wenn der Vorstand nach dem Stand der Digitalisierung fragt. Und ein erster Schritt.',
        page: 'check' as PageName,
        link: 'Zum Check',
      },
      {
        title: 'Verbände',
        body: 'Wie sich die Mitglieder als Gruppe entwickeln, ohne dass Antworten eines einzelnen Mitglieds sichtbar werden.',
        page: 'associations' as PageName,
        link: 'Was Verbände erhalten',
      },
      {
        title: 'Forschung und Fachöffentlichkeit',
        body: 'Zusammengefasste Datensätze jeder Ausgabe, dokumentiert, zitierfähig und frei zugänglich.',
        page: 'data' as PageName,
        link: 'Zu den Daten',
      },
    ],
    paperTitle: 'Lieber erst auf Papier?',
    paper: 'Alle Fragen und ein Antwortbogen für jede Person im Team, zum Ausdrucken:',
    questionnaire: 'leerer Fragebogen',
  },
  en: {
    title: 'Sektorspiegel: where do we stand digitally?',
    forWhom: 'For facilities and providers in social work',
    question: 'Where do we stand digitally?',
    lead: (items) =>
      `${items === 20 ? 'Twenty' : items} questions, about ten minutes. Then you know where your organisation stands among similar ones, how certain that is, and which one step to begin with.`,
    takeCheck: 'Take the check',
    seeField: 'Look at the field',
    promise: 'No account, no names.',
    edition: 'Current release',
    cutoff: 'Cut-off date',
    participations: 'Participations',
    atLeast: (counts) =>
      counts.length > 0 ? `at least ${counts.join(' and ')}` : 'not published, to protect participants',
    groups: 'Comparison groups',
    next: 'Next release',
    noEdition: 'No release yet',
    noRelease:
      'The first will follow once enough organisations have taken part. You can see your own scores today; the comparison will be added then.',
    example: 'What a result looks like',
    exampleLead:
      'For each area: where your own organisation lies, where the middle of the group lies, and whether a difference can be told at all.',
    exampleMark: 'Example.',
    houseInvented: 'The organisation “You” is invented; the group is taken from the current release.',
    allInvented: 'The organisation “You” and the group are invented.',
    stepsTitle: 'In three steps',
    steps: (dimensions) => [
      {
        title: 'Fill in the check',
        body: `Alone or as a team, on ${dimensions.length} areas: ${dimensions.join(', ')}. Your answers stay in the browser until you send them. You can also just look around.`,
      },
      {
        title: 'Read where you stand',
        body: 'You get a return code instead of an account. With it you read your result, print it for the board, and come back next year.',
      },
      {
        title: 'Begin one step',
        body: 'The result leads to a short list of possible measures. You pick one, small and for a limited time, backed by somebody at the top.',
      },
    ],
    answersTitle: 'What happens to your answers',
    answers: (minimum) => [
      'Names, e-mail addresses and IP addresses are not stored.',
      'Only the holder of the return code can read their own result or withdraw it.',
      `Figures of groups of at least ${minimum} participations are published, each shifted up or down once, at random, beforehand.`,
      'A new check changes no published figure. It counts from the next release on.',
      'Associations see their members only as a group: no individual answers, and no list of who took part.',
    ],
    privacy: 'Privacy in detail',
    audiencesTitle: 'Who gets what out of it',
    audiences: [
      {
        title: 'Facilities and providers',
        body: 'An answer to present when the board asks how digital you are. And a first step.',
        page: 'check',
        link: 'To the check',
      },
      {
        title: 'Associations',
        body: 'How the members develop as a group, without the answers of any single member becoming visible.',
        page: 'associations',
        link: 'What associations get',
      },
      {
        title: 'Research and the public',
        body: 'Aggregated datasets of every release: documented, citable and free to use.',
        page: 'data',
        link: 'To the data',
      },
    ],
    paperTitle: 'Rather start on paper?',
    paper: 'All questions and an answer sheet for each person in the team, to print:',
    questionnaire: 'blank questionnaire',
  },
});
