import * as z from 'zod';
import { CODES_AT_MOST } from '../campaign-length.ts';
import { Participation } from '../participation.ts';
import { Campaign } from '../registry.ts';
import { Cell, Change } from '../release.ts';
import { Code, IsoDate, Lang } from '../text.ts';
import { GroupOffer, Interval, MedianChange, Moved, Notes, PICTURE, Quartiles, ReleaseRef } from './group-figures.ts';

/** The public side of an association: who invites, and whom to ask. */
export const AssociationCard = z.strictObject({
  id: z.string(),
  name: z.string(),
  contact: z.string().nullable().meta({ description: 'Whom members may ask; null where the association gave none.' }),
  isClosed: z.boolean(),
  campaigns: z.array(
    z.strictObject({
      instrument: z.string(),
      opensOn: IsoDate,
      closesOn: IsoDate,
      resultsOn: IsoDate,
      codes: z.enum(['join-code', 'invitations']),
    }),
  ),
});
export type AssociationCard = z.infer<typeof AssociationCard>;

/** What an association sends to make a campaign or to change one. */
export const CampaignPlan = z.strictObject({
  ...Campaign.omit({ id: true, invitations: true }).shape,
  codes: z
    .array(z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'hash of a code'))
    .min(1)
    .max(CODES_AT_MOST)
    .optional()
    .meta({
      description:
        'Single-use codes, as base64url of SHA-256 of "invitation", a line feed and the 16 symbols. Absent: members use the join code.',
    }),
});
export type CampaignPlan = z.infer<typeof CampaignPlan>;

/** What an association reads first. */
export const AssociationOverview = z.strictObject({
  ...AssociationCard.shape,
  joinCode: z.string(),
  members: z.int().nullable().meta({ description: 'How many members it has, as registered; null where unknown.' }),
  campaigns: z.array(Campaign),
  runsCampaigns: z
    .boolean()
    .meta({ description: 'Whether the key makes and changes campaigns; else the operator does.' }),
  openings: z.array(z.string()).meta({
    description: 'While a campaign runs: what the next release would show with more participants, in sentences.',
  }),
  participation: Participation.nullable().meta({
    description:
      'Draws of each campaign, oldest first: a few while it runs and one after its end; perturbed, in steps of 5 from 10 on. Null before the first.',
  }),
  series: z.array(z.strictObject({ instrument: z.string(), title: z.string(), release: ReleaseRef.nullable() })),
});
export type AssociationOverview = z.infer<typeof AssociationOverview>;

export const AssociationName = AssociationCard.pick({ id: true, name: true });

/** How an answer begins that holds the members' figures of one release. */
const MEMBERS_OF_RELEASE = {
  association: AssociationName,
  instrument: z.string(),
  lang: Lang,
  release: ReleaseRef,
  label: z.string().meta({ description: 'The group in words.' }),
};

export const Middle = z.strictObject({
  median: z.int(),
  interval: Interval.nullable().meta({ description: '95 %; null where the published cuts do not reach far enough.' }),
  quartiles: Quartiles.nullable(),
  moved: Moved.nullable(),
});
export type Middle = z.infer<typeof Middle>;

export const Difference = z.strictObject({
  value: z.int(),
  interval: Interval.meta({ description: '95 %, chance and noise; square-and-add (MOVER).' }),
  verdict: z.enum(['ahead', 'behind', 'no-difference']),
  smallestSeen: z.int().meta({ description: 'Such a difference, in either direction, would have been told.' }),
});
export type Difference = z.infer<typeof Difference>;

export const ComparedVerdict = z.enum([
  'ahead',
  'behind',
  'no-difference',
  'suppressed',
  'no-reference',
  'not-determinable',
]);
export type ComparedVerdict = z.infer<typeof ComparedVerdict>;

export const MembersDimension = z.strictObject({
  dimension: Code,
  title: z.string(),
  members: Middle.nullable(),
  field: Middle.nullable(),
  difference: Difference.nullable().meta({ description: "Members' median less the field's, points." }),
  mix: z.strictObject({ median: z.int(), quartiles: Quartiles.nullable() }).nullable().meta({
    description: 'The field, composed like the members: an approximation from published cuts alone.',
  }),
  mixDifference: Difference.nullable(),
  verdict: ComparedVerdict,
  sentence: z.string(),
});
export type MembersDimension = z.infer<typeof MembersDimension>;

export const AssociationFigures = z.strictObject({
  ...MEMBERS_OF_RELEASE,
  alternatives: z.array(GroupOffer).meta({ description: "The association's other groups that this release shows." }),
  cell: Cell.meta({ description: "The members' figures as released: dimensions, items, questions." }),
  field: Cell.nullable().meta({ description: 'The whole field of the same release; null where it is not shown.' }),
  dimensions: z.array(MembersDimension),
  seenFrom: z.string().meta({
    description: 'From what difference on one would have been told where none was; empty where each was.',
  }),
  mix: z.strictObject({
    parts: z.array(
      z.strictObject({
        key: z.string(),
        isUsed: z.boolean().meta({ description: 'Its public group shows more than a median.' }),
      }),
    ),
    covers: z.int().nullable().meta({ description: 'Per cent of the members that the mix stands for; null: no mix.' }),
  }),
  isLargePart: z.boolean().meta({ description: 'The members are more than a fifth of the field.' }),
  notes: Notes,
  ...PICTURE,
});
export type AssociationFigures = z.infer<typeof AssociationFigures>;

export const MembersProgress = z.strictObject({
  dimension: Code,
  title: z.string(),
  members: MedianChange.nullable(),
  field: MedianChange.nullable(),
  difference: Difference.nullable().meta({ description: "Members' median change less the field's, points." }),
  verdict: ComparedVerdict,
  sentence: z.string(),
});

export const AssociationProgress = z.strictObject({
  ...MEMBERS_OF_RELEASE,
  change: Change.meta({ description: "The members' matched change as released." }),
  field: Change.nullable().meta({ description: "The whole field's of the same release; null where it is not shown." }),
  dimensions: z.array(MembersProgress),
  notes: Notes,
});
export type AssociationProgress = z.infer<typeof AssociationProgress>;
