import * as z from 'zod';
import { CAMPAIGNS_AT_MOST, CODES_AT_MOST } from './campaign-length.ts';
import { InstrumentId } from './instrument-id.ts';
import { Instant, IsoDate } from './text.ts';

/** `k-` and eight hex digits, drawn at random by who makes the campaign. */
export const CampaignId = z.string().regex(/^k-[0-9a-f]{8}$/);

/** A period in which an association invites its members. Dates are days in Europe/Berlin, both ends included. */
export const Campaign = z.strictObject({
  id: CampaignId,
  instrument: InstrumentId,
  opensOn: IsoDate,
  closesOn: IsoDate,
  /** When the association wants to show results; a promise to its members, not a release. */
  resultsOn: IsoDate,
  /** How many organisations are invited, as far as the association says so. */
  invited: z.int().min(1).max(100_000).optional(),
  /** How many single-use codes were made; absent where members use the join code. */
  invitations: z.int().min(1).max(CODES_AT_MOST).optional(),
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

/** The campaigns of an association, in a registry item of their own: the only one that the api may write. */
export const Campaigns = z.array(Campaign).max(CAMPAIGNS_AT_MOST);

/** One line, for letters and terminals: no control, direction or other invisible character. */
const line = (maximum: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(maximum)
    .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'a text on one line, without invisible characters');

/** An association (Verband) as the registry holds it. Its join code lets a submission enter its Mitgliedergruppe. */
export const Association = z.strictObject({
  /** `c-` and eight hex digits; what groups and submissions name. */
  id: z.string().regex(/^c-[0-9a-f]{8}$/),
  name: line(200),
  /** Short code for a letter, with a check symbol; compared without case, spaces and hyphens. */
  joinCode: z.string().min(4).max(40),
  members: z.int().min(1).optional(),
  /** Whom members may ask: shown on the join page and beside a member's result. */
  contact: line(300).optional(),
  createdAt: Instant,
  closedAt: Instant.optional(),
  keys: z.array(AssociationKey).max(10).optional(),
  campaigns: Campaigns.optional(),
});
export type Association = z.infer<typeof Association>;

/** One single-use code, before anybody uses it. */
export interface Invitation {
  /** SHA-256 of the code (`invitationHashOf`), base64url, 43 characters: the code itself is stored nowhere. */
  codeHash: string;
  association: string;
  campaign: string;
  opensOn: IsoDate;
}
