import type { Instrument } from '#contracts/instrument';
import type { Answer, DimensionScores } from '#contracts/submission';

/** A score needs at least so many answered items ... */
const MIN_ANSWERED = 3;
/** ... and four fifths of the applicable ones. */
const MIN_PART = { numerator: 4, denominator: 5 };
const POINTS_PER_LEVEL = 25;

/**
 * The score of every dimension of a questionnaire: the mean of the answered levels (0 to 4) times 25, rounded half up to
 * whole points from 0 to 100. "Does not apply" leaves the denominator, "don't know" counts as unanswered. With fewer
 * than three answers, or less than 80 % of the applicable items answered, there is no score.
 *
 * @param instrument defines which item belongs to which dimension
 * @param answers item id -> level, "na" or "dk"; items left out are unanswered, ids of no item are ignored
 * @returns dimension id -> points, or null for no score; every dimension of the instrument is there
 * @example
 * // dimension "it" with items a, b, c
 * scoreAnswers(instrument, { a: 1, b: 2, c: 2 }); // => { it: 42 }
 */
export function scoreAnswers(instrument: Instrument, answers: Record<string, Answer>): DimensionScores {
  const scores: DimensionScores = {};
  for (const { id } of instrument.dimensions) {
    const { levels, applicable } = coverageOf(instrument, id, answers);
    scores[id] = scoreOf(sumOf(levels), levels.length, applicable);
  }
  return scores;
}

/**
 * The score of one dimension.
 *
 * @param total sum of the answered levels
 * @param answered items answered with a level
 * @param applicable items not marked "does not apply"
 * @returns points, or null where too few are answered
 */
export function scoreOf(total: number, answered: number, applicable: number): number | null {
  return answered < neededOf(applicable) ? null : roundedRatio(total * POINTS_PER_LEVEL, answered);
}

/**
 * The scores of a submission, whichever way its instrument comes by them: computed from answers ("questionnaire") or
 * taken from a partner's own tool ("scores").
 *
 * @returns dimension id -> points, or null for no score; every dimension of the instrument is there
 */
export function scoresOf(
  instrument: Instrument,
  submission: {
    answers?: Record<string, Answer> | undefined;
    scores?: Record<string, number | null> | undefined;
  },
): DimensionScores {
  if (instrument.kind === 'questionnaire') return scoreAnswers(instrument, submission.answers ?? {});
  return Object.fromEntries(instrument.dimensions.map(({ id }) => [id, submission.scores?.[id] ?? null]));
}

/**
 * The overall score: the mean of all dimension scores, rounded half up to whole points.
 *
 * @returns 0 to 100, or null unless every dimension has a score
 * @example
 * overallOf({ it: 50, processes: 55 }); // => 53
 */
export function overallOf(scores: DimensionScores): number | null {
  const points: number[] = [];
  for (const score of Object.values(scores)) {
    if (score === null) return null;
    points.push(score);
  }
  return points.length === 0 ? null : roundedRatio(sumOf(points), points.length);
}

/** The ids of the dimensions with the lowest score, several when tied, none when no dimension has a score. */
export function weakestOf(scores: DimensionScores): string[] {
  const scored = Object.entries(scores).filter((entry): entry is [string, number] => entry[1] !== null);
  const lowest = Math.min(...scored.map(([, score]) => score));
  return scored.filter(([, score]) => score === lowest).map(([id]) => id);
}

/** Why a dimension has no score yet. */
export interface MissingAnswers {
  dimension: string;
  /** Items answered with a level. */
  answered: number;
  /** Items not marked "does not apply". */
  applicable: number;
  /** Levels needed for a score, as the items stand now. More than `applicable`: too many do not apply. */
  needed: number;
  /** Item ids, in the instrument's order, that are unanswered or "don't know". */
  unanswered: string[];
}

/** What is missing for a score, for each dimension that has none; empty when every dimension has one. */
export function missingFor(instrument: Instrument, answers: Record<string, Answer>): MissingAnswers[] {
  if (instrument.kind !== 'questionnaire') return [];
  return instrument.dimensions.flatMap(({ id }) => {
    const { levels, applicable, needed, unanswered } = coverageOf(instrument, id, answers);
    if (levels.length >= needed) return [];
    return [{ dimension: id, answered: levels.length, applicable, needed, unanswered }];
  });
}

function coverageOf(instrument: Instrument, dimension: string, answers: Record<string, Answer>) {
  const levels: number[] = [];
  const unanswered: string[] = [];
  let applicable = 0;
  for (const item of instrument.items) {
    if (item.dimension !== dimension) continue;
    // Own fields only: an item called "constructor" must not find Object's.
    const answer = Object.hasOwn(answers, item.id) ? answers[item.id] : undefined;
    if (answer === 'na') continue;
    applicable += 1;
    if (typeof answer === 'number') levels.push(answer);
    else unanswered.push(item.id);
  }
  return { levels, applicable, needed: neededOf(applicable), unanswered };
}

function neededOf(applicable: number): number {
  return Math.max(MIN_ANSWERED, Math.ceil((applicable * MIN_PART.numerator) / MIN_PART.denominator));
}

function sumOf(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** A whole number by another, rounded half up in whole numbers: no 12.499999 where 12.5 is due. */
export function roundedRatio(dividend: number, divisor: number): number {
  return Math.floor((2 * dividend + divisor) / (2 * divisor));
}
