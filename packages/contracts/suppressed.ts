import * as z from 'zod';

/** Suppressed is a state, never 0, null or a missing row; the one public reason is "too few, or too close to another group". */
export const Suppressed = z.strictObject({ state: z.literal('suppressed'), reason: z.literal('protection') });
export type Suppressed = z.infer<typeof Suppressed>;
export const SUPPRESSED: Suppressed = { state: 'suppressed', reason: 'protection' };
