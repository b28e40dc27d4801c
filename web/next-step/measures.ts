import type { ItemRanges, QuestionRanges } from '#contracts/answers/group-figures';
import type { FirstExperiment, Instrument, Item } from '#contracts/instrument';
import type { ItemFigures, QuestionFigures, Share } from '#contracts/release';
import type { Verdict } from '#contracts/standing';
import type { Answer } from '#contracts/submission';
import type { Rating } from './experiment.ts';

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
  /** How many of the group are above the own level; null where it is not known. */
  above: TellableShare | null;
  /** How many of those who said what comes next will work on it; null where it is not known. */
  planned: TellableShare | null;
  /** What one may begin with; empty where the instrument names nothing for this level. */
  experiments: FirstExperiment[];
}

/** A published share, and between which the one in the field may lie, 95 %. */
export interface TellableShare {
  share: Share;
  lower: number;
  upper: number;
}

/** What a group shows of items, and of what its organisations want to work on next. */
export interface GroupKnown {
  /** In a sentence: "Einrichtungen der Altenhilfe". */
  label: string;
  items: Record<string, ItemFigures>;
  itemRanges: Record<string, ItemRanges>;
  /** Of the first group around the house in which enough said so; null without one. */
  planned: { label: string; figures: QuestionFigures; ranges: QuestionRanges } | null;
}

export interface MeasuresInput {
  instrument: Instrument;
  /** The own answers; items without a level are left out. */
  answers: Record<string, Answer>;
  /** Null without a group that shows items. */
  group: GroupKnown | null;
  /** Dimension id -> verdict, where there is one. */
  verdicts: Record<string, Verdict>;
  /** Dimension id -> importance; 2 where nothing was said. */
  importance: Record<string, Rating>;
}

/** Leadership comes first of equals: whether other steps succeed hangs on it. */
const FIRST_OF_EQUALS = 'leadership';
/** So many are enough to choose one from. */
const LONGEST_LIST = 5;
/** Dimensions the house is ahead in that are named. */
const MOST_TO_SECURE = 2;
/** Level 1 describes makeshifts: nobody sets out for them, so a step leads at least to the level above. */
const LOWEST_GOAL = 2;
const TOP_LEVEL = 4;
/** Fewer than these are filled up from the own lowest anchors. */
const SHORTEST_LIST = 3;

/**
 * The measures to choose from, in this order: where most of the group already stands higher; if these are few, the own
 * lowest anchors; last, for every dimension the house is ahead in, its strongest item to secure and pass on. Within each,
 * important dimensions come first, then leadership; then the larger share, or the lower level.
 */
export function measuresFor({ instrument, answers, group, verdicts, importance }: MeasuresInput): Measure[] {
  const answered = instrument.items.flatMap((item) => {
    const level = answers[item.id];
    if (typeof level !== 'number') return [];
    return [{ item, level, above: shareAbove(group, item.id, level), planned: plannedShare(group, item.id) }];
  });
  type Answered = (typeof answered)[number];
  const byImportance = (a: Answered, b: Answered) =>
    (importance[b.item.dimension] ?? 2) - (importance[a.item.dimension] ?? 2);
  const byLeadership = (a: Answered, b: Answered) =>
    Number(b.item.dimension === FIRST_OF_EQUALS) - Number(a.item.dimension === FIRST_OF_EQUALS);
  const open = answered.filter(({ level }) => level < TOP_LEVEL);

  const behind = open
    .filter(({ above }) => above !== null && above.lower > HALF)
    .sort((a, b) => byImportance(a, b) || byLeadership(a, b) || b.above!.share - a.above!.share || a.level - b.level)
    .slice(0, LONGEST_LIST);
  const lowest = open
    .filter((entry) => !behind.includes(entry))
    .sort((a, b) => byImportance(a, b) || a.level - b.level || byLeadership(a, b))
    .slice(0, Math.max(0, SHORTEST_LIST - behind.length));
  const ahead = instrument.dimensions
    .filter(({ id }) => verdicts[id] === 'ahead' || verdicts[id] === 'upper-quarter')
    .flatMap(({ id }) =>
      answered
        .filter((entry) => entry.item.dimension === id && entry.level >= 2)
        .filter((entry) => !behind.includes(entry) && !lowest.includes(entry))
        .sort((a, b) => b.level - a.level)
        .slice(0, 1),
    )
    .sort((a, b) => byImportance(a, b) || byLeadership(a, b))
    .slice(0, MOST_TO_SECURE);
  const toSecure = behind.length + lowest.length + ahead.length > 0 ? ahead : answered.slice(0, 1);
  const step = (kind: Measure['kind'], entry: Answered): Measure => {
    const experiments = (instrument.firstExperiments[entry.item.id] ?? []).filter(
      ({ upToLevel = TOP_LEVEL }) => entry.level <= upToLevel,
    );
    return { kind, ...entry, goal: goalAbove(entry.level), experiments };
  };
  return [
    ...behind.map((entry) => step('group-ahead', entry)),
    ...lowest.map((entry) => step('lowest', entry)),
    // At the top of every scale there is nothing left but to secure it.
    ...toSecure.map((entry): Measure => ({ kind: 'secure', ...entry, goal: entry.level, experiments: [] })),
  ];
}

/** Of all participations, those above a level; null where there is none to reach. */
function shareAbove(group: GroupKnown | null, item: string, level: number): TellableShare | null {
  const share = group?.items[item]?.atLeast[level];
  const range = group?.itemRanges[item]?.atLeast[level];
  return share === undefined || range === undefined ? null : { share, ...range };
}

/** Of those who said what comes next. */
export function plannedShare(group: GroupKnown | null, item: string): TellableShare | null {
  const share = group?.planned?.figures.shares[item];
  const range = group?.planned?.ranges[item];
  return share === undefined || range === undefined ? null : { share, ...range };
}

/** What an anchor has attained: the clause before its semicolon, behind which stands what is still missing. */
export function attainedIn(anchor: string): string {
  return anchor.split(';')[0]!.replace(/\.$/, '');
}

function goalAbove(level: number): number {
  return Math.max(level + 1, LOWEST_GOAL);
}

/** Most is said where the whole range lies above it. */
const HALF = 50;
