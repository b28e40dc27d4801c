import { addDays, berlinDate } from '#contracts/calendar';
import { type Composing, compose, type FormerVersion } from '#benchmark/compose';
import type { DisclosureReport } from '#benchmark/disclosure-report';
import { type BoundFold, bindDecisions, releaseOf } from '#disclosure/release';
import { groupKeyOf } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import { panelIdOf } from '#contracts/instrument-id';
import type { Policy } from '#contracts/policy';
import type { Cell, Change, LedgerEntry, Manifest, Plan } from '#contracts/release';
import type { ReleaseId } from '#contracts/release-id';
import type { Statements } from '#contracts/statements';
import type { OperatorFacts } from '#datasets/release';
import { scoringHash } from '#functions/instruments';
import { auditCandidate } from '#functions/operator/audit/audit-candidate';
import type { AuditReport } from '#functions/operator/audit/report';
import { canonicalJson, sha256Hex } from '#store/hashes';
import type { FileStore, LedgerStore, ReleaseStore, ReviewReader, SubmissionLog } from '#store/ports';
import { type FoldDependencies, foldLog } from './fold-log.ts';
import { mergedParts, type PartStore, type Parts, removeParts } from './parts.ts';
import { PublishError } from './publish-error.ts';
import { writeReleaseFiles } from './release-files.ts';

export interface PublishDependencies extends FoldDependencies {
  submissions: SubmissionLog;
  releases: ReleaseStore;
  ledger: LedgerStore;
  registry: Pick<ReviewReader, 'reviews'>;
  files: FileStore;
  policy: Policy;
  codeVersion: string;
  now: () => Date;
  /** Submissions accepted within this time before the plan wait for the next release: their writes may be under way. */
  settleMinutes: number;
  /** Only where segments are folded apart. */
  parts?: PartStore;
  /** Rule 6c; replaced only by tests that show what an attack gains without it. */
  admit?: Composing['admit'];
  log: (entry: Record<string, unknown>) => void;
  /** What the operator states about its releases; goes into their files. */
  facts: Pick<OperatorFacts, 'publisher' | 'serviceUrl' | 'fieldwork'>;
  /** The last gate before the flip; replaced only by tests that show what an attack gains without a rule. */
  audit?: typeof auditCandidate;
}

export interface PublishRequest {
  /** A full instrument id; the release covers its whole panel. */
  instrument: string;
  /** Cut-off, inclusive; by default yesterday in Berlin. */
  cutoffOn?: string;
  /** Compute and report, write nothing. */
  isDryRun?: boolean;
  /** Makes this release an erratum that replaces a former one. */
  replaces?: ReleaseId;
  /** What the files say of this release; by default what a publication broken off was given. */
  stated?: Statements;
  /** The fold, made apart for the plan of `preparePlan`; without it the publisher folds by itself. */
  parts?: Parts;
}

export interface PublishOutcome {
  state: 'published' | 'dry-run';
  manifest: Manifest;
  /** Exact numbers and causes, for the operator only. */
  report: DisclosureReport;
}

const MAX_ATTEMPTS = 5;

/**
 * Publishes a release: plan, fold, decide, write, flip. A crash anywhere leaves the former release in force; run again,
 * the same request resumes the open plan and ends in the same bytes.
 *
 * @throws PublishError for a request that breaks a rule, when another publisher was first, and for parts that are not
 *   exactly the plan's
 */
export async function publish(deps: PublishDependencies, request: PublishRequest): Promise<PublishOutcome> {
  const { asked, instrument } = instrumentsOf(deps, request);
  const planned = await planFor(deps, asked, request);
  if (request.isDryRun) {
    const fold = await foldFor(deps, instrument, planned.plan);
    const { manifest, report } = releaseOf(planned.plan, fold, deps.policy);
    return { state: 'dry-run', manifest, report };
  }

  let { parts } = request;
  if (parts && !planned.resumes)
    throw new PublishError(`The plan ${parts.plan}, for which the parts were made, is no longer open.`);
  let plan = await open(deps, planned);
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    deps.log({ event: 'planned', release: plan.releaseId, cutoffOn: plan.cutoffOn });
    const fold = await boundFold(deps, instrument, plan, parts);
    // What they held is bound by now. A further attempt must see the log anew, so it is folded here.
    if (parts) await removeParts(deps, parts);
    parts = undefined;
    if (fold) {
      const frozen = releaseOf(plan, fold, deps.policy);
      await writeReleaseFiles(deps.files, frozen, asked, await factsFor(deps, plan));
      for (const cell of frozen.cells) await deps.releases.writeCell(plan.releaseId, cell);
      for (const change of frozen.changes) await deps.releases.writeChange(plan.releaseId, change);
      await deps.releases.writeManifest(frozen.manifest);
      await deps.ledger.write(frozen.ledger);
      await deps.files.put(reportPath(plan), jsonBytes(frozen.report));
      const { breaks } = await (deps.audit ?? auditCandidate)(deps, { plan, ...frozen });
      // A withdrawal while all this was going on shows up as a break too, so it is looked for last and told first.
      if (!(await isHitByWithdrawal(deps, fold))) {
        refuseBreaks(plan, breaks);
        if ((await deps.releases.flip(plan)) === 'conflict')
          throw new PublishError(`Another publisher replaced the plan ${plan.releaseId}; nothing was published.`);
        await removeFiles(deps, `work/${plan.releaseId}/`, [reportPath(plan)]);
        deps.log({ event: 'published', release: plan.releaseId });
        return { state: 'published', manifest: frozen.manifest, report: frozen.report };
      }
    }
    deps.log({ event: 'discarded', release: plan.releaseId, reason: fold ? 'withdrawal' : 'fold not to be found' });
    plan = await discard(deps, plan);
  }
  throw new PublishError(`${MAX_ATTEMPTS} attempts were each hit by a withdrawal; run the command again.`);
}

/** Opens or resumes the plan that this request will publish, for those who fold its segments apart. May be repeated. */
export async function preparePlan(
  deps: PublishDependencies,
  request: Omit<PublishRequest, 'isDryRun' | 'parts'>,
): Promise<{ plan: Plan; isFolded: boolean }> {
  const { asked } = instrumentsOf(deps, request);
  const plan = await open(deps, await planFor(deps, asked, request));
  const opened = await deps.releases.openPlan(plan.panel);
  return { plan, isFolded: opened?.plan.releaseId === plan.releaseId && opened.fold !== undefined };
}

/** The version asked for, and its panel's first one: all count alike, and that one gives the order of codes and items. */
function instrumentsOf({ instruments }: PublishDependencies, request: PublishRequest) {
  const asked = instruments.get(request.instrument);
  const instrument = asked && instruments.get(panelIdOf(asked.id));
  if (!instrument) throw new PublishError(`The instrument "${request.instrument}" is unknown.`);
  return { asked, instrument };
}

/**
 * Gives up an attempt whose bound fold may not be published. The next has an id of its own, so that a publisher who is
 * still writing for the old one cannot mix with it.
 */
async function discard(deps: PublishDependencies, plan: Plan): Promise<Plan> {
  const { releaseId, ...content } = plan;
  const next = withId({ ...content, acceptedUntil: acceptedUntil(deps), attempt: (plan.attempt ?? 1) + 1 });
  const opened = await open(deps, { plan: next, replacing: releaseId, resumes: false });
  await removeFiles(deps, `work/${releaseId}/`);
  await removeFiles(deps, `releases/${releaseId}/`);
  return opened;
}

async function removeFiles(deps: PublishDependencies, folder: string, kept: readonly string[] = []): Promise<void> {
  for (const path of await deps.files.list(folder)) if (!kept.includes(path)) await deps.files.remove(path);
}

/** Nothing goes out in which the auditor, who trusts nothing here, finds a break. */
function refuseBreaks(plan: Plan, breaks: AuditReport['breaks']): void {
  const [first] = breaks;
  if (!first) return;
  throw new PublishError(
    `The audit found ${breaks.length} breaks in ${plan.releaseId} and nothing was published; the first, rule ${first.rule}: ${first.detail}`,
  );
}

/** What the files say beside the figures; from the plan and the releases before it, so that a re-run writes the same. */
async function factsFor(deps: PublishDependencies, plan: Plan): Promise<OperatorFacts> {
  const head = await deps.releases.head(plan.panel);
  const before = (head?.releases ?? []).filter((id) => id !== plan.releaseId);
  const manifests = await Promise.all(before.map((id) => deps.releases.manifest(id)));
  return {
    ...deps.facts,
    ...plan.stated,
    publishedOn: berlinDate(new Date(plan.acceptedUntil)),
    history: manifests.flatMap((manifest) =>
      manifest ? [{ releaseId: manifest.releaseId, cutoffOn: manifest.cutoffOn, replaces: manifest.replaces }] : [],
    ),
  };
}

interface Planned {
  plan: Plan;
  /** The open plan the new one takes the place of; `resumes` when it is the same in all that matters. */
  replacing: ReleaseId | null;
  resumes: boolean;
}

async function planFor(deps: PublishDependencies, instrument: Instrument, request: PublishRequest): Promise<Planned> {
  const panel = panelIdOf(instrument.id);
  const head = await deps.releases.head(panel);
  const follows = head?.releases[0] ?? null;
  const openPlan = (await deps.releases.openPlan(panel))?.plan;
  const now = deps.now();
  const today = berlinDate(now);
  const cutoffOn = request.cutoffOn ?? (openPlan ? openPlan.cutoffOn : addDays(today, -1));
  if (
    !/^\d{4}-\d{2}-\d{2}$/.test(cutoffOn) ||
    Number.isNaN(Date.parse(cutoffOn)) ||
    new Date(cutoffOn).toISOString().slice(0, 10) !== cutoffOn
  )
    throw new PublishError(`The cut-off "${cutoffOn}" is not a date of the form YYYY-MM-DD.`);
  if (cutoffOn >= today)
    throw new PublishError(`The cut-off ${cutoffOn} is not past; the latest possible is ${addDays(today, -1)}.`);

  const replaces = request.replaces ?? null;
  if (replaces && !head?.releases.includes(replaces))
    throw new PublishError(`There is no release ${replaces} to replace.`);
  const former = follows ? await deps.releases.manifest(follows) : undefined;
  if (former && !replaces) {
    if (cutoffOn <= former.cutoffOn)
      throw new PublishError(
        `The cut-off ${cutoffOn} must lie after that of the release in force, ${former.cutoffOn}.`,
      );
    const earliest = addDays(former.cutoffOn, deps.policy.minDaysBetweenReleases);
    if (cutoffOn < earliest)
      throw new PublishError(
        `Cut-offs lie at least ${deps.policy.minDaysBetweenReleases} days apart; the next may be ${earliest} at the earliest.`,
      );
  }
  if (former && replaces && cutoffOn < former.cutoffOn)
    throw new PublishError(`An erratum's cut-off may not lie before that of the release in force, ${former.cutoffOn}.`);

  const stated = request.stated ?? openPlan?.stated;
  const content = {
    panel,
    instrument: instrument.id,
    cutoffOn,
    acceptedUntil: acceptedUntil(deps),
    follows,
    replaces,
    instrumentHash: sha256Hex(`${scoringHash(instrument)}${canonicalJson(instrument)}`),
    policyHash: sha256Hex(canonicalJson(deps.policy)),
    codeVersion: deps.codeVersion,
    ...(stated === undefined ? {} : { stated }),
  };
  if (openPlan && isSamePlan(openPlan, content))
    return { plan: openPlan, replacing: openPlan.releaseId, resumes: true };
  return { plan: withId(content), replacing: openPlan?.releaseId ?? null, resumes: false };
}

/** Writes of other functions may be under way for a while after their acceptance. */
function acceptedUntil({ now, settleMinutes }: PublishDependencies): string {
  return new Date(now().getTime() - settleMinutes * 60_000).toISOString();
}

function withId(content: Omit<Plan, 'releaseId'>): Plan {
  const hash = sha256Hex(canonicalJson(content)).slice(0, 8);
  return { releaseId: `${content.panel}-${content.cutoffOn}-${hash}`, ...content };
}

/** Equal but for the moment it was made, and the attempt. */
function isSamePlan(plan: Omit<Plan, 'releaseId'>, other: Omit<Plan, 'releaseId'>): boolean {
  const asked = ({
    panel,
    instrument,
    cutoffOn,
    follows,
    replaces,
    instrumentHash,
    policyHash,
    codeVersion,
    stated = {},
  }: typeof plan) =>
    canonicalJson({ panel, instrument, cutoffOn, follows, replaces, instrumentHash, policyHash, codeVersion, stated });
  return asked(plan) === asked(other);
}

async function open(deps: PublishDependencies, { plan, replacing, resumes }: Planned): Promise<Plan> {
  if (resumes) return plan;
  if ((await deps.releases.begin(plan, replacing)) === 'begun') return plan;
  const other = (await deps.releases.openPlan(plan.panel))?.plan;
  if (other && isSamePlan(other, plan)) return other;
  throw new PublishError(`Another publisher is at work on ${plan.panel}; run the command again when it has ended.`);
}

const foldPath = (plan: Plan, hash: string) => `work/${plan.releaseId}/fold-${hash}.json`;
/** The one working file that stays after the flip. No route reads below `work/`. */
const reportPath = (plan: Plan) => `work/${plan.releaseId}/disclosure-report.json`;
const jsonBytes = (value: unknown) => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);

/**
 * The fold bound to the plan; makes and binds one if there is none. The first complete fold wins. Undefined when a fold
 * is bound whose file is gone or damaged: the plan can then not be carried out.
 */
async function boundFold(
  deps: PublishDependencies,
  instrument: Instrument,
  plan: Plan,
  parts?: Parts,
): Promise<BoundFold | undefined> {
  const known = (await deps.releases.openPlan(plan.panel))?.fold;
  if (known !== undefined) return readFold(deps, plan, known);
  const fold = await foldFor(deps, instrument, plan, parts);
  const bytes = new TextEncoder().encode(canonicalJson(fold));
  const hash = sha256Hex(bytes);
  await deps.files.put(foldPath(plan, hash), bytes);
  const bound = await deps.releases.bindFold(plan, hash);
  if (bound !== hash) await deps.files.remove(foldPath(plan, hash));
  return readFold(deps, plan, bound);
}

async function readFold(deps: PublishDependencies, plan: Plan, hash: string): Promise<BoundFold | undefined> {
  const bytes = await deps.files.get(foldPath(plan, hash));
  if (!bytes || sha256Hex(bytes) !== hash) return undefined;
  return JSON.parse(new TextDecoder().decode(bytes)) as BoundFold;
}

async function foldFor(
  deps: PublishDependencies,
  instrument: Instrument,
  plan: Plan,
  parts?: Parts,
): Promise<BoundFold> {
  // A retry brings its parts again after the attempt they were made for was discarded. They are never merged into another.
  const isOutdated = parts !== undefined && parts.plan !== plan.releaseId && plan.attempt !== undefined;
  const folded =
    parts && !isOutdated ? await mergedParts(deps, instrument, plan, parts) : await foldLog(deps, instrument, plan);
  // Read once, here: a decision made after the fold is bound counts for the next release.
  const reviewed = folded.review(deps.policy.quality, await deps.registry.reviews());
  const composition = compose({
    instrument,
    policy: deps.policy,
    cutoffOn: plan.cutoffOn,
    rosterWithout: (submissions) => folded.roster(submissions),
    former: await formerVersions(deps, plan),
    replaces: plan.replaces,
    admit: deps.admit,
  });
  const { roster, deferred } = composition;
  deps.log({ event: 'folded', release: plan.releaseId, participations: roster.size, deferred: deferred.size });
  return bindDecisions(plan, instrument, composition, reviewed);
}

/** Every version ever published, with who was in it, from the ledger. */
async function formerVersions(deps: PublishDependencies, plan: Plan): Promise<FormerVersion[]> {
  const head = await deps.releases.head(plan.panel);
  const read = (releaseId: ReleaseId, key: string): Promise<Cell | Change | undefined> => {
    const groupKey = groupKeyOf(key);
    return groupKey === key ? deps.releases.cell(releaseId, key) : deps.releases.change(releaseId, groupKey);
  };
  const versionOf = (shown: Cell | Change | undefined) => (shown?.state === 'published' ? shown.version : undefined);
  /** Key -> the version that the release in force shows. */
  const inForce = new Map<string, string | undefined>();
  const former: FormerVersion[] = [];
  for (const releaseId of head?.releases.toReversed() ?? []) {
    const { entries } = await deps.ledger.read(releaseId);
    const byGroup = new Map<string, LedgerEntry[]>();
    for (const entry of entries) {
      for (const key of entry.groups) {
        const members = byGroup.get(key);
        if (members) members.push(entry);
        else byGroup.set(key, [entry]);
      }
    }
    for (const key of [...byGroup.keys()].sort()) {
      const members = byGroup.get(key)!;
      const contributions = {
        organisations: members.map(({ organisation }) => organisation),
        submissions: members.map(({ submission }) => submission),
        invited: members.filter(({ isInvited }) => isInvited).length,
      };
      const shown = await read(releaseId, key);
      if (shown?.state !== 'published')
        throw new PublishError(`The ledger of ${releaseId} names ${key}, which that release does not show.`);
      if (!inForce.has(key)) inForce.set(key, versionOf(await read(head!.releases[0]!, key)));
      const isInForce = inForce.get(key) === shown.version;
      if ('items' in shown) {
        const { isCarriedForward: _, ...cell } = shown;
        former.push({ ...contributions, cell, isInForce });
      } else {
        const { isCarriedForward: _, ...cell } = shown;
        former.push({ ...contributions, cell, isInForce, firsts: members.map(({ first }) => first!) });
      }
    }
  }
  return former;
}

/** Whether a contribution of the fold has been withdrawn since. */
async function isHitByWithdrawal(deps: PublishDependencies, fold: BoundFold): Promise<boolean> {
  const contributing = new Set(fold.entries.map(({ organisation, submission }) => `${organisation}/${submission}`));
  for (let segment = 0; segment < deps.segments; segment++) {
    for await (const item of deps.submissions.scan(segment, deps.segments)) {
      const keys = item.kind === 'tombstone' ? [item.key] : item.kind === 'withdrawal' ? item.keys : [];
      if (keys.some((key) => contributing.has(`${item.organisation}/${key}`))) return true;
    }
  }
  return false;
}
