import type { Policy } from '#contracts/policy';

/**
 * The disclosure policy: one file, every value with its reason. Deployments may only make it stricter
 * (`checkedPolicy`); each release carries the values it was made under and their hash.
 */
export const POLICY: Policy = {
  /** No set of organisations that can be isolated by who belongs where has fewer members. */
  k: 10,

  /**
   * Without invitations anybody can invent organisations. A cell without k invited participations needs this many,
   * so that nine inventions around one house never make a cell.
   */
  minOpenParticipations: 30,

  /** A set defined by answers, such as the slice between two cuts, holds at least so many organisations. */
  minSlice: 5,

  /** The number of participations is shown rounded down to a multiple of this. */
  participationsRoundedTo: 5,

  /** Which cuts a cell of at least `fromN` shows: interior multiples of the step. Every slice holds minSlice or more. */
  cutLadder: [
    { fromN: 10, stepPermille: 500 },
    { fromN: 20, stepPermille: 250 },
    { fromN: 40, stepPermille: 125 },
    { fromN: 100, stepPermille: 50 },
    { fromN: 500, stepPermille: 10 },
  ],

  /** Shares are shown rounded to multiples of so many percent, and of a wider step where that would cover fewer than minSlice. */
  shareRoundedTo: 5,

  /** One score held by more than this share of a cell would tell nearly everybody's answer: the dimension is suppressed. */
  homogeneityPercent: 80,

  /**
   * Reliabilities and correlations join answers with each other: only of so many participations, in steps of 0.1, where one
   * more or less can hardly be seen.
   */
  coefficientsFromN: 100,

  /** Cut-offs lie so many days apart, so that few changes cannot be read off two releases. 0 only when stamped `demo`. */
  minDaysBetweenReleases: 180,

  /** Information sets tried by the search for combinations of cells that touch fewer than k organisations. */
  isolationBases: 200,

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

  stamp: 'production',
};

/** Permille of the cuts a cell of n participations shows, ascending; empty below the first rung. */
export function shownCuts(n: number, policy: Policy): number[] {
  const rung = policy.cutLadder.findLast((entry) => n >= entry.fromN);
  if (!rung) return [];
  return Array.from({ length: 1000 / rung.stepPermille - 1 }, (_, index) => (index + 1) * rung.stepPermille);
}
