import { changeKey, groupKeyOf } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { Policy } from '#contracts/policy';
import { Cell, Change, type GroupRef, type Ledger, Manifest, type PublishedCell } from '#contracts/release';
import { canonicalJson } from '#store/hashes';
import {
  type CountedCell,
  FIGURES_ATTEMPT,
  INVERSION_ATTEMPT,
  REST_FIGURES_ATTEMPT,
  tryCellFigures,
  tryChangeFigures,
  tryRestFigures,
} from './cell-figures.ts';
import { COEFFICIENTS_ATTEMPT, tryCoefficients, tryCoefficientsAgain } from './coefficients.ts';
import { tryDerivedDimensions } from './derived-dimensions.ts';
import { belongsTo, firstOf, type LogRoster, type Participation } from './log-roster.ts';
import { createNumbering, type PublishedRow, pairOf, publishedRows, touchedByDifference } from './published-rows.ts';
import { RECOMPUTED_ATTEMPT, tryRecomputed, tryRecomputedChange } from './recomputed-figures.ts';
import { type AuditReport, createFindings, type Findings } from './report.ts';
import { atomsOf } from './row-space.ts';
import { type HiddenGroup, SEARCH_LIMITS, type SearchLimits, trySignedSums } from './signed-search.ts';
import { kindsOfChildren, shownRows, tryRests, trySecondDifferences, trySubtraction } from './subtraction.ts';

/**
 * A release as its routes show it: what stands in their answers, nothing else. To the public cells come those that only
 * an association is shown; whoever reads these reads the public ones too.
 */
export interface ShownRelease {
  manifest: Manifest;
  cells: Cell[];
  /** Matched change of the groups; none of releases from before it was published. */
  changes?: Change[];
}

export interface AuditInput {
  /** The release to break. */
  candidate: ShownRelease;
  /** Every release before it, oldest first. */
  former: readonly ShownRelease[];
  /** The ledgers of all of them, the candidate's last. */
  ledgers: readonly Ledger[];
  /** The auditor's own reading of the log at the candidate's cut-off; absent: groups that show nothing are not tried. */
  roster?: LogRoster;
  /** The roster was read with the plan's own time limit, so that it must agree with the candidate's ledger. */
  isRosterOfPlan?: boolean;
  instrument: Instrument;
  /** The policy that binds, which the candidate's own may not undercut. */
  policy: Policy;
  limits?: Partial<SearchLimits>;
  now: () => number;
}

/** Sets between two cells below this size are small enough for bounds on their answers to matter. */
const SMALL_SETS = 50;

/**
 * Tries to break a release with code that shares nothing with the publisher's: it reads who was in which published
 * version from the ledgers, and what they show from the public answers. Attackers are assumed to know the exact n.
 */
export async function auditRelease(input: AuditInput): Promise<AuditReport> {
  const findings = createFindings();
  const { candidate, former, ledgers, policy } = input;
  const { k } = policy;
  const numbering = createNumbering();
  const rows = publishedRows(ledgers, [...former, candidate], numbering);
  const byVersion = new Map(rows.map((row) => [row.version, row]));

  tryForm(input, byVersion, findings);
  tryThresholds(input, rows, findings);
  tryFigures(input, byVersion, findings);
  const hidden = tryLog(input, byVersion, numbering, findings);
  trySubtraction(rows, k, findings);
  tryRests([...former, candidate], byVersion, k, findings);
  trySecondDifferences(rows, k, findings);
  const limits = { ...SEARCH_LIMITS, ...input.limits };
  const { releaseId } = candidate.manifest;
  await trySignedSums(rows, hidden, releaseId, k, limits, input.now, findings);
  const steps = { needed: rows.length * rows.length * atomsOf(rows).length, limit: limits.eliminationSteps };
  tryDerivedDimensions(rows, [...former, candidate], releaseId, steps, findings);
  const { attempts, breaks, notices } = findings;
  return { releaseId: candidate.manifest.releaseId, attempts, breaks, notices };
}

/** Shape of the answers, manifest against cells, carried versions byte for byte, distance of cut-offs. */
function tryForm(input: AuditInput, rows: ReadonlyMap<string, PublishedRow>, findings: Findings): void {
  const name = 'form, carried versions and time';
  const { candidate, former, policy, instrument } = input;
  const { manifest } = candidate;
  const fault = (rule: number, detail: string) => findings.break(name, rule, detail);
  if (!Manifest.safeParse(manifest).success) fault(4, 'the manifest holds something else than the contract says');
  const published = new Map(
    former.flatMap(({ cells, changes = [] }) =>
      [...cells, ...changes].flatMap((one) => (one.state === 'published' ? [[one.version, one] as const] : [])),
    ),
  );
  const shown = [
    ...candidate.cells.map((cell) => ({ cell, key: cell.group.key, isForm: Cell.safeParse(cell).success })),
    ...(candidate.changes ?? []).map((change) => ({
      cell: change,
      key: changeKey(change.group.key),
      isForm: Change.safeParse(change).success,
    })),
  ];
  const listed = new Map([
    ...manifest.cells.map((entry) => [entry.key, entry] as const),
    ...(manifest.changes ?? []).map((entry) => [changeKey(entry.key), entry] as const),
  ]);
  const keys = new Set(shown.map(({ key }) => key));
  if (keys.size !== shown.length) fault(11, 'two cells are of one group');
  for (const [key, { group }] of listed) {
    if (!keys.has(key)) fault(11, `the manifest lists ${key}, of which there is no cell`);
    if (group.cohort !== undefined || key.includes('cohort='))
      fault(11, `the manifest, which is public, names the association's cell ${key}`);
  }
  for (const { cell, key, isForm } of shown) {
    if (!isForm) fault(4, `the cell ${key} holds something else than the contract says`);
    if (cell.group.cohort === undefined && !isListed(cell, listed.get(key)))
      fault(11, `manifest and cell of ${key} differ`);
    if (cell.state === 'suppressed') continue;
    const { isCarriedForward, ...version } = cell;
    if (!rows.has(cell.version)) fault(7, `${cell.version} is shown, and no ledger says who is in it`);
    if (isCarriedForward) {
      const before = published.get(cell.version);
      const same = before && canonicalJson({ ...before, isCarriedForward: true }) === canonicalJson(cell);
      if (!same) fault(7, `${cell.version} is not carried forward byte for byte`);
      if (monthsOfDays(cell.asOf, manifest.cutoffOn) > instrument.panelMonths)
        fault(7, `${cell.version} is older than the panel window`);
    } else if (version.asOf !== manifest.cutoffOn || version.version !== `${manifest.releaseId}/${key}`)
      fault(7, `${cell.version} is shown as fresh`);
  }
  const before = former.at(-1)?.manifest;
  if (before && manifest.replaces === null) {
    const days = (Date.parse(manifest.cutoffOn) - Date.parse(before.cutoffOn)) / 86_400_000;
    if (days <= 0 || days < policy.minDaysBetweenReleases) fault(7, `cut-offs are ${days} days apart`);
  }
  for (const field of ['k', 'minOpenParticipations', 'minSlice'] as const)
    if (manifest.policy[field] < policy[field]) fault(3, `the release was made under a looser ${field}`);
  findings.attempt(
    name,
    `${shown.length} groups and changes against ${published.size} versions of ${former.length} former releases`,
  );
}

/** Whether the public list says of a cell what the cell says itself. */
function isListed(cell: Cell | Change, entry: Manifest['cells'][number] | undefined): boolean {
  if (entry?.state !== cell.state) return false;
  if (entry.state === 'suppressed' || cell.state === 'suppressed') return true;
  return (
    entry.participations === cell.participations &&
    entry.version === cell.version &&
    entry.asOf === cell.asOf &&
    entry.isCarriedForward === cell.isCarriedForward
  );
}

/** Whole months between two dates, begun ones not counted. */
function monthsOfDays(from: string, to: string): number {
  const [y1 = 0, m1 = 0, d1 = 0] = from.split('-').map(Number);
  const [y2 = 0, m2 = 0, d2 = 0] = to.split('-').map(Number);
  return (y2 - y1) * 12 + m2 - m1 - (d2 < d1 ? 1 : 0);
}

/** Rules 3, 7 and 9 on the members of each version, and each version against all earlier ones of its group. */
function tryThresholds(input: AuditInput, rows: readonly PublishedRow[], findings: Findings): void {
  const name = 'members, invitations, sources and changes of each version';
  const { policy, ledgers, roster } = input;
  const trusted = new Set(roster?.participations.filter(({ isTrusted }) => isTrusted).map((entry) => entry.submission));
  const sources = new Map<string, Map<string, number>>();
  for (const { releaseId, entries } of ledgers) {
    for (const { submission, source, isInvited, groups } of entries) {
      // Only the operator's trusted imports are exempt; without the log, an invited import may be one of them.
      const isExempt = trusted.has(submission) || (isInvited && source?.startsWith('import:') === true);
      if (source === undefined || isExempt) continue;
      for (const key of groups) {
        const version = `${releaseId}/${key}`;
        const counts = sources.get(version) ?? new Map<string, number>();
        sources.set(version, counts.set(source, (counts.get(source) ?? 0) + 1));
      }
    }
  }
  const earlier = new Map<string, PublishedRow[]>();
  let compared = 0;
  for (const row of rows) {
    // A change is looked at once, by its pairs of submissions.
    if (row.part === 'first') continue;
    const n = row.members.size;
    if (n < policy.k) findings.break(name, 3, `${row.version} has ${n} participations`);
    else if (n < policy.minOpenParticipations && row.invited < policy.k)
      findings.break(name, 3, `${row.version} has ${n} participations, ${row.invited} of them invited`);
    const largest = Math.max(0, ...(sources.get(row.version)?.values() ?? []));
    if (row.group.cohort === undefined && n - largest < policy.k)
      findings.break(name, 9, `${row.version} has ${largest} of ${n} participations from one source`);
    const key = `${row.part} ${row.group.key}`;
    for (const former of earlier.get(key) ?? []) {
      compared += 1;
      const touched = touchedByDifference(row.pairs ?? row.members, former.pairs ?? former.members);
      if (touched < policy.k) findings.break(name, 7, `${row.version} differs from ${former.version} by ${touched}`);
    }
    earlier.set(key, [...(earlier.get(key) ?? []), row]);
  }
  findings.attempt(name, `${rows.length} versions, ${compared} pairs of versions of one group`);
}

/** Each shown cell for itself, and the small sets between cells. */
function tryFigures(input: AuditInput, rows: ReadonlyMap<string, PublishedRow>, findings: Findings): void {
  const { candidate, former, policy, instrument } = input;
  const singleChoice = new Set(instrument.questions.filter(({ maxChoices }) => maxChoices === 1).map(({ id }) => id));
  const shown = candidate.cells.filter((cell) => cell.state === 'published');
  const counted = (cell: PublishedCell): CountedCell | undefined => {
    const n = rows.get(cell.version)?.members.size;
    return n === undefined ? undefined : { cell, n };
  };
  for (const cell of shown) {
    const entry = counted(cell);
    if (!entry) continue;
    tryCellFigures(cell, entry.n, singleChoice, policy, findings);
    tryCoefficients(cell, entry.n, policy, findings);
  }
  const changes = (candidate.changes ?? []).filter((change) => change.state === 'published');
  for (const change of changes) {
    const n = rows.get(change.version)?.members.size;
    if (n !== undefined) tryChangeFigures(change, n, policy, findings);
  }
  const tried = `${shown.length} cells and ${changes.length} changes`;
  findings.attempt(FIGURES_ATTEMPT, tried);
  findings.attempt(INVERSION_ATTEMPT, `${tried}, every interval of scores, every pair of levels`);

  const all = new Map(
    [...former, candidate].flatMap(({ cells }) =>
      cells.flatMap((cell) => (cell.state === 'published' ? [[cell.version, cell] as const] : [])),
    ),
  );
  let sets = 0;
  const tryRest = (outer: PublishedRow, inner: readonly PublishedRow[]) => {
    const size = outer.members.size - inner.reduce((sum, row) => sum + row.members.size, 0);
    if (size <= 0 || size >= SMALL_SETS) return;
    const isPart = (row: PublishedRow) =>
      [...row.members].every(([organisation, column]) => outer.members.get(organisation) === column);
    if (!inner.every(isPart)) return;
    const whole = all.get(outer.version);
    const parts = inner.map(({ version }) => all.get(version));
    if (!whole || parts.some((part) => !part)) return;
    sets += 1;
    tryRestFigures(
      { cell: whole, n: outer.members.size },
      inner.map((row, place) => ({ cell: parts[place]!, n: row.members.size })),
      policy,
      findings,
    );
  };
  // Bounds on answers of one date; two changes have no difference.
  const list = [...rows.values()].filter(({ part }) => part === 'level');
  const current = shownRows(candidate, rows).filter(({ part }) => part === 'level');
  for (const outer of list) for (const inner of list) if (outer !== inner) tryRest(outer, [inner]);
  for (const parent of current)
    for (const children of kindsOfChildren(parent, current)) if (children.length > 1) tryRest(parent, children);
  findings.attempt(REST_FIGURES_ATTEMPT, `${sets} sets of fewer than ${SMALL_SETS}`);
}

/** The ledger against the auditor's own fold; returns who belongs to the groups that show nothing. */
function tryLog(
  input: AuditInput,
  rows: ReadonlyMap<string, PublishedRow>,
  numbering: ReturnType<typeof createNumbering>,
  findings: Findings,
): HiddenGroup[] {
  const name = 'the ledger against the log';
  const { candidate, roster, instrument, policy } = input;
  if (!roster) {
    findings.attempt(name, 'nothing', 'the log was not given');
    return [];
  }
  const ledger = input.ledgers.at(-1)!;
  const groups = new Map(candidate.cells.map(({ group }) => [group.key, group]));
  const members = new Map<string, Participation[] | null>();
  const counted = new Set<string>();
  const isGone = (organisation: string, submission: string | undefined) =>
    submission === undefined || roster.withdrawn.has(`${organisation}/${submission}`) || !input.isRosterOfPlan;
  const ownOf = new Map<string, Participation[]>();
  for (const entry of roster.eligible.values())
    ownOf.set(entry.organisation, [...(ownOf.get(entry.organisation) ?? []), entry]);
  for (const { organisation, submission, first, groups: keys } of ledger.entries) {
    if (counted.has(organisation)) findings.break(name, 1, `${ledger.releaseId} counts an organisation twice`);
    counted.add(organisation);
    const contribution = `${organisation}/${submission}`;
    const participation = roster.eligible.get(contribution);
    for (const key of keys) {
      // A group with a submission that has been withdrawn since cannot be computed again.
      if (!members.has(key)) members.set(key, []);
      if (participation) members.get(key)?.push(participation);
      else members.set(key, null);
      const expected = participation && firstOf(participation, ownOf.get(organisation)!, instrument.panelAttribute);
      if (participation && groupKeyOf(key) !== key && first !== expected?.submission && !isGone(organisation, first))
        findings.break(name, 1, `${ledger.releaseId}/${key} measures a change from another submission than the first`);
      if (participation && !belongsTo(participation, groups.get(groupKeyOf(key))!, instrument.panelAttribute))
        findings.break(name, 1, `${ledger.releaseId}/${key} counts an organisation that does not belong to it`);
      if (!participation && input.isRosterOfPlan === true && !roster.withdrawn.has(contribution))
        findings.break(name, 1, `${ledger.releaseId}/${key} counts a submission that the log does not hold`);
    }
  }
  const last = new Map(roster.participations.map((entry) => [entry.organisation, entry.submission]));
  const waiting = ledger.entries.filter(({ organisation, submission }) => {
    const own = last.get(organisation);
    return own !== undefined && own !== submission;
  }).length;
  findings.attempt(
    name,
    `${ledger.entries.length} entries, ${waiting} of them with a later submission that waits, against ${roster.participations.length} participations`,
  );
  let recomputed = 0;
  for (const cell of candidate.cells) {
    const list = cell.state === 'published' && !cell.isCarriedForward ? members.get(cell.group.key) : undefined;
    if (!list || cell.state !== 'published') continue;
    recomputed += 1;
    tryRecomputed(cell, list, policy, findings);
    tryCoefficientsAgain(cell, list, instrument, policy, findings);
  }
  const firstOfOwn = (last: Participation) => firstOf(last, ownOf.get(last.organisation)!, instrument.panelAttribute);
  for (const change of candidate.changes ?? []) {
    if (change.state !== 'published' || change.isCarriedForward) continue;
    const pairs = members.get(changeKey(change.group.key))?.map((last) => ({ last, first: firstOfOwn(last) }));
    if (!pairs?.every((pair): pair is { last: Participation; first: Participation } => pair.first !== undefined))
      continue;
    recomputed += 1;
    tryRecomputedChange(change, pairs, policy, findings);
  }
  findings.attempt(RECOMPUTED_ATTEMPT, `${recomputed} fresh cells and changes`);
  findings.attempt(COEFFICIENTS_ATTEMPT, `${recomputed} fresh cells and changes, computed again by other ways`);
  const columnsOf = (list: readonly Participation[], columnOf: (entry: Participation) => string) =>
    new Map(
      list.map((entry) => [
        numbering.organisation(entry.organisation),
        numbering.column(entry.organisation, columnOf(entry)),
      ]),
    );
  const hiddenOf = (list: readonly (Cell | Change)[]) =>
    list.flatMap(({ group, state }) => (state === 'published' ? [] : [group]));
  return [
    ...hiddenOf(candidate.cells).flatMap((group) =>
      hiddenSets(group, input, roster, rows).map((list) => ({
        key: group.key,
        isChange: false,
        members: columnsOf(list, ({ submission }) => submission),
      })),
    ),
    ...hiddenOf(candidate.changes ?? []).flatMap((group) =>
      hiddenSets(group, input, roster, rows).map((list) => ({
        key: changeKey(group.key),
        isChange: true,
        members: columnsOf(
          list.filter((last) => firstOfOwn(last) !== undefined),
          (last) => pairOf(firstOfOwn(last)!.submission, last.submission),
        ),
      })),
    ),
  ];
}

/** A hidden group in full, and without those whose submissions the release lets wait, where that can be seen. */
function hiddenSets(
  group: GroupRef,
  { candidate, ledgers, instrument }: AuditInput,
  roster: LogRoster,
  rows: ReadonlyMap<string, PublishedRow>,
): Participation[][] {
  const full = roster.participations.filter((entry) => belongsTo(entry, group, instrument.panelAttribute));
  const everybody = candidate.manifest.cells.find(
    ({ group: other }) => other.panel === group.panel && Object.keys(other.where).length === 0 && !other.cohort,
  );
  const isFresh = everybody && rows.has(`${candidate.manifest.releaseId}/${everybody.key}`);
  if (!isFresh) return [full];
  // Whom the release counts in everybody's cell, with the submission that it counts.
  const withoutWaiting = ledgers.at(-1)!.entries.flatMap(({ organisation, submission, groups }) => {
    const entry = roster.eligible.get(`${organisation}/${submission}`);
    const isMember = entry && groups.includes(everybody.key) && belongsTo(entry, group, instrument.panelAttribute);
    return isMember ? [entry] : [];
  });
  const idsOf = (list: Participation[]) =>
    list
      .map((entry) => entry.submission)
      .sort()
      .join();
  return idsOf(withoutWaiting) === idsOf(full) ? [full] : [full, withoutWaiting];
}
