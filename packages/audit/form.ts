import { dayNumber, monthsBefore } from '#contracts/calendar';
import type { Policy } from '#contracts/policy';
import { Cell, type CellEntry, Change, type HeadEntry, Manifest } from '#contracts/release';
import type { Review } from '#contracts/review';
import type { AuditLog } from './audit-log.ts';
import type { Findings } from './report.ts';

/** A release as it is about to be put in force, or as it is given out. */
export interface ShownRelease {
  manifest: Manifest;
  /** Public cells in the catalogue's order, then those of associations. */
  cells: readonly Cell[];
  changes: readonly Change[];
  reviews: readonly Review[];
  /** Every release of the series that was put in force before. */
  former: readonly HeadEntry[];
  /** Its figures were drawn for the release it replaces, and `former` are those before that one. */
  isCopy?: boolean;
}

/** What can be told of a release without counting: its form, its policy and its distance from former releases. */
export function checkForm(
  log: AuditLog,
  { manifest, cells, changes, former, isCopy = false }: ShownRelease,
  findings: Findings,
): void {
  const { policy, replaces } = manifest;
  findings.demand(Manifest.safeParse(manifest).success, 6, 'the manifest holds something else than the contract says');
  findings.demand(manifest.marks.isTrial === policy.isTrial, 7, 'the mark of a trial is not that of the policy');
  for (const [shown, listed, schema] of [
    [cells, manifest.cells, Cell],
    [changes, manifest.changes, Change],
  ] as const) {
    for (const one of shown)
      if (!schema.safeParse(one).success)
        findings.break(6, `the cell of ${one.group.key} holds something else than the contract says`);
    findings.demand(
      new Set(shown.map(({ group }) => group.key)).size === shown.length,
      6,
      'two cells are of one group',
    );
    const open = shown.filter(({ group }) => group.association === undefined);
    const isListed = open.length === listed.length && open.every((one, place) => isEntryOf(one, listed[place]!));
    findings.demand(isListed, 6, 'the manifest lists other groups, states or numbers than the cells have');
  }
  checkFloor(policy, findings);

  const { window, instrument } = log;
  const draws = former.filter(({ copies }) => copies === undefined).map(({ acceptedUntil }) => acceptedUntil);
  const acceptedAfter = draws.sort().at(-policy.releasesPerParticipation) ?? null;
  const after = monthsBefore(manifest.cutoffOn, instrument.windowMonths);
  findings.demand(window.acceptedAfter === acceptedAfter, 7, 'what has counted in two releases may count once more');
  findings.demand(window.after === after && window.cutoffOn === manifest.cutoffOn, 7, 'the window is another');
  findings.demand(window.acceptedUntil === manifest.acceptedUntil, 1, 'the end of acceptance is another');
  const replaced = former.find(({ releaseId }) => releaseId === replaces);
  findings.demand(
    isCopy || replaces === null || replaced?.cutoffOn === manifest.cutoffOn,
    9,
    'the erratum is of another cut-off',
  );
  for (const { releaseId, cutoffOn } of former) {
    const days = Math.abs(dayNumber(cutoffOn) - dayNumber(manifest.cutoffOn));
    if (cutoffOn !== replaced?.cutoffOn && days < policy.minDaysBetweenReleases)
      findings.break(7, `the cut-off lies ${days} days from that of ${releaseId}`);
  }
  if (log.unknownVersions > 0)
    findings.incomplete.push(
      `${log.unknownVersions} submissions are of a version of the check whose instrument is not here.`,
    );
}

function isEntryOf(one: Cell | Change, entry: CellEntry): boolean {
  const n = (other: Cell | Change | CellEntry) => (other.state === 'published' ? other.participations : undefined);
  return one.group.key === entry.group.key && one.state === entry.state && n(one) === n(entry);
}

/** The values of docs/method.md, which no policy may undercut. */
const AT_LEAST = {
  minParticipations: 20,
  minNestedDifference: 10,
  minIndependent: 10,
  participationsRoundedTo: 5,
  itemsFromN: 40,
  questionsFromBase: 40,
} as const;
const AT_MOST = { cut: 0.7, count: 0.5 } as const;

function checkFloor(policy: Policy, findings: Findings): void {
  for (const field of Object.keys(AT_LEAST) as (keyof typeof AT_LEAST)[])
    findings.demand(policy[field] >= AT_LEAST[field], 2, `the release was made under a looser ${field}`);
  for (const field of Object.keys(AT_MOST) as (keyof typeof AT_MOST)[])
    findings.demand(policy.epsilon[field] <= AT_MOST[field], 5, `the release was made under a larger epsilon.${field}`);
  findings.demand(policy.releasesPerParticipation <= 2, 7, 'a participation may count in more than two releases');
  findings.demand(policy.isTrial || policy.minDaysBetweenReleases >= 180, 7, 'cut-offs may lie too close together');
  for (const [field, fewest] of Object.entries(FEWEST) as [keyof typeof FEWEST, CutsFrom][])
    for (const { fromN, permilles } of policy[field])
      for (const permille of permilles) {
        const isEnough = fromN >= fewestFor(permille, fewest);
        findings.demand(isEnough, 6, `${field}: the cut at ${permille} is shown from ${fromN} on`);
      }
}

interface CutsFrom {
  quartiles: number;
  tenths: number;
  twentieths: number;
}

const FEWEST = {
  cutLadder: { quartiles: 40, tenths: 60, twentieths: 200 },
  changeCutLadder: { quartiles: 60, tenths: 200, twentieths: Number.POSITIVE_INFINITY },
};

function fewestFor(permille: number, { quartiles, tenths, twentieths }: CutsFrom): number {
  if (permille === 500) return AT_LEAST.minParticipations;
  if (permille === 250 || permille === 750) return quartiles;
  return permille % 100 === 0 ? tenths : permille % 50 === 0 ? twentieths : Number.POSITIVE_INFINITY;
}
