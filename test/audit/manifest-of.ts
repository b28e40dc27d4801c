import type { Instrument } from '#contracts/instrument';
import type { Policy } from '#contracts/policy';
import type { Cell, CellEntry, Change, HeadEntry, Manifest } from '#contracts/release';
import type { Drawn } from '#disclosure/draw-release';

/** A manifest about drawn cells, as publishing would write it. */
export function manifestOf(
  instrument: Instrument,
  { cutoffOn, acceptedUntil }: { cutoffOn: string; acceptedUntil: string },
  { cells, changes, leftOut, epsilonSum }: Drawn,
  { policy, former }: { policy: Policy; former: readonly HeadEntry[] },
): Manifest {
  return {
    releaseId: `${instrument.id}-${cutoffOn}-00000003`,
    series: instrument.id,
    instrument: instrument.id,
    cutoffOn,
    acceptedUntil,
    nextReleaseOn: '2030-01-01',
    follows: former[0]?.releaseId ?? null,
    replaces: null,
    marks: { isTrial: false, isInvented: false, hasKnownKey: false },
    policy,
    policyHash: '0'.repeat(64),
    instrumentHash: '0'.repeat(64),
    codeVersion: 'test',
    leftOut,
    epsilonSum,
    cells: entriesOf(cells),
    changes: entriesOf(changes),
  };
}

/** What a manifest lists of public cells. */
export function entriesOf(shown: readonly (Cell | Change)[]): CellEntry[] {
  return shown.flatMap((one): CellEntry[] => {
    if (one.group.association !== undefined) return [];
    if (one.state === 'suppressed') return [one];
    return [{ group: one.group, state: 'published', participations: one.participations }];
  });
}
