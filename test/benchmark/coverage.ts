import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { cutsOf } from '#disclosure/figures';
import { differenceInterval, quantileInterval } from '#statistics/order-statistics';
import { POLICY } from '#disclosure/policy';
import { standingOf } from '#standing/place-score';
import type { Cut } from '#contracts/release';
import { randomFrom } from '../bench/synthetic.ts';

/**
 * How often the intervals that people are told hold the truth. Samples are drawn from a field whose distribution is
 * known, published as a release would (cuts that n allows, whole points, n rounded down), and nothing else is looked at.
 */
export interface Coverage {
  field: string;
  n: number;
  /** Share of the field below one's score: of the scores that occur, the one that fares worst, and the mean over them. */
  standing: { worst: number; at: number; mean: number };
  /** Quantiles by permille; those that no sample determines are left out. */
  quantiles: Record<string, number>;
  /** Median less the median of another field; null where no sample determines it. */
  difference: number | null;
}

type Draws = () => number;
const whole = (score: number) => Math.max(0, Math.min(100, Math.round(score)));
const normal = (random: Draws) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Fields of scores: smooth and lumpy, symmetric and skewed, with one top and two. */
export const FIELDS: Record<string, (random: Draws) => number> = {
  even: (random) => Math.floor(random() * 101),
  bell: (random) => whole(45 + 15 * normal(random)),
  low: (random) => whole(100 * random() ** 2.5),
  // Five items of five levels give multiples of five.
  lumpy: (random) => 5 * Math.round(whole(45 + 17 * normal(random)) / 5),
  coarse: (random) => 25 * Math.floor(random() * 5),
  twin: (random) => whole((random() < 0.5 ? 25 : 70) + 8 * normal(random)),
};

/** Just at and just below each rung of the cut ladder, and where n is rounded down the most. */
export const SIZES = [10, 14, 20, 24, 39, 40, 44, 70, 99, 100, 104, 150, 250, 499, 500, 504, 1000];

const QUANTILES = [250, 500, 750];
const FIELD_DRAWS = 400_000;

/** What `quantileInterval` gives. */
type Interval = NonNullable<ReturnType<typeof quantileInterval>>;

/** The share told for a score, in permille; replaced only by a test that shows what too short intervals give. */
type Told = (score: number, cuts: Cut[], participations: number) => Interval;
const told: Told = (score, cuts, participations) => {
  const { intervalFrom, intervalTo } = standingOf(score, cuts, participations);
  return { lower: intervalFrom, upper: intervalTo };
};

/** Simulates so many samples of n from a field. Seeded: the same call gives the same numbers. */
export function coverageOf(field: string, n: number, samples: number, standing: Told = told): Coverage {
  const random = randomFrom(n * 7 + field.length);
  const draw = FIELDS[field]!;
  const truth = truthOf(field);
  const other = truthOf(OTHER);
  const hits = new Float64Array(101);
  const quantiles = new Map(QUANTILES.map((permille) => [permille, { hits: 0, of: 0 }]));
  const difference = { hits: 0, of: 0 };
  let published = 0;
  for (let sample = 0; sample < samples; sample++) {
    const cuts = publishedCuts(draw, n, random);
    if (!cuts) continue;
    published += 1;
    const participations = n - (n % POLICY.participationsRoundedTo);
    for (let score = 0; score <= 100; score++)
      if (holds(standing(score, cuts, participations), truth.rank(score), 0.05)) hits[score]! += 1;
    for (const permille of QUANTILES) {
      const interval = quantileInterval(cuts, participations, permille);
      if (interval) count(quantiles.get(permille)!, holds(interval, truth.quantile(permille)));
    }
    const otherCuts = publishedCuts(FIELDS[OTHER]!, n, random);
    const first = quantileInterval(cuts, participations, 500, 0.975);
    const second = otherCuts && quantileInterval(otherCuts, participations, 500, 0.975);
    if (first && second)
      count(difference, holds(differenceInterval(first, second), truth.quantile(500) - other.quantile(500)));
  }
  const scores = Array.from({ length: 101 }, (_, score) => score).filter((score) => truth.share(score) > 1e-5);
  const shareOf = (score: number) => hits[score]! / published;
  const at = scores.reduce((worst, score) => (shareOf(score) < shareOf(worst) ? score : worst), scores[0]!);
  return {
    field,
    n,
    standing: {
      worst: shareOf(at),
      at,
      mean: scores.reduce((sum, score) => sum + truth.share(score) * shareOf(score), 0),
    },
    quantiles: Object.fromEntries(
      [...quantiles].flatMap(([permille, counted]) => (counted.of ? [[permille, counted.hits / counted.of]] : [])),
    ),
    difference: difference.of ? difference.hits / difference.of : null,
  };
}

const OTHER = 'low';

function publishedCuts(draw: (random: Draws) => number, n: number, random: Draws): Cut[] | null {
  const histogram = new Array<number>(101).fill(0);
  for (let one = 0; one < n; one++) histogram[draw(random)]! += 1;
  const figures = cutsOf(histogram, n, POLICY);
  return figures.state === 'published' ? figures.cuts : null;
}

interface Truth {
  share: (score: number) => number;
  rank: (score: number) => number;
  quantile: (permille: number) => number;
}
const TRUTHS = new Map<string, Truth>();

/** The field itself, from very many draws: shares in 0 to 1, mid-ranks in permille, quantiles as the least score. */
function truthOf(field: string): Truth {
  const known = TRUTHS.get(field);
  if (known) return known;
  const random = randomFrom(99);
  const shares = new Float64Array(101);
  for (let one = 0; one < FIELD_DRAWS; one++) shares[FIELDS[field]!(random)]! += 1 / FIELD_DRAWS;
  const upTo = new Float64Array(101);
  shares.forEach((share, score) => {
    upTo[score] = (upTo[score - 1] ?? 0) + share;
  });
  const truth = {
    share: (score: number) => shares[score]!,
    rank: (score: number) => 1000 * (upTo[score]! - shares[score]! / 2),
    quantile: (permille: number) => upTo.findIndex((sum) => sum >= permille / 1000),
  };
  TRUTHS.set(field, truth);
  return truth;
}

/** `slack` is half the step to which the limits are rounded. */
function holds({ lower, upper }: Interval, truth: number, slack = 0): boolean {
  return lower - slack <= truth && truth <= upper + slack;
}

function count(counted: { hits: number; of: number }, isHit: boolean): void {
  counted.of += 1;
  if (isHit) counted.hits += 1;
}

/** `npm run coverage -- --n 20000`: every field and size, so many samples each. */
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { n: { type: 'string', default: '5000' } } });
  const percent = (share: number) => (100 * share).toFixed(1).padStart(5);
  let least = 1;
  process.stdout.write(
    'field       n  standing: worst (at), mean   quantiles                      difference of medians\n',
  );
  for (const field of Object.keys(FIELDS))
    for (const n of SIZES) {
      const { standing, quantiles, difference } = coverageOf(field, n, Number(values.n));
      least = Math.min(least, standing.worst, ...Object.values(quantiles), difference ?? 1);
      const told = Object.entries(quantiles).map(([permille, share]) => `${permille}: ${percent(share)}`);
      process.stdout.write(
        `${field.padEnd(8)}${String(n).padStart(5)}  ${percent(standing.worst)} (${String(standing.at).padStart(3)}) ${percent(standing.mean)}           ${told.join('  ').padEnd(32)} ${difference === null ? '' : percent(difference)}\n`,
      );
    }
  process.stdout.write(`The least of all is ${percent(least).trim()} %; 95 % are claimed.\n`);
  process.exitCode = least >= 0.94 ? 0 : 1;
}
