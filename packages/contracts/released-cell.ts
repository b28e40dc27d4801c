import type {
  Cell,
  Change,
  ChangeCut,
  ChangeFigures,
  Cut,
  ItemFigures,
  PublishedCell,
  PublishedChange,
  QuestionFigures,
} from './release.ts';
import { OVERALL } from './scored-ids.ts';

/** The one reader of released cells: whoever wants a figure of one asks here. */

const MEDIAN = 500;
const QUARTILES = { lower: 250, upper: 750 };

/** Whether a release shows figures of a group. One that it does not hold is suppressed. */
export function isPublished(cell: Cell | undefined): cell is PublishedCell;
export function isPublished(change: Change | undefined): change is PublishedChange;
export function isPublished(cell: Cell | Change | undefined): boolean {
  return cell?.state === 'published';
}

/** Cuts of a dimension or of the overall score, ascending by permille. @throws RangeError for an id the cell does not have */
export function cutsOf(cell: PublishedCell, dimension: string): Cut[] {
  return known(cell.dimensions, dimension);
}

/** Points. Every published cell has it. */
export function medianOf(cell: PublishedCell, dimension: string): number {
  return valueAt(cutsOf(cell, dimension), MEDIAN)!;
}

/** The middle half, points; null where the group is too small to show it. */
export function quartilesOf(cell: PublishedCell, dimension: string): { lower: number; upper: number } | null {
  const cuts = cutsOf(cell, dimension);
  const lower = valueAt(cuts, QUARTILES.lower);
  const upper = valueAt(cuts, QUARTILES.upper);
  return lower === null || upper === null ? null : { lower, upper };
}

/** The published value at a permille, or null where it is not shown. */
export function valueAt(cuts: readonly { permille: number; value: number }[], permille: number): number | null {
  return cuts.find((cut) => cut.permille === permille)?.value ?? null;
}

/** Shares of an item; null where the group shows no items. */
export function itemOf(cell: PublishedCell, item: string): ItemFigures | null {
  return ownOf(cell.items, item) ?? null;
}

/** Shares of a question; null where the group shows none, or too few were asked and answered. */
export function questionOf(cell: PublishedCell, question: string): QuestionFigures | null {
  return ownOf(cell.questions, question) ?? null;
}

/** Matched change of a dimension or of the overall score. @throws RangeError for an id the change does not have */
export function changeOf(change: PublishedChange, dimension: string): ChangeFigures {
  return known(change.dimensions, dimension);
}

/** The middle change, points. Every published change has it. */
export function medianChangeOf(change: PublishedChange, dimension: string = OVERALL): number {
  return valueAt(changeOf(change, dimension).cuts satisfies ChangeCut[], MEDIAN)!;
}

function known<Figures>(figures: Record<string, Figures>, dimension: string): Figures {
  const found = ownOf(figures, dimension);
  if (found === undefined) throw new RangeError(`the cell has no dimension "${dimension}"`);
  return found;
}

/** Ids are whatever an instrument calls them: "constructor" may be one, and need not. */
function ownOf<Figures>(figures: Record<string, Figures> | undefined, id: string): Figures | undefined {
  return figures && Object.hasOwn(figures, id) ? figures[id] : undefined;
}
