import type { Cut, PublishedCell } from '#contracts/release';
import { isPublished } from '#contracts/released-cell';
import { type DistributionInput, distributionLines, distributionNotes } from './distribution-view.ts';
import { caveatSentence, cutoffSentence, marksSentence, type ReleaseFacts } from './release-words.ts';
import { type StandingInput, standingLines, standingNotes } from './standing-view.ts';

/** A table ready for CSV: columns in order, and a row for each dimension with the overall score last. */
export interface FiguresTable {
  columns: string[];
  rows: Record<string, string | number | boolean>[];
}

/**
 * A standing as a table. The range is in per cent; `cut_p25` is the cut at 25 %. What does not exist is an empty field,
 * and `state` says why.
 */
export function standingTable(input: StandingInput): FiguresTable {
  const { instrument, release, lang, whyNone = '' } = input;
  const cell = input.standing?.cell ?? null;
  const lines = standingLines(input);
  const permilles = permillesOf(lines.flatMap(({ group }) => group?.cuts ?? []));
  const note =
    cell && release
      ? [
          cutoffSentence(release.cutoffOn, lang),
          caveatSentence(instrument, cell.group, lang),
          ...standingNotes(input),
          marksSentence(release.marks, lang),
        ]
          .filter(Boolean)
          .join(' ')
      : whyNone;
  const rows = lines.map((line) => ({
    dimension: line.dimension,
    title: line.title,
    state: line.state,
    score: line.score ?? '',
    maturity: line.maturity ?? '',
    verdict: line.placing?.verdict ?? '',
    range_from: percent(line.placing?.range.from),
    range_to: percent(line.placing?.range.to),
    zone_from: line.group?.zone?.from ?? '',
    zone_to: line.group?.zone?.to ?? '',
    ...groupColumns(cell, release),
    moved: line.group?.moved ?? '',
    ...cutColumns(line.group?.cuts ?? [], permilles),
    words: line.sentence,
    note,
  }));
  return { columns: columnsOf(rows), rows };
}

/** A group's published figures as a table; a suppressed group has the same rows, each of them `suppressed`. */
export function distributionTable(input: DistributionInput): FiguresTable {
  const { cell, figures, release } = input;
  const shown = isPublished(cell) ? cell : null;
  const permilles = permillesOf(Object.values(figures ?? {}).flatMap(({ cuts }) => cuts));
  const note = distributionNotes(input).join(' ');
  const rows = distributionLines(input).map((line) => ({
    dimension: line.dimension,
    title: line.title,
    state: line.state,
    ...groupColumns(shown, shown ? release : null),
    group: cell.group.key,
    moved: figures?.[line.dimension]?.moved ?? '',
    ...cutColumns(figures?.[line.dimension]?.cuts ?? [], permilles),
    words: line.sentence,
    note,
  }));
  return { columns: columnsOf(rows), rows };
}

function groupColumns(cell: PublishedCell | null, release: ReleaseFacts | null) {
  return {
    group: cell?.group.key ?? '',
    participations: cell?.participations ?? '',
    cutoff_on: (cell && release?.cutoffOn) ?? '',
    is_invented: (cell && release?.marks.isInvented) ?? '',
  };
}

/** Every cut that any dimension shows is a column of all of them. */
function permillesOf(cuts: readonly Cut[]): number[] {
  return [...new Set(cuts.map((cut) => cut.permille))].sort((a, b) => a - b);
}

function cutColumns(cuts: readonly Cut[], permilles: readonly number[]): Record<string, number | ''> {
  return Object.fromEntries(
    permilles.map((permille) => [`cut_p${permille / 10}`, cuts.find((cut) => cut.permille === permille)?.value ?? '']),
  );
}

function columnsOf(rows: Record<string, unknown>[]): string[] {
  return Object.keys(rows[0] ?? {});
}

/** Permille to per cent with one decimal: 612.3 -> 61.2. */
function percent(permille: number | undefined): number | '' {
  return permille === undefined ? '' : Math.round(permille) / 10;
}
