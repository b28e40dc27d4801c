import * as z from 'zod';

/** From what on an open submission waits for the operator's review (packages/microdata/quality.ts). */
export const QualityPolicy = z.strictObject({
  straightLineFromItems: z.int().min(2),
  minSecondsPerItem: z.int().min(1),
  duplicateFromItems: z.int().min(2),
  duplicateCluster: z.int().min(2),
});
export type QualityPolicy = z.infer<typeof QualityPolicy>;

/** Which cuts a cell of at least `fromN` shows. */
export const CutLadder = z
  .array(z.strictObject({ fromN: z.int(), permilles: z.array(z.int().min(1).max(999)).min(1) }))
  .min(1);
export type CutLadder = z.infer<typeof CutLadder>;

/** The disclosure policy's shape. Values and reasons: packages/disclosure/policy.ts. */
export const Policy = z.strictObject({
  minParticipations: z.int().min(1),
  minNestedDifference: z.int().min(0),
  minIndependent: z.int().min(0),
  participationsRoundedTo: z.int().min(1),
  cutLadder: CutLadder,
  /** Of matched change, by the number of matched organisations. */
  changeCutLadder: CutLadder,
  itemsFromN: z.int().min(1),
  questionsFromBase: z.int().min(1),
  verdictFromN: z.int().min(1),
  epsilon: z.strictObject({
    cut: z.number().positive(),
    count: z.number().positive(),
    /** Of an association's counts of participation. */
    participation: z.number().positive(),
  }),
  rangeConstant: z.number().positive(),
  minDaysBetweenReleases: z.int().min(0),
  releasesPerParticipation: z.int().min(1),
  campaignDraws: z.int().min(1),
  quality: QualityPolicy,
  /** Cut-offs at any distance and a known key: for invented data only. */
  isTrial: z.boolean(),
});
export type Policy = z.infer<typeof Policy>;
