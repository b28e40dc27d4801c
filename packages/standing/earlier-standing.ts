import { monthsBefore } from '#contracts/calendar';
import type { Instrument } from '#contracts/instrument';
import type { Cell, Change, Manifest } from '#contracts/release';
import { isPublished } from '#contracts/released-cell';
import type { ChosenGroup } from './choose-group.ts';
import { type OwnChange, ownChanges } from './compare-change.ts';
import { type DimensionStanding, type OwnScores, ownStanding } from './own-standing.ts';

/** A listed release, and what it shows of the group that is shown today. */
export interface ReleaseInTime {
  manifest: Manifest;
  cell: Cell | undefined;
}

/** An earlier own check in its own time. */
export interface EarlierStanding {
  conductedOn: string;
  own: OwnScores;
  /** `suppressed`: the release of its time does not show the group; `no-release`: there is none yet. */
  state: 'compared' | 'suppressed' | 'no-release';
  release: { releaseId: string; cutoffOn: string } | null;
  /** The shown n of the group then; null unless compared. */
  participations: number | null;
  /** Empty unless compared. */
  dimensions: DimensionStanding[];
  /** From this check to the one that counts; beside the group's where the two are as far apart as its are. */
  changes: OwnChange[];
}

/** A release's matched change is of checks at least so many months apart, and within the series' window. */
const MATCHED_MONTHS = 6;

/**
 * An earlier check against the first release whose cut-off is its day or later, since that is the first it could count in;
 * in the group that is shown today.
 *
 * @param history listed releases, oldest first
 * @param change the released change of that group, in the release in force
 */
export function earlierStanding(given: {
  instrument: Instrument;
  check: { conductedOn: string; own: OwnScores };
  latest: { conductedOn: string; own: OwnScores };
  chosen: ChosenGroup;
  history: readonly ReleaseInTime[];
  change: Change | undefined;
}): EarlierStanding {
  const { instrument, check, latest, chosen, history, change } = given;
  const { conductedOn, own } = check;
  const inTime = history.find(({ manifest }) => manifest.cutoffOn >= conductedOn);
  const cell = isPublished(inTime?.cell) ? inTime.cell : null;
  return {
    conductedOn,
    own,
    state: cell ? 'compared' : inTime ? 'suppressed' : 'no-release',
    release: inTime ? { releaseId: inTime.manifest.releaseId, cutoffOn: inTime.manifest.cutoffOn } : null,
    participations: cell?.participations ?? null,
    dimensions:
      cell && inTime
        ? ownStanding({
            instrument,
            own,
            chosen: { ...chosen, larger: null },
            cells: new Map([[cell.group.key, cell]]),
            policy: inTime.manifest.policy,
          }).dimensions
        : [],
    changes: ownChanges({
      instrument,
      earlier: own,
      later: latest.own,
      change: areMatched(instrument, conductedOn, latest.conductedOn) ? change : undefined,
      policy: history.at(-1)?.manifest.policy ?? null,
    }),
  };
}

function areMatched({ windowMonths }: Instrument, earlier: string, later: string): boolean {
  return earlier <= monthsBefore(later, MATCHED_MONTHS) && earlier > monthsBefore(later, windowMonths);
}
