import * as z from 'zod';
import { InstrumentId } from './instrument-id.ts';
import { Instant, IsoDate } from './text.ts';

/** A period in which an association invites its members. Dates are days in Europe/Berlin, both ends included. */
export const Campaign = z.strictObject({
  /** `k-` and eight hex digits. */
  id: z.string().regex(/^k-[0-9a-f]{8}$/),
  instrument: InstrumentId,
  opensOn: IsoDate,
  closesOn: IsoDate,
  /** When the association wants to show results; a promise to its members, not a release. */
  resultsOn: IsoDate,
  /** How many single-use codes were made; absent where members use the join code. */
  invitations: z.int().min(1).optional(),
});
export type Campaign = z.infer<typeof Campaign>;

/** A key as the registry holds it. */
export const AssociationKey = z.strictObject({
  /** SHA-256 of the whole key, hex. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  madeAt: Instant,
  /** Set when a new key took its place: until then both open. */
  endsAt: Instant.optional(),
});
export type AssociationKey = z.infer<typeof AssociationKey>;

/** An association (Verband) as the registry holds it. Its join code lets a submission enter its Mitgliedergruppe. */
export const Association = z.strictObject({
  /** `c-` and eight hex digits; what groups and submissions name. */
  id: z.string().regex(/^c-[0-9a-f]{8}$/),
  name: z.string().min(1).max(200),
  /** Short code for a letter, with a check symbol; compared without case, spaces and hyphens. */
  joinCode: z.string().min(4).max(40),
  members: z.int().min(1).optional(),
  /** Whom members may ask: shown on the join page and beside a member's result. */
  contact: z.string().max(300).optional(),
  createdAt: Instant,
  closedAt: Instant.optional(),
  keys: z.array(AssociationKey).max(10).optional(),
  campaigns: z.array(Campaign).max(100).optional(),
});
export type Association = z.infer<typeof Association>;

/** One single-use code, before it is drawn by anybody. */
export interface Invitation {
  /** The canonical code, 16 symbols. */
  code: string;
  association: string;
  opensOn: IsoDate;
  closesOn: IsoDate;
}
