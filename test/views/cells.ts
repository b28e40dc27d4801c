import { readFileSync } from 'node:fs';
import { overallOf, weakestOf } from '#microdata/score';
import { standingOf } from '#standing/place-score';
import { Instrument } from '#contracts/instrument';
import type { Standing } from '#contracts/position';
import type { Cut, DimensionFigures, PublishedCell } from '#contracts/release';
import type { DimensionScores } from '#contracts/submission';
import { SUPPRESSED } from '#contracts/suppressed';

/** The check itself: the pictures are tested with the words people will read. */
export const CHECK = Instrument.parse(
  JSON.parse(readFileSync(new URL('../../packages/instruments/digitalcheck.1.json', import.meta.url), 'utf8')),
);

/** Cuts every `step` permille of a made-up distribution: `low` at 0, `high` at 1000, bent by `bend`. */
export function cutsOf(step: number, low: number, high: number, bend = 1): DimensionFigures {
  const cuts: Cut[] = [];
  for (let permille = step; permille < 1000; permille += step) {
    const centred = (permille - 500) / 500;
    const place = 0.5 + (Math.sign(centred) * Math.abs(centred) ** bend) / 2;
    cuts.push({ permille, value: Math.round(low + (high - low) * place) });
  }
  return { state: 'published', cuts };
}

export function cellOf(
  participations: number,
  dimensions: Record<string, DimensionFigures>,
  more: Partial<PublishedCell> = {},
): PublishedCell {
  const key = 'level=facility,sector=elder-care';
  return {
    version: `digitalcheck.1-2026-06-30-0a1b2c3d/${key}`,
    asOf: '2026-06-30',
    isCarriedForward: false,
    group: { key, panel: 'facility', where: { sector: 'elder-care' } },
    state: 'published',
    participations,
    dimensions,
    items: {},
    questions: {},
    ...more,
  };
}

/** What a view needs of an organisation and a cell; scores as `standingOf` judges them. */
export function comparisonOf(cell: PublishedCell, scores: DimensionScores) {
  const overall = overallOf(scores);
  const standings: Record<string, Standing> = {};
  for (const [dimension, score] of [...Object.entries(scores), ['overall', overall] as const]) {
    const figures = cell.dimensions[dimension];
    if (score !== null && figures?.state === 'published') {
      standings[dimension] = standingOf(score, figures.cuts, cell.participations);
    }
  }
  return { own: { scores, overall, weakest: weakestOf(scores) }, comparison: { cell, standings } };
}

const OWN = { it: 62, processes: 41, leadership: 70, innovation: 48 };
const everywhere = (make: (low: number, high: number) => DimensionFigures) => ({
  it: make(14, 82),
  processes: make(18, 78),
  leadership: make(20, 90),
  innovation: make(6, 70),
  overall: make(18, 78),
});

/** The cases a picture must explain by itself. */
export const CASES = {
  medians: comparisonOf(
    cellOf(
      15,
      everywhere((low, high) => cutsOf(500, low, high)),
    ),
    OWN,
  ),
  quartiles: comparisonOf(
    cellOf(
      30,
      everywhere((low, high) => cutsOf(250, low, high)),
    ),
    OWN,
  ),
  octiles: comparisonOf(
    cellOf(
      60,
      everywhere((low, high) => cutsOf(125, low, high, 1.2)),
    ),
    OWN,
  ),
  fives: comparisonOf(
    cellOf(
      140,
      everywhere((low, high) => cutsOf(50, low, high, 1.5)),
    ),
    OWN,
  ),
  ones: comparisonOf(
    cellOf(
      1250,
      everywhere((low, high) => cutsOf(10, low - 5, high + 5, 1.8)),
      {
        isCarriedForward: true,
        group: {
          key: 'level=carrier,sector=special-situations,size=50-249',
          panel: 'carrier',
          where: { sector: 'special-situations', size: '50-249' },
        },
      },
    ),
    OWN,
  ),
  suppressed: comparisonOf(
    cellOf(25, { ...everywhere((low, high) => cutsOf(250, low, high)), processes: SUPPRESSED, innovation: SUPPRESSED }),
    OWN,
  ),
  ties: comparisonOf(
    cellOf(70, {
      it: {
        state: 'published',
        cuts: [125, 250, 375, 500, 625, 750, 875].map((permille) => ({
          permille,
          value: permille < 300 ? 40 : permille < 800 ? 62 : 75,
        })),
      },
      processes: {
        state: 'published',
        cuts: [125, 250, 375, 500, 625, 750, 875].map((permille) => ({ permille, value: permille < 600 ? 41 : 60 })),
      },
      leadership: cutsOf(125, 20, 90),
      innovation: {
        state: 'published',
        cuts: [125, 250, 375, 500, 625, 750, 875].map((permille) => ({ permille, value: permille < 800 ? 25 : 50 })),
      },
      overall: cutsOf(125, 30, 80),
    }),
    OWN,
  ),
  missing: comparisonOf(
    cellOf(
      140,
      everywhere((low, high) => cutsOf(50, low, high, 1.5)),
    ),
    { ...OWN, leadership: null },
  ),
  extremes: comparisonOf(
    cellOf(
      140,
      everywhere((low, high) => cutsOf(50, low, high, 1.5)),
    ),
    { it: 0, processes: 100, leadership: 3, innovation: 97 },
  ),
} satisfies Record<string, ReturnType<typeof comparisonOf>>;

/** Four releases of one group: the third carried forward, the second with a suppressed dimension. */
export const VERSIONS = ['2024-12-31', '2025-06-30', '2025-12-31', '2026-06-30'].map((asOf, index) =>
  cellOf(
    100 + 10 * index,
    {
      it: cutsOf(50, 5 + 4 * index, 70 + 5 * index),
      processes: index === 1 ? SUPPRESSED : cutsOf(50, 18 + index, 78),
      leadership: cutsOf(500, 20 + 3 * index, 90),
      innovation: cutsOf(50, 6, 70),
      overall: cutsOf(50, 18, 78),
    },
    { asOf, isCarriedForward: index === 2 },
  ),
);

/** Two own checks; the earlier one has no score for innovation, and so no overall score. */
export const HISTORY = [
  { conductedOn: '2026-06-10', ...CASES.fives.own },
  {
    conductedOn: '2025-03-02',
    ...comparisonOf(VERSIONS[0]!, { it: 30, processes: 44, leadership: 61, innovation: null }).own,
  },
];
