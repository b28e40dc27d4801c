import type { Instrument } from '#contracts/instrument';
import type { Cell, Cut, PublishedCell } from '#contracts/release';
import { cutsOf, isPublished, medianOf, quartilesOf } from '#contracts/released-cell';
import { OVERALL, scoredIds } from '#contracts/scored-ids';
import type { Placing, Zone } from '#contracts/standing';
import type { DimensionScores } from '#contracts/submission';
import type { ChosenGroup } from './choose-group.ts';
import { movedBy } from './moved.ts';
import { type PlacingPolicy, placeScore, type Terms, zoneOf } from './place-score.ts';

/** An organisation's own scores: by dimension, overall, and which are lowest. */
export interface OwnScores {
  scores: DimensionScores;
  /** Null unless every dimension has a score. */
  overall: number | null;
  /** Ids of the dimensions with the lowest score. */
  weakest: string[];
}

/** The group's figures of one dimension or of the overall score, points. */
export interface GroupFigures {
  cuts: Cut[];
  median: number;
  /** Null where the group is too small to show them. */
  quartiles: { lower: number; upper: number } | null;
  /** Scores about in the middle; null where no verdict is told. */
  zone: Zone | null;
  /** At most so far was the middle moved, in 95 of 100 cases; null: not determinable. */
  moved: number | null;
}

/** Where an organisation stands in one dimension, or overall. */
export interface DimensionStanding {
  /** Dimension id, or "overall", which comes last. */
  dimension: string;
  score: number | null;
  /** Null without a group. */
  group: GroupFigures | null;
  /** Null without a group or a score. */
  placing: Placing | null;
  /** In the next larger group, where none of the group shown has a verdict; null where there is none. */
  inLarger: Placing | null;
}

/** Where an organisation stands in one release. */
export interface OwnStanding {
  chosen: ChosenGroup;
  /** Of the group shown. */
  cell: PublishedCell | null;
  dimensions: DimensionStanding[];
}

/**
 * Where own scores stand in the group that was chosen. The same for a check that was sent and one that was not: it needs
 * released cells alone.
 *
 * @param cells by group key: those of `cellsNeeded`
 */
export function ownStanding(given: {
  instrument: Instrument;
  own: OwnScores;
  chosen: ChosenGroup;
  cells: ReadonlyMap<string, Cell | undefined>;
  /** The release's own. */
  policy: PlacingPolicy | null;
}): OwnStanding {
  const { instrument, own, chosen, cells, policy } = given;
  const read = (group: { key: string } | null) => {
    const cell = group ? cells.get(group.key) : undefined;
    return isPublished(cell) ? cell : null;
  };
  const cell = read(chosen.shown);
  const larger = read(chosen.larger);
  const terms = policy && { ...policy, step: instrument.scoreStep };
  return {
    chosen,
    cell,
    dimensions: scoredIds(instrument).map((dimension) => {
      const score = scoreOf(own, dimension);
      const placed = (within: PublishedCell | null) =>
        within && terms && score !== null
          ? placeScore(score, cutsOf(within, dimension), within.participations, terms)
          : null;
      return {
        dimension,
        score,
        group: cell && policy ? allGroupFigures(instrument, cell, policy)[dimension]! : null,
        placing: placed(cell),
        inLarger: placed(larger),
      };
    }),
  };
}

/** What a picture and a table show of a group in one dimension. */
export function groupFigures(cell: PublishedCell, dimension: string, terms: Terms): GroupFigures {
  const cuts = cutsOf(cell, dimension);
  return {
    cuts,
    median: medianOf(cell, dimension),
    quartiles: quartilesOf(cell, dimension),
    zone: zoneOf(cuts, cell.participations, terms),
    moved: movedBy(cuts, cell.participations, terms),
  };
}

/** Of a dimension, or overall. */
export function scoreOf(own: OwnScores, dimension: string): number | null {
  return dimension === OVERALL ? own.overall : (own.scores[dimension] ?? null);
}

/**
 * `groupFigures` of every dimension and of the overall score, by id. They belong to the release, whoever asks: as long as a cell
 * is held in memory, they are made once.
 */
export function allGroupFigures(
  instrument: Instrument,
  cell: PublishedCell,
  policy: PlacingPolicy,
): Record<string, GroupFigures> {
  const known = made.get(cell);
  if (known?.instrument === instrument && known.policy === policy) return known.figures;
  const terms = { ...policy, step: instrument.scoreStep };
  const figures = Object.fromEntries(scoredIds(instrument).map((id) => [id, groupFigures(cell, id, terms)]));
  made.set(cell, { instrument, policy, figures });
  return figures;
}

const made = new WeakMap<
  PublishedCell,
  { instrument: Instrument; policy: PlacingPolicy; figures: Record<string, GroupFigures> }
>();
