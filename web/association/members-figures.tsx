import type { Lang } from '#contracts/text';
import type { AssociationFigures } from '#functions/api/association';
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
        composed ? text.about(composed.median) : none,
        difference ? text.signedRange(signed(difference.lower), signed(difference.upper)) : text.unknown(verdict),
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

/** Unscored questions: obstacles, wanted support and the like, the most frequent first. */
export function QuestionTables({
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
    <>
      {instrument.questions.map(({ id, title, codes }) => {
        const shown = cell.questions[id];
        if (shown?.state !== 'published') return null;
        const share = (code: string) => shown.shares[code] ?? null;
        const order = (code: string) => {
          const value = share(code);
          return value === 'almost-all' ? 101 : typeof value === 'number' ? value : -1;
        };
        return (
          <Table
            key={id}
            caption={title}
            columns={[text.answer, text.share]}
            rows={codes
              .toSorted((a, b) => order(b.id) - order(a.id))
              .map((code) => [code.label, shareWords(share(code.id), lang)])}
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
    about: (value: number) => `etwa ${value}`,
    range: (from: number, to: number) => `${from} bis ${to}`,
    signedRange: (from: string, to: string) => `${from} bis ${to}`,
    unknown: (verdict: string): string => (verdict === 'suppressed' ? '–' : 'nicht bestimmbar'),
    items: 'Anteil Ihrer Mitglieder auf einer Stufe (0 bis 4) oder darüber',
    item: 'Frage',
    atLeast: (level: number) => `Stufe ${level} oder höher`,
    answer: 'Antwort',
    share: 'Anteil Ihrer Mitglieder',
    inWords: 'Dasselbe in Sätzen',
    notShown: 'nicht gezeigt',
    almostNone: 'fast niemand',
    almostAll: 'fast alle',
    percent: (value: number) => `rund ${value} %`,
  },
  en: {
    comparison: 'Middle (median) in points from 0 to 100',
    dimension: 'Area',
    members: 'Your members',
    field: 'Whole field',
    composed: 'Field with the same composition',
    difference: 'Difference to the field',
    none: 'not published, for protection',
    about: (value: number) => `about ${value}`,
    range: (from: number, to: number) => `${from} to ${to}`,
    signedRange: (from: string, to: string) => `${from} to ${to}`,
    unknown: (verdict: string): string => (verdict === 'suppressed' ? '–' : 'not determinable'),
    items: 'Share of your members at a level (0 to 4) or above',
    item: 'Question',
    atLeast: (level: number) => `level ${level} or above`,
    answer: 'Answer',
    share: 'Share of your members',
    inWords: 'The same in sentences',
    notShown: 'not shown',
    almostNone: 'almost none',
    almostAll: 'almost all',
    percent: (value: number) => `about ${value} %`,
  },
});
