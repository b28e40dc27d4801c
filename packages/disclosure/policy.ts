import type { CutLadder, Policy } from '#contracts/policy';

const EVERY_FIVE_PER_CENT = Array.from({ length: 19 }, (_, place) => (place + 1) * 50);
const DECILES_AND_QUARTILES = [100, 200, 250, 300, 400, 500, 600, 700, 750, 800, 900];

/**
 * The disclosure policy: one file, every value with its reason. Deployments may only make it stricter
 * (`checkedPolicy`); each release carries the values it was made under and their hash.
 */
export const POLICY: Policy = {
  /** Below, chance and noise together would tell a house more about itself than about its group. The same for everybody. */
  minParticipations: 20,

  /** Of two groups of which one lies within the other, the rest between them holds so many, or only the larger is shown. */
  minNestedDifference: 10,

  /** So many of a group do not come from its largest named source (a Träger's secret, an import): no source sees itself alone. */
  minIndependent: 10,

  /** The number of participations is shown rounded down to a multiple of this. */
  participationsRoundedTo: 5,

  /** Which cuts a cell of at least `fromN` shows: as many as the noise leaves a meaning. */
  cutLadder: [
    { fromN: 20, permilles: [500] },
    { fromN: 40, permilles: [250, 500, 750] },
    { fromN: 60, permilles: DECILES_AND_QUARTILES },
    { fromN: 200, permilles: EVERY_FIVE_PER_CENT },
  ],

  /**
   * Of changes: their grid reaches from -100 to 100, and so many empty points outweigh a cut of few organisations. Of normal
   * changes with deviation 12, points 5 (1) apart, draws beyond all data are: median of 20 1.5 % (2.6 %), quartiles of 40
   * 7.8 % (13 %), of 60 0.9 % (1.9 %), tenths of 60 39 % (51 %), of 200 0.5 % (1.1 %), twentieths of 200 18 % (29 %).
   */
  changeCutLadder: [
    { fromN: 20, permilles: [500] },
    { fromN: 60, permilles: [250, 500, 750] },
    { fromN: 200, permilles: DECILES_AND_QUARTILES },
  ],

  /** A share's noise is 2.8 organisations: below so many participations it would hide what the share says. */
  itemsFromN: 40,
  /** The same for those who were asked and answered. Compared with the drawn base. */
  questionsFromBase: 40,

  /** Below this, no verdict is given: a difference of 15 points would be found in fewer than four of ten cases. */
  verdictFromN: 50,

  /** How much one organisation's answers may change the probability of one drawn figure: by the factor e^epsilon. */
  epsilon: { cut: 0.7, count: 0.5, participation: 0.5 },

  /** Ranks hidden by the noise of a cut, in units of 1 / (epsilon n). The smallest with 95 % coverage (`npm run coverage`). */
  rangeConstant: 4.5,

  /** Cut-offs lie so many days apart, so that few changes cannot be read off two releases. 0 only under a trial policy. */
  minDaysBetweenReleases: 180,

  /** Draws of the same answers add up: a participation counts in so many releases that were ever put in force. */
  releasesPerParticipation: 2,

  /** Draws of a campaign's count while it runs; one more is made at its end. */
  campaignDraws: 4,

  /**
   * Open submissions that look careless or invented wait until the operator has looked at them. Strict enough for scripts and
   * idle clicking, lenient enough for a house that is simply far behind: a wrong flag costs it a wait, and the operator time.
   */
  quality: {
    /** One level throughout, in at least so many answered items: chance hardly ever does that in three dimensions. */
    straightLineFromItems: 15,
    /** Two seconds an item do not suffice to read it (Huang et al. 2012, J Bus Psychol 27, 99-114). */
    minSecondsPerItem: 2,
    /** Near-duplicates share profile and all answers outside one dimension, at least so many of them levels. */
    duplicateFromItems: 12,
    /** So many different organisations of that kind: two or three may be sites of one house, or a lost code. */
    duplicateCluster: 5,
  },

  isTrial: false,
};

/** Permille of the cuts a cell of n participations or matched organisations shows, ascending; empty below the first step. */
export function shownCuts(n: number, ladder: CutLadder): readonly number[] {
  return ladder.findLast(({ fromN }) => n >= fromN)?.permilles ?? [];
}
