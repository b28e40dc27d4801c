import * as z from 'zod';
import { Instant } from './text.ts';

/** An association (Verband) as the registry holds it. Its join code lets a submission enter its Mitgliedergruppe. */
export const Association = z.strictObject({
  /** `c-` and eight hex digits; the cohort id in groups and the ledger. */
  id: z.string().regex(/^c-[0-9a-f]{8}$/),
  name: z.string().min(1).max(200),
  /** Short code for a letter, with a check symbol; compared without case, spaces and hyphens. */
  joinCode: z.string().min(4).max(40),
  members: z.int().min(1).optional(),
  contact: z.string().max(300).optional(),
  createdAt: Instant,
  closedAt: Instant.optional(),
});
export type Association = z.infer<typeof Association>;
