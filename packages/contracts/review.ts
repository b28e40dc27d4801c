import * as z from 'zod';
import { Instant } from './text.ts';

/** How many characters of an organisation's hash a decision keeps: enough to tell it, too few to find its partition. */
export const REVIEWED_HASH_LENGTH = 22;

/** The operator's decision on a submission under review. It names no answer. */
export const Review = z.strictObject({
  /** The first 22 characters of the organisation's hash. */
  organisation: z.string().length(REVIEWED_HASH_LENGTH),
  /** The submission's key. */
  submission: z.string().min(1),
  decision: z.enum(['admit', 'exclude']),
  decidedAt: Instant,
  reason: z.string().min(1).max(300).optional(),
});
export type Review = z.infer<typeof Review>;
