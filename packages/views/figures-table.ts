import type { Instrument } from '#contracts/instrument';
import type { Cell } from '#contracts/release';
import type { Lang } from '#contracts/text';
import { distributionLines } from './distribution-view.ts';
import { type StandingInput, standingLines } from './standing-view.ts';
import { ageSentence, SAMPLE_CAVEAT } from './standing-words.ts';

/** A table ready for CSV: columns in order, and a row for each dimension with the overall score last. */
export interface FiguresTable {
  columns: string[];
  rows: Record<string, string | number | boolean>[];
}

/**
 * A standing as a table. Bands, intervals and cuts are in percent; `cut_p25` is the cut at 25 %. What does not exist is
 * an empty field, and `state` says why.
 */
export function standingTable(input: StandingInput): FiguresTable {
  const cell = input.comparison?.cell;
  const rows = standingLines(input).map((line) => ({
    dimension: line.dimension,
    title: line.title,
    state: line.state,
    score: line.score ?? '',
    maturity: line.maturity ?? '',
    verdict: line.standing?.verdict ?? '',
    band_from: percent(line.standing?.bandFrom),
    band_to: percent(line.standing?.bandTo),
    interval_from: percent(line.standing?.intervalFrom),
    interval_to: percent(line.standing?.intervalTo),
    ...groupColumns(cell),
    ...cutColumns(cell, line.dimension),
    words: line.sentence,
    note: cell ? `${ageSentence(cell, input.lang)} ${SAMPLE_CAVEAT[input.lang]}` : (input.whyNone ?? ''),
  }));
  return { columns: columnsOf(rows), rows };
}

/** A group's published figures as a table; a suppressed group has the same rows, each of them `suppressed`. */
export function distributionTable(instrument: Instrument, cell: Cell, lang: Lang): FiguresTable {
  const published = cell.state === 'published' ? cell : undefined;
  const rows = distributionLines({ instrument, cell, lang }).map((line) => ({
    dimension: line.dimension,
    title: line.title,
    state: line.state,
    ...groupColumns(published),
    group: cell.group.key,
    ...cutColumns(published, line.dimension),
    words: line.sentence,
    note: published ? `${ageSentence(published, lang)} ${SAMPLE_CAVEAT[lang]}` : '',
  }));
  return { columns: columnsOf(rows), rows };
}

type Published = Extract<Cell, { state: 'published' }>;

function groupColumns(cell: Published | undefined) {
  return {
    group: cell?.group.key ?? '',
    participations: cell?.participations ?? '',
    as_of: cell?.asOf ?? '',
    is_carried_forward: cell?.isCarriedForward ?? '',
  };
}

/** Every cut that any dimension of the cell shows is a column of all of them. */
function cutColumns(cell: Published | undefined, dimension: string): Record<string, number | ''> {
  if (!cell) return {};
  const all = Object.values(cell.dimensions).flatMap((figures) => (figures.state === 'published' ? figures.cuts : []));
  const permilles = [...new Set(all.map((cut) => cut.permille))].sort((a, b) => a - b);
  const figures = cell.dimensions[dimension];
  const cuts = figures?.state === 'published' ? figures.cuts : [];
  return Object.fromEntries(
    permilles.map((permille) => [`cut_p${permille / 10}`, cuts.find((cut) => cut.permille === permille)?.value ?? '']),
  );
}

function columnsOf(rows: Record<string, unknown>[]): string[] {
  return Object.keys(rows[0] ?? {});
}

/** Permille to percent with one decimal: 612.3 -> 61.2. */
function percent(permille: number | undefined): number | '' {
  return permille === undefined ? '' : Math.round(permille) / 10;
}
