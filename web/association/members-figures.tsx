import type { Lang } from '#contracts/text';
import type { AssociationFigures, AssociationProgress } from '#functions/api/association-paths';
import { signed } from '#views/members-comparison';
import { Disclosure } from '../components/disclosure.tsx';
import { Table } from '../components/table.tsx';
import { words } from '../words.ts';

/** What the association's pages need of the check's texts, in one language. */
export interface InstrumentWords {
  id: string;
  items: { id: string; title: string }[];
  questions: { id: string; title: string; codes: { id: string; label: string }[] }[];
  /** Values that are never mixed: facilities, provider organisations. */
  panels: { key: string; label: string }[];
}

/** Members beside the whole field and the field composed like them, dimension by dimension. */
export function ComparisonTable({ lang, figures }: { lang: Lang; figures: AssociationFigures }) {
  const text = WORDS[lang];
  const none = <span class="quiet">{text.none}</span>;
  const hasComposition = figures.dimensions.some(({ composed }) => composed);
  const table = (
    <Table
      caption={text.comparison}
      columns={[text.dimension, text.members, text.field, text.composed, text.difference]}
      rows={figures.dimensions.map(({ title, members, field, composed, difference, verdict }) => [
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
        composed ? text.about(composed.median) : <span class="quiet">{text.notDeterminable}</span>,
        difference ? text.signedRange(signed(difference.lower), signed(difference.upper)) : text.unknown(verdict),
      ])}
    />
  );
  return (
    <>
      {table}
      {figures.state === 'published' && !hasComposition ? <p class="quiet">{text.noComposition}</p> : null}
    </>
  );
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
        {shown.interval ? ` (${text.signedRange(signed(shown.interval.lower), signed(shown.interval.upper))})` : ''}
      </>
    ) : (
      <span class="quiet">{text.none}</span>
    );
  const rose = (shown: AssociationProgress['dimensions'][number]['members']) =>
    shown ? (
      <>
        {shareWords(shown.rose, lang)}
        {shown.roseInterval ? ` (${text.percentRange(shown.roseInterval.lower, shown.roseInterval.upper)})` : ''}
      </>
    ) : (
      '–'
    );
  return (
    <Table
      caption={text.progress}
      columns={[text.dimension, text.members, text.field, text.difference, text.rose, text.roseField]}
      rows={progress.dimensions.map(({ title, members, field, difference, verdict }) => [
        title,
        side(members),
        side(field),
        difference ? text.signedRange(signed(difference.lower), signed(difference.upper)) : text.unknown(verdict),
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
  if (cell.state !== 'published') return null;
  return (
    <Table
      caption={text.items}
      columns={[text.item, text.atLeast(2), text.atLeast(3), text.atLeast(4)]}
      rows={instrument.items.map(({ id, title }) => {
        const shown = cell.items[id];
        const shares = shown?.state === 'published' ? shown.atLeast : [null, null, null, null];
        return [title, ...[1, 2, 3].map((level) => shareWords(shares[level] ?? null, lang))];
      })}
    />
  );
}

/** What the members say of obstacles and wishes comes before who answered; other questions keep the check's order. */
const FIRST_QUESTIONS = ['obstacle', 'support', 'tried-outcome', 'tried'];

/** A question whose shares are shown, with the answers that have one, the most frequent first, and those that have none. */
function shownQuestions({ cell }: AssociationFigures, { questions }: InstrumentWords) {
  const rankOf = (id: string) => (FIRST_QUESTIONS.includes(id) ? FIRST_QUESTIONS.indexOf(id) : FIRST_QUESTIONS.length);
  return questions
    .toSorted((a, b) => rankOf(a.id) - rankOf(b.id))
    .flatMap(({ id, title, codes }) => {
      const shown = cell.state === 'published' ? cell.questions[id] : undefined;
      if (shown?.state !== 'published') return [];
      const answers = codes.map((code) => ({ ...code, share: shown.shares[code.id] ?? null }));
      const sizeOf = (share: (typeof answers)[number]['share']) =>
        share === 'almost-all' ? 101 : typeof share === 'number' ? share : -1;
      return [
        {
          id,
          title,
          frequent: answers
            .filter(({ share }) => sizeOf(share) >= 0)
            .toSorted((a, b) => sizeOf(b.share) - sizeOf(a.share)),
          rare: answers.filter(({ share }) => share === 'almost-none'),
          hidden: answers.filter(({ share }) => share === null),
        },
      ];
    });
}

interface QuestionsProps {
  lang: Lang;
  figures: AssociationFigures;
  instrument: InstrumentWords;
}

/** Unscored questions for paper: what enough members chose, table by table. */
export function QuestionTables({ lang, figures, instrument }: QuestionsProps) {
  const text = WORDS[lang];
  return (
    <>
      {shownQuestions(figures, instrument).map(({ id, title, frequent }) =>
        frequent.length === 0 ? null : (
          <Table
            key={id}
            caption={title}
            columns={[text.answer, text.share]}
            rows={frequent.map(({ label, share }) => [label, shareWords(share, lang)])}
          />
        ),
      )}
    </>
  );
}

/** Unscored questions for the screen: each with its most frequent answer in a line, the rest a click away. */
export function QuestionList({ lang, figures, instrument }: QuestionsProps) {
  const text = WORDS[lang];
  const names = (answers: { label: string }[]) => answers.map(({ label }) => label).join('; ');
  return (
    <>
      {shownQuestions(figures, instrument).map(({ id, title, frequent, rare, hidden }) => (
        <Disclosure
          key={id}
          summary={
            <>
              {title}{' '}
              <span class="quiet">
                {frequent[0]
                  ? text.mostFrequent(frequent[0].label, shareWords(frequent[0].share, lang))
                  : text.scattered}
              </span>
            </>
          }
        >
          {frequent.length > 0 ? (
            <Table
              caption={title}
              columns={[text.answer, text.share]}
              rows={frequent.map(({ label, share }) => [label, shareWords(share, lang)])}
            />
          ) : null}
          {rare.length > 0 ? <p class="quiet">{text.rare(names(rare))}</p> : null}
          {hidden.length > 0 ? <p class="quiet">{text.hidden(names(hidden))}</p> : null}
        </Disclosure>
      ))}
    </>
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

/** A published share as it may be told: rounded, or in words at the ends. */
function shareWords(share: number | 'almost-none' | 'almost-all' | null, lang: Lang): string {
  const text = WORDS[lang];
  if (share === null) return text.notShown;
  if (share === 'almost-none') return text.almostNone;
  if (share === 'almost-all') return text.almostAll;
  return text.percent(share);
}

const WORDS = words({
  de: {
    comparison: 'Mitte (Median) in Punkten von 0 bis 100',
    dimension: 'Bereich',
    members: 'Ihre Mitglieder',
    field: 'Ganzes Feld',
    composed: 'Gleich zusammengesetztes Feld',
    difference: 'Unterschied zum Feld',
    none: 'zum Schutz nicht veröffentlicht',
    notDeterminable: 'nicht bestimmbar',
    about: (value: number) => `etwa ${value}`,
    range: (from: number, to: number) => `${from} bis ${to}`,
    percentRange: (from: number, to: number) => `${from} bis ${to}\u00a0%`,
    signedRange: (from: string, to: string) => `${from} bis ${to}`,
    unknown: (verdict: string): string => (verdict === 'suppressed' ? '–' : 'nicht bestimmbar'),
    progress: 'Veränderung vom ersten zum letzten Check derer, die zweimal teilgenommen haben, in Punkten',
    noProgress:
      'Wie sich Ihre Mitglieder verändert haben, ist nicht veröffentlicht. Dafür müssen genug von ihnen zweimal teilgenommen haben, mit mindestens einem halben Jahr Abstand, und es darf sich auch zusammen mit allen anderen veröffentlichten Werten nicht auf wenige schließen lassen. Je mehr Mitglieder ihren Check wiederholen, desto eher gelingt das.',
    noComposition:
      'Das gleich zusammengesetzte Feld lässt sich nur bestimmen, wo die Werte eines Handlungsfelds mit gleichem Stand veröffentlicht sind: für Ihre Mitglieder und für das Feld. Das ist hier noch nicht der Fall.',
    rose: 'Mitglieder mit höherem Wert',
    roseField: 'Feld mit höherem Wert',
    items: 'Anteil Ihrer Mitglieder auf einer Stufe (0 bis 4) oder darüber',
    item: 'Frage',
    atLeast: (level: number) => `Stufe ${level} oder höher`,
    answer: 'Antwort',
    share: 'Anteil Ihrer Mitglieder',
    mostFrequent: (label: string, share: string) => `am häufigsten: ${label} (${share})`,
    scattered: 'keine Antwort häufig genug, um gezeigt zu werden',
    rare: (labels: string) => `Fast niemand: ${labels}.`,
    hidden: (labels: string) => `Nicht gezeigt: ${labels}.`,
    inWords: 'Dasselbe in Sätzen',
    notShown: 'nicht gezeigt',
    almostNone: 'fast niemand',
    almostAll: 'fast alle',
    percent: (value: number) => `rund ${value}\u00a0%`,
  },
  en: {
    comparison: 'Middle (median) in points from 0 to 100',
    dimension: 'Area',
    members: 'Your members',
    field: 'Whole field',
    composed: 'Field with the same composition',
    difference: 'Difference to the field',
    none: 'not published, for protection',
    notDeterminable: 'not determinable',
    about: (value: number) => `about ${value}`,
    range: (from: number, to: number) => `${from} to ${to}`,
    percentRange: (from: number, to: number) => `${from} to ${to}%`,
    signedRange: (from: string, to: string) => `${from} to ${to}`,
    unknown: (verdict: string): string => (verdict === 'suppressed' ? '–' : 'not determinable'),
    progress: 'Change from first to last check of those that took part twice, in points',
    noProgress:
      'How your members changed is not published. Enough of them have to take part twice, at least half a year apart, and nothing about a few may follow from it, not even together with all other published figures. The more members repeat their check, the sooner this succeeds.',
    noComposition:
      'The field with the same composition can be determined only where figures of a field of work are published as of the same date: for your members and for the field. That is not yet the case here.',
    rose: 'Members whose score rose',
    roseField: 'Field whose score rose',
    items: 'Share of your members at a level (0 to 4) or above',
    item: 'Question',
    atLeast: (level: number) => `level ${level} or above`,
    answer: 'Answer',
    share: 'Share of your members',
    mostFrequent: (label: string, share: string) => `most frequent: ${label} (${share})`,
    scattered: 'no answer frequent enough to be shown',
    rare: (labels: string) => `Almost none: ${labels}.`,
    hidden: (labels: string) => `Not shown: ${labels}.`,
    inWords: 'The same in sentences',
    notShown: 'not shown',
    almostNone: 'almost none',
    almostAll: 'almost all',
    percent: (value: number) => `about ${value}%`,
  },
});
