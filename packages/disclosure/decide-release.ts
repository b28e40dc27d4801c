import type { Instrument } from '#contracts/instrument';
import type { Policy } from '#contracts/policy';
import type { GroupRef } from '#contracts/release';
import type { LeftOutOrganisations, Participations } from '#microdata/participations';
import { type Catalogue, catalogueOf } from '#microdata/peer-groups';
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
  const largestSource = new Int32Array(groups.length);
  const bySource = new Map<string, Map<number, number>>();
  for (let row = 0; row < participations.size; row++) {
    if (!counts(row)) continue;
    const own = groupsOf(row);
    for (const group of own) n[group]! += 1;
    const source = participations.sources[row];
    if (source === undefined || participations.isTrusted[row]) continue;
    const ofSource = bySource.get(source) ?? new Map<number, number>();
    bySource.set(source, ofSource);
    for (const group of own) {
      const count = (ofSource.get(group) ?? 0) + 1;
      ofSource.set(group, count);
      largestSource[group] = Math.max(largestSource[group]!, count);
    }
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
