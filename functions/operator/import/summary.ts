import type { Instrument } from '#contracts/instrument';
import type { Lang, LocalText } from '#contracts/text';

/** What became of a file's rows. */
export interface ImportSummary {
  rows: number;
  /** Organisations of the rows that can be sent: known from the receipts file, or new. */
  known: number;
  new: number;
  /** Rows that went in. */
  stored: number;
  /** Of those stored, how many changed an earlier one. */
  changed: number;
  /** Rows that the service had already. */
  replayed: number;
  /** Rows that repeat another word for word, and the first lines of them. */
  repeated: number;
  repeats: { line: number; of: number }[];
  /** Rows without a score in every dimension: they go in, and count in no figure. */
  incomplete: number;
  /** Dimension -> rows in which it has no score. */
  missing: Record<string, number>;
  /** Rows of the file, not lines of the rejects file. */
  rejected: number;
  /** Reason -> lines of the rejects file, the most frequent first. */
  reasons: { column: string; reason: LocalText; count: number }[];
}

export const emptySummary = (): ImportSummary => ({
  ...{ rows: 0, known: 0, new: 0, stored: 0, changed: 0, replayed: 0, repeated: 0, incomplete: 0, rejected: 0 },
  repeats: [],
  missing: {},
  reasons: [],
});

/** So many reasons are listed. */
const LISTED = 10;

/** A run, or a dry run, told in some lines. */
export function summaryLines(
  summary: ImportSummary,
  { instrument, lang, isDryRun }: { instrument: Instrument; lang: Lang; isDryRun: boolean },
): string[] {
  const words = WORDS[lang];
  const reasons = summary.reasons
    .slice(0, LISTED)
    .map(({ column, reason, count }) => `  ${count} x ${column === '' ? '' : `${column}: `}${reason[lang]}`);
  const more = summary.reasons.length - LISTED;
  return [
    isDryRun ? words.dryRun(summary) : words.run(summary),
    ...(summary.repeated > 0 ? [words.repeated(summary)] : []),
    ...(summary.incomplete > 0
      ? [words.incomplete(summary.incomplete), ...missingLines(summary, instrument, lang)]
      : []),
    ...(reasons.length > 0 ? [words.reasons, ...reasons, ...(more > 0 ? [words.more(more)] : [])] : []),
  ];
}

function missingLines({ missing }: ImportSummary, { dimensions }: Instrument, lang: Lang): string[] {
  return dimensions
    .filter(({ id }) => (missing[id] ?? 0) > 0)
    .map(({ id, title }) => `  ${missing[id]} x ${title[lang]}`);
}

interface Words {
  run: (summary: ImportSummary) => string;
  dryRun: (summary: ImportSummary) => string;
  repeated: (summary: ImportSummary) => string;
  incomplete: (count: number) => string;
  reasons: string;
  more: (count: number) => string;
}

const WORDS: Record<Lang, Words> = {
  de: {
    run: ({ rows, stored, changed, replayed, rejected }) =>
      `${count(rows, 'Zeile', 'Zeilen')}: ${stored} gesendet und gespeichert${changed > 0 ? ` (davon ${changed} geändert)` : ''}, ${replayed} waren schon da, ${rejected} abgewiesen.`,
    dryRun: (summary) =>
      `Probelauf, es wurde nichts gesendet. ${count(summary.rows, 'Zeile', 'Zeilen')}: ${sendable(summary)} können gesendet werden, ${summary.rejected} nicht. Organisationen: ${summary.known} bekannt, ${summary.new} neu.`,
    repeated: ({ repeated, repeats }) =>
      `${count(repeated, 'Zeile wiederholt', 'Zeilen wiederholen')} eine andere Wort für Wort (${repeats.map(({ line, of }) => `Zeile ${line} die Zeile ${of}`).join(', ')}${repeated > repeats.length ? ' ...' : ''}) und ${repeated === 1 ? 'zählt' : 'zählen'} einmal.`,
    incomplete: (incomplete) =>
      `${count(incomplete, 'Zeile ist unvollständig', 'Zeilen sind unvollständig')}: gespeichert, aber in keiner Auswertung gezählt, denn dafür braucht jeder Bereich einen Wert (mindestens drei beantwortete Fragen und vier Fünftel der zutreffenden; „weiß nicht“ zählt als offen). Kein Wert in:`,
    reasons: 'Abgewiesen, nach Gründen:',
    more: (more) => `  und ${more} weitere Gründe; alle stehen in der Datei der abgewiesenen Zeilen`,
  },
  en: {
    run: ({ rows, stored, changed, replayed, rejected }) =>
      `${count(rows, 'row', 'rows')}: ${stored} went in${changed > 0 ? ` (${changed} of them changed)` : ''}, ${replayed} were already there, ${rejected} rejected.`,
    dryRun: (summary) =>
      `Dry run, nothing was sent. ${count(summary.rows, 'row', 'rows')}: ${sendable(summary)} can be sent, ${summary.rejected} cannot. Organisations: ${summary.known} known, ${summary.new} new.`,
    repeated: ({ repeated, repeats }) =>
      `${count(repeated, 'row repeats', 'rows repeat')} another word for word (${repeats.map(({ line, of }) => `line ${line} repeats line ${of}`).join(', ')}${repeated > repeats.length ? ' ...' : ''}) and ${repeated === 1 ? 'counts' : 'count'} once.`,
    incomplete: (incomplete) =>
      `${count(incomplete, 'row is incomplete', 'rows are incomplete')}: stored, but counted in no figure, because that takes a score in every dimension (at least three answered items and four fifths of those that apply; "don't know" counts as open). No score in:`,
    reasons: 'Rejected, by reason:',
    more: (more) => `  and ${more} further reasons; the rejects file lists all`,
  },
};

const count = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`;
const sendable = ({ rows, rejected, repeated }: ImportSummary) => rows - rejected - repeated;
