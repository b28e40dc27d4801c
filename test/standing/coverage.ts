import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Cell, Cut, PublishedCell, PublishedChange } from '#contracts/release';
import { pooledShareOf } from '#disclosure/draw-cell';
import { exponentialCut } from '#disclosure/exponential';
import { geometric } from '#disclosure/geometric';
import { nonIncreasing, type Pooled } from '#disclosure/isotonic';
import { POLICY, shownCuts } from '#disclosure/policy';
import { groupChange } from '#standing/compare-change';
import { compareMembers } from '#standing/compare-members';
import { cutEstimate, outward } from '#standing/cut-estimate';
import { movedBy } from '#standing/moved';
import { onStep, placeScore } from '#standing/place-score';
import { finitePopulationFactor } from '#statistics/finite-population';
import { type ShareDraw, shareInterval } from '#statistics/share-interval';
import { randomFrom } from '../bench/synthetic.ts';

/**
 * How often what people are told holds, and how often a difference that is there is told. Samples are drawn from a field
 * whose distribution is known, published as a release would (scores put to the step, cuts drawn by the mechanism, n in
 * fives), and nothing else is looked at. Seeded: the same call gives the same numbers.
 */

export const STEP = 5;
type Draws = () => number;
type Shape = (random: Draws) => number;

const whole = (score: number) => Math.max(0, Math.min(100, Math.round(score)));
const normal = (random: Draws) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
export const bell =
  (centre: number, deviation: number): Shape =>
  (random) =>
    whole(centre + deviation * normal(random));

/** Fields of scores: smooth and lumpy, symmetric and skewed, narrow, with two tops and with a floor. */
export const SHAPES: Record<string, Shape> = {
  even: (random) => Math.floor(random() * 101),
  bell: bell(45, 17),
  narrow: bell(47.5, 5),
  low: (random) => whole(100 * random() ** 2.5),
  high: (random) => whole(100 - 100 * random() ** 2.5),
  coarse: (random) => 25 * Math.floor(random() * 5),
  twin: (random) => whole((random() < 0.5 ? 25 : 70) + 8 * normal(random)),
  floor: (random) => (random() < 0.3 ? 0 : whole(40 + 20 * normal(random))),
};

/** The first of each step of the cut ladder, where n is not rounded down and so helps least, and beyond. */
export const SIZES = [20, 40, 60, 100, 200, 500, 1000];

const GRID = Array.from({ length: 100 / STEP + 1 }, (_, place) => place * STEP);

/** Counts by the grid's points, as the drawing step takes them. */
function countsOf(scores: readonly number[], from = 0): Uint32Array {
  const counts = new Uint32Array((100 - from) / STEP + 1);
  for (const score of scores) counts[(onStep(score, STEP) - from) / STEP]! += 1;
  return counts;
}

const sample = (shape: Shape, n: number, random: Draws) => Array.from({ length: n }, () => shape(random));

/** Published cuts of scores or, with `from` -100, of changes. */
function drawnCuts(scores: readonly number[], random: Draws, from = 0): Cut[] {
  const counts = countsOf(scores, from);
  const permilles = shownCuts(scores.length, from < 0 ? POLICY.changeCutLadder : POLICY.cutLadder);
  const values = permilles
    .map((permille) => from + STEP * exponentialCut(counts, permille, POLICY.epsilon.cut, 1 - random()))
    .toSorted((a, b) => a - b);
  return permilles.map((permille, place) => ({ permille, value: values[place]! }));
}

/** The field itself, from very many draws, by whole points: shares, mid-ranks and the median. */
function truthOf(shape: Shape) {
  const random = randomFrom(99);
  const shares = new Array<number>(101).fill(0);
  for (const score of sample(shape, FIELD_DRAWS, random)) shares[score]! += 1 / FIELD_DRAWS;
  let below = 0;
  const ranks = shares.map((share) => {
    below += share;
    return below - share / 2;
  });
  // Where a field jumps just at a rank, every value of the jump is its quantile.
  const valueAt = (rank: number) => ranks.findIndex((middle, score) => middle + shares[score]! / 2 >= rank);
  const quantile = (permille: number) => [-0.003, 0.003].map((beside) => valueAt(permille / 1000 + beside));
  return { shares, ranks, quantile };
}
const FIELD_DRAWS = 200_000;

export interface RangeCoverage {
  shape: string;
  n: number;
  /** Of the scores that occur, the one that fares worst, and the mean over them, by constant. */
  worst: (constant: number) => { share: number; at: number };
  mean: (constant: number) => number;
}

/**
 * How often the range holds the share of the field that a score is further than, by whole points and not put to the step
 * (those with the same score by half). What a sample leaves open is kept as the two ranks beside each score, so that every constant is judged by the same samples.
 */
export function rangeCoverage(shape: string, n: number, samples: number): RangeCoverage {
  const random = randomFrom(n * 7 + shape.length);
  const truth = truthOf(SHAPES[shape]!);
  const seen = GRID.map(() => new Map<string, { beside: Cut[]; count: number }>());
  for (let round = 0; round < samples; round++) {
    const cuts = drawnCuts(sample(SHAPES[shape]!, n, random), random);
    GRID.forEach((score, place) => {
      const below = cuts.findLast(({ value }) => value < score);
      const above = cuts.find(({ value }) => value > score);
      const key = `${below?.permille} ${above?.permille}`;
      const entry = seen[place]!.get(key) ?? { beside: [below, above].flatMap((cut) => cut ?? []), count: 0 };
      entry.count += 1;
      seen[place]!.set(key, entry);
    });
  }
  const occurring = truth.shares.flatMap((share, score) => (share > 1e-5 ? [score] : []));
  const shareAt = (score: number, constant: number) => {
    let held = 0;
    for (const { beside, count } of seen[onStep(score, STEP) / STEP]!.values()) {
      const { range } = placeScore(score, beside, n, { ...POLICY, rangeConstant: constant, step: STEP });
      const rank = 1000 * truth.ranks[score]!;
      if (range.from - 0.05 <= rank && rank <= range.to + 0.05) held += count;
    }
    return held / samples;
  };
  return {
    shape,
    n,
    worst: (constant) => {
      const [least] = occurring
        .map((score) => ({ share: shareAt(score, constant), at: score }))
        .toSorted((a, b) => a.share - b.share);
      return least!;
    },
    mean: (constant) => occurring.reduce((sum, score) => sum + truth.shares[score]! * shareAt(score, constant), 0),
  };
}

/** The least constant, in steps of 0.5, that holds 95 % for the score that fares worst, anywhere. */
export function smallestConstant(coverages: readonly RangeCoverage[]): number {
  for (let constant = 0.5; constant < 20; constant += 0.5)
    if (coverages.every(({ worst }) => worst(constant).share >= 0.95)) return constant;
  throw new RangeError('no constant below 20 is enough');
}

/**
 * How often the limits told of published cuts hold the field's quantiles, where they are determinable; the cut that fares
 * worst. Null where none is.
 *
 * @param which the median, or all others that a release shows of so many
 */
export function cutCoverage(shape: string, n: number, which: 'median' | 'others', samples: number): number | null {
  const random = randomFrom(n * 11 + shape.length);
  const truth = truthOf(SHAPES[shape]!);
  const looked = shownCuts(n, POLICY.cutLadder)
    .filter((permille) => (permille === 500) === (which === 'median'))
    .map((permille) => ({ permille, truth: truth.quantile(permille), yes: 0, of: 0 }));
  for (let round = 0; round < samples; round++) {
    const cuts = drawnCuts(sample(SHAPES[shape]!, n, random), random);
    for (const cut of looked) {
      const estimate = cutEstimate(cuts, cut.permille, { n }, { ...POLICY, step: STEP });
      if (!estimate) continue;
      const { lower, upper } = outward(estimate, 0, 100);
      cut.of += 1;
      if (lower <= cut.truth[1]! && cut.truth[0]! <= upper) cut.yes += 1;
    }
  }
  // A cut that hardly ever has limits is not judged by the few samples in which it has.
  const shares = looked.flatMap(({ yes, of }) => (of < samples / 4 ? [] : [yes / of]));
  return shares.length === 0 ? null : Math.min(...shares);
}

/** Shares that shares are tried at: even, rare and common. */
export const SHARES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99];

/** Bases at either end of their shown band, small and large. */
export const BASES = [20, 24, 40, 44, 60, 64, 100, 104, 200, 500, 504, 1000, 2000];

/** How a share comes to be: as a count, as one of four equal counts of an item, of a drawn base, of a part of few. */
export const SHARE_KINDS = ['count', 'item', 'question', 'members'] as const;

/** How often the interval of a share of `base` holds the field's. Null for a question that is not published. */
export function shareCoverage(
  kind: (typeof SHARE_KINDS)[number],
  base: number,
  share: number,
  samples: number,
): number | null {
  if (kind === 'question' && base < POLICY.questionsFromBase) return null;
  const random = randomFrom(base * 31 + Math.round(share * 100));
  const noisy = (count: number) => Math.max(0, count + geometric(1 - random(), POLICY.epsilon.count));
  const clamped = (count: number): Pooled => ({ sum: Math.min(base, noisy(count)), size: 1 });
  const population = kind === 'members' ? Math.ceil(1.25 * base) : Number.POSITIVE_INFINITY;
  const having = kind === 'members' ? Math.round(share * population) : 0;
  const truth = kind === 'members' ? having / population : share;
  const factor = kind === 'members' ? finitePopulationFactor(population, base) : 1;
  const holds = (counted: Pooled, n: number, isBaseDrawn = false) => {
    const draw: ShareDraw = {
      shown: shownN(n),
      roundedTo: POLICY.participationsRoundedTo,
      epsilon: POLICY.epsilon.count,
      isBaseDrawn,
    };
    const { lower, upper } = shareInterval(pooledShareOf(counted, draw.shown), draw, factor);
    return lower <= 100 * truth && 100 * truth <= upper;
  };
  const held = { yes: 0, of: 0 };
  for (let round = 0; round < samples; round++) {
    let count = 0;
    for (let one = 0; one < base; one++)
      if (random() < (kind === 'members' ? (having - count) / (population - one) : share)) count += 1;
    const drawn = kind === 'question' ? noisy(base) : base;
    if (kind === 'question' && drawn < POLICY.questionsFromBase) continue;
    held.of += 1;
    // Pooling lifts the first of equal levels and lowers the last: the worse of the two is judged.
    const [first, , , last] = nonIncreasing([0, 0, 0, 0].map(() => clamped(count).sum));
    const isHeld =
      kind === 'item'
        ? holds(round % 2 ? first! : last!, base)
        : holds(kind === 'question' ? { sum: noisy(count), size: 1 } : clamped(count), drawn, kind === 'question');
    if (isHeld) held.yes += 1;
  }
  return held.yes / held.of;
}

/** How often the middle was moved by no more than is told; null where nothing is told. */
export function movedCoverage(shape: string, n: number, samples: number): number | null {
  const random = randomFrom(n * 17 + shape.length);
  const held = { yes: 0, of: 0 };
  for (let round = 0; round < samples; round++) {
    const scores = sample(SHAPES[shape]!, n, random);
    const cuts = drawnCuts(scores, random);
    const moved = movedBy(cuts, n, { ...POLICY, step: STEP });
    if (moved === null) continue;
    const sorted = scores.toSorted((a, b) => a - b);
    const exact = (sorted[Math.floor((n - 1) / 2)]! + sorted[Math.ceil((n - 1) / 2)]!) / 2;
    held.of += 1;
    if (Math.abs(cuts.find(({ permille }) => permille === 500)!.value - exact) <= moved) held.yes += 1;
  }
  return held.of === 0 ? null : held.yes / held.of;
}

/** How often a house so many points from the middle of a bell is told so, on the right side. */
export function housePower(n: number, away: number, samples: number): number {
  const random = randomFrom(n * 19 + away);
  let told = 0;
  for (let round = 0; round < samples; round++) {
    const cuts = drawnCuts(sample(bell(45, 17), n, random), random);
    const { verdict } = placeScore(45 + away, cuts, n, { ...POLICY, step: STEP });
    if (verdict === (away > 0 ? 'ahead' : 'behind') || verdict === (away > 0 ? 'upper-quarter' : 'lower-quarter'))
      told += 1;
  }
  return told / samples;
}

const shownN = (n: number) => n - (n % POLICY.participationsRoundedTo);

/** An instrument of which only the overall score is looked at. */
const INSTRUMENT = { scoreStep: STEP, dimensions: [], profile: [] } as unknown as Parameters<
  typeof compareMembers
>[0]['instrument'];

function cellOf(key: string, scores: readonly number[], random: Draws): PublishedCell {
  return {
    group: { key, where: {}, ...(key === 'all' ? {} : { association: 'c-1' }) },
    state: 'published',
    participations: shownN(scores.length),
    dimensions: { overall: drawnCuts(scores, random) },
  };
}

/** Of an association's members, so many points ahead of all others in the field, how often which verdict is told. */
export function associationPower(given: {
  members: number;
  field: number;
  ahead: number;
  /** Of the others. */
  centre?: number;
  samples: number;
}): Record<'ahead' | 'behind' | 'no-difference' | 'not-determinable', number> {
  const { members, field, ahead, centre = 45, samples } = given;
  const random = randomFrom(members * 23 + field + ahead);
  const told = { ahead: 0, behind: 0, 'no-difference': 0, 'not-determinable': 0 };
  for (let round = 0; round < samples; round++) {
    const own = sample(bell(centre + ahead, 17), members, random);
    const all = [...own, ...sample(bell(centre, 17), field - members, random)];
    const memberCells: Cell[] = [cellOf('association=c-1', own, random)];
    const publicCells = new Map([['all', cellOf('all', all, random)]]);
    const { dimensions } = compareMembers({
      instrument: INSTRUMENT,
      group: memberCells[0]!.group,
      memberCells,
      publicCells,
      policy: POLICY,
      registered: null,
    });
    told[dimensions[0]!.difference?.verdict ?? 'not-determinable'] += 1 / samples;
  }
  return told;
}

/** Of so many matched houses that truly moved by so many points, how often the middle is told to have risen or fallen. */
export function changePower(matched: number, moved: number, samples: number): Record<string, number> {
  const random = randomFrom(matched * 29 + moved);
  const told: Record<string, number> = { rose: 0, fell: 0, 'no-difference': 0, 'not-determinable': 0 };
  for (let round = 0; round < samples; round++) {
    // Two checks of one house differ by what was answered differently on the day.
    const scores = Array.from({ length: matched }, () => {
      const level = 45 + 17 * normal(random);
      const check = () => whole(level + 8 * normal(random));
      const first = check();
      return whole(check() + moved) - first;
    });
    const change: PublishedChange = {
      group: { key: 'all', where: {} },
      state: 'published',
      participations: shownN(matched),
      dimensions: { overall: { cuts: drawnCuts(scores, random, -100) } },
    };
    told[groupChange(change, 'overall', { ...POLICY, step: STEP }).verdict ?? 'not-determinable']! += 1 / samples;
  }
  return told;
}

const SHARE_WORDS: Record<(typeof SHARE_KINDS)[number], string> = {
  count: 'a code or direction of all participations',
  item: 'the first or last of four equal levels of an item',
  question: 'an answer to a question, whose base is drawn too',
  members: 'of members, four of five registered of whom take part',
};

const percent = (share: number | null) => (share === null ? '-' : (100 * share).toFixed(1));

/** Everything, so many samples each, as the Markdown of docs/method.md; and whether it holds what is claimed. */
function report(samples: number): { markdown: string; holds: boolean } {
  const lines: string[] = [];
  const least: number[] = [];
  const ranges: RangeCoverage[] = [];
  const lowest = (shares: (number | null)[]) => {
    const known = shares.filter((share) => share !== null);
    least.push(...known);
    return percent(Math.min(...known));
  };

  lines.push(
    `Coverage of what claims 95 %, ${samples} samples each, the least over n = ${SIZES.join(', ')}:`,
    '',
    '| field | range, score that fares worst | range, mean | median | other cuts, worst | how far moved |',
    '|---|---|---|---|---|---|',
  );
  for (const shape of Object.keys(SHAPES)) {
    const own = SIZES.map((n) => rangeCoverage(shape, n, samples));
    ranges.push(...own);
    const cells = [
      own.map(({ worst }) => worst(POLICY.rangeConstant).share),
      own.map(({ mean }) => mean(POLICY.rangeConstant)),
      SIZES.map((n) => cutCoverage(shape, n, 'median', samples)),
      SIZES.map((n) => cutCoverage(shape, n, 'others', samples)),
      SIZES.map((n) => movedCoverage(shape, n, samples)),
    ].map(lowest);
    lines.push(`| ${[shape, ...cells].join(' | ')} |`);
  }
  const smallest = smallestConstant(ranges);
  lines.push(
    '',
    `The smallest c, in steps of 0.5, with 95 % for the score that fares worst is ${smallest}; the policy has ${POLICY.rangeConstant}.`,
    '',
    `Of shares, the least over true shares of ${100 * SHARES[0]!} to ${100 * SHARES.at(-1)!} % and ${BASES[0]} to ${BASES.at(-1)} organisations, at either end of the shown band:`,
    '',
    '| share | least | mean |',
    '|---|---|---|',
    ...SHARE_KINDS.map((kind) => {
      const all = BASES.flatMap((base) => SHARES.map((share) => shareCoverage(kind, base, share, samples)));
      const known = all.filter((share) => share !== null);
      const mean = known.reduce((sum, share) => sum + share, 0) / known.length;
      return `| ${SHARE_WORDS[kind]} | ${lowest(known)} | ${percent(mean)} |`;
    }),
    '',
    '| what is there | told, % |',
    '|---|---|',
  );

  for (const n of [50, 60, 100, 150])
    lines.push(`| a house 15 points from the middle, n = ${n} | ${percent(housePower(n, 15, samples))} |`);
  for (const [members, field, ahead, centre] of [
    [82, 504, 15, 45],
    [82, 504, 10, 45],
    [45, 504, 15, 45],
    [82, 504, 0, 45],
    // Between two points of the grid, where it may put equal middles on either side.
    [82, 504, 0, 47.5],
    [1000, 5000, 0, 47.5],
  ] as const) {
    const told = associationPower({ members, field, ahead, centre, samples: Math.ceil((samples * 504) / field) });
    const who = `${members} members of ${field}`;
    lines.push(
      ahead > 0
        ? `| ${who}, ${ahead} points ahead: ahead | ${percent(told.ahead)} |`
        : `| ${who}, no difference, middle at ${centre}: ahead, behind | ${percent(told.ahead)}, ${percent(told.behind)} |`,
    );
  }
  for (const [matched, moved] of [
    [60, 0],
    [200, 0],
    [60, 8],
  ] as const) {
    const told = changePower(matched, moved, samples);
    lines.push(
      moved === 0
        ? `| ${matched} matched, no change: no difference | ${percent(told['no-difference']!)} |`
        : `| ${matched} matched, ${moved} points up: rose | ${percent(told.rose!)} |`,
    );
  }
  return { markdown: lines.join('\n'), holds: Math.min(...least) >= 0.94 && smallest <= POLICY.rangeConstant };
}

/** `npm run coverage -- --n 20000`: prints it; with `--report` it goes into docs/method.md. */
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { n: { type: 'string', default: '5000' }, report: { type: 'boolean' } } });
  const { markdown, holds } = report(Number(values.n));
  process.stdout.write(`${markdown}\n`);
  if (values.report) {
    const page = await readFile('docs/method.md', 'utf8');
    const [before, after] = page.split(/(?<=<!-- coverage table -->\n)[\s\S]*(?=<!-- \/coverage table -->)/);
    await writeFile('docs/method.md', `${before}${markdown}\n${after}`);
  }
  process.exitCode = holds ? 0 : 1;
}
