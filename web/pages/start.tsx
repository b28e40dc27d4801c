import type { Marks } from '#contracts/release';
import type { Lang } from '#contracts/text';
import { marksSentence } from '#views/release-words';
import { longDate } from '#views/standing-words';
import { ButtonLink } from '../components/button.tsx';
import { Card, Cards } from '../components/card.tsx';
import { Disclosure } from '../components/disclosure.tsx';
import { Facts } from '../components/facts.tsx';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { Picture } from '../components/picture.tsx';
import { pathsOf, pathTo } from '../site-map.ts';
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
    nextReleaseOn: string;
    /** The day from which the next one may come is over. */
    isNextDue: boolean;
    marks: Marks;
    /** Of each published whole panel, "225 Einrichtungen"; rounded down. */
    participations: string[];
    /** How many groups are published. */
    groups: number;
  } | null;
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
          <p class="quiet">{text.promise(minimum)}</p>
        </div>
        <section class="edition" aria-labelledby="edition">
          <h2 id="edition">{inForce ? text.edition : text.noEdition}</h2>
          {inForce ? (
            <Facts
              facts={[
                { term: text.cutoff, value: longDate(inForce.cutoffOn, lang) },
                {
                  term: text.participations,
                  value: inForce.participations.length > 0 ? text.atLeast(inForce.participations) : text.protectedWords,
                },
                { term: text.groups, value: inForce.groups.toLocaleString(lang) },
                {
                  term: text.next,
                  value: (inForce.isNextDue ? text.possibleSince : text.from)(longDate(inForce.nextReleaseOn, lang)),
                },
              ]}
            />
          ) : (
            <p>{text.noRelease}</p>
          )}
          {inForce?.marks.isInvented ? <p class="edition__demo">{marksSentence(inForce.marks, lang)}</p> : null}
        </section>
      </div>

      <h2 id="example">{text.example}</h2>
      <p>{text.exampleLead}</p>
      <Picture
        src={`${example.src}?view=standing`}
        alt={text.exampleAlt}
        caption={
          <>
            <strong>{text.exampleMark}</strong> {example.isGroupInvented ? text.allInvented : text.houseInvented}
          </>
        }
      />
      <Disclosure summary={text.exampleInWords}>
        <ul>
          {example.sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Disclosure>

      <h2 id="steps">{text.steps}</h2>
      <ol class="steps">
        {text.stepList(dimensions).map(({ title, body }) => (
          <li key={title}>
            <h3>{title}</h3>
            <p>{body}</p>
          </li>
        ))}
      </ol>

      <h2 id="answers">{text.answers}</h2>
      <ul class="promises">
        {text.answerList(minimum).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p>
        <a href={pathTo('privacy', lang)}>{text.privacyLink}</a>
      </p>

      <h2 id="audiences">{text.audiences}</h2>
      <Cards>
        <Card title={text.houses.title}>
          <p>{text.houses.body}</p>
          <p>
            <a href={pathTo('check', lang)}>{text.houses.link}</a>
          </p>
        </Card>
        <Card title={text.associations.title}>
          <p>{text.associations.body}</p>
          <p>
            <a href={pathTo('associations', lang)}>{text.associations.link}</a>
          </p>
        </Card>
        <Card title={text.research.title}>
          <p>{text.research.body}</p>
          <p>
            <a href={pathTo('data', lang)}>{text.research.link}</a>
          </p>
        </Card>
      </Cards>

      <Notice title={text.paper.title}>
        <p>
          {text.paper.body} <a href={pathTo('questionnaire', lang)}>{text.paper.link}</a>
        </p>
      </Notice>
    </Page>
  );
}

const WORDS = words({
  de: {
    title: 'Sektorspiegel: Wo stehen wir digital?',
    forWhom: 'Für Einrichtungen und Träger der sozialen Arbeit',
    question: 'Wo stehen wir digital?',
    lead: (items: number) =>
      `${items === 20 ? 'Zwanzig' : items} Fragen, etwa zehn Minuten. Danach wissen Sie, wo Ihre Organisation unter ähnlichen steht, wie sicher das ist und mit welchem einen Schritt Sie beginnen können.`,
    takeCheck: 'Check machen',
    seeField: 'Das Feld ansehen',
    promise: (minimum: number) =>
      `Ohne Konto und ohne Namen. Veröffentlicht werden nur Gruppen ab ${minimum} Teilnahmen, ihre Werte zum Schutz zufällig verschoben.`,
    edition: 'Geltende Veröffentlichung',
    cutoff: 'Stichtag',
    participations: 'Teilnahmen',
    atLeast: (counts: string[]) => `mindestens ${counts.join(' und ')}`,
    protectedWords: 'zum Schutz nicht veröffentlicht',
    groups: 'Gruppen zum Vergleichen',
    next: 'Nächste Veröffentlichung',
    from: (date: string) => `ab ${date}`,
    possibleSince: (date: string) => `möglich seit ${date}`,
    noEdition: 'Noch keine Veröffentlichung',
    noRelease:
      'Die erste folgt, sobald genügend Organisationen teilgenommen haben. Ihre eigenen Werte sehen Sie schon heute; der Vergleich kommt dann hinzu.',
    example: 'So sieht ein Ergebnis aus',
    exampleLead:
      'Für jeden Bereich ein Satz und ein Bild: Wo liegt die eigene Organisation, wo die Mitte der Gruppe, und ist ein Unterschied überhaupt zu erkennen?',
    exampleAlt:
      'Beispiel eines Ergebnisses: vier Bereiche und das Gesamtergebnis als waagerechte Streifen. Jeder Streifen zeigt die Verteilung der Gruppe, ein Zeiger die eigene Organisation, eine Klammer, wo kein Unterschied zur Mitte zu erkennen ist.',
    exampleMark: 'Beispiel.',
    houseInvented: 'Die Organisation „Sie“ ist erfunden; die Verteilung stammt aus der geltenden Veröffentlichung.',
    allInvented: 'Die Organisation „Sie“ und die Verteilung sind erfunden.',
    exampleInWords: 'Dasselbe in Worten',
    steps: 'In drei Schritten',
    stepList: (dimensions: string[]) => [
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
    answers: 'Was mit Ihren Antworten geschieht',
    answerList: (minimum: number) => [
      'Name, E-Mail-Adresse und IP-Adresse werden nicht gespeichert.',
      'Nur wer den Rückkehr-Code hat, kann das eigene Ergebnis lesen oder zurückziehen.',
      `Veröffentlicht werden Werte von Gruppen ab ${minimum} Teilnahmen, jeder vorher einmal zufällig nach oben oder unten verschoben.`,
      'Ein neuer Check ändert keinen veröffentlichten Wert. Er zählt erst in der nächsten Veröffentlichung.',
      'Verbände sehen ihre Mitglieder nur als Gruppe: keine einzelnen Antworten und keine Liste, wer teilgenommen hat.',
    ],
    privacyLink: 'Datenschutz im Einzelnen',
    audiences: 'Wer was davon hat',
    houses: {
      title: 'Einrichtungen und Träger',
      body: 'Eine Antwort, die man vorlegen kann, wenn der Vorstand nach dem Stand der Digitalisierung fragt. Und ein erster Schritt.',
      link: 'Zum Check',
    },
    associations: {
      title: 'Verbände',
      body: 'Wie sich die Mitglieder als Gruppe entwickeln, ohne dass Antworten eines einzelnen Mitglieds sichtbar werden.',
      link: 'Was Verbände erhalten',
    },
    research: {
      title: 'Forschung und Fachöffentlichkeit',
      body: 'Zusammengefasste Datensätze jeder Veröffentlichung, dokumentiert, zitierfähig und frei zugänglich.',
      link: 'Zu den Daten',
    },
    paper: {
      title: 'Lieber erst auf Papier?',
      body: 'Alle Fragen und ein Antwortbogen für jede Person im Team, zum Ausdrucken:',
      link: 'leerer Fragebogen',
    },
  },
  en: {
    title: 'Sektorspiegel: where do we stand digitally?',
    forWhom: 'For facilities and providers in social work',
    question: 'Where do we stand digitally?',
    lead: (items: number) =>
      `${items === 20 ? 'Twenty' : items} questions, about ten minutes. Then you know where your organisation stands among similar ones, how sure that is, and which one step to begin with.`,
    takeCheck: 'Take the check',
    seeField: 'Look at the field',
    promise: (minimum: number) =>
      `No account, no names. Only groups of at least ${minimum} participations are published, their figures moved at random for protection.`,
    edition: 'Release in force',
    cutoff: 'Cut-off date',
    participations: 'Participations',
    atLeast: (counts: string[]) => `at least ${counts.join(' and ')}`,
    protectedWords: 'not published, to protect participants',
    groups: 'Groups to compare with',
    next: 'Next release',
    from: (date: string) => `from ${date}`,
    possibleSince: (date: string) => `possible since ${date}`,
    noEdition: 'No release yet',
    noRelease:
      'The first follows once enough organisations have taken part. You see your own scores today; the comparison is added then.',
    example: 'What a result looks like',
    exampleLead:
      'For each area a sentence and a picture: where your own organisation lies, where the middle of the group lies, and whether a difference can be told at all.',
    exampleAlt:
      'Example of a result: four areas and the overall score as horizontal strips. Each strip shows how the group is spread, a pointer marks your own organisation, a bracket where no difference to the middle can be told.',
    exampleMark: 'Example.',
    houseInvented: 'The organisation “You” is invented; the group is taken from the release in force.',
    allInvented: 'The organisation “You” and the group are invented.',
    exampleInWords: 'The same in words',
    steps: 'In three steps',
    stepList: (dimensions: string[]) => [
      {
        title: 'Fill in the check',
        body: `Alone or as a team, on ${dimensions.length} areas: ${dimensions.join(', ')}. Your answers stay in the browser until you send them. You may also just look.`,
      },
      {
        title: 'Read where you stand',
        body: 'You get a return code instead of an account. With it you read your result, print it for the board, and come back next year.',
      },
      {
        title: 'Begin one step',
        body: 'The result leads to a short list of possible measures. You pick one, small and for a limited time, with somebody at the top who backs it.',
      },
    ],
    answers: 'What happens to your answers',
    answerList: (minimum: number) => [
      'Names, e-mail addresses and IP addresses are not stored.',
      'Only the holder of the return code can read the own result or withdraw it.',
      `Figures of groups of at least ${minimum} participations are published, each moved up or down once, at random, before that.`,
      'A new check changes no published figure. It counts from the next release on.',
      'Associations see their members as a group only: no single answers, and no list of who took part.',
    ],
    privacyLink: 'Privacy in detail',
    audiences: 'Who gets what from it',
    houses: {
      title: 'Facilities and providers',
      body: 'An answer to present when the board asks how digital you are. And a first step.',
      link: 'To the check',
    },
    associations: {
      title: 'Associations',
      body: 'How the members develop as a group, without answers of any single member becoming visible.',
      link: 'What associations get',
    },
    research: {
      title: 'Research and the public',
      body: 'Aggregated datasets of every release: documented, citable and free to use.',
      link: 'To the data',
    },
    paper: {
      title: 'Rather on paper first?',
      body: 'All questions and an answer sheet for each person of the team, to print:',
      link: 'blank questionnaire',
    },
  },
});
