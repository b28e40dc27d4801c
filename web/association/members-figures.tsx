import type { Lang } from '#contracts/text';
import type { AssociationFigures, AssociationProgress } from '#contracts/answers/association';
import { shownShare, signed } from '#views/standing-words';
import { Disclosure } from '../components/disclosure.tsx';
import { Table } from '../components/table.tsx';
import { words } from '../words.ts';

/** What the association's pages need of the check's texts, in one language. */
export interface InstrumentWords {
  id: string;
  items: { id: string; title: string }[];
  questions: { id: string; title: string; codes: { id: string; label: string }[] }[];
  /** Values that are never mixed: facilities, provider organisations. */
  unitTypes: { key: string; label: string }[];
}

/** Members beside the whole field and the field composed like them, dimension by dimension. */
export function ComparisonTable({ lang, figures }: { lang: Lang; figures: AssociationFigures }) {
  const text = WORDS[lang];
  const none = <span class="quiet">{text.none}</span>;
  return (
    <>
      <Table
        caption={text.comparison}
        columns={[text.dimension, text.members, text.field, text.difference, text.mix, text.mixDifference]}
        rows={figures.dimensions.map(({ title, members, field, difference, mix, mixDifference }) => [
          title,
          members ? (
            <>
              {members.median}
              {members.interval ? ` (${text.range(members.interval.lower, members.interval.upper)})` : ''}
            </>
          ) : (
            none
          ),
          field?.median ?? none,
          differenceWords(difference, members !== null, lang),
          mix ? text.about(mix.median) : <span class="quiet">{text.notDeterminable}</span>,
          differenceWords(mixDifference, members !== null, lang),
        ])}
      />
      {figures.state === 'published' && figures.mix.covers === null ? <p class="quiet">{text.noMix}</p> : null}
    </>
  );
}

/** The interval of a difference; where it tells none, from how many points on one would have been seen. */
function differenceWords(
  difference: AssociationFigures['dimensions'][number]['difference'],
  hasMembers: boolean,
  lang: Lang,
): string {
  const text = WORDS[lang];
  if (!difference) return hasMembers ? text.notDeterminable : '–';
  const { interval, verdict, smallestSeen } = difference;
  const range = text.signedRange(signed(interval.lower), signed(interval.upper));
  return verdict === 'no-difference' ? text.noDifference(range, smallestSeen) : range;
}

/** The figures as sentences, dimension by dimension. */
export function figuresSentences({ dimensions }: AssociationFigures): string[] {
  return dimensions.map(({ sentence }) => sentence);
}

/** The progress as sentences; one where nothing of it is published. */
export function progressSentences(progress: AssociationProgress, lang: Lang): string[] {
  return progress.state === 'suppressed'
    ? [WORDS[lang].noProgress]
    : progress.dimensions.map(({ sentence }) => sentence);
}

/** How far those moved that took part twice, members and field alike. */
export function ProgressTable({ lang, progress }: { lang: Lang; progress: AssociationProgress }) {
  const text = WORDS[lang];
  if (progress.state === 'suppressed') return <p>{text.noProgress}</p>;
  const side = (shown: AssociationProgress['dimensions'][number]['members']) =>
    shown ? (
      <>
        {signed(shown.median)}
        {shown.interval
          ? ` (${text.signedRange(signed(Math.floor(shown.interval.lower)), signed(Math.ceil(shown.interval.upper)))})`
          : ''}
      </>
    ) : (
      <span class="quiet">{text.none}</span>
    );
  const rose = (shown: AssociationProgress['dimensions'][number]['members']) =>
    shown?.shares ? shareWords(shown.shares.rose, lang) : '–';
  return (
    <Table
      caption={text.progress}
      columns={[text.dimension, text.members, text.field, text.difference, text.rose, text.roseField]}
      rows={progress.dimensions.map(({ title, members, field, difference }) => [
        title,
        side(members),
        side(field),
        differenceWords(difference, members !== null, lang),
        rose(members),
        rose(field),
      ])}
    />
  );
}

/** Shares of all members by question of the check: at the middle level or above. */
export function ItemsTable({
  lang,
  figures,
  instrument,
}: {
  lang: Lang;
  figures: AssociationFigures;
  instrument: InstrumentWords;
}) {
  const text = WORDS[lang];
  const { cell } = figures;
  if (cell.state !== 'published' || !cell.items) return <p>{text.noItems}</p>;
  const { items } = cell;
  return (
    <>
      <Table
        caption={text.items}
        columns={[text.item, text.atLeast(2), text.atLeast(3), text.atLeast(4)]}
        rows={instrument.items.map(({ id, title }) => [
          title,
          ...[1, 2, 3].map((level) => shareWords(items[id]?.atLeast[level] ?? null, lang)),
        ])}
      />
      <p class="quiet">{text.sharesNote}</p>
    </>
  );
}

/** What the members say of obstacles and wishes comes before who answered; other questions keep the check's order. */
const FIRST_QUESTIONS = ['obstacle', 'support', 'tried-outcome', 'tried'];

/** The questions whose shares are shown, with the answers, the most frequent first. */
function shownQuestions({ cell }: AssociationFigures, { questions }: InstrumentWords) {
  const rankOf = (id: string) => (FIRST_QUESTIONS.includes(id) ? FIRST_QUESTIONS.indexOf(id) : FIRST_QUESTIONS.length);
  return questions
    .toSorted((a, b) => rankOf(a.id) - rankOf(b.id))
    .flatMap(({ id, title, codes }) => {
      const shown = cell.state === 'published' ? cell.questions?.[id] : undefined;
      if (!shown) return [];
      const answers = codes
        .flatMap((code) => {
          const share = shown.shares[code.id];
          return share === undefined ? [] : [{ ...code, share }];
        })
        .toSorted((a, b) => b.share - a.share);
      return [{ id, title, answers }];
    });
}

interface QuestionsProps {
  lang: Lang;
  figures: AssociationFigures;
  instrument: InstrumentWords;
}

/** So many answers of a question fit the report's page. */
const ON_PAPER = 5;

/** Unscored questions for paper: the most frequent answers, table by table. */
export function QuestionTables({ lang, figures, instrument }: QuestionsProps) {
  const text = WORDS[lang];
  const shown = shownQuestions(figures, instrument);
  if (shown.length === 0) return <p>{text.noQuestions}</p>;
  return (
    <>
      <p>{text.onPaper(ON_PAPER)}</p>
      <div class="report__columns">
        {shown.map(({ id, title, answers }) => (
          <AnswerTable key={id} lang={lang} title={title} answers={answers.slice(0, ON_PAPER)} />
        ))}
      </div>
    </>
  );
}

/** Unscored questions for the screen: each with its most frequent answer in a line, the rest a click away. */
export function QuestionList({ lang, figures, instrument }: QuestionsProps) {
  const text = WORDS[lang];
  const shown = shownQuestions(figures, instrument);
  if (shown.length === 0) return <p>{text.noQuestions}</p>;
  return (
    <>
      {shown.map(({ id, title, answers }) => (
        <Disclosure
          key={id}
          summary={
            <>
              {title}{' '}
              {answers[0] ? (
                <span class="quiet">{text.mostFrequent(answers[0].label, shareWords(answers[0].share, lang))}</span>
              ) : null}
            </>
          }
        >
          <AnswerTable lang={lang} title={title} answers={answers} />
        </Disclosure>
      ))}
      <p class="quiet">{text.sharesNote}</p>
    </>
  );
}

function AnswerTable({
  lang,
  title,
  answers,
}: {
  lang: Lang;
  title: string;
  answers: { label: string; share: number }[];
}) {
  const text = WORDS[lang];
  return (
    <Table
      caption={title}
      columns={[text.answer, text.share]}
      rows={answers.map(({ label, share }) => [label, shareWords(share, lang)])}
    />
  );
}

/** What a table says, as sentences, a click away. */
export function InWords({ lang, sentences }: { lang: Lang; sentences: string[] }) {
  return (
    <Disclosure summary={WORDS[lang].inWords}>
      <Sentences sentences={sentences} />
    </Disclosure>
  );
}

export function Sentences({ sentences }: { sentences: string[] }) {
  return (
    <ul>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

export function Caveats({ notes }: { notes: string[] }) {
  return (
    <ul class="quiet caveats">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

/** A published share as pages tell it, in steps of five. */
function shareWords(share: number | null, lang: Lang): string {
  return share === null ? '–' : WORDS[lang].percent(shownShare(share));
}

const WORDS = words({
  de: {
    comparison: 'Mitte (Median) in Punkten von 0 bis 100',
    dimension: 'Bereich',
    members: 'Ihre Mitglieder',
    field: 'Ganzes Feld',
    mix: 'Gleich zusammengesetztes Feld',
    difference: 'Unterschied zum Feld',
    mixDifference: 'Unterschied dazu',
    none: 'zum Schutz nicht veröffentlicht',
    notDeterminable: 'nicht bestimmbar',
    about: (value: number) => `etwa ${value}`,
    range: (from: number, to: number) => `${from} bis ${to}`,
    signedRange: (from: string, to: string) => `${from} bis ${to}`,
    noDifference: (range: string, from: number) => `erst ab etwa ${from} zu erkennen (${range})`,
    progress: 'Veränderung vom ersten zum letzten Check derer, die zweimal teilgenommen haben, in Punkten',
    noProgress:
      'Wie sich Ihre Mitglieder verändert haben, ist nicht veröffentlicht. Dafür müssen mindestens 20 von ihnen zweimal teilgenommen haben, mit mindestens einem halben Jahr Abstand. Je mehr Mitglieder ihren Check wiederholen, desto eher gelingt das.',
    noMix:
      'Das gleich zusammengesetzte Feld lässt sich nur bestimmen, wo für die meisten Ihrer Mitglieder und für das Feld die Werte der einzelnen Handlungsfelder veröffentlicht sind. Das ist hier noch nicht der Fall.',
    noItems: 'Einzelne Fragen werden nur für alle Mitglieder zusammen gezeigt, und erst ab 40 Teilnahmen.',
    noQuestions: 'Zusatzfragen werden nur für alle Mitglieder zusammen gezeigt, und erst ab 40 Antworten.',
    sharesNote:
      'Anteile in Schritten von 5 %; jeder ist zum Schutz zufällig verschoben. 0 % heißt nicht „niemand“, und Anteile ergeben zusammen nicht genau 100 %.',
    rose: 'Mitglieder mit höherem Wert',
    roseField: 'Feld mit höherem Wert',
    items: 'Anteil Ihrer Mitglieder auf einer Stufe (0 bis 4) oder darüber',
    item: 'Frage',
    atLeast: (level: number) => `Stufe ${level} oder höher`,
    answer: 'Antwort',
    share: 'Anteil derer, die geantwortet haben',
    onPaper: (count: number) => `Von jeder Zusatzfrage höchstens ${count} Antworten, die häufigsten zuerst.`,
    mostFrequent: (label: string, share: string) => `am häufigsten: ${label} (${share})`,
    inWords: 'Dasselbe in Sätzen',
    percent: (value: number) => `rund ${value} %`,
  },
  en: {
    comparison: 'Middle (median) in points from 0 to 100',
    dimension: 'Area',
    members: 'Your members',
    field: 'Whole field',
    mix: 'Field with the same composition',
    difference: 'Difference to the field',
    mixDifference: 'Difference to that',
    none: 'not published, for protection',
    notDeterminable: 'not determinable',
    about: (value: number) => `about ${value}`,
    range: (from: number, to: number) => `${from} to ${to}`,
    signedRange: (from: string, to: string) => `${from} to ${to}`,
    noDifference: (range: string, from: number) => `told only from about ${from} on (${range})`,
    progress: 'Change from first to last check of those that took part twice, in points',
    noProgress:
      'How your members changed is not published. At least 20 of them have to take part twice, at least half a year apart. The more members repeat their check, the sooner this succeeds.',
    noMix:
      'The field with the same composition can be determined only where the figures of the single fields of work are published for most of your members and for the field. That is not yet the case here.',
    noItems: 'Single questions are shown for all members together only, and from 40 participations on.',
    noQuestions: 'Further questions are shown for all members together only, and from 40 answers on.',
    sharesNote:
      'Shares in steps of 5%; each was moved at random, for protection. 0% does not mean nobody, and shares do not add up to exactly 100%.',
    rose: 'Members whose score rose',
    roseField: 'Field whose score rose',
    items: 'Share of your members at a level (0 to 4) or above',
    item: 'Question',
    atLeast: (level: number) => `level ${level} or above`,
    answer: 'Answer',
    share: 'Share of those who answered',
    onPaper: (count: number) => `Of every further question at most ${count} answers, the most frequent first.`,
    mostFrequent: (label: string, share: string) => `most frequent: ${label} (${share})`,
    inWords: 'The same in sentences',
    percent: (value: number) => `about ${value}%`,
  },
});
