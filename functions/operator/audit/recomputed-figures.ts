import type { Policy } from '#contracts/policy';
import type { PublishedCell, PublishedChange } from '#contracts/release';
import type { Participation } from './log-roster.ts';
import type { Findings } from './report.ts';

const NAME = 'figures computed again from the log';

export { NAME as RECOMPUTED_ATTEMPT };

/** The published cuts of a fresh cell against a plain sort of its members' scores, and what those scores forbid. */
export function tryRecomputed(
  cell: PublishedCell,
  members: readonly Participation[],
  policy: Policy,
  findings: Findings,
): void {
  const n = members.length;
  for (const [id, figures] of Object.entries(cell.dimensions)) {
    if (figures.state !== 'published') continue;
    const sorted = members.map(({ scores }) => scores[id]!).sort((a, b) => a - b);
    let run = 0;
    for (const [place, score] of sorted.entries()) {
      run = score === sorted[place - 1] ? run + 1 : 1;
      if (run * 100 > policy.homogeneityPercent * n) {
        findings.break(NAME, 5, `${cell.version} ${id}: more than ${policy.homogeneityPercent} % have one score`);
        break;
      }
    }
    for (const { permille, value } of figures.cuts)
      if (value !== typeSeven(sorted, permille))
        findings.break(NAME, 4, `${cell.version} ${id}: the cut ${permille} is not ${value}`);
  }
  for (const [id, figures] of Object.entries(cell.items)) {
    if (figures.state !== 'published') continue;
    const levels = members.map(({ answers }) => answers?.[id]);
    const counts = [1, 2, 3, 4].map(
      (level) => levels.filter((given) => typeof given === 'number' && given >= level).length,
    );
    let former: number | null = null;
    for (const [place, share] of figures.atLeast.entries()) {
      if (share === null) continue;
      const count = counts[place]!;
      if (typeof share === 'number' && (count < policy.minSlice || n - count < policy.minSlice))
        findings.break(NAME, 4, `${cell.version} ${id}: a share of ${count} of ${n} is shown as a number`);
      const isNumber = typeof share === 'number';
      if (former !== null && isNumber && former > count && former - count < policy.minSlice)
        findings.break(NAME, 4, `${cell.version} ${id}: ${former - count} lie between two shown shares`);
      if (isNumber) former = count;
    }
  }
}

/** The published cuts of a fresh change, and the share that rose, against the members' two submissions. */
export function tryRecomputedChange(
  change: PublishedChange,
  members: readonly { last: Participation; first: Participation }[],
  policy: Policy,
  findings: Findings,
): void {
  const n = members.length;
  for (const [id, figures] of Object.entries(change.dimensions)) {
    if (figures.state !== 'published') continue;
    const where = `${change.version} ${id}`;
    const sorted = members.map(({ last, first }) => last.scores[id]! - first.scores[id]!).sort((a, b) => a - b);
    for (const value of new Set(sorted))
      if (sorted.filter((other) => other === value).length * 100 > policy.homogeneityPercent * n)
        findings.break(NAME, 5, `${where}: more than ${policy.homogeneityPercent} % changed alike`);
    // Moved to numbers from 0 on: rounding half up does not mind.
    const moved = sorted.map((value) => value + 100);
    for (const { permille, value } of figures.cuts)
      if (value !== typeSeven(moved, permille) - 100)
        findings.break(NAME, 4, `${where}: the cut ${permille} is not ${value}`);
    const count = sorted.filter((value) => value > 0).length;
    const isNumber = typeof figures.rose === 'number';
    if (isNumber && (count < policy.minSlice || n - count < policy.minSlice))
      findings.break(NAME, 4, `${where}: a share of ${count} of ${n} is shown as a number`);
    if (typeof figures.rose === 'number' && Math.abs(figures.rose - (100 * count) / n) > 25)
      findings.break(NAME, 4, `${where}: the share that rose is not ${figures.rose}`);
  }
}

/** Type 7 of sorted whole numbers, rounded half up, in whole numbers to the last division. */
function typeSeven(sorted: readonly number[], permille: number): number {
  const position = (sorted.length - 1) * permille;
  const place = Math.floor(position / 1000);
  const low = sorted[place]!;
  const high = sorted[place + 1] ?? low;
  return Math.floor((2 * (1000 * low + (high - low) * (position % 1000)) + 1000) / 2000);
}
