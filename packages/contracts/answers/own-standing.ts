import * as z from 'zod';
import { ChangeShares, Cut } from '../release.ts';
import { Placing, Range, Verdict } from '../standing.ts';
import { OwnSubmission } from '../submission.ts';
import { IsoDate, Lang } from '../text.ts';
import { MedianChange, MiddleZone, Moved, Notes, PICTURE, ReleaseRef, ShownGroup } from './group-figures.ts';
import { MissingScore } from './submission.ts';

/** Where the score of one dimension stands. */
const PLACED = {
  range: Range.nullable().meta({
    description:
      'Which share of the group the score is further than, permille: 95 %, chance and what the figures were moved by.',
  }),
  verdict: Verdict.nullable().meta({ description: 'Follows from the range; null in groups too small for one.' }),
  zone: MiddleZone.nullable(),
};

export const StandingDimension = z.strictObject({
  dimension: z.string().meta({ description: 'Dimension id, or "overall", which comes last.' }),
  title: z.string(),
  score: z.int().min(0).max(100).nullable(),
  maturity: z.string().nullable().meta({ description: "The instrument's word for the score." }),
  state: z.enum(['compared', 'no-score', 'no-comparison']),
  ...PLACED,
  inLarger: Placing.nullable().meta({ description: 'The same in `group.larger`.' }),
  cuts: z.array(Cut).nullable().meta({ description: 'Published cuts of the group.' }),
  moved: Moved.nullable(),
  words: z.string().meta({ description: 'The verdict in words, told first.' }),
  sentence: z.string().meta({ description: 'Score and verdict as complete sentences.' }),
  detail: z.string().meta({ description: 'The range in per cent, as a sentence; empty without one.' }),
});

const Points = z.int().min(-100).max(100).nullable();

/** One dimension of an earlier check, in its own time and beside today. */
export const EarlierDimension = z.strictObject({
  dimension: z.string(),
  score: StandingDimension.shape.score,
  ...PLACED,
  change: Points.meta({ description: 'Points from this check to the one that counts.' }),
  beyond: z.int().min(-200).max(200).nullable().meta({
    description:
      "`change` less the group's median change; null where the two checks are not as far apart as the group's.",
  }),
  sentence: z.string(),
});

export const EarlierStanding = z.strictObject({
  conductedOn: IsoDate,
  state: z.enum(['compared', 'suppressed', 'no-release']),
  release: ReleaseRef.pick({ releaseId: true, cutoffOn: true }).nullable().meta({
    description: 'The first release whose cut-off is the day of the check or later.',
  }),
  participations: z.int().nullable().meta({ description: 'Of the group shown today, in that release.' }),
  groupChanged: z
    .string()
    .meta({ description: 'Whether the group itself changed; empty where that is not published.' }),
  dimensions: z.array(EarlierDimension),
});
export type EarlierStanding = z.infer<typeof EarlierStanding>;

/** The check that counts, without the scores, which stand by dimension. */
export const SentCheck = OwnSubmission.omit({ scores: true, overall: true, weakest: true });
export type SentCheck = z.infer<typeof SentCheck>;

export const GroupChangeDimension = z.strictObject({
  dimension: z.string(),
  ...MedianChange.shape,
  shares: ChangeShares.nullable().meta({ description: 'Per cents; null where too few are matched.' }),
});
export type GroupChangeDimension = z.infer<typeof GroupChangeDimension>;

export const OwnStanding = z.strictObject({
  instrument: z.string(),
  series: z.string(),
  lang: Lang,
  state: z.enum(['compared', 'nothing-published', 'no-release']),
  submission: SentCheck.meta({ description: 'The last own submission: the one that counts.' }),
  missing: z
    .array(z.strictObject({ ...MissingScore.shape, sentence: z.string() }))
    .meta({ description: 'Dimensions of a questionnaire without a score, and what they need.' }),
  release: ReleaseRef.omit({ nextReleaseOn: true }).nullable(),
  nextReleaseOn: IsoDate.nullable().meta({
    description: 'The next cut-off is this day at the earliest; null before the first release.',
  }),
  group: ShownGroup,
  dimensions: z.array(StandingDimension),
  notes: Notes,
  caveat: z.string().meta({ description: 'What the figures stand for; empty without a comparison.' }),
  overall: z.string().meta({ description: 'The overall score in one line.' }),
  larger: z.string().meta({
    description: 'The verdicts in `group.larger`, where the group shown is too small for any; else empty.',
  }),
  obstacles: z.array(z.string()).meta({ description: 'What the organisation said that hinders it most, in words.' }),
  board: z.strictObject({ title: z.string(), overall: z.string(), larger: z.string() }).meta({
    description: "Title, overall line and larger group in the organisation's own voice.",
  }),
  change: z
    .strictObject({
      participations: z.int().meta({ description: 'Matched organisations, rounded down to a multiple of 5.' }),
      dimensions: z.array(GroupChangeDimension),
    })
    .nullable()
    .meta({ description: "The group's released matched change; null where it is not published." }),
  earlier: z
    .array(EarlierStanding)
    .meta({ description: 'Earlier own submissions, newest first, each in its own time.' }),
  ...PICTURE,
});
export type OwnStanding = z.infer<typeof OwnStanding>;
