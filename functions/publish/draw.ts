import { auditDraw } from '#audit/audit-draw';
import { AuditLog } from '#audit/audit-log';
import type { AuditReport } from '#audit/report';
import { addDays } from '#contracts/calendar';
import type { Instrument } from '#contracts/instrument';
import type { Policy } from '#contracts/policy';
import type { Attempt, Cell, CellEntry, Change, Head, Manifest, MemberCells } from '#contracts/release';
import type { Review } from '#contracts/review';
import { type Decided, decideRelease } from '#disclosure/decide-release';
import { drawRelease } from '#disclosure/draw-release';
import { disclosureReportOf } from '#disclosure/report';
import type { Instruments } from '#instruments/load-instruments';
import { createFold } from '#microdata/fold';
import type { Participations } from '#microdata/participations';
import type { Reviewed } from '#microdata/review';
import { canonicalJson, sha256Hex } from '#store/hashes';
import type { ReviewReader } from '#store/ports';
import { acceptedAfter, type Sink, windowOf } from './fold-log.ts';
import { type FrozenRelease, instrumentHashOf } from './frozen-release.ts';
import type { PublishRequest } from './plan.ts';
import { PublishError } from './publish-error.ts';

export interface DrawDependencies {
  instruments: Instruments;
  registry: Pick<ReviewReader, 'reviews'>;
  policy: Policy;
  isInvented: boolean;
  codeVersion: string;
  randomBytes: (length: number) => Uint8Array;
  /** The last gate; replaced only by tests that show what an attack gains without a rule. */
  audit?: typeof auditDraw;
}

/** What is to be drawn. */
export interface Work {
  attempt: Attempt;
  /** The version asked for, which the files speak of, and the series' first one, which gives the order of codes and items. */
  asked: Instrument;
  instrument: Instrument;
  former: Head['releases'];
  request: PublishRequest;
}

/** Feeds the log's items to all sinks alike. */
export type Feed = (sinks: readonly Sink[]) => Promise<void>;

/** What the log says at a cut-off, and what would be shown of it. Nothing is drawn. */
export async function takeIn(
  deps: DrawDependencies,
  instrument: Instrument,
  attempt: Pick<Attempt, 'cutoffOn' | 'acceptedUntil'>,
  former: Head['releases'],
  feed: Feed,
): Promise<{
  fold: Participations;
  log: AuditLog;
  reviews: Review[];
  reviewed: Reviewed[];
  decided: Decided;
}> {
  const after = acceptedAfter(former, deps.policy.releasesPerParticipation);
  const window = windowOf(deps.instruments, instrument, attempt, after);
  const fold = createFold(window);
  const log = new AuditLog(window);
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

/** Draws a release, which passes the audit or goes nowhere. @param pause between taking in and drawing; may throw */
export async function drawnRelease(
  deps: DrawDependencies,
  work: Work,
  feed: Feed,
  pause: () => Promise<void>,
): Promise<FrozenRelease> {
  const { attempt, asked, instrument, former, request } = work;
  const { policy } = deps;
  const { cutoffOn } = attempt;
  const { fold, log, reviews, reviewed, decided } = await takeIn(deps, instrument, attempt, former, feed);
  await pause();
  // Made here, never stored, gone with this function: nobody can take the noise off afterwards.
  const key = request.knownKey ? Uint8Array.from(request.knownKey) : deps.randomBytes(32);
  try {
    const { cells, changes, leftOut, epsilonSum } = drawRelease({
      instrument,
      participations: fold,
      policy,
      decided,
      cutoffOn,
      key,
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
  { policy, codeVersion }: Pick<DrawDependencies, 'policy' | 'codeVersion'>,
  { releaseId, series, cutoffOn, acceptedUntil, replaces }: Attempt,
  asked: Instrument,
  former: Head['releases'],
) {
  const before = former.find(
    (entry) => entry.state === 'listed' && entry.releaseId !== replaces && entry.cutoffOn < cutoffOn,
  );
  return {
    releaseId,
    series,
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

const isPublic = ({ group }: Cell | Change) => group.association === undefined;

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
  const of = (association: string) => {
    const found = members.get(association) ?? { association, cells: [], changes: [] };
    members.set(association, found);
    return found;
  };
  for (const cell of cells) if (cell.group.association !== undefined) of(cell.group.association).cells.push(cell);
  for (const change of changes)
    if (change.group.association !== undefined) of(change.group.association).changes.push(change);
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
