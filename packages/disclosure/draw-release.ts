import { mayShowItems } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { Policy } from '#contracts/policy';
import type { Cell, Change, LeftOut } from '#contracts/release';
import { SUPPRESSED } from '#contracts/suppressed';
import type { Participations } from '#microdata/participations';
import { NOTHING, SCORES, SCORES_AND_ITEMS, tallyChanges, tallyLevels } from '#microdata/tally';
import {
  addRecord,
  type CellKeys,
  cellKeyAt,
  cellKeyOf,
  emptyCellKeys,
  type Key,
  recordKey,
  uniform,
} from './cell-keys.ts';
import type { Decided, DecidedGroup } from './decide-release.ts';
import { drawChanges, drawLevels, shownOf } from './draw-cell.ts';
import { epsilonSum } from './epsilon-sum.ts';
import { leftOutStatistic, namePrefix } from './figure-names.ts';
import { geometric } from './geometric.ts';

export interface Drawn {
  /** Every public group in the catalogue's order, then every association's. */
  cells: Cell[];
  changes: Change[];
  /** One entry for each unit type. */
  leftOut: LeftOut[];
  /** See `epsilonSum`. */
  epsilonSum: number;
}

/**
 * Draws every figure of a release, all that is ever made public of the participations. The same key gives the same figures;
 * it is made for this call and is kept nowhere.
 *
 * @param input `key`: 32 random bytes
 */
export function drawRelease(input: {
  instrument: Instrument;
  participations: Participations;
  policy: Policy;
  decided: Decided;
  cutoffOn: string;
  key: Key;
}): Drawn {
  const { instrument, participations, policy, decided, cutoffOn, key } = input;
  const { groupsOf } = decided.catalogue;
  const wantedCells = Uint8Array.from(decided.cells, ({ group, n, decision }) =>
    decision === 'suppressed' ? NOTHING : n >= policy.itemsFromN && mayShowItems(group) ? SCORES_AND_ITEMS : SCORES,
  );
  const wantedChanges = Uint8Array.from(decided.changes, ({ decision }) =>
    decision === 'suppressed' ? NOTHING : SCORES,
  );
  const cellKeys = emptyCellKeys(wantedCells.length);
  const changeKeys = emptyCellKeys(wantedChanges.length);
  for (let row = 0; row < participations.size; row++) {
    const groups = groupsOf(row);
    const levels = groups.filter((group) => wantedCells[group] !== NOTHING);
    const changes =
      participations.firsts[row] === null ? [] : groups.filter((group) => wantedChanges[group] !== NOTHING);
    if (levels.length + changes.length === 0) continue;
    const record = recordKey(key, participations.organisations[row]!);
    for (const group of levels) addRecord(cellKeys, group, record);
    for (const group of changes) addRecord(changeKeys, group, record);
  }
  const countsOf = tallyLevels(instrument, participations, groupsOf, wantedCells);
  const changesOf = tallyChanges(instrument, participations, groupsOf, wantedChanges);
  const cellOf = (kind: 'level' | 'change', keys: CellKeys, place: number, { group, n }: DecidedGroup) => ({
    key,
    cellKey: cellKeyAt(keys, place),
    namePrefix: namePrefix(instrument, group.unitType, kind, cutoffOn),
    n,
    policy,
  });
  return {
    cells: decided.cells.map((entry, place): Cell => {
      const { group, n, decision } = entry;
      if (decision === 'suppressed') return { group, ...SUPPRESSED };
      const figures = drawLevels(instrument, countsOf(place), cellOf('level', cellKeys, place, entry));
      return { group, state: 'published', participations: shownOf(n, policy), ...figures };
    }),
    changes: decided.changes.map((entry, place): Change => {
      const { group, n, decision } = entry;
      if (decision === 'suppressed') return { group, ...SUPPRESSED };
      const dimensions = drawChanges(instrument, changesOf(place), cellOf('change', changeKeys, place, entry));
      return { group, state: 'published', participations: shownOf(n, policy), dimensions };
    }),
    leftOut: decided.leftOut.map(({ unitType, incomplete, underReview }) => {
      const prefix = namePrefix(instrument, unitType, 'left-out', cutoffOn);
      const drawn = (organisations: readonly string[], reason: 'incomplete' | 'under-review') => {
        const u = uniform(key, cellKeyOf(key, organisations), `${prefix}|${leftOutStatistic(reason)}`);
        return shownOf(Math.max(0, organisations.length + geometric(u, policy.epsilon.count)), policy);
      };
      return {
        ...(unitType === undefined ? {} : { unitType }),
        incomplete: drawn(incomplete, 'incomplete'),
        underReview: drawn(underReview, 'under-review'),
      };
    }),
    epsilonSum: epsilonSum(instrument, policy),
  };
}
