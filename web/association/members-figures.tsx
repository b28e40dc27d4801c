import type { Lang } from '#contracts/text';
import type { AssociationFigures, AssociationProgress } from '#functions/api/association';
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
  return (
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
    <>
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
      <ul>
        {progress.dimensions.map(({ dimension, sentence }) => (
          <li key={dimension}>{sentence}</li>
        ))}
      </ul>
    </>
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

/**
 * Unscored questions: obstacles, wanted support and the like, the most frequent first.
 *
 * @param isShort leaves out what almost nobody chose or is not shown, to fit a page
 */
export function QuestionTables({
  lang,
  figures,
  instrument,
  isShort = false,
}: {
  lang: Lang;
  figures: AssociationFigures;
  instrument: InstrumentWords;
  isShort?: boolean;
}) {
  const text = WORDS[lang];
  const { cell } = figures;
  if (cell.state !== 'published') return null;
  return (
    <>
      {instrument.questions.map(({ id, title, codes }) => {
        const shown = cell.questions[id];
        if (shown?.state !== 'published') return null;
        const share = (code: string) => shown.shares[code] ?? null;
        const order = (code: string) => {
          const value = share(code);
          return value === 'almost-all' ? 101 : typeof value === 'number' ? value : -1;
        };
        const listed = codes
          .filter((code) => !isShort || order(code.id) >= 0)
          .toSorted((a, b) => order(b.id) - order(a.id));
        if (listed.length === 0) return null;
        return (
          <Table
            key={id}
            caption={title}
            columns={[text.answer, text.share]}
            rows={listed.map((code) => [code.label, shareWords(share(code.id), lang)])}
          />
        );
      })}
    </>
  );
}

/** Everything the figures say, as sentences, with the caveats. */
export function FiguresInWords({ lang, figures }: { lang: Lang; figures: AssociationFigures }) {
  return (
    <Disclosure summary={WORDS[lang].inWords}>
      <ul>
        {figures.dimensions.map(({ dimension, sentence }) => (
          <li key={dimension}>{sentence}</li>
        ))}
      </ul>
    </Disclosure>
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
      'Wie sich Ihre Mitglieder verändert haben, ist noch nicht veröffentlicht: Dafür müssen genug von ihnen zweimal teilgenommen haben, mit mindestens einem halben Jahr Abstand.',
    rose: 'Mitglieder mit höherem Wert',
    roseField: 'Feld mit höherem Wert',
    items: 'Anteil Ihrer Mitglieder auf einer Stufe (0 bis 4) oder darüber',
    item: 'Frage',
    atLeast: (level: number) => `Stufe ${level} oder höher`,
    answer: 'Antwort',
    share: 'Anteil Ihrer Mitglieder',
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
      'How your members changed is not published yet: enough of them have to take part twice, at least half a year apart.',
    rose: 'Members whose score rose',
    roseField: 'Field whose score rose',
    items: 'Share of your members at a level (0 to 4) or above',
    item: 'Question',
    atLeast: (level: number) => `level ${level} or above`,
    answer: 'Answer',
    share: 'Share of your members',
    inWords: 'The same in sentences',
    notShown: 'not shown',
    almostNone: 'almost none',
    almostAll: 'almost all',
    percent: (value: number) => `about ${value}%`,
  },
});
