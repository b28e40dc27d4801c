import type { Policy } from '#contracts/policy';
import type { PublishedCell } from '#contracts/release';
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

/** Type 7 of sorted whole numbers, rounded half up, in whole numbers to the last division. */
function typeSeven(sorted: readonly number[], permille: number): number {
  const position = (sorted.length - 1) * permille;
  const place = Math.floor(position / 1000);
  const low = sorted[place]!;
  const high = sorted[place + 1] ?? low;
  return Math.floor((2 * (1000 * low + (high - low) * (position % 1000)) + 1000) / 2000);
}
