import { cohortGroups } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import { panelIdOf } from '#contracts/instrument-id';
import type { Policy } from '#contracts/policy';
import type { Cell, Change, Ledger, Manifest, Plan } from '#contracts/release';
import type { ReleaseId } from '#contracts/release-id';
import type { LogItem } from '#contracts/submission';
import type { LedgerStore, ReleaseReader, SubmissionLog } from '#store/ports';
import { auditRelease, type ShownRelease } from './audit-release.ts';
import { type LogRoster, rosterFromLog } from './log-roster.ts';
import type { AuditReport } from './report.ts';
import type { SearchLimits } from './signed-search.ts';

export interface AuditDependencies {
  instruments: ReadonlyMap<string, Instrument>;
  submissions: Pick<SubmissionLog, 'scan'>;
  releases: ReleaseReader;
  ledger: Pick<LedgerStore, 'read'>;
  /** The policy that binds. */
  policy: Policy;
  now: () => Date;
  limits?: Partial<SearchLimits>;
}

/** A release that is listed in no head cannot be audited; the message is one sentence. */
export class AuditError extends Error {
  override name = 'AuditError';
}

/**
 * The last gate before the flip: audits what publishing is about to put in force, as the routes would answer it. A
 * release may only be flipped when `breaks` is empty.
 */
export async function auditCandidate(
  deps: AuditDependencies,
  given: { plan: Plan; manifest: Manifest; cells: readonly Cell[]; changes: readonly Change[]; ledger: Ledger },
): Promise<AuditReport> {
  const { plan } = given;
  const head = await deps.releases.head(plan.panel);
  // Routes answer JSON: what they show is what survives it.
  const shown = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
  return audit(deps, {
    manifest: shown(given.manifest),
    written: { cells: shown([...given.cells]), changes: shown([...given.changes]) },
    before: (head?.releases ?? []).filter((id) => id !== plan.releaseId).toReversed(),
    ledger: given.ledger,
    acceptedUntil: plan.acceptedUntil,
  });
}

/** Audits a release that is in force or was. Its plan is gone, so today's log up to the cut-off stands for its log. */
export async function auditPublished(deps: AuditDependencies, releaseId: ReleaseId): Promise<AuditReport> {
  const manifest = await deps.releases.manifest(releaseId);
  if (!manifest) throw new AuditError(`There is no release ${releaseId}.`);
  const releases = (await deps.releases.head(manifest.panel))?.releases ?? [];
  return audit(deps, {
    manifest,
    written: undefined,
    before: releases.slice(releases.indexOf(releaseId) + 1).toReversed(),
    ledger: await deps.ledger.read(releaseId),
    acceptedUntil: undefined,
  });
}

async function audit(
  deps: AuditDependencies,
  given: {
    manifest: Manifest;
    /** As publishing is about to write them; undefined: as they can be read. */
    written: { cells: Cell[]; changes: Change[] } | undefined;
    before: readonly ReleaseId[];
    ledger: Ledger;
    acceptedUntil: string | undefined;
  },
): Promise<AuditReport> {
  const { manifest, before, ledger, acceptedUntil } = given;
  const instrument = deps.instruments.get(manifest.instrument);
  if (!instrument) throw new AuditError(`The instrument ${manifest.instrument} is unknown; name its folder.`);
  const roster = await rosterFromLog(allItems(deps.submissions), deps.instruments, {
    panel: panelIdOf(manifest.instrument),
    cutoffOn: manifest.cutoffOn,
    acceptedUntil,
  });
  const ledgers: Ledger[] = [];
  for (const releaseId of before) ledgers.push(await deps.ledger.read(releaseId));
  ledgers.push(ledger);
  const cohorts = cohortsIn(roster, ledgers);
  const read = (releaseId: ReleaseId) => shownRelease(deps.releases, releaseId, instrument, cohorts);
  const former: ShownRelease[] = [];
  for (const releaseId of before) former.push(await read(releaseId));
  return auditRelease({
    candidate: given.written ? { manifest, ...given.written } : await read(manifest.releaseId),
    former,
    ledgers,
    roster,
    isRosterOfPlan: acceptedUntil !== undefined,
    instrument,
    policy: deps.policy,
    now: () => deps.now().getTime(),
    ...(deps.limits ? { limits: deps.limits } : {}),
  });
}

/** The public cells, then those of the named associations. */
async function shownRelease(
  releases: ReleaseReader,
  releaseId: ReleaseId,
  instrument: Instrument,
  cohorts: Iterable<string>,
): Promise<ShownRelease> {
  const manifest = await releases.manifest(releaseId);
  if (!manifest) throw new AuditError(`There is no release ${releaseId}.`);
  const cells: Cell[] = [];
  const changes: Change[] = [];
  const members = [...cohorts].flatMap((cohort) => cohortGroups(instrument, cohort));
  for (const { key } of [...manifest.cells, ...members]) {
    const cell = await releases.cell(releaseId, key);
    if (cell) cells.push(cell);
    const change = await releases.change(releaseId, key);
    if (change) changes.push(change);
  }
  return { manifest, cells, changes };
}

/** Every association that the log or a ledger names. */
function cohortsIn(roster: LogRoster, ledgers: readonly Ledger[]): Set<string> {
  const keys = new Set(ledgers.flatMap(({ entries }) => entries.flatMap(({ groups }) => groups)));
  return new Set([
    ...[...roster.eligible.values()].flatMap(({ cohorts }) => cohorts),
    ...[...keys].flatMap((key) => /(?:^|,)cohort=([^,]+)/.exec(key)?.[1] ?? []),
  ]);
}

async function* allItems(submissions: Pick<SubmissionLog, 'scan'>): AsyncIterable<LogItem> {
  yield* submissions.scan(0, 1);
}
