import type { Instrument } from '#contracts/instrument';
import type { Policy } from '#contracts/policy';
import type { Cell, PublishedCell } from '#contracts/release';
import { isPublished, itemOf } from '#contracts/released-cell';
import type { Answer } from '#contracts/submission';
import { scoreAnswers } from '#microdata/score';

/**
 * The strongest guess at one house's answers that released figures allow: Bayes over all figures together. It reads what the
 * api and the files give out (cells and the policy), and knows the mechanism, which is public, the answers of `known` houses
 * in each cell, and how houses of this field answer in general (`reference`). It does not know the other houses.
 */
export interface Attack {
  instrument: Instrument;
  policy: Policy;
  /** Cells that the target is in, of every release the attacker sees. */
  cells: readonly Cell[];
  /** Answers of the houses in a cell that the attacker invented or knows, the target not among them. */
  knownIn: (cell: PublishedCell) => readonly Answers[];
  reference: readonly Answers[];
  draws: () => number;
}
export type Answers = Record<string, Answer>;

export interface Guess {
  /** Item id -> the likeliest answer, and how sure the attacker is of it. */
  items: Record<string, { answer: Answer; probability: number }>;
  /** Dimension id -> the likeliest score, put to the instrument's step. */
  scores: Record<string, { score: number; probability: number }>;
}

/** What shares refer to: the shown n and so many (docs/method.md, rule 6). */
const BAND_MIDDLE = 2;
/** Honest fields imagined for each cell, over which the likelihood of a cut is averaged. */
const IMAGINED = 100;
/** Houses are alike within so many classes of a dimension's score. */
const CLASSES = 10;
const ANSWERS: readonly Answer[] = [0, 1, 2, 3, 4, 'na', 'dk'];

export function bestGuess(attack: Attack): Guess {
  const { instrument, cells } = attack;
  const field = fieldOf(attack);
  const views = cells.filter((cell) => isPublished(cell)).map((cell) => viewOf(attack, cell));
  const guess: Guess = { items: {}, scores: {} };
  const byItems = new Map(
    instrument.items.map(({ id }) => [id, ANSWERS.map((answer) => logOfItem(attack, views, id, answer))]),
  );
  const byScore = new Map(
    [...instrument.dimensions.map(({ id }) => id), 'overall'].map((id) => [id, logOfScores(attack, views, id)]),
  );
  const alone = instrument.dimensions.map(({ id }) => posterior(attack, id, byItems, byScore.get(id)!).scores);
  instrument.dimensions.forEach(({ id }, d) => {
    const others = alone.filter((_, other) => other !== d);
    const log = withOverall(byScore.get(id)!, byScore.get('overall')!, others, field.grid);
    const { scores, items } = posterior(attack, id, byItems, log);
    const place = scores.indexOf(Math.max(...scores));
    guess.scores[id] = { score: place * instrument.scoreStep, probability: scores[place]! };
    for (const [item, masses] of items) {
      const likeliest = masses.indexOf(Math.max(...masses));
      guess.items[item] = { answer: ANSWERS[likeliest]!, probability: masses[likeliest]! };
    }
  });
  return guess;
}

/** How houses of this field answer: classes by a dimension's score, within which items are taken to be independent. */
interface Field {
  grid: number;
  /** Dimension id or "overall" -> place of each reference house's score on the grid. */
  steps: Record<string, Int32Array>;
  /** Dimension id -> for each class its share and, by item of the dimension, the shares of `ANSWERS`. */
  classes: Record<string, { share: number; items: number[][] }[]>;
  /** Item id -> shares of `ANSWERS` in all. */
  shares: Record<string, number[]>;
}

const FIELDS = new WeakMap<readonly Answers[], Field>();

function fieldOf({ reference, instrument }: Attack): Field {
  const known = FIELDS.get(reference);
  if (known) return known;
  const scores = reference.map((answers) => scoreAnswers(instrument, answers));
  const steps: Field['steps'] = {};
  for (const { id } of instrument.dimensions)
    steps[id] = Int32Array.from(scores, (score) => placeOf(instrument, score[id]!));
  steps.overall = Int32Array.from(scores, (score) => placeOf(instrument, meanOf(instrument, score)));
  const grid = 100 / instrument.scoreStep + 1;
  const sharesIn = (places: readonly number[], item: string) => {
    const counts = ANSWERS.map(
      (answer) => places.filter((place) => answerOf(reference[place]!, item) === answer).length,
    );
    return counts.map((count) => (count + 0.5) / (places.length + 0.5 * ANSWERS.length));
  };
  const all = reference.map((_, place) => place);
  const field: Field = { grid, steps, classes: {}, shares: {} };
  for (const { id } of instrument.items) field.shares[id] = sharesIn(all, id);
  for (const { id } of instrument.dimensions) {
    const items = instrument.items.filter(({ dimension }) => dimension === id);
    field.classes[id] = Array.from({ length: CLASSES }, (_, at) => {
      const places = all.filter(
        (place) => Math.min(CLASSES - 1, Math.floor((CLASSES * steps[id]![place]!) / grid)) === at,
      );
      return { share: places.length / reference.length, items: items.map((item) => sharesIn(places, item.id)) };
    }).filter(({ share }) => share > 0);
  }
  FIELDS.set(reference, field);
  return field;
}

const answerOf = (answers: Answers, item: string): Answer => answers[item] ?? 'dk';
const placeOf = ({ scoreStep }: Instrument, score: number | null) => Math.floor((score ?? 0) / scoreStep + 0.5);
const meanOf = ({ dimensions }: Instrument, scores: Record<string, number | null>) =>
  Math.floor(dimensions.reduce((sum, { id }) => sum + (scores[id] ?? 0), 0) / dimensions.length + 0.5);

/**
 * Posterior of a dimension's score and items, items and score joined exactly: by the distribution of (sum of levels, how many
 * are levels) over the items.
 *
 * @param byScore grid place -> log-likelihood
 */
function posterior(
  attack: Attack,
  dimension: string,
  byItems: ReadonlyMap<string, readonly number[]>,
  byScore: Float64Array,
): { scores: Float64Array; items: Map<string, Float64Array> } {
  const { instrument } = attack;
  const { grid, classes } = fieldOf(attack);
  const items = instrument.items.filter((item) => item.dimension === dimension);
  const likelihood = likelihoodsOf(byScore);
  const ofItems = items.map(({ id }) => likelihoodsOf(byItems.get(id)!));
  const width = items.length + 1;
  const height = 4 * items.length + 1;
  const needed = Math.max(3, Math.ceil(items.length * 0.8));
  // A complete check has a score: what has none is impossible. "Does not apply" and "don't know" are both no level here.
  const placeAt = (sum: number, levels: number) =>
    levels < Math.min(3, needed)
      ? -1
      : Math.floor(Math.floor((50 * sum + levels) / (2 * levels)) / instrument.scoreStep + 0.5);
  const scores = new Float64Array(grid);
  const masses = new Map(items.map(({ id }) => [id, new Float64Array(ANSWERS.length)] as const));
  for (const { share, items: shares } of classes[dimension]!) {
    const weighed = shares.map((one, i) => one.map((part, a) => part * ofItems[i]![a]!));
    for (let i = 0; i < items.length; i++) {
      let table = new Float64Array(width * height);
      table[0] = share;
      weighed.forEach((weights, other) => {
        if (other === i) return;
        const next = new Float64Array(width * height);
        for (let levels = 0; levels < width; levels++)
          for (let sum = 0; sum < height; sum++) {
            const mass = table[levels * height + sum]!;
            if (mass === 0) continue;
            ANSWERS.forEach((answer, a) => {
              const at = typeof answer === 'number' ? (levels + 1) * height + sum + answer : levels * height + sum;
              next[at]! += mass * weights[a]!;
            });
          }
        table = next;
      });
      const own = masses.get(items[i]!.id)!;
      ANSWERS.forEach((answer, a) => {
        for (let levels = 0; levels < width; levels++)
          for (let sum = 0; sum < height; sum++) {
            const mass = table[levels * height + sum]!;
            if (mass === 0) continue;
            const isLevel = typeof answer === 'number';
            const place = placeAt(sum + (isLevel ? answer : 0), levels + (isLevel ? 1 : 0));
            if (place < 0) continue;
            const part = mass * weighed[i]![a]! * likelihood[place]!;
            own[a]! += part;
            if (i === 0) scores[place]! += part;
          }
      });
    }
  }
  for (const [id, own] of masses) masses.set(id, shareOut(own));
  return { scores: shareOut(scores), items: masses };
}

const shareOut = (masses: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> => {
  const sum = masses.reduce((total, mass) => total + mass, 0);
  return masses.map((mass) => mass / sum);
};

/** Likelihoods, the greatest 1. */
function likelihoodsOf(logs: ArrayLike<number>): Float64Array {
  const highest = Math.max(...Array.from(logs));
  return Float64Array.from(Array.from(logs), (log) => Math.exp(log - highest));
}

interface View {
  cell: PublishedCell;
  known: readonly Answers[];
  /** Houses in the cell that the attacker does not know, the target not among them. */
  unknown: number;
  n: number;
  /** Imagined honest fields: places in the reference. */
  imagined: Int32Array[];
}

function viewOf({ knownIn, policy, reference, draws }: Attack, cell: PublishedCell): View {
  const known = knownIn(cell);
  const n = cell.participations + Math.floor(policy.participationsRoundedTo / 2);
  const unknown = Math.max(0, n - known.length - 1);
  const imagined = Array.from({ length: unknown === 0 ? 1 : IMAGINED }, () =>
    Int32Array.from({ length: unknown }, () => Math.floor(draws() * reference.length)),
  );
  return { cell, known, unknown, n: known.length + 1 + unknown, imagined };
}

/** Grid place of the target's score -> log-likelihood of every published cut of the dimension, or of the overall score. */
function logOfScores(attack: Attack, views: readonly View[], dimension: string): Float64Array {
  const { instrument, policy } = attack;
  const { grid, steps } = fieldOf(attack);
  const total = new Float64Array(grid);
  for (const { cell, known, n, imagined } of views) {
    const cuts = cell.dimensions[dimension] ?? [];
    const base = new Float64Array(grid);
    for (const answers of known) {
      const scores = scoreAnswers(instrument, answers);
      base[placeOf(instrument, dimension === 'overall' ? meanOf(instrument, scores) : scores[dimension]!)]! += 1;
    }
    const logs = imagined.map((rows) => {
      const counts = base.slice();
      for (const row of rows) counts[steps[dimension]![row]!]! += 1;
      const sum = new Float64Array(grid);
      for (const { permille, value } of cuts)
        addLogOfCut(sum, counts, {
          p: permille / 1000,
          n,
          epsilon: policy.epsilon.cut,
          drawn: value / instrument.scoreStep,
        });
      return sum;
    });
    for (let target = 0; target < grid; target++) total[target]! += logMean(logs.map((sum) => sum[target]!));
  }
  return total;
}

/** Adds, for each place of the target beside the others' `counts`, the logarithm of the probability of the drawn point. */
function addLogOfCut(
  sum: Float64Array,
  counts: Float64Array,
  { p, n, epsilon, drawn }: { p: number; n: number; epsilon: number; drawn: number },
): void {
  const scale = -epsilon / (2 * Math.max(p, 1 - p));
  const grid = counts.length;
  // Distance of each point with the target below it, on it, above it.
  const distance = [new Float64Array(grid), new Float64Array(grid), new Float64Array(grid)];
  let below = 0;
  let smallest = Infinity;
  for (let place = 0; place < grid; place++) {
    const upto = below + counts[place]!;
    for (const [at, [under, over]] of (
      [
        [1, 1],
        [0, 1],
        [0, 0],
      ] as const
    ).entries()) {
      distance[at]![place] = Math.max(0, below + under - p * n, p * n - upto - over);
      smallest = Math.min(smallest, distance[at]![place]!);
    }
    below = upto;
  }
  const [targetBelow, targetOn, targetAbove] = distance.map((one) =>
    one.map((far) => Math.exp(scale * (far - smallest))),
  );
  let lower = 0;
  let upper = targetBelow!.reduce((all, weight) => all + weight, 0);
  for (let target = 0; target < grid; target++) {
    // Points above the target have it below them, and the other way round.
    upper -= targetBelow![target]!;
    const all = lower + targetOn![target]! + upper;
    const own = drawn === target ? targetOn![drawn]! : drawn > target ? targetBelow![drawn]! : targetAbove![drawn]!;
    sum[target]! += Math.log(Math.max(own, 1e-300) / Math.max(all, 1e-300));
    lower += targetAbove![target]!;
  }
}

const FIGURES = new Map<string, (answer: Answer) => boolean>([
  ...[1, 2, 3, 4].map(
    (level) => [`ge${level}`, (answer: Answer) => typeof answer === 'number' && answer >= level] as const,
  ),
  ['na', (answer) => answer === 'na'],
  ['dk', (answer) => answer === 'dk'],
]);

/** Log-likelihood of all published shares of an item, if the target answered like this. */
function logOfItem(attack: Attack, views: readonly View[], item: string, answer: Answer): number {
  let sum = 0;
  for (const view of views) {
    const figures = itemOf(view.cell, item);
    if (!figures) continue;
    const one = (figure: string, share: number) =>
      logOfShare(attack, view, { item, figure, share, target: FIGURES.get(figure)!(answer) ? 1 : 0 });
    sum += one('na', figures.notApplicable) + one('dk', figures.dontKnow);
    // Equal neighbours were pooled: what is known of them is their mean.
    for (let from = 0; from < 4; ) {
      let to = from + 1;
      while (to < 4 && figures.atLeast[to] === figures.atLeast[from]) to += 1;
      const names = [1, 2, 3, 4].slice(from, to).map((level) => `ge${level}`);
      sum +=
        to - from === 1
          ? one(names[0]!, figures.atLeast[from]!)
          : logOfBlock(attack, view, item, names, figures.atLeast[from]!, answer);
      from = to;
    }
  }
  return sum;
}

/** Of pooled shares, by the normal distribution: the mean of several draws. */
function logOfBlock(
  attack: Attack,
  view: View,
  item: string,
  figures: readonly string[],
  share: number,
  answer: Answer,
): number {
  const alpha = Math.exp(-attack.policy.epsilon.count);
  const band = view.cell.participations + BAND_MIDDLE;
  let expected = 0;
  let chance = 0;
  for (const figure of figures) {
    const holds = FIGURES.get(figure)!;
    const p = shareWhich(attack, item, holds);
    expected +=
      view.known.filter((answers) => holds(answerOf(answers, item))).length +
      view.unknown * p +
      (holds(answer) ? 1 : 0);
    chance += view.unknown * p * (1 - p);
  }
  const size = figures.length;
  const variance = (2 * alpha) / (1 - alpha) ** 2 / size + chance / size + (band / 100) ** 2 / 12;
  return -(((share * band) / 100 - expected / size) ** 2) / (2 * variance);
}

function shareWhich(attack: Attack, item: string, holds: (answer: Answer) => boolean): number {
  const shares = fieldOf(attack).shares[item]!;
  return ANSWERS.reduce<number>((sum, answer, a) => sum + (holds(answer) ? shares[a]! : 0), 0);
}

/** The unknown houses of the cell are a binomial sample of the field. */
function logOfShare(
  attack: Attack,
  view: View,
  { item, figure, share, target }: { item: string; figure: string; share: number; target: number },
): number {
  const holds = FIGURES.get(figure)!;
  const known = view.known.filter((answers) => holds(answerOf(answers, item))).length;
  const p = shareWhich(attack, item, holds);
  const alpha = Math.exp(-attack.policy.epsilon.count);
  const band = view.cell.participations + BAND_MIDDLE;
  let sum = 0;
  for (let others = 0, mass = (1 - p) ** view.unknown; others <= view.unknown; others++) {
    if (mass > 1e-12) {
      const count = known + others + target;
      for (let drawn = 0; drawn <= view.n; drawn++) {
        if (Math.min(100, Math.floor((100 * drawn) / band + 0.5)) !== share) continue;
        // Both ends hold what the noise would have put beyond them.
        if (drawn === 0) sum += (mass * alpha ** count) / (1 + alpha);
        else if (drawn === view.n) sum += (mass * alpha ** (view.n - count)) / (1 + alpha);
        else sum += mass * ((1 - alpha) / (1 + alpha)) * alpha ** Math.abs(drawn - count);
      }
    }
    mass *= ((view.unknown - others) / (others + 1)) * (p / (1 - p));
  }
  return Math.log(Math.max(sum, 1e-300));
}

/** The overall score's cuts tell of a dimension what the others leave open. */
function withOverall(
  own: Float64Array,
  byOverall: Float64Array,
  others: readonly Float64Array[],
  grid: number,
): Float64Array {
  let sums = new Float64Array(1).fill(1);
  for (const mass of others) {
    const next = new Float64Array(sums.length + grid - 1);
    sums.forEach((left, at) => {
      if (left > 0) for (let place = 0; place < grid; place++) next[at + place]! += left * mass[place]!;
    });
    sums = next;
  }
  const likelihood = likelihoodsOf(byOverall);
  return own.map((log, place) => {
    let sum = 0;
    sums.forEach((mass, at) => {
      sum += mass * likelihood[Math.floor((at + place) / (others.length + 1) + 0.5)]!;
    });
    return log + Math.log(Math.max(sum, 1e-300));
  });
}

function logMean(logs: readonly number[]): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (const log of logs) if (log > highest) highest = log;
  let sum = 0;
  for (const log of logs) sum += Math.exp(log - highest);
  return highest + Math.log(sum / logs.length);
}
