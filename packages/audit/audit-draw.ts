import { max, mean } from 'simple-statistics';
import { panelIdOf } from '#contracts/instrument-id';
import type { Cell, Change } from '#contracts/release';
import { OVERALL, scoredIds } from '#contracts/scored-ids';
import type { AuditLog } from './audit-log.ts';
import { type Counted, countedIn, kindsOf } from './counted.ts';
import { type AuditGroups, groupsOf, publishedOf, sizesOf } from './counted-groups.ts';
import { type Exact, exactMedian, exactOf } from './exact.ts';
import { type Figures, figuresOf, permillesOf, publishedFigures, shownNumber } from './figures.ts';
import { checkForm, type ShownRelease } from './form.ts';
import { heldBack } from './held-back.ts';
import { drawnBy, keyedHalves, noiseAt, uniformBy } from './mechanisms.ts';
import { type AuditReport, Findings } from './report.ts';

/**
 * The last gate before a release is put in force: counts everything once more, draws every figure again with the key, and
 * demands equality, of what is suppressed too. Time and memory grow with submissions and groups alone; it refuses no
 * release for its size.
 *
 * @param log has taken in the same scan as the publisher's fold
 * @param release `key`: the 32 bytes it was drawn with
 */
export function auditDraw(log: AuditLog, release: ShownRelease & { key: Uint8Array }): AuditReport {
  const { manifest, key } = release;
  const { policy } = manifest;
  const findings = new Findings();
  checkForm(log, release, findings);
  const counted = countedIn(log, heldBack(log, policy.quality, release.reviews));
  const catalogue = groupsOf(log, counted.rows);
  const recordKeyOf = recordKeys(log, key);
  const moved: number[] = [];
  const epsilons = new Float64Array(catalogue.groups.length);

  for (const { kind, shown, rows, firsts } of kindsOf(release, counted)) {
    const { n, largestSource } = sizesOf(log, catalogue, rows);
    const isPublished = publishedOf(catalogue, { n, largestSource }, policy);
    const counts = { n, isPublished, itemsFromN: policy.itemsFromN };
    const exact = exactOf(log, catalogue, rows, counts, firsts, recordKeyOf);
    const cells = new Map(shown.map((cell) => [cell.group.key, cell]));
    for (const [place, group] of catalogue.groups.entries()) {
      const cell = cells.get(group.key);
      cells.delete(group.key);
      const own = stateAsDecided(`${kind} of ${group.key}`, cell, exact[place], findings);
      if (!own || cell?.state !== 'published') continue;
      const prefix = `${panelIdOf(log.instrument.id)}|${group.panel ?? 'all'}|${kind}|${manifest.cutoffOn}`;
      const drawn = figuresOf(log.instrument, own, policy, drawnBy(key, own.cellKey, prefix, policy), {
        participations: shownNumber(own.n, policy),
        permilles: permillesOf(own.n, policy),
        base: (_, base) => (base >= policy.questionsFromBase ? shownNumber(base, policy) : null),
      });
      const published = publishedFigures(cell);
      compare(`${kind} of ${group.key}`, cell.participations, published, shownNumber(own.n, policy), drawn, findings);
      epsilons[place]! += epsilonOf(published, scoredIds(log.instrument), policy.epsilon);
      const median = published.get(`${OVERALL}|500`);
      if (kind === 'level' && median !== undefined) moved.push(Math.abs(median - exactMedian(own)));
    }
    for (const stray of cells.keys()) findings.break(6, `${kind} of ${stray}: the catalogue has no such group`);
  }
  compareLeftOut(log, release, counted, recordKeyOf, findings);
  const largest = counted.rows.reduce((most, row) => Math.max(most, sumOver(epsilons, catalogue, row)), 0);
  findings.demand(manifest.epsilonSum >= largest, 5, 'a participation is in more draws than epsilonSum says');
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

/** Each organisation's record key, in halves; made once, when it is first asked for. */
function recordKeys(log: AuditLog, key: Uint8Array): (organisation: number) => readonly [number, number] {
  const halves = new Uint32Array(2 * log.organisations.length);
  return (organisation) => {
    const at = 2 * organisation;
    // A record key of 64 zero bits, if ever there is one, is made twice.
    if (halves[at] === 0 && halves[at + 1] === 0)
      halves.set(keyedHalves(key, `record|${log.organisations[organisation]}`), at);
    return [halves[at]!, halves[at + 1]!];
  };
}

/** What was counted of a group that is published, as it has to be. */
function stateAsDecided(
  what: string,
  cell: Cell | Change | undefined,
  counted: Exact | undefined,
  findings: Findings,
): Exact | undefined {
  if (!cell) findings.break(6, `${what}: there is no cell`);
  else if (!counted) findings.demand(cell.state === 'suppressed', 2, `${what} is published and may not be`);
  else findings.demand(cell.state === 'published', 10, `${what} is suppressed without a reason`);
  return counted;
}

function compare(
  what: string,
  participations: number,
  published: Figures,
  counted: number,
  drawn: Figures,
  findings: Findings,
): void {
  findings.figures += drawn.size;
  findings.demand(participations === counted, 6, `${what} shows another number of participations`);
  for (const [statistic, value] of drawn)
    if (published.get(statistic) !== value)
      findings.break(5, `${what}: ${statistic} is ${published.get(statistic) ?? 'not shown'}, and ${value} was drawn`);
  for (const statistic of published.keys())
    if (!drawn.has(statistic)) findings.break(6, `${what}: ${statistic} may not be shown`);
}

function compareLeftOut(
  log: AuditLog,
  { manifest, key }: ShownRelease & { key: Uint8Array },
  { leftOut }: Counted,
  recordKeyOf: (organisation: number) => readonly [number, number],
  findings: Findings,
): void {
  const { policy } = manifest;
  const drawn = leftOut.map(({ panel, incomplete, underReview }) => {
    const count = (organisations: number[], reason: string) => {
      let sum = 0n;
      for (const organisation of organisations) {
        const [upper, lower] = recordKeyOf(organisation);
        sum = BigInt.asUintN(64, sum + (BigInt(upper) << 32n) + BigInt(lower));
      }
      const cellKey = [Number(sum >> 32n), Number(sum & 0xffffffffn)];
      const prefix = `${panelIdOf(log.instrument.id)}|${panel ?? 'all'}|left-out|${manifest.cutoffOn}`;
      const noise = noiseAt(uniformBy(key, cellKey, `${prefix}|${reason}`), policy.epsilon.count);
      return shownNumber(Math.max(0, organisations.length + noise), policy);
    };
    return {
      panel,
      incomplete: count(incomplete, 'incomplete'),
      underReview: count(underReview, 'under-review'),
    };
  });
  findings.demand(manifest.leftOut.length === drawn.length, 1, 'the manifest counts others than the panel values');
  drawn.forEach(({ panel, incomplete, underReview }, place) => {
    const shown = manifest.leftOut[place];
    const isEqual = shown?.panel === panel && shown?.incomplete === incomplete && shown?.underReview === underReview;
    findings.demand(isEqual, 5, `who is left out of ${panel ?? 'all'} is told otherwise than drawn`);
  });
}

/** What other answers of one organisation can do to one cell at most, by the guarantees of its single draws. */
function epsilonOf(
  figures: Figures,
  scored: readonly string[],
  { cut, count }: { cut: number; count: number },
): number {
  let sum = 0;
  for (const statistic of figures.keys()) {
    const [id = '', name] = statistic.split('|');
    const permille = scored.includes(id) ? Number(name) : Number.NaN;
    sum += Number.isNaN(permille) ? count : (1000 * cut) / Math.max(permille, 1000 - permille);
  }
  return sum;
}

const sumOver = (values: Float64Array, { of }: AuditGroups, row: number) =>
  of(row).reduce((sum, group) => sum + values[group]!, 0);
