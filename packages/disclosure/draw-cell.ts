import type { Instrument } from '#contracts/instrument';
import type { CutLadder, Policy } from '#contracts/policy';
import type { ChangeFigures, Cut, ItemFigures, QuestionFigures, Share } from '#contracts/release';
import { scoredIds } from '#contracts/scored-ids';
import { DONT_KNOW, NOT_APPLICABLE } from '#microdata/submission-table';
import { atLeast, type ChangeCounts, type LevelCounts } from '#microdata/tally';
import { type Key, uniform } from './cell-keys.ts';
import { exponentialCut } from './exponential.ts';
import { baseStatistic, codeStatistic, cutStatistic, directionStatistic, itemStatistic } from './figure-names.ts';
import { geometric } from './geometric.ts';
import { nonIncreasing, type Pooled } from './isotonic.ts';
import { shownCuts } from './policy.ts';

/** One cell about to be drawn: its key, what its figures' names begin with, and how many participations it has. */
export interface CellDraw {
  key: Key;
  cellKey: string;
  namePrefix: string;
  /** Exact. Not hidden from somebody who knows all others. */
  n: number;
  policy: Policy;
}

/** Shares refer to the middle of the shown band of n, so that they tell no more about n than the band. */
const BAND_MIDDLE = 2;

/** n as it is shown: rounded down to the policy's step. */
export function shownOf(n: number, { participationsRoundedTo }: Pick<Policy, 'participationsRoundedTo'>): number {
  return n - (n % participationsRoundedTo);
}

/** What a published cell shows of its scores, items and questions. */
export function drawLevels(
  instrument: Instrument,
  counts: LevelCounts,
  cell: CellDraw,
): {
  dimensions: Record<string, Cut[]>;
  items?: Record<string, ItemFigures>;
  questions?: Record<string, QuestionFigures>;
} {
  const dimensions = scoredIds(instrument).map(
    (id, d) =>
      [id, drawCuts(cell, id, { counts: counts.scores[d]!, lowest: 0, ladder: cell.policy.cutLadder })] as const,
  );
  return {
    dimensions: Object.fromEntries(dimensions),
    ...(counts.items?.length && {
      items: Object.fromEntries(instrument.items.map(({ id }, i) => [id, drawItem(cell, id, counts.items![i]!)])),
    }),
    ...(counts.questions?.length && {
      questions: Object.fromEntries(
        instrument.questions.flatMap(({ id, codes }, q) => {
          const figures = drawQuestion(cell, id, codes, counts.questions![q]!);
          return figures ? [[id, figures]] : [];
        }),
      ),
    }),
  };
}

/** What a published cell shows of its matched change; n counts the matched ones. */
export function drawChanges(
  instrument: Instrument,
  { changes, directions }: ChangeCounts,
  cell: CellDraw,
): Record<string, ChangeFigures> {
  const base = shownOf(cell.n, cell.policy);
  return Object.fromEntries(
    scoredIds(instrument).map((id, d) => {
      const cuts = drawCuts(cell, id, { counts: changes[d]!, lowest: -100, ladder: cell.policy.changeCutLadder });
      if (cell.n < cell.policy.itemsFromN) return [id, { cuts }];
      const share = (direction: 'rose' | 'same' | 'fell', place: number) =>
        shareOf(drawCount(cell, directionStatistic(id, direction), directions[d]![place]!), base);
      return [id, { cuts, shares: { rose: share('rose', 0), same: share('same', 1), fell: share('fell', 2) } }];
    }),
  );
}

/**
 * All cuts that n allows, each drawn by itself, then sorted.
 *
 * `lowest`: points of the first place in `counts`; the last is 100.
 */
function drawCuts(
  cell: CellDraw,
  dimension: string,
  { counts, lowest, ladder }: { counts: Int32Array; lowest: number; ladder: CutLadder },
): Cut[] {
  const step = (100 - lowest) / (counts.length - 1);
  const permilles = shownCuts(cell.n, ladder);
  const values = permilles.map((permille) => {
    const u = uniform(cell.key, cell.cellKey, `${cell.namePrefix}|${cutStatistic(dimension, permille)}`);
    return lowest + step * exponentialCut(counts, permille, cell.policy.epsilon.cut, u);
  });
  values.sort((a, b) => a - b);
  return permilles.map((permille, place) => ({ permille, value: values[place]! }));
}

/** A count with noise, clamped to 0 to n. */
function drawCount(cell: CellDraw, statistic: string, count: number): number {
  const u = uniform(cell.key, cell.cellKey, `${cell.namePrefix}|${statistic}`);
  return Math.min(cell.n, Math.max(0, count + geometric(u, cell.policy.epsilon.count)));
}

function drawItem(cell: CellDraw, item: string, counts: Int32Array): ItemFigures {
  const base = shownOf(cell.n, cell.policy);
  const levels = nonIncreasing(
    ([1, 2, 3, 4] as const).map((level) => drawCount(cell, itemStatistic(item, `ge${level}`), atLeast(counts, level))),
  );
  return {
    atLeast: levels.map((pooled) => pooledShareOf(pooled, base)) as ItemFigures['atLeast'],
    notApplicable: shareOf(drawCount(cell, itemStatistic(item, 'na'), counts[NOT_APPLICABLE]!), base),
    dontKnow: shareOf(drawCount(cell, itemStatistic(item, 'dk'), counts[DONT_KNOW]!), base),
  };
}

/** Null where the drawn base is too small: a decision by the exact one would be a figure of its own. */
function drawQuestion(
  cell: CellDraw,
  question: string,
  codes: readonly { id: string }[],
  counts: Int32Array,
): QuestionFigures | null {
  const drawn = drawCount(cell, baseStatistic(question), counts.at(-1)!);
  if (drawn < cell.policy.questionsFromBase) return null;
  const base = shownOf(drawn, cell.policy);
  const shares = codes.map(({ id }, place) => [
    id,
    shareOf(drawCount(cell, codeStatistic(question, id), counts[place]!), base),
  ]);
  return { base, shares: Object.fromEntries(shares) };
}

const shareOf = (count: number, shown: number): Share => pooledShareOf({ sum: count, size: 1 }, shown);

/** A pooled count as whole per cents of the middle of the band, rounded half up in whole numbers, at most 100. */
export function pooledShareOf({ sum, size }: Pooled, shown: number): Share {
  const whole = (shown + BAND_MIDDLE) * size;
  return Math.min(100, Math.floor((200 * sum + whole) / (2 * whole)));
}
