import type { Instrument } from '#contracts/instrument';
import { seriesOf } from '#contracts/series';

/**
 * The name of every figure that is drawn, all of them here: `series|unit type|kind|cut-off|statistic`. A name is half of what
 * a draw depends on (`cell-keys.ts`), so none may ever be spelled otherwise or mean two figures of one cell.
 *
 * | kind | statistic | figure |
 * |---|---|---|
 * | `level` | `it\|500` | cut of a dimension or `overall`, permille |
 * | `level` | `backing\|ge1` .. `ge4`, `backing\|na`, `backing\|dk` | participations at an item's level 1 .. 4 or above; "does not apply"; "don't know" or unanswered |
 * | `level` | `obstacle\|base`, `obstacle\|time` | who was asked a question and answered; who chose a code |
 * | `change` | `it\|500` | cut of the matched change |
 * | `change` | `it\|rose`, `it\|same`, `it\|fell` | matched organisations by the direction of change |
 * | `left-out` | `incomplete`, `under-review` | organisations in no figure |
 */
export type FigureKind = 'level' | 'change' | 'left-out';

/** Where an instrument has no unit type attribute, its unit type is called so. */
const ANY_UNIT = 'all';

/** What the names of one kind begin with: the same for all groups of a unit type. */
export function namePrefix(
  instrument: Pick<Instrument, 'id'>,
  unitType: string | undefined,
  kind: FigureKind,
  cutoffOn: string,
): string {
  return `${seriesOf(instrument.id)}|${unitType ?? ANY_UNIT}|${kind}|${cutoffOn}`;
}

export const cutStatistic = (dimension: string, permille: number) => `${dimension}|${permille}`;
export const itemStatistic = (item: string, answer: 'ge1' | 'ge2' | 'ge3' | 'ge4' | 'na' | 'dk') => `${item}|${answer}`;
export const baseStatistic = (question: string) => `${question}|base`;
export const codeStatistic = (question: string, code: string) => `${question}|${code}`;
export const directionStatistic = (dimension: string, direction: 'rose' | 'same' | 'fell') =>
  `${dimension}|${direction}`;
export const leftOutStatistic = (reason: 'incomplete' | 'under-review') => reason;
