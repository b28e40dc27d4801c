import { mayShowItems } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { CutLadder, Policy } from '#contracts/policy';
import type { Cell, Change, GroupRef, LeftOut } from '#contracts/release';
import { scoredIds } from '#contracts/scored-ids';
import { SUPPRESSED } from '#contracts/suppressed';
import type { LeftOutOrganisations, Participations } from '#microdata/participations';
import { type Catalogue, catalogueOf } from '#microdata/peer-groups';
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
import { drawChanges, drawLevels, shownOf } from './draw.ts';
import { leftOutStatistic, namePrefix } from './figure-names.ts';
import { geometric } from './geometric.ts';
import { tooClose } from './nested-groups.ts';
import { belowThreshold } from './threshold.ts';

/** Whether a group is published, exactly and with its reason: for the operator only. */
export interface DecidedGroup {
  group: GroupRef;
  /** Participations, or matched organisations. */
  n: number;
  decision: 'published' | 'suppressed';
  reason?: 'nobody' | 'too-few' | 'one-source' | 'too-close';
}

export interface Decided {
  catalogue: Catalogue;
  /** Every public group in the catalogue's order, then every association's. */
  cells: DecidedGroup[];
  /** The same groups' matched change. */
  changes: DecidedGroup[];
  leftOut: readonly LeftOutOrganisations[];
}

/** Decides which groups are published: thresholds, one source, nested groups (rules 2 to 4). Draws nothing. */
export function decideRelease({
  instrument,
  participations,
  policy,
}: {
  instrument: Instrument;
  participations: Participations;
  policy: Policy;
}): Decided {
  const catalogue = catalogueOf(instrument, participations);
  const isMatched = (row: number) => participations.firsts[row] !== null;
  return {
    catalogue,
    cells: decideGroups(catalogue, participations, () => true, policy),
    changes: decideGroups(catalogue, participations, isMatched, policy),
    leftOut: participations.leftOut,
  };
}

function decideGroups(
  { groups, groupsOf, containing }: Catalogue,
  participations: Participations,
  counts: (row: number) => boolean,
  policy: Policy,
): DecidedGroup[] {
  const n = new Int32Array(groups.length);
  const rowsOfSource = new Map<string, number[]>();
  for (let row = 0; row < participations.size; row++) {
    if (!counts(row)) continue;
    for (const group of groupsOf(row)) n[group]! += 1;
    const source = participations.sources[row];
    if (source === undefined || participations.isTrusted[row]) continue;
    const rows = rowsOfSource.get(source);
    if (rows) rows.push(row);
    else rowsOfSource.set(source, [row]);
  }
  const largestSource = new Int32Array(groups.length);
  for (const rows of rowsOfSource.values()) {
    const ofSource = new Map<number, number>();
    for (const row of rows) for (const group of groupsOf(row)) ofSource.set(group, (ofSource.get(group) ?? 0) + 1);
    for (const [group, count] of ofSource) largestSource[group] = Math.max(largestSource[group]!, count);
  }
  // An association's own members are its own source by design.
  const reasons = groups.map(({ association }, group) =>
    belowThreshold({ n: n[group]!, largestSource: association === undefined ? largestSource[group]! : 0 }, policy),
  );
  const isTooClose = tooClose(n, (group) => reasons[group] === null, containing, policy.minNestedDifference);
  return groups.map((group, place): DecidedGroup => {
    const reason = reasons[place] ?? (isTooClose[place] === 1 ? 'too-close' : null);
    const decided = { group, n: n[place]! };
    return reason === null ? { ...decided, decision: 'published' } : { ...decided, decision: 'suppressed', reason };
  });
}

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

/** As many associations as a submission may name (contracts/submission.ts). */
const MAX_ASSOCIATIONS = 3;
const ITEM_COUNTS = 6;
const DIRECTIONS = 3;
/** Far above what binary fractions leave behind, far below a tenth. */
const ROUNDING_ERROR = 1e-6;

/**
 * Upper bound of what the guarantees of all single draws come to for one participation: by e to the power of it at most other
 * answers would change the probability of everything a release says. A cut counts epsilon / max(p, 1-p), a count epsilon;
 * summed over a cell of each kind of group that it can be in, each as large as the largest, level and change; rounded up to a
 * tenth. It is large, and no claim rests on it.
 */
export function epsilonSum(instrument: Instrument, policy: Policy): number {
  const cutsOf = (ladder: CutLadder) =>
    Math.max(
      ...ladder.map(({ permilles }) =>
        permilles.reduce((sum, permille) => sum + (1000 * policy.epsilon.cut) / Math.max(permille, 1000 - permille), 0),
      ),
    );
  const dimensions = scoredIds(instrument).length;
  const questions = instrument.questions.reduce((sum, { codes }) => sum + codes.length + 1, 0);
  const items = policy.epsilon.count * (ITEM_COUNTS * instrument.items.length + questions);
  const levels = dimensions * cutsOf(policy.cutLadder);
  const change = dimensions * (cutsOf(policy.changeCutLadder) + DIRECTIONS * policy.epsilon.count);
  const perSet = (attributes: number, isMembers: boolean) =>
    levels + change + (attributes <= (isMembers ? 0 : 1) ? items : 0);
  const sumOf = (sets: Instrument['catalogue'], isMembers: boolean) =>
    sets.reduce((sum, set) => sum + perSet(set.length, isMembers), 0);
  const sum = sumOf(instrument.catalogue, false) + MAX_ASSOCIATIONS * sumOf(instrument.memberSets, true);
  return Math.ceil(10 * sum - ROUNDING_ERROR) / 10;
}
