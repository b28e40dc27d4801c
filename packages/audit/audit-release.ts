import { createHash } from 'node:crypto';
import { max, mean } from 'simple-statistics';
import { monthsBefore } from '#contracts/calendar';
import type { Policy } from '#contracts/policy';
import type { Cell, Change } from '#contracts/release';
import type { ReleaseFile } from '#contracts/release-file';
import { REVIEWED_HASH_LENGTH } from '#contracts/review';
import { OVERALL } from '#contracts/scored-ids';
import type { AuditLog } from './audit-log.ts';
import { type Counted, countedIn, kindsOf } from './counted.ts';
import { type AuditGroups, groupsOf, publishedOf, sizesOf } from './counted-groups.ts';
import { type Exact, exactMedian, exactOf } from './exact.ts';
import { figuresOf, permillesOf, publishedFigures, shownNumber } from './figures.ts';
import { checkForm, type ShownRelease } from './form.ts';
import { heldBack } from './held-back.ts';
import { boundOf, mostNoise } from './mechanisms.ts';
import { type AuditReport, Findings } from './report.ts';

/** The files of a release and the list that is given out with them. */
export interface GivenFiles {
  listed: readonly ReleaseFile[] | undefined;
  read: (name: string) => Promise<Uint8Array | undefined>;
}

/** A sound release is told to be none with at most this probability. */
const FALSE_ALARM = 1e-9;
/** So long the log keeps a submission. */
const KEPT_MONTHS = 60;

/**
 * Audits a release that was put in force. Its key is gone: every figure has to lie where the draw can have put it, all
 * together but for one sound release in 10^9. Organisations of which today's log no longer tells whether they counted (they
 * withdrew, or were reviewed, after acceptance had ended) are left aside, and every bound is widened by their number.
 *
 * @param log today's, with the window of the release's draw
 * @param release `auditedOn`: today
 */
export async function auditRelease(
  log: AuditLog,
  release: ShownRelease & { files: GivenFiles; auditedOn: string },
): Promise<AuditReport> {
  const { manifest } = release;
  const { policy } = manifest;
  const findings = new Findings();
  checkForm(log, release, findings);
  await checkFiles(release.files, findings);
  if (monthsBefore(release.auditedOn, KEPT_MONTHS) > log.window.after)
    findings.incomplete.push('The log no longer keeps every submission of that time.');
  const known = release.reviews.filter(({ decidedAt }) => decidedAt <= manifest.acceptedUntil);
  const held = heldBack(log, policy.quality, known);
  const unsure = unsureOf(log, release, held, known);
  const numbers = new Set([...unsure].flatMap((name) => log.numberOf(name) ?? []));
  const counted = countedIn(log, held, numbers);
  const catalogue = groupsOf(log, counted.rows);
  const kinds = kindsOf(release, counted);
  const drawn = kinds.map(({ shown }) =>
    shown.map((cell) => (cell.state === 'published' ? publishedFigures(cell).size : 0)),
  );
  const figures = drawn.flat().reduce((sum, size) => sum + size, 2 * manifest.leftOut.length);
  const limits: Limits = { policy, more: unsure.size, tail: FALSE_ALARM / (2 * figures) };
  const moved = kinds.flatMap((kind) => checkKind(log, catalogue, kind, limits, findings));
  checkLeftOut(release, counted, limits, findings);
  return {
    releaseId: manifest.releaseId,
    breaks: findings.breaks,
    incomplete: findings.incomplete,
    checked: {
      participations: counted.rows.length,
      groups: 2 * catalogue.groups.length,
      figures: findings.figures,
      moved: moved.length === 0 ? null : { mean: mean(moved), most: max(moved) },
    },
  };
}

interface Limits {
  policy: Policy;
  /** Organisations that may have counted, and of which nothing more is known. */
  more: number;
  /** The part of all draws that may lie below, and above, the bounds of one figure. */
  tail: number;
}

async function checkFiles({ listed, read }: GivenFiles, findings: Findings): Promise<void> {
  if (!listed) findings.incomplete.push('There is no list of files.');
  for (const { name, bytes, sha256 } of listed ?? []) {
    const content = await read(name);
    const isSame = content?.length === bytes && createHash('sha256').update(content).digest('hex') === sha256;
    findings.demand(isSame, 9, `${name} is ${content ? 'not the file that the list names' : 'missing'}`);
  }
}

/** Organisations that may have counted and need not. */
function unsureOf(
  log: AuditLog,
  { manifest, reviews }: ShownRelease,
  held: Uint8Array,
  known: ShownRelease['reviews'],
): Set<string> {
  const { quality } = manifest.policy;
  const unsure = new Set(log.withdrewLater);
  const reviewedLater = new Set(
    reviews.filter(({ decidedAt }) => decidedAt > manifest.acceptedUntil).map(({ organisation }) => organisation),
  );
  for (const name of log.organisations) if (reviewedLater.has(name.slice(0, REVIEWED_HASH_LENGTH))) unsure.add(name);
  // Whoever withdrew may have been the one that made others near-duplicates.
  const duplicateCluster = Math.max(2, quality.duplicateCluster - log.withdrewLater.size);
  if (duplicateCluster === quality.duplicateCluster) return unsure;
  const heldThen = heldBack(log, { ...quality, duplicateCluster }, known);
  for (let row = 0; row < log.size; row++)
    if (heldThen[row] !== held[row]) unsure.add(log.organisations[log.organisationOf(row)]!);
  return unsure;
}

/** @returns how far published medians of the overall score lie from the exact ones of today's log */
function checkKind(
  log: AuditLog,
  catalogue: AuditGroups,
  { kind, shown, rows, firsts }: ReturnType<typeof kindsOf>[number],
  limits: Limits,
  findings: Findings,
): number[] {
  const { policy, more } = limits;
  const { n, largestSource } = sizesOf(log, catalogue, rows);
  const decided = publishedOf(catalogue, { n, largestSource }, policy);
  const cells = new Map(shown.map((cell) => [cell.group.key, cell]));
  const isPublished = Uint8Array.from(catalogue.groups, ({ key }) => (cells.get(key)?.state === 'published' ? 1 : 0));
  const exact = exactOf(log, catalogue, rows, { n, isPublished, itemsFromN: 0 }, firsts);
  const moved: number[] = [];
  for (const [place, group] of catalogue.groups.entries()) {
    const cell = cells.get(group.key);
    const what = `${kind} of ${group.key}`;
    cells.delete(group.key);
    if (!cell) findings.break(6, `${what}: there is no cell`);
    if (more === 0)
      findings.demand(isPublished[place] === decided[place], 2, `${what} is ${cell?.state} otherwise than decided`);
    const own = exact[place];
    if (!own || cell?.state !== 'published') continue;
    const isLarge =
      own.n + more >= policy.minParticipations && own.n + more - largestSource[place]! >= policy.minIndependent;
    findings.demand(isLarge, 2, `${what} is published and has too few participations`);
    const isClose = (outer: number) =>
      isPublished[outer] === 1 && n[outer]! + more - own.n < policy.minNestedDifference;
    findings.demand(!catalogue.around(place).some(isClose), 3, `${what} is too close to a group around it`);
    checkFigures(log, what, cell, own, limits, findings);
    if (kind === 'level') moved.push(Math.abs(publishedFigures(cell).get(`${OVERALL}|500`)! - exactMedian(own)));
  }
  for (const [key, { group, state }] of cells)
    if (more === 0 || group.cohort === undefined || state === 'published')
      findings.break(6, `${kind} of ${key}: the catalogue has no such group`);
  return moved;
}

function checkFigures(
  log: AuditLog,
  what: string,
  cell: Extract<Cell | Change, { state: 'published' }>,
  own: Exact,
  { policy, more, tail }: Limits,
  findings: Findings,
): void {
  const { participations: shownN } = cell;
  const published = publishedFigures(cell);
  const fewest = Math.max(own.n, shownN);
  const most = Math.min(own.n + more, shownN + policy.participationsRoundedTo - 1);
  const isPossible = shownN % policy.participationsRoundedTo === 0 && fewest <= most;
  if (!isPossible) {
    findings.break(6, `${what} shows another number of participations`);
    return;
  }
  const ofOverall = [...published.keys()].flatMap((name) =>
    name.startsWith(`${OVERALL}|`) ? name.split('|')[1]! : [],
  );
  const cuts = ofOverall.map(Number).filter((permille) => permille > 0);
  const allowed = [permillesOf(fewest, policy), permillesOf(most, policy)].map(String);
  findings.demand(allowed.includes(String(cuts)), 6, `${what} shows other cuts than its number allows`);
  const isChange = own.scores[0]!.length > 101;
  const hasShares = isChange ? published.has(`${OVERALL}|rose`) : 'items' in cell || 'questions' in cell;
  const mayHave = isChange || own.items.length + own.questions.length > 0;
  const isDue = hasShares ? most >= policy.itemsFromN : fewest < policy.itemsFromN;
  findings.demand(!mayHave || isDue, 6, `${what} ${hasShares ? 'shows' : 'lacks'} shares`);

  const counts = hasShares ? own : { ...own, items: [], questions: [] };
  const [lowest, highest] = (['lowest', 'highest'] as const).map((side) =>
    figuresOf(
      log.instrument,
      counts,
      { itemsFromN: hasShares ? 0 : Number.POSITIVE_INFINITY },
      boundOf(side, tail, more, policy),
      {
        participations: shownN,
        permilles: cuts,
        base(question, drawn) {
          const base = published.get(`${question}|base`);
          const bound = shownNumber(drawn, policy);
          const holds =
            side === 'highest'
              ? bound >= (base ?? 0)
              : base === undefined
                ? drawn < policy.questionsFromBase
                : bound <= base && base >= shownNumber(policy.questionsFromBase, policy);
          findings.demand(holds, 6, `${what}: ${question} has another base`);
          return base ?? null;
        },
      },
    ),
  );
  findings.figures += published.size;
  for (const [statistic, value] of published) {
    const [from, to] = [lowest!.get(statistic), highest!.get(statistic)];
    if (from === undefined || to === undefined) findings.break(6, `${what}: ${statistic} may not be shown`);
    else if (value < from || value > to)
      findings.break(
        5,
        `${what}: ${statistic} is ${value}; no draw of what the log holds lies outside ${from} to ${to}`,
      );
  }
  for (const statistic of lowest!.keys())
    findings.demand(published.has(statistic), 6, `${what}: ${statistic} is not shown`);
}

function checkLeftOut(
  { manifest }: ShownRelease,
  { leftOut }: Counted,
  { policy, more, tail }: Limits,
  findings: Findings,
) {
  const noise = mostNoise(tail, policy.epsilon.count);
  findings.demand(manifest.leftOut.length === leftOut.length, 1, 'the manifest counts others than the panel values');
  for (const [place, { panel, ...organisations }] of leftOut.entries())
    for (const reason of ['incomplete', 'underReview'] as const) {
      const shown = manifest.leftOut[place]?.[reason] ?? -1;
      const count = organisations[reason].length;
      const [from, to] = [count - noise, count + more + noise].map((drawn) => shownNumber(Math.max(0, drawn), policy));
      findings.figures += 1;
      if (shown < from! || shown > to!)
        findings.break(5, `${reason} of ${panel ?? 'all'} is ${shown}, outside ${from} to ${to}`);
    }
}
