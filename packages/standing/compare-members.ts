import type { Difference, Middle, MembersDimension as ToldDimension } from '#contracts/answers/association';
import { type Group, groupKey } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { Cell, Change, GroupRef, PublishedCell, PublishedChange } from '#contracts/release';
import { changeOf, cutsOf, isPublished, medianOf, quartilesOf } from '#contracts/released-cell';
import { scoredIds } from '#contracts/scored-ids';
import { finitePopulationFactor } from '#statistics/finite-population';
import { type Estimate, mover, smallestDifferenceSeen } from '#statistics/mover';
import { withNoise } from '#statistics/quadrature';
import { type MixturePart, mixtureQuantile, ranksInParts } from '#statistics/standardised-quantiles';
import { Z_95 } from '#statistics/wilson';
import { type GroupChange, groupChange } from './compare-change.ts';
import { cutEstimate, gridNoise, outward } from './cut-estimate.ts';
import { movedBy } from './moved.ts';
import { type PlacingPolicy, rankNoise, type Terms } from './place-score.ts';

/** Members, field and the same mix in one dimension. `null` of a side: not published, or not determinable. */
export type MembersDimension = Omit<ToldDimension, 'title' | 'verdict' | 'sentence'>;

/** The public group whose distribution stands for a published part of the members, if it shows more than a median. */
export interface MixGroup {
  key: string;
  isUsed: boolean;
}

export interface MembersCompared {
  members: PublishedCell | null;
  field: PublishedCell | null;
  dimensions: MembersDimension[];
  mix: MixGroup[];
  /** Share of the members whose part the mix stands for, whole per cents; null without a mix. */
  mixCovers: number | null;
  /** The members are more than a fifth of the field: the overlap makes a difference look smaller than it is. */
  isLargePart: boolean;
}

/** Members above this share of the field are told of the overlap. */
const LARGE_PART = 0.2;
/** A mix that stands for fewer of the members is none of theirs. */
const MIX_COVERS_FROM = 0.8;

/**
 * An association's members beside the field and beside the field composed like them. Released cells of one release alone.
 *
 * @param memberCells the association's cells in the release
 * @param publicCells public cells by key: those of `publicCellsNeeded`
 * @param registered how many members the association has; only the whole of them is measured by it
 */
export function compareMembers(given: {
  instrument: Instrument;
  group: GroupRef;
  memberCells: readonly Cell[];
  publicCells: ReadonlyMap<string, Cell | undefined>;
  policy: PlacingPolicy;
  registered: number | null;
}): MembersCompared {
  const { instrument, group, memberCells, publicCells, policy, registered } = given;
  const terms = { ...policy, step: instrument.scoreStep };
  const read = (other: Group) => {
    const cell = publicCells.get(groupKey(publicGroupOf(other), instrument.unitTypeAttribute));
    return isPublished(cell) ? cell : null;
  };
  const own = memberCells.find((cell) => cell.group.key === group.key);
  const members = isPublished(own) ? own : null;
  const field = members ? read({ ...group, where: {} }) : null;
  const isWhole = Object.keys(group.where).length === 0;
  const factor =
    members && isWhole && registered !== null ? finitePopulationFactor(registered, members.participations) : 1;

  const parts = members ? partsOf(members, memberCells).map((cell) => ({ cell, reference: read(cell.group) })) : [];
  const used = parts.flatMap(({ cell, reference }) => {
    const isUsed = reference !== null && showsMoreThanMedian(reference);
    return isUsed ? [{ cell, reference }] : [];
  });
  const middleOf = (n: number) => n + BAND_MIDDLE;
  const covered = used.reduce((sum, { cell }) => sum + middleOf(cell.participations), 0);
  const covers = members ? Math.min(1, covered / middleOf(members.participations)) : 0;
  const hasMix = covers >= MIX_COVERS_FROM;

  return {
    members,
    field,
    dimensions: scoredIds(instrument).map((dimension) => {
      const mixed = hasMix
        ? mixMiddle(
            used.map(({ cell, reference }) => ({
              weight: middleOf(cell.participations),
              cuts: cutsOf(reference, dimension),
              n: reference.participations,
            })),
            terms,
          )
        : null;
      const ofMembers = members && sideOf(members, dimension, terms, factor);
      const ofField = field && sideOf(field, dimension, terms);
      const apart = (other: Estimate | null | undefined) =>
        ofMembers?.estimate && other ? differenceOf(ofMembers.estimate, other, 100) : null;
      return {
        dimension,
        members: ofMembers?.middle ?? null,
        field: ofField?.middle ?? null,
        difference: apart(ofField?.estimate),
        mix: mixed && { median: half(mixed.median), quartiles: mixed.quartiles },
        mixDifference: apart(mixed?.estimate),
      };
    }),
    mix: parts.map(({ cell, reference }) => ({
      key: groupKey(publicGroupOf(cell.group), instrument.unitTypeAttribute),
      isUsed: reference !== null && showsMoreThanMedian(reference),
    })),
    mixCovers: hasMix ? Math.round(100 * covers) : null,
    isLargePart: members !== null && field !== null && members.participations > LARGE_PART * field.participations,
  };
}

/** Keys of the public cells that `compareMembers` reads: the field, and the groups that the members fall into. */
export function publicCellsNeeded(instrument: Instrument, group: GroupRef, memberCells: readonly Cell[]): string[] {
  const own = memberCells.find((cell) => cell.group.key === group.key);
  const groups = isPublished(own)
    ? [{ ...group, where: {} }, ...partsOf(own, memberCells).map((cell) => cell.group)]
    : [];
  return [...new Set(groups.map((entry) => groupKey(publicGroupOf(entry), instrument.unitTypeAttribute)))];
}

/** Progress of members and field in one dimension. `null` of a side: not published. */
export interface MembersChange {
  dimension: string;
  members: GroupChange | null;
  field: GroupChange | null;
  /** Members' median change less the field's, points. */
  difference: Difference | null;
}

/** The matched change of an association's members beside the whole field's, in one release. */
export function compareMembersChange(given: {
  instrument: Instrument;
  members: Change | undefined;
  field: Change | undefined;
  policy: PlacingPolicy;
}): { members: PublishedChange | null; field: PublishedChange | null; dimensions: MembersChange[] } {
  const { instrument, policy } = given;
  const members = isPublished(given.members) ? given.members : null;
  const field = members && isPublished(given.field) ? given.field : null;
  const terms = { ...policy, step: instrument.scoreStep };
  return {
    members,
    field,
    dimensions: scoredIds(instrument).map((dimension) => {
      const [ofMembers, ofField] = [members, field].map(
        (change) => change && cutEstimate(changeOf(change, dimension).cuts, 500, { n: change.participations }, terms),
      );
      return {
        dimension,
        members: members && groupChange(members, dimension, terms),
        field: field && groupChange(field, dimension, terms),
        difference: ofMembers && ofField ? differenceOf(ofMembers, ofField, 200) : null,
      };
    }),
  };
}

/** A shown n stands for this and the next four: their middle is two more. */
const BAND_MIDDLE = 2;

/** The published parts of the members that their mix is made of: by the one attribute, or the group itself. */
function partsOf(members: PublishedCell, memberCells: readonly Cell[]): PublishedCell[] {
  if (Object.keys(members.group.where).length > 0) return [members];
  return memberCells
    .filter((cell) => isPublished(cell))
    .filter(({ group }) => group.unitType === members.group.unitType && Object.keys(group.where).length === 1);
}

function publicGroupOf({ unitType, where }: Group): Group {
  return { ...(unitType === undefined ? {} : { unitType }), where };
}

function showsMoreThanMedian(cell: PublishedCell): boolean {
  return Object.values(cell.dimensions).every((cuts) => cuts.length > 1);
}

/** A side's middle: with its limits as they are, and as it is told. */
function sideOf(cell: PublishedCell, dimension: string, terms: Terms, factor = 1) {
  const cuts = cutsOf(cell, dimension);
  const estimate = cutEstimate(cuts, 500, { n: cell.participations, populationFactor: factor }, terms);
  const middle: Middle = {
    median: medianOf(cell, dimension),
    interval: estimate && outward(estimate, 0, 100),
    quartiles: quartilesOf(cell, dimension),
    moved: movedBy(cuts, cell.participations, terms),
  };
  return { estimate, middle };
}

/**
 * Middle of a mixture, and its limits: the parts' uncertain ranks at the median, by chance and by noise, add up in
 * quadrature by their weights; the values there are read off the mixture.
 */
function mixMiddle(parts: (MixturePart & { n: number })[], terms: Terms) {
  const median = mixtureQuantile(parts, 500);
  const ranks = median === null ? null : ranksInParts(parts, median);
  if (median === null || ranks === null) return null;
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const reach =
    1000 *
    Math.hypot(
      ...parts.flatMap(({ weight, n }, index) => {
        const share = ranks[index]! / 1000;
        const chance = Z_95 * Math.sqrt((share * (1 - share)) / n);
        return [chance, rankNoise(share, n, terms)].map((width) => (weight / total) * width);
      }),
    );
  const at = (permille: number) => mixtureQuantile(parts, permille);
  const [lower, upper] = [at(500 - reach), at(500 + reach)];
  const [low, high] = [at(250), at(750)];
  return {
    median,
    estimate:
      lower === null || upper === null
        ? null
        : { value: median, ...withNoise(median, { lower, upper }, gridNoise(terms.step)) },
    quartiles: low === null || high === null ? null : { lower: half(low), upper: half(high) },
  };
}

function differenceOf(first: Estimate, second: Estimate, most: number): Difference {
  const limits = mover(first, second);
  return {
    value: half(first.value - second.value),
    interval: outward(limits, -most, most),
    verdict: limits.lower > 0 ? 'ahead' : limits.upper < 0 ? 'behind' : 'no-difference',
    smallestSeen: Math.ceil(smallestDifferenceSeen(first, second) - 1e-9),
  };
}

/** Whole, half up. */
function half(value: number): number {
  return Math.floor(value + 0.5);
}
