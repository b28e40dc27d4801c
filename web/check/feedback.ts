import type { Instrument } from '#contracts/instrument';
import type { Answer } from '#contracts/submission';
import type { LocalText } from '#contracts/text';
import { missingFor, overallOf, scoreAnswers, weakestOf } from '#microdata/score';

/** Scores the answers as the service will, by the same code, without asking it. */
export function feedbackOn(instrument: Instrument, answers: Record<string, Answer>) {
  const scores = scoreAnswers(instrument, answers);
  const missing = missingFor(instrument, answers);
  const overall = overallOf(scores);
  return {
    dimensions: instrument.dimensions.map((dimension) => ({
      dimension,
      score: scores[dimension.id] ?? null,
      /** The instrument's word for the score. */
      word: wordFor(instrument, scores[dimension.id] ?? null),
      /** What is missing for a score; null when there is one. */
      missing: missing.find((entry) => entry.dimension === dimension.id) ?? null,
      next: nextAnchors(instrument, dimension.id, answers),
    })),
    overall: overall === null ? null : { score: overall, word: wordFor(instrument, overall) },
    /** The dimensions with the lowest score, always shown beside the overall score. */
    weakest: weakestOf(scores),
  };
}

/** What a house may know of a dimension without sending anything. */
export type DimensionFeedback = ReturnType<typeof feedbackOn>['dimensions'][number];

function wordFor(instrument: Instrument, score: number | null): LocalText | null {
  if (score === null) return null;
  return instrument.maturityBands.findLast((band) => band.from <= score)?.label ?? null;
}

/** Of every item below the highest level: what one would see in the house one level higher, the lowest level first. */
function nextAnchors({ items }: Instrument, dimension: string, answers: Record<string, Answer>) {
  return items
    .flatMap((item) => {
      const level = answers[item.id];
      if (item.dimension !== dimension || typeof level !== 'number') return [];
      const anchor = item.anchors[level + 1];
      return anchor ? [{ item, level, anchor }] : [];
    })
    .sort((a, b) => a.level - b.level);
}
