import type { AssociationFigures, AssociationProgress } from '#contracts/answers/association';
import type { Change } from '#contracts/release';
import type { Lang } from '#contracts/text';
import { signed } from '#views/standing-words';
import { Disclosure } from '../components/disclosure.tsx';
import { shareWords } from '../components/share.tsx';
import { Table } from '../components/table.tsx';
import { words } from '../words.ts';

/** What the association's pages need of the check's texts, in one language. */
export interface InstrumentWords {
  id: string;
  /** The fields of work. */
  sectors: string[];
  items: { id: string; title: string }[];
  questions: { id: string; title: string; codes: { id: string; label: string }[] }[];
}

/** Members beside the whole field and the field composed like them, dimension by dimension. */
export function ComparisonTable({ lang, figures }: { lang: Lang; figures: AssociationFigures }) {
  const text = WORDS[lang];
  return (
    <>
      <Table
        caption={text.comparison}
        columns={[text.dimension, text.members, text.field, text.difference, text.mix, text.mixDifference]}
        rows={figures.dimensions.map(({ title, members, field, difference, mix, mixDifference }) => [
          title,
          members?.median ?? text.none,
          field?.median ?? text.none,
          differenceWords(difference, lang),
          mix ? text.about(mix.median) : text.notDeterminable,
          differenceWords(mixDifference, lang),
        ])}
      />
      {figures.cell.state === 'published' && figures.mix.covers === null ? <p class="quiet">{text.noMix}</p> : null}
    </>
  );
}

/** The interval of a difference; where it tells none, from how many points on one would have been seen. */
function differenceWords(difference: AssociationFigures['dimensions'][number]['difference'], lang: Lang): string {
  const text = WORDS[lang];
  if (!difference) return text.notDeterminable;
  const { interval, verdict, smallestSeen } = difference;
  const range = text.range(signed(interval.lower), signed(interval.upper));
  return verdict === 'no-difference' ? text.noDifference(range, smallestSeen) : range;
}

/** How far those moved that took part twice, members and field alike. */
export function ProgressTable({ lang, progress }: { lang: Lang; progress: AssociationProgress }) {
  const text = WORDS[lang];
  if (progress.change.state === 'suppressed') return <p>{text.noProgress}</p>;
  const middle = (shown: { median: number } | null) => (shown ? signed(shown.median) : text.none);
  const rose = (change: Change | null, dimension: string) =>
    shareWords(change?.state === 'published' ? (change.dimensions[dimension]?.shares?.rose ?? null) : null, lang);
  return (
    <Table
      caption={text.progress}
      columns={[text.dimension, text.members, text.field, text.difference, text.rose, text.roseField]}
      rows={progress.dimensions.map(({ dimension, title, members, field, difference }) => [
        title,
        middle(members),
        middle(field),
        differenceWords(difference, lang),
        rose(progress.change, dimension),
        rose(progress.field, dimension),
      ])}
    />
  );
}

interface AnswersProps {
  lang: Lang;
  figures: AssociationFigures;
  instrument: InstrumentWords;
}

/** Shares of all members by question of the check: at the middle level or above. */
export function ItemsTable({ lang, figures: { cell }, instrument }: AnswersProps) {
  const text = WORDS[lang];
  if (cell.state !== 'published' || !cell.items) return <p>{text.noItems}</p>;
  const { items } = cell;
  return (
    <Table
      caption={text.items}
      columns={[text.item, text.atLeast(2), text.atLeast(3), text.atLeast(4)]}
      rows={instrument.items.map(({ id, title }) => [
        title,
        ...[1, 2, 3].map((level) => shareWords(items[id]?.atLeast[level] ?? null, lang)),
      ])}
    />
  );
}

/** What the members say of obstacles and wishes comes before who answered; other questions keep the check's order. */
const FIRST_QUESTIONS = ['tried', 'tried-outcome', 'support', 'obstacle'];
/** So many answers of a question fit the report's page. */
const ON_PAPER = 5;

/**
 * The unscored questions, the most frequent answers first.
 *
 * @param isOnPaper few answers of each, side by side; else all of them, a click away behind the most frequent
 */
export function Questions({ lang, figures, instrument, isOnPaper = false }: AnswersProps & { isOnPaper?: boolean }) {
  const text = WORDS[lang];
  const { cell, field } = figures;
  const shown = instrument.questions
    .toSorted((a, b) => FIRST_QUESTIONS.indexOf(b.id) - FIRST_QUESTIONS.indexOf(a.id))
    .flatMap(({ id, title, codes }) => {
      const shares = cell.state === 'published' ? cell.questions?.[id]?.shares : undefined;
      if (!shares) return [];
      const ofField = field?.state === 'published' ? field.questions?.[id]?.shares : undefined;
      const rows = codes
        .filter((code) => shares[code.id] !== undefined)
        .toSorted((a, b) => shares[b.id]! - shares[a.id]!)
        .map((code) => [code.label, shareWords(shares[code.id]!, lang), shareWords(ofField?.[code.id] ?? null, lang)]);
      return [{ id, title, rows }];
    });
  if (shown.length === 0) return <p>{text.noQuestions}</p>;
  const columns = [text.answer, text.members, text.field];
  return (
    <>
      <p class="quiet">{isOnPaper ? `${text.onPaper(ON_PAPER)} ${text.sharesNote}` : text.sharesNote}</p>
      <div class={isOnPaper ? 'report__columns' : undefined}>
        {shown.map(({ id, title, rows }) =>
          isOnPaper ? (
            <Table key={id} caption={title} columns={columns} rows={rows.slice(0, ON_PAPER)} />
          ) : (
            <Disclosure
              key={id}
              summary={
                <>
                  {title} <span class="quiet">{text.mostFrequent(rows[0]?.slice(0, 2).join(', ') ?? '')}</span>
                </>
              }
            >
              <Table caption={title} columns={columns} rows={rows} />
            </Disclosure>
          ),
        )}
      </div>
    </>
  );
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
    range: (from: string, to: string) => `${from} bis ${to}`,
    noDifference: (range: string, from: number) => `erst ab etwa ${from} zu erkennen (${range})`,
    progress: 'Mittlere Veränderung vom ersten zum letzten Check derer, die zweimal teilgenommen haben, in Punkten',
    noProgress:
      'Wie sich Ihre Mitglieder verändert haben, ist nicht veröffentlicht. Dafür müssen mindestens 20 von ihnen zweimal teilgenommen haben, mit mindestens einem halben Jahr Abstand. Je mehr Mitglieder ihren Check wiederholen, desto eher gelingt das.',
    noMix:
      'Das gleich zusammengesetzte Feld lässt sich nur bestimmen, wo für die meisten Ihrer Mitglieder und für das Feld die Werte der einzelnen Handlungsfelder veröffentlicht sind. Das ist hier noch nicht der Fall.',
    noItems: 'Einzelne Fragen werden nur für alle Mitglieder zusammen gezeigt, und erst ab 40 Teilnahmen.',
    noQuestions: 'Freiwillige Fragen werden nur für alle Mitglieder zusammen gezeigt, und erst ab 40 Antworten.',
    sharesNote:
      'Anteile derer, die geantwortet haben, in Schritten von 5\u00a0%; jeder ist zum Schutz zufällig verschoben. 0\u00a0% heißt nicht „niemand“, und Anteile ergeben zusammen nicht genau 100\u00a0%.',
    rose: 'Mitglieder mit höherem Wert',
    roseField: 'Feld mit höherem Wert',
    items: 'Anteil Ihrer Mitglieder auf einer Stufe (0 bis 4) oder darüber',
    item: 'Frage',
    atLeast: (level: number) => `Stufe ${level} oder höher`,
    answer: 'Antwort',
    onPaper: (count: number) => `Von jeder Frage höchstens ${count} Antworten, die häufigsten zuerst.`,
    mostFrequent: (answer: string) => `am häufigsten: ${answer}`,
  },
  en: {
    comparison: 'Middle (median) in points from 0 to 100',
    dimension: 'Area',
    members: 'Your members',
    field: 'Whole field',
    mix: 'Field with the same mix',
    difference: 'Difference from the field',
    mixDifference: 'Difference from that',
    none: 'not published, for protection',
    notDeterminable: 'not determinable',
    about: (value) => `about ${value}`,
    range: (from, to) => `${from} to ${to}`,
    noDifference: (range, from) => `could be told only from about ${from} (${range})`,
    progress: 'Middle change from first to last check of those that took part twice, in points',
    noProgress:
      'How your members changed is not published. At least 20 of them must have taken part twice, at least half a year apart. The more members repeat their check, the sooner this will succeed.',
    noMix:
      'The field with the same mix can be determined only where the figures of the individual fields of work are published for most of your members and for the field. That is not yet the case here.',
    noItems: 'Single questions are shown only for all members together, and from 40 participations.',
    noQuestions: 'Optional questions are shown only for all members together, and from 40 answers.',
    sharesNote:
      'Shares of those who answered, in steps of 5%; each was shifted at random, for protection. 0% does not mean nobody, and shares do not add up to exactly 100%.',
    rose: 'Members whose score rose',
    roseField: 'Field whose score rose',
    items: 'Share of your members at a level (0 to 4) or above',
    item: 'Question',
    atLeast: (level) => `level ${level} or above`,
    answer: 'Answer',
    onPaper: (count) => `At most ${count} answers to each question, the most frequent first.`,
    mostFrequent: (answer) => `most frequent: ${answer}`,
  },
});
