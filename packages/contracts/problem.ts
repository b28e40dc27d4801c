import * as z from 'zod';

/** RFC 9457 problem details, with one entry per failing field. The catalogue of types: functions/http/problem.ts. */
export const FieldError = z.strictObject({
  /** JSON pointer into the body, or `header:Name`, `query:name`. */
  field: z.string(),
  /** Stable name of the broken rule, e.g. `unknown-code`. */
  rule: z.string(),
  /** The rule in the caller's language. */
  message: z.string(),
});
export type FieldError = z.infer<typeof FieldError>;

/** A little work to do before the service takes something in: an altcha challenge, version 2, signed by the service. */
export const Challenge = z.strictObject({
  parameters: z.strictObject({
    algorithm: z.literal('PBKDF2/SHA-256'),
    nonce: z.string(),
    salt: z.string(),
    /** Rounds of the key derivation for each try. */
    cost: z.int(),
    keyLength: z.int(),
    /** Hex that the derived key must begin with. */
    keyPrefix: z.string(),
    /** `for`: hash of the one submission it is good for; `until`: epoch seconds. */
    data: z.strictObject({ for: z.string(), until: z.int() }),
  }),
  signature: z.string(),
});
export type Challenge = z.infer<typeof Challenge>;

export const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string(),
  instance: z.string().optional(),
  errors: z.array(FieldError).optional(),
  /** With `/problems/proof-of-work-needed` alone. */
  challenge: Challenge.optional(),
});
export type Problem = z.infer<typeof Problem>;
