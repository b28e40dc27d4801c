import * as z from 'zod';

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
  stamp: z.enum(['production', 'demo']),
});
export type Policy = z.infer<typeof Policy>;
