import { dayNumber, monthsBefore } from '#contracts/calendar';
import type { Instrument } from '#contracts/instrument';
import type { CutLadder, Policy } from '#contracts/policy';
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
  const epsilonSum = epsilonSumOf(instrument, policy);
  findings.demand(manifest.epsilonSum === epsilonSum, 5, `the sum of epsilons is ${epsilonSum}`);

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

/** Of a cut by what part of the ranks it divides, the fewest participations that show it: middle, quartiles, tenths, twentieths. */
const FEWEST = { cutLadder: [20, 40, 60, 200], changeCutLadder: [20, 60, 200] } as const;

function checkFloor(policy: Policy, findings: Findings): void {
  for (const [field, least] of Object.entries(AT_LEAST) as [keyof typeof AT_LEAST, number][])
    findings.demand(policy[field] >= least, 2, `the release was made under a looser ${field}`);
  for (const [field, most] of Object.entries(AT_MOST) as [keyof typeof AT_MOST, number][])
    findings.demand(policy.epsilon[field] <= most, 5, `the release was made under a larger epsilon.${field}`);
  findings.demand(policy.releasesPerParticipation <= 2, 7, 'a participation may count in more than two releases');
  findings.demand(policy.isTrial || policy.minDaysBetweenReleases >= 180, 7, 'cut-offs may lie too close together');
  for (const field of ['cutLadder', 'changeCutLadder'] as const)
    for (const { fromN, permilles } of policy[field])
      for (const permille of permilles) {
        const part = [500, 250, 100, 50].findIndex((width) => permille % width === 0);
        const isEnough = fromN >= (FEWEST[field][part] ?? Number.POSITIVE_INFINITY);
        findings.demand(isEnough, 6, `${field}: the cut at ${permille} is shown from ${fromN} on`);
      }
}

/** As many associations as one submission may name. */
const ASSOCIATIONS = 3;

/**
 * What the epsilons of all figures come to that one participation can be in: of every set of the catalogue one group, each
 * showing all it ever may; rounded up to a tenth.
 */
function epsilonSumOf({ catalogue, memberSets, dimensions, items, questions }: Instrument, policy: Policy): number {
  const { cut, count } = policy.epsilon;
  const costOf = (permilles: readonly number[]) =>
    permilles.reduce((sum, permille) => sum + cut / (Math.max(permille, 1000 - permille) / 1000), 0);
  const dearest = (ladder: CutLadder) => Math.max(...ladder.map(({ permilles }) => costOf(permilles)));
  const scores = (dimensions.length + 1) * (dearest(policy.cutLadder) + dearest(policy.changeCutLadder) + 3 * count);
  const counts = 6 * items.length + questions.reduce((sum, { codes }) => sum + 1 + codes.length, 0);
  let sum = 0;
  for (const set of catalogue) sum += scores + (set.length < 2 ? count * counts : 0);
  for (const set of memberSets) sum += ASSOCIATIONS * (scores + (set.length === 0 ? count * counts : 0));
  return Math.ceil(10 * sum - 1e-6) / 10;
}
