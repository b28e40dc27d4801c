import { auditDraw } from '#audit/audit-draw';
import { AuditLog } from '#audit/audit-log';
import type { AuditReport } from '#audit/report';
import { addDays } from '#contracts/calendar';
import type { Attempt, Cell, CellEntry, Change, Manifest, MemberCells } from '#contracts/release';
import { decideRelease } from '#disclosure/decide-release';
import { drawRelease } from '#disclosure/draw-release';
import { disclosureReportOf } from '#disclosure/report';
import { createFold } from '#microdata/fold';
import { canonicalJson, sha256Hex } from '#store/hashes';
import type { PublishDependencies } from './dependencies.ts';
import { acceptedAfter, type Sink, windowOf } from './fold-log.ts';
import { type FrozenRelease, instrumentHashOf } from './frozen-release.ts';
import type { Planned } from './plan.ts';
import { PublishError } from './publish-error.ts';

/** What is to be drawn. */
export type Work = Planned & { attempt: Attempt };

/** Feeds the log's items to all sinks alike. */
export type Feed = (sinks: readonly Sink[]) => Promise<void>;

/** What the log says at a cut-off, and what would be shown of it. Nothing is drawn. */
export async function takeIn(
  { instruments, registry, policy }: PublishDependencies,
  { instrument, attempt, former }: Planned,
  feed: Feed,
) {
  const after = acceptedAfter(former, policy.releasesPerParticipation);
  const window = windowOf(instruments, instrument, attempt, after);
  const fold = createFold(window);
  const log = new AuditLog(window);
  await feed([fold, log]);
  // Read once: a decision made later counts for the next release.
  const reviews = await registry.reviews();
  const reviewed = fold.review(policy.quality, reviews);
  const participations = fold.participations();
  if (participations.size === 0)
    throw new PublishError(
      `Nobody counts at the cut-off ${attempt.cutoffOn}${after ? ` who was not in ${policy.releasesPerParticipation} releases before` : ''}; a release without participations is not published.`,
    );
  const decided = decideRelease({ instrument, participations, policy });
  return { participations, log, reviews, reviewed, decided };
}

/** Draws a release, which passes the audit or goes nowhere. @param pause between taking in and drawing; may throw */
export async function drawnRelease(
  deps: PublishDependencies,
  work: Work,
  feed: Feed,
  pause: () => Promise<void>,
): Promise<FrozenRelease> {
  const { attempt, instrument, former, request } = work;
  const { policy } = deps;
  const { participations, log, reviews, reviewed, decided } = await takeIn(deps, work, feed);
  await pause();
  // Made here, never stored, gone with this function: nobody can take the noise off afterwards.
  const key = request.knownKey ? Uint8Array.from(request.knownKey) : deps.randomBytes(32);
  try {
    const drawn = drawRelease({ instrument, participations, policy, decided, cutoffOn: attempt.cutoffOn, key });
    const { cells, changes, leftOut, epsilonSum } = drawn;
    const manifest: Manifest = {
      ...manifestHead(deps, work),
      marks: { isTrial: policy.isTrial, isInvented: deps.isInvented, hasKnownKey: request.knownKey !== undefined },
      ...(request.stated && { stated: request.stated }),
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
function manifestHead({ policy, codeVersion }: PublishDependencies, { attempt, instrument, former }: Work) {
  const { releaseId, series, cutoffOn, acceptedUntil, replaces } = attempt;
  const before = former.find(
    (entry) => entry.state === 'listed' && entry.releaseId !== replaces && entry.cutoffOn < cutoffOn,
  );
  return {
    releaseId,
    series,
    instrument: instrument.id,
    cutoffOn,
    acceptedUntil,
    nextReleaseOn: addDays(cutoffOn, Math.max(1, policy.minDaysBetweenReleases)),
    follows: before?.releaseId ?? null,
    replaces,
    policy,
    policyHash: sha256Hex(canonicalJson(policy)),
    instrumentHash: instrumentHashOf(instrument),
    codeVersion,
  };
}

const isPublic = ({ group }: Cell | Change) => group.association === undefined;

/** Not even that an association has members here is public. */
function entriesOf(shown: readonly (Cell | Change)[]): CellEntry[] {
  return shown
    .filter(isPublic)
    .map((one) =>
      one.state === 'suppressed' ? one : { group: one.group, state: one.state, participations: one.participations },
    );
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
