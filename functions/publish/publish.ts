import { auditDraw } from '#audit/audit-draw';
import { type AuditLog, createAuditLog } from '#audit/audit-log';
import type { AuditReport } from '#audit/report';
import { addDays, berlinDate } from '#contracts/calendar';
import type { Instrument } from '#contracts/instrument';
import { panelIdOf } from '#contracts/instrument-id';
import type { Policy } from '#contracts/policy';
import type { Attempt, Cell, CellEntry, Change, Head, HeadEntry, Manifest, MemberCells } from '#contracts/release';
import type { ReleaseId } from '#contracts/release-id';
import type { Review } from '#contracts/review';
import type { Statements } from '#contracts/statements';
import { IsoDate } from '#contracts/text';
import type { OperatorFacts } from '#datasets/release';
import { type Decided, decideRelease, drawRelease } from '#disclosure/release';
import { type DisclosureReport, disclosureReportOf } from '#disclosure/report';
import type { Instruments } from '#functions/instruments';
import { createFold, type Fold, type Reviewed } from '#microdata/fold';
import { canonicalJson, sha256Hex } from '#store/hashes';
import type { FileStore, RegistryReader, ReviewReader, SubmissionLog } from '#store/ports';
import {
  type AttemptDependencies,
  begin,
  giveUp,
  holdLease,
  type Lease,
  lostTo,
  newAttempt,
  RUN_LEASE_MINUTES,
  removeLeftovers,
} from './attempt.ts';
import { acceptedAfter, type ScanDependencies, type Sink, scanLog, windowOf } from './fold-log.ts';
import { type Parts, readParts } from './parts.ts';
import { PublishError } from './publish-error.ts';
import { copiedRelease, instrumentHashOf, writeRelease } from './released.ts';

export interface PublishDependencies extends AttemptDependencies, ScanDependencies {
  instruments: Instruments;
  submissions: SubmissionLog;
  registry: Pick<ReviewReader, 'reviews'> & Pick<RegistryReader, 'associations'>;
  files: FileStore;
  policy: Policy;
  /** Whether every participation of this database is invented. */
  isInvented: boolean;
  codeVersion: string;
  /** Submissions accepted within this time before the start wait for the next release: their writes may be under way. */
  settleMinutes: number;
  /** What the operator states about its releases; goes into their files. */
  facts: Pick<OperatorFacts, 'publisher' | 'serviceUrl' | 'fieldwork'>;
  /** What is left of the time this function may run, where it is limited. */
  remainingMs?: () => number;
  /** The last gate; replaced only by tests that show what an attack gains without a rule. */
  audit?: typeof auditDraw;
}

export interface PublishRequest {
  /** A full instrument id; the release covers its whole panel. */
  instrument: string;
  /** Cut-off, inclusive; by default the day before it was scheduled, or yesterday in Berlin. */
  cutoffOn?: string;
  /** When a schedule asked for it: the same event may be delivered twice, and late. */
  scheduledAt?: string;
  /** Decide and report; draw and write nothing. */
  isDryRun?: boolean;
  /** Makes this release an erratum that stands in the place of a former one. */
  replaces?: ReleaseId;
  /** The erratum changes figures: all are drawn anew. Otherwise it copies those of the release it replaces. */
  drawsAnew?: boolean;
  /** What the files say of this release. */
  stated?: Statements;
  /** In place of a key that nobody knows; under a trial policy alone. 32 bytes. */
  knownKey?: Uint8Array;
}

export type PublishOutcome =
  /** The report has exact counts, for the operator only; an erratum that copies has none. */
  | { state: 'published'; manifest: Manifest; report?: DisclosureReport }
  | { state: 'dry-run'; report: DisclosureReport }
  /** The schedule's event was carried out before. */
  | { state: 'already-published'; releaseId: ReleaseId };

/** Everything a publication writes. */
export interface FrozenRelease {
  manifest: Manifest;
  cells: Cell[];
  changes: Change[];
  members: MemberCells[];
  /** The release whose draws these are, if not its own. */
  copies?: ReleaseId;
  report?: DisclosureReport;
}

/**
 * Publishes a release in one go: begin, fold, decide, draw, audit, write, put in force. Exact counts and the key are in
 * memory only. A crash anywhere leaves the former release in force, and the next call starts anew.
 *
 * @throws PublishError for a request that breaks a rule, while somebody else is at work, and for a break the audit finds
 */
export async function publish(deps: PublishDependencies, request: PublishRequest): Promise<PublishOutcome> {
  const planned = await plan(deps, request);
  if ('releaseId' in planned) return { state: 'already-published', releaseId: planned.releaseId };
  const { asked, instrument, former } = planned;
  const scan = (sinks: readonly Sink[]) => scanLog(deps, sinks, () => checkTime(deps));
  if (request.isDryRun) {
    const taken = await takeIn(deps, instrument, planned.attempt, former, scan);
    return { state: 'dry-run', report: disclosureReportOf(taken.decided, taken.reviewed) };
  }
  const attempt = newAttempt(deps, planned.attempt);
  await begin(deps, attempt);
  await removeLeftovers(deps, attempt.panel);
  return carryOut(deps, { attempt, asked, instrument, former, request }, scan);
}

/** The release that carried out the same scheduled event. */
type Done = Pick<HeadEntry, 'releaseId' | 'cutoffOn'>;
type InForce = Done & { isInForce: true };

/**
 * Begins an attempt whose segments are read apart; `carryOutParts` ends it.
 *
 * @param run a name that no other run has; begun once more under it, the attempt is the same
 */
export async function beginParts(
  deps: PublishDependencies,
  request: PublishRequest,
  run?: string,
): Promise<Attempt | InForce> {
  const planned = await plan(deps, request);
  if ('releaseId' in planned) return { ...planned, isInForce: true };
  const once =
    run === undefined ? deps : { ...deps, randomBytes: () => Buffer.from(sha256Hex(run).slice(0, 8), 'hex') };
  const attempt = newAttempt(once, planned.attempt, RUN_LEASE_MINUTES);
  await begin(deps, attempt);
  await removeLeftovers(deps, attempt.panel);
  return attempt;
}

/** The open attempt of that id. @throws PublishError when there is none */
export async function openAttempt(
  { releases }: Pick<PublishDependencies, 'releases'>,
  panel: string,
  releaseId: ReleaseId,
): Promise<Attempt> {
  const { attempt } = await releases.panelState(panel);
  if (attempt?.releaseId !== releaseId) throw new PublishError(`The attempt ${releaseId} is no longer under way.`);
  return attempt;
}

/** The last step of a publication in segments. Repeated after it has ended it answers what is in force. */
export async function carryOutParts(
  deps: PublishDependencies,
  request: PublishRequest & { cutoffOn: string },
  parts: Parts,
): Promise<PublishOutcome> {
  const { asked, instrument } = instrumentsOf(deps, request);
  const panel = panelIdOf(asked.id);
  const { head, attempt: open } = await deps.releases.panelState(panel);
  const isOpen = open?.releaseId === parts.attempt;
  const inForce = head.releases.find(({ cutoffOn, state }) => cutoffOn === request.cutoffOn && state === 'listed');
  if (!isOpen && inForce && inForce.releaseId !== request.replaces)
    return { state: 'already-published', releaseId: inForce.releaseId };
  const begun = await openAttempt(deps, panel, parts.attempt);
  // Another try of this step may be paused: each writes under an id of its own.
  const attempt = newAttempt(deps, begun);
  await deps.releases.abandon(begun);
  await begin(deps, attempt);
  return carryOut(deps, { attempt, asked, instrument, former: head.releases, request }, (sinks) =>
    readParts(deps, parts, sinks),
  );
}

interface Work {
  attempt: Attempt;
  /** The version asked for, which the files speak of, and the panel's first one, which gives the order of codes and items. */
  asked: Instrument;
  instrument: Instrument;
  former: Head['releases'];
  request: PublishRequest;
}

type Feed = (sinks: readonly Sink[]) => Promise<void>;

async function carryOut(deps: PublishDependencies, work: Work, feed: Feed): Promise<PublishOutcome> {
  const { attempt, asked, request } = work;
  const lease = holdLease(deps, attempt);
  try {
    const isCopy = attempt.replaces !== null && !request.drawsAnew;
    const frozen = isCopy
      ? await copiedRelease(deps, attempt, asked, request.stated)
      : await drawnRelease(deps, work, feed, lease);
    checkTime(deps);
    await lease.check();
    await writeRelease(deps, frozen, asked);
    await lease.check();
    const { releaseId, cutoffOn, acceptedUntil } = attempt;
    const entry: HeadEntry = { releaseId, cutoffOn, acceptedUntil, state: 'listed' };
    const withSource = frozen.copies === undefined ? entry : { ...entry, copies: frozen.copies };
    if ((await deps.releases.putInForce(attempt, withSource)) === 'conflict') throw lostTo(attempt);
    const secondsLeft = Math.round((deps.remainingMs?.() ?? Infinity) / 1000);
    if (secondsLeft < NEAR_LIMIT_SECONDS) deps.log({ event: 'near-limit', release: releaseId, secondsLeft });
    deps.log({ event: 'published', release: releaseId });
    const { manifest, report } = frozen;
    return { state: 'published', manifest, ...(report === undefined ? {} : { report }) };
  } catch (error) {
    await giveUp(deps, attempt);
    throw error;
  } finally {
    lease.end();
    await removeLeftovers(deps, attempt.panel).catch(() => {});
  }
}

/** What the log says at a cut-off, and what would be shown of it. Nothing is drawn. */
async function takeIn(
  deps: PublishDependencies,
  instrument: Instrument,
  attempt: Pick<Attempt, 'cutoffOn' | 'acceptedUntil'>,
  former: Head['releases'],
  feed: Feed,
): Promise<{
  fold: ReturnType<Fold['participations']>;
  log: AuditLog;
  reviews: Review[];
  reviewed: Reviewed[];
  decided: Decided;
}> {
  const after = acceptedAfter(former, deps.policy.releasesPerParticipation);
  const window = windowOf(deps.instruments, instrument, attempt, after);
  const fold = createFold(window);
  const log = createAuditLog(window);
  await feed([fold, log]);
  // Read once: a decision made later counts for the next release.
  const reviews = await deps.registry.reviews();
  const reviewed = fold.review(deps.policy.quality, reviews);
  const participations = fold.participations();
  if (participations.size === 0)
    throw new PublishError(
      `Nobody counts at the cut-off ${attempt.cutoffOn}${after ? ` who was not in ${deps.policy.releasesPerParticipation} releases before` : ''}; a release without participations is not published.`,
    );
  const decided = decideRelease({ instrument, participations, policy: deps.policy });
  return { fold: participations, log, reviews, reviewed, decided };
}

async function drawnRelease(deps: PublishDependencies, work: Work, feed: Feed, lease: Lease): Promise<FrozenRelease> {
  const { attempt, asked, instrument, former, request } = work;
  const { policy } = deps;
  const { cutoffOn } = attempt;
  const { fold, log, reviews, reviewed, decided } = await takeIn(deps, instrument, attempt, former, feed);
  deps.log({ event: 'folded', release: attempt.releaseId });
  checkTime(deps);
  await lease.check();
  // Made here, never stored, gone with this function: nobody can take the noise off afterwards.
  const key = request.knownKey ? Uint8Array.from(request.knownKey) : deps.randomBytes(32);
  try {
    const { cells, changes, leftOut, epsilonSum } = drawRelease({
      ...{ instrument, participations: fold, policy, decided, cutoffOn, key },
    });
    const manifest: Manifest = {
      ...manifestHead(deps, attempt, asked, former),
      marks: { isTrial: policy.isTrial, isInvented: deps.isInvented, hasKnownKey: request.knownKey !== undefined },
      ...(request.stated === undefined ? {} : { stated: request.stated }),
      leftOut,
      epsilonSum,
      cells: entriesOf(cells),
      changes: entriesOf(changes),
    };
    const audited = { manifest, cells, changes, key, reviews, instrument, former };
    refuseBreaks(attempt, (deps.audit ?? auditDraw)(log, audited));
    const report = disclosureReportOf(decided, reviewed);
    return {
      manifest,
      cells: cells.filter(isPublic),
      changes: changes.filter(isPublic),
      members: membersOf(cells, changes),
      report,
    };
  } finally {
    key.fill(0);
  }
}

/** What a manifest says beside its figures. */
function manifestHead(
  { policy, codeVersion }: Pick<PublishDependencies, 'policy' | 'codeVersion'>,
  { releaseId, panel, cutoffOn, acceptedUntil, replaces }: Attempt,
  asked: Instrument,
  former: Head['releases'],
) {
  const before = former.find(
    (entry) => entry.state === 'listed' && entry.releaseId !== replaces && entry.cutoffOn < cutoffOn,
  );
  return {
    releaseId,
    panel,
    instrument: asked.id,
    cutoffOn,
    acceptedUntil,
    nextReleaseOn: addDays(cutoffOn, Math.max(1, policy.minDaysBetweenReleases)),
    follows: before?.releaseId ?? null,
    replaces,
    policy,
    policyHash: sha256Hex(canonicalJson(policy)),
    instrumentHash: instrumentHashOf(asked),
    codeVersion,
  };
}

const isPublic = ({ group }: Cell | Change) => group.cohort === undefined;

/** Not even that an association has members here is public. */
function entriesOf(shown: readonly (Cell | Change)[]): CellEntry[] {
  return shown.filter(isPublic).map((one): CellEntry => {
    const { group } = one;
    if (one.state === 'suppressed') return one;
    return { group, state: 'published', participations: one.participations };
  });
}

function membersOf(cells: readonly Cell[], changes: readonly Change[]): MemberCells[] {
  const members = new Map<string, MemberCells>();
  const of = (cohort: string) => {
    const found = members.get(cohort) ?? { cohort, cells: [], changes: [] };
    members.set(cohort, found);
    return found;
  };
  for (const cell of cells) if (cell.group.cohort !== undefined) of(cell.group.cohort).cells.push(cell);
  for (const change of changes) if (change.group.cohort !== undefined) of(change.group.cohort).changes.push(change);
  return [...members.values()];
}

/** Nothing goes out in which the auditor, who trusts nothing here, finds a break, or that it could not look at in full. */
function refuseBreaks({ releaseId }: Attempt, { breaks, incomplete }: AuditReport): void {
  const [first] = breaks;
  if (first)
    throw new PublishError(
      `The audit found ${breaks.length} breaks in ${releaseId} and nothing was published; the first, rule ${first.rule}: ${first.detail}`,
    );
  if (incomplete.length > 0)
    throw new PublishError(`The audit of ${releaseId} is not complete and nothing was published: ${incomplete[0]}`);
}

/** A function is ended without a word when its time is up: better told before. */
function checkTime({ remainingMs }: Pick<PublishDependencies, 'remainingMs'>): void {
  if (remainingMs && remainingMs() < ENOUGH_SECONDS * 1000)
    throw new PublishError(
      'This publication does not fit into the 15 minutes that a function may run; nothing was published. Have its segments read apart: docs/deploy.md#big-sectors.',
    );
}

/** What writing, or giving up and removing, may take; and what is told to be near the limit. */
const ENOUGH_SECONDS = 90;
const NEAR_LIMIT_SECONDS = 300;

interface Planned {
  asked: Instrument;
  instrument: Instrument;
  former: Head['releases'];
  attempt: Omit<Attempt, 'releaseId' | 'heldUntil'>;
}

/** Checks a request against the rules; or names the release that carried out the same scheduled event. */
async function plan(deps: PublishDependencies, request: PublishRequest): Promise<Planned | Done> {
  const { asked, instrument } = instrumentsOf(deps, request);
  const { policy, isInvented } = deps;
  if (policy.isTrial && !isInvented) throw new PublishError('A trial policy is for invented data only.');
  if (request.knownKey && !policy.isTrial) throw new PublishError('A known key is for a trial policy only.');
  if (request.knownKey && request.knownKey.length !== 32) throw new PublishError('A key has 32 bytes.');
  const panel = panelIdOf(asked.id);
  const former = (await deps.releases.panelState(panel)).head.releases;
  const replaced = former.find(({ releaseId, state }) => releaseId === request.replaces && state === 'listed');
  if (request.replaces && !replaced)
    throw new PublishError(`There is no release ${request.replaces} that is given out and could be replaced.`);
  const cutoffOn = cutoffOf(deps, request, replaced);
  const done = request.scheduledAt && former.find((entry) => entry.cutoffOn === cutoffOn);
  if (done) return { releaseId: done.releaseId, cutoffOn };
  if (replaced) checkErratum(request, replaced, former);
  else checkDistance(policy, cutoffOn, former);
  const isCopy = replaced && !request.drawsAnew;
  // Writes of other functions may be under way for a while after their acceptance.
  const settled = new Date(deps.now().getTime() - deps.settleMinutes * 60_000).toISOString();
  const attempt = {
    panel,
    instrument: asked.id,
    cutoffOn,
    acceptedUntil: isCopy ? replaced.acceptedUntil : settled,
    follows: former[0]?.releaseId ?? null,
    replaces: replaced?.releaseId ?? null,
  };
  return { asked, instrument, former, attempt };
}

/** The version asked for, and its panel's first one: all count alike, and that one gives the order of codes and items. */
function instrumentsOf({ instruments }: Pick<PublishDependencies, 'instruments'>, request: PublishRequest) {
  const asked = instruments.get(request.instrument);
  const instrument = asked && instruments.get(panelIdOf(asked.id));
  if (!instrument) throw new PublishError(`The instrument "${request.instrument}" is unknown.`);
  return { asked, instrument };
}

function cutoffOf({ now }: PublishDependencies, request: PublishRequest, replaced: HeadEntry | undefined): string {
  const today = berlinDate(now());
  const scheduledOn = request.scheduledAt === undefined ? today : berlinDate(new Date(request.scheduledAt));
  const cutoffOn = request.cutoffOn ?? replaced?.cutoffOn ?? addDays(scheduledOn, -1);
  if (!IsoDate.safeParse(cutoffOn).success)
    throw new PublishError(`The cut-off "${cutoffOn}" is not a date of the form YYYY-MM-DD.`);
  if (cutoffOn >= today)
    throw new PublishError(`The cut-off ${cutoffOn} is not past; the latest possible is ${addDays(today, -1)}.`);
  return cutoffOn;
}

function checkErratum({ cutoffOn, drawsAnew }: PublishRequest, replaced: HeadEntry, [newest]: Head['releases']): void {
  if (cutoffOn !== undefined && cutoffOn !== replaced.cutoffOn)
    throw new PublishError(`An erratum has the cut-off of the release it replaces, ${replaced.cutoffOn}.`);
  if (drawsAnew && replaced !== newest)
    throw new PublishError(
      `Figures can be drawn anew for the newest release only, ${newest?.releaseId}; of ${replaced.releaseId} words, files and labels can be corrected, or it can be taken down.`,
    );
}

/** Releases that were replaced or taken down count: their figures have been read. */
function checkDistance({ minDaysBetweenReleases }: Policy, cutoffOn: string, former: Head['releases']): void {
  const last = former
    .map((entry) => entry.cutoffOn)
    .sort()
    .at(-1);
  if (last === undefined) return;
  if (cutoffOn <= last)
    throw new PublishError(`The cut-off ${cutoffOn} must lie after that of the last release, ${last}.`);
  const earliest = addDays(last, minDaysBetweenReleases);
  if (cutoffOn < earliest)
    throw new PublishError(
      `Cut-offs lie at least ${minDaysBetweenReleases} days apart; the next may be ${earliest} at the earliest.`,
    );
}
