import * as z from 'zod';

/** From what on an open submission waits for the operator's review (packages/benchmark/quality.ts). */
export const QualityPolicy = z.strictObject({
  straightLineFromItems: z.int().min(2),
  minSecondsPerItem: z.int().min(1),
  duplicateFromItems: z.int().min(2),
  duplicateCluster: z.int().min(2),
});
export type QualityPolicy = z.infer<typeof QualityPolicy>;

/** The disclosure policy's shape. Values and reasons: packages/benchmark/policy.ts. */
export const Policy = z.strictObject({
  k: z.int(),
  minOpenParticipations: z.int(),
  minSlice: z.int(),
  participationsRoundedTo: z.int(),
  cutLadder: z.array(z.strictObject({ fromN: z.int(), stepPermille: z.int() })),
  shareRoundedTo: z.int(),
  homogeneityPercent: z.int(),
  /** Releases from before this value show no coefficients. */
  coefficientsFromN: z.int().default(100),
  minDaysBetweenReleases: z.int(),
  isolationBases: z.int(),
  /** Absent from releases that were made before submissions were held back for review. */
  quality: QualityPolicy.optional(),
  stamp: z.enum(['production', 'demo']),
});
export type Policy = z.infer<typeof Policy>;
