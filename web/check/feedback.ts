import type { Instrument, Item } from '#contracts/instrument';
import type { Answer } from '#contracts/submission';
import type { LocalText } from '#contracts/text';
import { type MissingAnswers, missingFor, overallOf, scoreAnswers, weakestOf } from '#microdata/score';

/** What a house may know of a dimension without sending anything. */
export interface DimensionFeedback {
  dimension: Instrument['dimensions'][number];
  /** 0 to 100, or null while too little is answered. */
  score: number | null;
  /** The instrument's word for the score. */
  word: LocalText | null;
  /** What is missing for a score; null when there is one. */
  missing: MissingAnswers | null;
  /** The next level's anchor of every item below the highest level, the lowest first. */
  next: NextAnchor[];
}

export interface NextAnchor {
  item: Item;
  /** The level the house has now, 0 to 3. */
  level: number;
  /** What one would see in the house one level higher. */
  anchor: LocalText;
}

export interface Feedback {
  dimensions: DimensionFeedback[];
  overall: { score: number; word: LocalText | null } | null;
  /** The dimensions with the lowest score, always shown beside the overall score. */
  weakest: string[];
}

/** Scores the answers as the service will, by the same code, without asking it. */
export function feedbackOn(instrument: Instrument, answers: Record<string, Answer>): Feedback {
  const scores = scoreAnswers(instrument, answers);
  const missing = missingFor(instrument, answers);
  const overall = overallOf(scores);
  return {
    dimensions: instrument.dimensions.map((dimension) => ({
      dimension,
      score: scores[dimension.id] ?? null,
      word: wordFor(instrument, scores[dimension.id] ?? null),
      missing: missing.find((entry) => entry.dimension === dimension.id) ?? null,
      next: nextAnchors(instrument, dimension.id, answers),
    })),
    overall: overall === null ? null : { score: overall, word: wordFor(instrument, overall) },
    weakest: weakestOf(scores),
  };
}

function wordFor(instrument: Instrument, score: number | null): LocalText | null {
  if (score === null) return null;
  return instrument.maturityBands.findLast((band) => band.from <= score)?.label ?? null;
}

function nextAnchors(instrument: Instrument, dimension: string, answers: Record<string, Answer>): NextAnchor[] {
  return instrument.items
    .flatMap((item): NextAnchor[] => {
      const level = answers[item.id];
      if (item.dimension !== dimension || typeof level !== 'number') return [];
      const anchor = item.anchors[level + 1];
      return anchor ? [{ item, level, anchor }] : [];
    })
    .sort((a, b) => a.level - b.level);
}
