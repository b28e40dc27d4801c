import type { Difference } from '#contracts/answers/association';
import { groupKey } from '#contracts/group';
import type { Cut, Manifest, Marks, PublishedCell } from '#contracts/release';
import { scoredIds } from '#contracts/scored-ids';
import type { DimensionScores } from '#contracts/submission';
import { POLICY, shownCuts } from '#disclosure/policy';
import { builtInInstruments } from '#instruments/built-in-instruments';
import { overallOf, weakestOf } from '#microdata/score';
import { cellsNeeded, chooseGroup } from '#standing/choose-group';
import type { MembersCompared, MembersDimension } from '#standing/compare-members';
import { type GroupFigures, groupFigures, type OwnScores, ownStanding } from '#standing/own-standing';

/** The check itself: the pictures are tested with the words people will read. */
export const [, CHECK] = builtInInstruments.at(-1)!;

export const REAL: Marks = { isTrial: false, isInvented: false, hasKnownKey: false };
export const INVENTED: Marks = { isTrial: true, isInvented: true, hasKnownKey: false };
export const RELEASE = { cutoffOn: '2026-06-30', marks: REAL };

/** Cuts of a made-up distribution on the grid of 5 points, as finely as so many show: `low` at 0, `high` at 1000. */
export function cutsOf(n: number, low: number, high: number, bend = 1): Cut[] {
  return shownCuts(n, POLICY.cutLadder).map((permille) => {
    const centred = (permille - 500) / 500;
    const place = 0.5 + (Math.sign(centred) * Math.abs(centred) ** bend) / 2;
    return { permille, value: Math.round((low + (high - low) * place) / 5) * 5 };
  });
}

export function cellOf(
  participations: number,
  dimensions: Record<string, Cut[]>,
  where: Record<string, string> = { sector: 'elder-care' },
  unitType = 'facility',
): PublishedCell {
  const group = { unitType, where };
  return {
    group: { key: groupKey(group, CHECK.unitTypeAttribute), ...group },
    state: 'published',
    participations,
    dimensions,
  };
}

/** A cell whose five dimensions are spread in different places. */
export function spreadCell(n: number, where?: Record<string, string>, bend = 1.3, unitType?: string): PublishedCell {
  return cellOf(
    n,
    {
      it: cutsOf(n, 15, 80, bend),
      processes: cutsOf(n, 20, 80, bend),
      leadership: cutsOf(n, 20, 90, bend),
      innovation: cutsOf(n, 5, 70, bend),
      overall: cutsOf(n, 20, 80, bend),
    },
    where,
    unitType,
  );
}

/** A group's figures in every dimension. */
export function figuresOf(cell: PublishedCell): Record<string, GroupFigures> {
  return Object.fromEntries(
    scoredIds(CHECK).map((id) => [id, groupFigures(cell, id, { ...POLICY, step: CHECK.scoreStep })] as const),
  );
}

export function ownOf(scores: DimensionScores): OwnScores {
  return { scores, overall: overallOf(scores), weakest: weakestOf(scores) };
}

/** What a view needs of an organisation in a release that shows these cells: chosen and placed as the service does it. */
export function inputOf(
  scores: DimensionScores,
  cells: PublishedCell[],
  { profile = PROFILE, marks = REAL }: { profile?: Record<string, string>; marks?: Marks } = {},
) {
  const own = ownOf(scores);
  const manifest: Pick<Manifest, 'cells' | 'policy'> = {
    policy: POLICY,
    cells: cells.map(({ group, participations }) => ({ group, state: 'published', participations })),
  };
  const chosen = chooseGroup({ instrument: CHECK, profile, manifest });
  const byKey = new Map(cells.map((cell) => [cell.group.key, cell]));
  const needed = new Map(cellsNeeded(chosen).map((key) => [key, byKey.get(key)]));
  const standing = ownStanding({ instrument: CHECK, own, chosen, cells: needed, policy: POLICY });
  return { instrument: CHECK, own, standing, release: { ...RELEASE, marks } };
}

const PROFILE = { level: 'facility', sector: 'elder-care', size: '50-249' };
const OWN = { it: 62, processes: 41, leadership: 85, innovation: 20 };

/** The cases a picture must explain by itself. */
export const CASES = {
  medians: inputOf(OWN, [spreadCell(30)]),
  'medians-and-larger': inputOf(OWN, [spreadCell(30), spreadCell(225, { sector: 'care-disability-health' })]),
  quartiles: inputOf(OWN, [spreadCell(50)]),
  deciles: inputOf(OWN, [spreadCell(80)]),
  fives: inputOf(OWN, [spreadCell(225)]),
  broader: inputOf(
    OWN,
    [
      spreadCell(1250, { sector: 'support-advice-education' }, 1.6, 'carrier'),
      spreadCell(35, { sector: 'special-situations', size: 'up-to-49' }, 1.6, 'carrier'),
    ],
    { profile: { level: 'carrier', sector: 'special-situations', size: '1-9' } },
  ),
  ties: inputOf(OWN, [
    cellOf(80, {
      it: cutsOf(80, 60, 60),
      processes: cutsOf(80, 40, 60).map(({ permille, value }) => ({ permille, value: permille < 600 ? 40 : value })),
      leadership: cutsOf(80, 20, 90),
      innovation: cutsOf(80, 20, 25),
      overall: cutsOf(80, 30, 80),
    }),
  ]),
  missing: inputOf({ ...OWN, leadership: null }, [spreadCell(140)]),
  extremes: inputOf({ it: 0, processes: 100, leadership: 3, innovation: 97 }, [spreadCell(140)]),
  invented: inputOf(OWN, [spreadCell(140)], { marks: INVENTED }),
};

/** Four releases of one group: the second does not show it, the third is too small for quartiles. */
export const VERSIONS = ['2023-06-30', '2024-06-30', '2025-06-30', '2026-06-30'].map((cutoffOn, index) => ({
  cutoffOn,
  cell: index === 1 ? null : spreadCell(index === 2 ? 30 : 100 + 10 * index, undefined, 1 + index / 10),
}));

/** Two own checks; the earlier one has no score for innovation, and so no overall score. */
export const HISTORY = [
  { conductedOn: '2026-06-10', ...ownOf(OWN) },
  { conductedOn: '2025-03-02', ...ownOf({ it: 30, processes: 44, leadership: 61, innovation: null }) },
];

/** Members of an association beside the field: ahead in leadership alone. */
const difference = (lower: number, upper: number, smallestSeen: number): Difference => ({
  value: Math.round((lower + upper) / 2),
  interval: { lower, upper },
  verdict: lower >= 0 ? 'ahead' : upper <= 0 ? 'behind' : 'no-difference',
  smallestSeen,
});
const middle = (median: number) => ({ median, interval: null, quartiles: null, moved: 5 });
const beside = (dimension: string, members: number, field: number, apart: Difference): MembersDimension => ({
  ...{ dimension, members: middle(members), field: middle(field), difference: apart },
  ...{ mix: null, mixDifference: null },
});
const MEMBERS_CELL = spreadCell(70, {});
export const MEMBERS = {
  instrument: CHECK,
  association: { name: 'Demo-Dachverband', members: 200 },
  release: RELEASE,
  compared: {
    members: { ...MEMBERS_CELL, group: { ...MEMBERS_CELL.group, association: 'c-0a1b2c3d' } },
    field: spreadCell(170, {}),
    dimensions: [
      beside('it', 55, 55, difference(-7, 11, 10)),
      beside('processes', 45, 45, difference(-11, 11, 12)),
      // Rounded outward to nothing, and yet told.
      beside('leadership', 50, 35, difference(0, 28, 14)),
      beside('innovation', 40, 38, difference(-3, 15, 9)),
      beside('overall', 45, 42, difference(-4, 10, 8)),
    ],
    mix: [],
    mixCovers: null,
    isLargePart: true,
  } satisfies MembersCompared,
};
