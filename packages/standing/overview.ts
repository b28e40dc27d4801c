import { findCode, isUnder, levelOf } from '#contracts/code-list';
import type { Instrument, ProfileAttribute } from '#contracts/instrument';
import type { PublishedCell } from '#contracts/release';
import { cutsOf, medianOf } from '#contracts/released-cell';
import { scoredIds } from '#contracts/scored-ids';
import type { Interval } from '#statistics/wilson';
import { cutEstimate, outward } from './cut-estimate.ts';
import type { Terms } from './place-score.ts';

/** A published group among all of its unit type. */
export interface OverviewGroup {
  cell: PublishedCell;
  /** The attribute that first narrows it; null for everybody. */
  attribute: string | null;
  /** How many of the groups under the same attribute it lies within. */
  depth: number;
  /** Dimension id, or "overall" -> its middle, and between which points it lies, 95 %; null below `verdictFromN`. */
  middles: Record<string, { median: number; interval: Interval | null }>;
}

/**
 * The published groups of one unit type as they are read one below the other: everybody, then by attribute in the order of
 * the profile, a broader group before those within it. An order of the instrument, never of the figures.
 *
 * @param cells published cells of one unit type, in any order
 */
export function overviewOf(instrument: Instrument, cells: readonly PublishedCell[], terms: Terms): OverviewGroup[] {
  const placeOf = ({ group: { where } }: PublishedCell): number[] => {
    const [first, ...more] = instrument.profile.filter(({ id }) => where[id] !== undefined);
    if (!first) return [];
    const narrower = more.map((attribute) => 1 + codePlace(attribute, where[attribute.id]!).length);
    return [1 + instrument.profile.indexOf(first), ...codePlace(first, where[first.id]!), ...narrower];
  };
  const sorted = cells
    .map((cell) => ({ cell, place: placeOf(cell) }))
    .sort((a, b) => compare(a.place, b.place) || keys(a.cell, b.cell));
  const attributeOf = ({ group: { where } }: PublishedCell) =>
    instrument.profile.find(({ id }) => where[id] !== undefined)?.id ?? null;
  const isWithin = (cell: PublishedCell, other: PublishedCell) =>
    other !== cell && attributeOf(other) === attributeOf(cell) && lies(instrument, cell, other);
  return sorted.map(({ cell }) => ({
    cell,
    attribute: attributeOf(cell),
    depth: sorted.filter(({ cell: other }) => isWithin(cell, other)).length,
    middles: Object.fromEntries(
      scoredIds(instrument).map((id) => {
        const n = cell.participations;
        const estimate = n < terms.verdictFromN ? null : cutEstimate(cutsOf(cell, id), 500, { n }, terms);
        return [id, { median: medianOf(cell, id), interval: estimate && outward(estimate, 0, 100) }];
      }),
    ),
  }));
}

/** Where a code stands in its list, under the broader ones it lies under. */
function codePlace(list: ProfileAttribute, id: string): number[] {
  const code = findCode(list, id);
  const above = code?.broader === undefined ? [] : codePlace(list, code.broader);
  const own = levelOf(list, id) === 0 ? list.codes : list.broaderCodes;
  // A code without a broader one stands after those that have one.
  const rank = (code?.broader === undefined && levelOf(list, id) === 0 ? list.broaderCodes.length : 0) + 1;
  return [...above, rank + own.findIndex((one) => one.id === id)];
}

/** A place before those that go on from it. */
function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const keys = (a: PublishedCell, b: PublishedCell) => (a.group.key < b.group.key ? -1 : 1);

/** Whether a group lies within another by what they are narrowed by. */
function lies({ profile }: Instrument, { group }: PublishedCell, { group: outer }: PublishedCell): boolean {
  return Object.entries(outer.where).every(([attribute, code]) => {
    const own = group.where[attribute];
    const list = profile.find(({ id }) => id === attribute)!;
    return own !== undefined && (own === code || isUnder(list, own, code));
  });
}
