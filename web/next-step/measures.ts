import type { Instrument, Item } from '#contracts/instrument';
import type { ItemFigures, Share } from '#contracts/release';
import type { Verdict } from '#contracts/standing';
import type { Answer } from '#contracts/submission';

/** How important a dimension is for the own mission in the next twelve months. Kept in the browser. */
export type Importance = 'high' | 'medium' | 'low';

/**
 * What a house may do next.
 *
 * - `group-ahead`: most of the group already stands higher than the house.
 * - `lowest`: nothing says so, and this is among the own lowest anchors.
 * - `secure`: the house is ahead here; secure what carries, and pass it on.
 */
export interface Measure {
  kind: 'group-ahead' | 'lowest' | 'secure';
  item: Item;
  /** The own level today, 0 to 4. */
  level: number;
  /** The level whose anchor the step leads to; for `secure` the own one. */
  goal: number;
  /** Share of the group above the own level; null where it is not known. */
  share: Share | null;
}

export interface MeasuresInput {
  instrument: Instrument;
  /** The own answers; items without a level are left out. */
  answers: Record<string, Answer>;
  /** Published item figures of the group compared with; empty without a comparison. */
  items: Record<string, ItemFigures>;
  /** Dimension id -> verdict, where there is one. */
  verdicts: Record<string, Verdict>;
  /** Dimension id -> importance; medium where nothing was said. */
  importance: Record<string, Importance>;
}

/** Leadership comes first of equals: whether other steps succeed hangs on it. */
const FIRST_OF_EQUALS = 'leadership';
/** So many are enough to choose one from. */
const LONGEST_LIST = 5;
/** Dimensions the house is ahead in that are named. */
const MOST_TO_SECURE = 2;
/** Level 1 describes makeshifts: nobody sets out for them, so a step leads at least to the level above. */
const LOWEST_GOAL = 2;
/** Fewer than these are filled up from the own lowest anchors. */
const SHORTEST_LIST = 3;

/**
 * The measures to choose from, in this order: where most of the group already stands higher; if these are few, the own
 * lowest anchors; last, for every dimension the house is ahead in, its strongest item to secure and pass on. Within each,
 * important dimensions come first, then leadership; then the larger share, or the lower level.
 */
export function measuresFor({ instrument, answers, items, verdicts, importance }: MeasuresInput): Measure[] {
  const answered = instrument.items.flatMap((item) => {
    const level = answers[item.id];
    return typeof level === 'number' ? [{ item, level }] : [];
  });
  const rank = (item: Item) =>
    ORDER[importance[item.dimension] ?? 'medium'] * 2 + (item.dimension === FIRST_OF_EQUALS ? 0 : 1);
  const open = answered
    .filter(({ level }) => level < 4)
    .map(({ item, level }) => ({ item, level, share: shareAbove(items[item.id], level) }));

  const behind = open
    .filter(({ share }) => isMost(share))
    .sort((a, b) => rank(a.item) - rank(b.item) || weightOf(b.share) - weightOf(a.share) || a.level - b.level)
    .slice(0, LONGEST_LIST)
    .map((entry): Measure => ({ kind: 'group-ahead', ...entry, goal: goalAbove(entry.level) }));
  const lowest = open
    .filter(({ item }) => !behind.some((measure) => measure.item.id === item.id))
    .sort(
      (a, b) =>
        ORDER[importance[a.item.dimension] ?? 'medium'] - ORDER[importance[b.item.dimension] ?? 'medium'] ||
        a.level - b.level ||
        rank(a.item) - rank(b.item),
    )
    .slice(0, Math.max(0, SHORTEST_LIST - behind.length))
    .map((entry): Measure => ({ kind: 'lowest', ...entry, goal: goalAbove(entry.level) }));
  const listed = new Set([...behind, ...lowest].map(({ item }) => item.id));
  const ahead = instrument.dimensions.flatMap(({ id }): Measure[] => {
    const isAhead = verdicts[id] === 'ahead' || verdicts[id] === 'upper-quarter';
    const strongest = answered
      .filter(({ item, level }) => item.dimension === id && level >= 2 && !listed.has(item.id))
      .sort((a, b) => b.level - a.level)[0];
    return isAhead && strongest
      ? [
          {
            kind: 'secure',
            ...strongest,
            goal: strongest.level,
            share: shareAbove(items[strongest.item.id], strongest.level),
          },
        ]
      : [];
  });
  const secure = ahead.sort((a, b) => rank(a.item) - rank(b.item)).slice(0, MOST_TO_SECURE);
  const measures = [...behind, ...lowest, ...secure];
  // At the top of every scale there is nothing left but to secure it.
  const best = answered[0];
  return measures.length === 0 && best ? [{ kind: 'secure', ...best, goal: best.level, share: null }] : measures;
}

const ORDER: Record<Importance, number> = { high: 0, medium: 1, low: 2 };

/** The published share of all participations above a level; null where there is none. */
function shareAbove(figures: ItemFigures | undefined, level: number): Share | null {
  return figures?.atLeast[level] ?? null;
}

/** What an anchor has attained: the clause before its semicolon, behind which stands what is still missing. */
export function attainedIn(anchor: string): string {
  return anchor.split(';')[0]!.replace(/\.$/, '');
}

function goalAbove(level: number): number {
  return Math.max(level + 1, LOWEST_GOAL);
}

/**
 * More than half, and by more than the noise lifts a share of the smallest group that shows items, but for one case in
 * twenty (5 of 42 organisations).
 */
function isMost(share: Share | null): boolean {
  return share !== null && share > 50 + NOISE;
}
const NOISE = 12;

function weightOf(share: Share | null): number {
  return share ?? 0;
}
