import { createHash } from 'node:crypto';
import { monthsBefore } from '#contracts/calendar';
import type { ReleaseFile } from '#contracts/release-file';
import { REVIEWED_HASH_LENGTH } from '#contracts/review';
import type { AuditLog } from './audit-log.ts';
import { compareRelease } from './compare.ts';
import { countedIn } from './counted.ts';
import { publishedFigures } from './figures.ts';
import { checkForm, type ShownRelease } from './form.ts';
import { keptOut } from './kept-out.ts';
import { boundOf } from './mechanisms.ts';
import { type AuditReport, Findings } from './report.ts';

/** The files of a release and the list that is given out with them. */
export interface GivenFiles {
  listed: readonly ReleaseFile[] | undefined;
  read: (name: string) => Promise<Uint8Array | undefined>;
}

/** The probability that a sound release is rejected, at most. */
const FALSE_ALARM = 1e-9;
/** How long the log keeps a submission. */
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
  if (monthsBefore(release.auditedOn, KEPT_MONTHS - log.instrument.windowMonths) > manifest.acceptedUntil)
    findings.incomplete.push('The log may no longer keep every submission of that time.');
  const known = release.reviews.filter(({ decidedAt }) => decidedAt <= manifest.acceptedUntil);
  const held = keptOut(log, policy.quality, known);
  const unsure = unsureOf(log, release, held, known);
  const counted = countedIn(log, held, unsure);
  const shown = [...release.cells, ...release.changes].filter((cell) => cell.state === 'published');
  const figures = shown.reduce((sum, cell) => sum + publishedFigures(cell).size, 2 * manifest.leftOut.length);
  const tail = FALSE_ALARM / (2 * figures);
  const sides = (['lowest', 'highest'] as const).map((side) => boundOf(side, tail, unsure.size, policy));
  return compareRelease({ log, release, counted, sides: () => sides, more: unsure.size, findings });
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
  // One that withdrew may have made others near-duplicates.
  const duplicateCluster = Math.max(2, quality.duplicateCluster - log.withdrewLater.size);
  if (duplicateCluster === quality.duplicateCluster) return unsure;
  const heldThen = keptOut(log, { ...quality, duplicateCluster }, known);
  for (let row = 0; row < log.size; row++)
    if (heldThen[row] !== held[row]) unsure.add(log.organisations[log.organisationOf[row]!]!);
  return unsure;
}
