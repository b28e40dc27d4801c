import type { Instrument } from '#contracts/instrument';
import type { CutLadder, Policy } from '#contracts/policy';
import type { Cell, Change } from '#contracts/release';
import { scoredIds } from '#contracts/scored-ids';
import { DK, NA } from './audit-log.ts';
import type { Exact } from './exact.ts';

/** Statistic -> published number: `it|500`, `backing|ge1`, `obstacle|base`, `it|rose`. */
export type Figures = Map<string, number>;

/** What makes a figure of exact counts: the draw itself, or a bound of it. */
export interface Mechanism {
  /** @returns a place in `counts`, which lie on the grid */
  cut: (statistic: string, counts: readonly number[], permille: number) => number;
  /** @returns a count, clamped to 0 to n */
  count: (statistic: string, count: number, n: number) => number;
}

/** What is shown of a cell, which the figures refer to. */
export interface Shown {
  participations: number;
  permilles: readonly number[];
  /** Whether it shows items and questions, or directions of change. */
  hasShares: boolean;
  /** The published bases of questions, to which their shares refer. */
  bases: Figures;
}

const MIDDLE_OF_BAND = 2;
const LEVELS = [1, 2, 3, 4] as const;

/** Rounded down, as numbers of organisations are shown. */
export const shownNumber = (
  count: number,
  { participationsRoundedTo: step }: Pick<Policy, 'participationsRoundedTo'>,
) => Math.floor(count / step) * step;

export function permillesOf(n: number, ladder: CutLadder): readonly number[] {
  return ladder.filter(({ fromN }) => n >= fromN).at(-1)?.permilles ?? [];
}

/** Every figure that a published cell, or a published change, has to show; bases of questions as they were drawn. */
export function figuresOf(instrument: Instrument, exact: Exact, mechanism: Mechanism, shown: Shown): Figures {
  const figures: Figures = new Map();
  const isChange = exact.scores[0]!.length > 101;
  const share = (count: number, of: number, parts = 1) => {
    const middle = (of + MIDDLE_OF_BAND) * parts;
    return Math.min(100, Math.floor((200 * count + middle) / (2 * middle)));
  };
  const drawn = (statistic: string, count: number) => mechanism.count(statistic, count, exact.n);
  scoredIds(instrument).forEach((id, d) => {
    const points = exact.scores[d]!;
    const grid = onGrid(points, instrument.scoreStep, isChange ? 100 : 0);
    const values = shown.permilles
      .map(
        (permille) => mechanism.cut(`${id}|${permille}`, grid, permille) * instrument.scoreStep - (isChange ? 100 : 0),
      )
      .sort((a, b) => a - b);
    for (const [place, permille] of shown.permilles.entries()) figures.set(`${id}|${permille}`, values[place]!);
    if (!isChange || !shown.hasShares) return;
    const counted = { fell: 0, same: points[100]!, rose: 0 };
    for (let change = 1; change <= 100; change++) {
      counted.fell += points[100 - change]!;
      counted.rose += points[100 + change]!;
    }
    for (const direction of ['rose', 'same', 'fell'] as const)
      figures.set(`${id}|${direction}`, share(drawn(`${id}|${direction}`, counted[direction]), shown.participations));
  });
  if (!shown.hasShares) return figures;
  exact.items.forEach((answers, i) => {
    const { id } = instrument.items[i]!;
    const reached = LEVELS.map((level) => {
      let count = 0;
      for (let higher: number = level; higher <= 4; higher++) count += answers[higher]!;
      return drawn(`${id}|ge${level}`, count);
    });
    for (const [place, { sum, parts }] of pooled(reached).entries())
      figures.set(`${id}|ge${LEVELS[place]}`, share(sum, shown.participations, parts));
    figures.set(`${id}|na`, share(drawn(`${id}|na`, answers[NA]!), shown.participations));
    figures.set(`${id}|dk`, share(drawn(`${id}|dk`, answers[DK]!), shown.participations));
  });
  exact.questions.forEach((chosen, q) => {
    const { id, codes } = instrument.questions[q]!;
    figures.set(`${id}|base`, drawn(`${id}|base`, chosen.at(-1)!));
    const base = shown.bases.get(`${id}|base`);
    if (base === undefined) return;
    for (const [place, code] of codes.entries())
      figures.set(`${id}|${code.id}`, share(drawn(`${id}|${code.id}`, chosen[place]!), base));
  });
  return figures;
}

/** The figures as a release shows them. */
export function publishedFigures(cell: Extract<Cell | Change, { state: 'published' }>): Figures {
  const figures: Figures = new Map();
  for (const [id, shown] of Object.entries(cell.dimensions)) {
    for (const { permille, value } of 'cuts' in shown ? shown.cuts : shown) figures.set(`${id}|${permille}`, value);
    if (!('cuts' in shown)) continue;
    for (const [direction, value] of Object.entries<number>(shown.shares ?? {}))
      figures.set(`${id}|${direction}`, value);
  }
  if (!('items' in cell || 'questions' in cell)) return figures;
  for (const [id, { atLeast, notApplicable, dontKnow }] of Object.entries(cell.items ?? {})) {
    for (const [place, value] of atLeast.entries()) figures.set(`${id}|ge${place + 1}`, value);
    figures.set(`${id}|na`, notApplicable).set(`${id}|dk`, dontKnow);
  }
  for (const [id, { base, shares }] of Object.entries(cell.questions ?? {})) {
    for (const [code, value] of Object.entries(shares)) figures.set(`${id}|${code}`, value);
    figures.set(`${id}|base`, base);
  }
  return figures;
}

/** Counts on the multiples of the step, each point put to the nearest, half up. @param zero the place of 0 points */
function onGrid(points: Int32Array, step: number, zero: number): number[] {
  const grid = new Array<number>((points.length - 1) / step + 1).fill(0);
  points.forEach((count, place) => {
    grid[Math.floor((2 * (place - zero) + step) / (2 * step)) + zero / step]! += count;
  });
  return grid;
}

/** Makes a sequence non-increasing: neighbours that rise are put together until none does. */
function pooled(values: readonly number[]): { sum: number; parts: number }[] {
  const blocks = values.map((sum) => ({ sum, parts: 1 }));
  for (let place = 0; place + 1 < blocks.length; ) {
    const [left, right] = [blocks[place]!, blocks[place + 1]!];
    if (left.sum * right.parts >= right.sum * left.parts) {
      place += 1;
      continue;
    }
    blocks.splice(place, 2, { sum: left.sum + right.sum, parts: left.parts + right.parts });
    place = 0;
  }
  return blocks.flatMap((block) => Array.from({ length: block.parts }, () => block));
}
