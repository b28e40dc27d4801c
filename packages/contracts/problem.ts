import * as z from 'zod';

/** RFC 9457 problem details, with one entry per failing field. The catalogue of types: functions/api/problem.ts. */
export const FieldError = z.strictObject({
  /** JSON pointer into the body, or `header:Name`, `query:name`. */
  field: z.string(),
  /** Stable name of the broken rule, e.g. `unknown-code`. */
  rule: z.string(),
  /** The rule in the caller's language. */
  message: z.string(),
});
export type FieldError = z.infer<typeof FieldError>;

export const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string(),
  instance: z.string().optional(),
  errors: z.array(FieldError).optional(),
});
export type Problem = z.infer<typeof Problem>;
