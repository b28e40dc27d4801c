import * as z from 'zod';
import { Cut } from '../release.ts';
import { Placing, Range, Verdict } from '../standing.ts';
import { OwnSubmission } from '../submission.ts';
import { IsoDate, Lang, LocalText } from '../text.ts';
import { MEDIAN_CHANGE, MiddleZone, Moved, Notes, PICTURE, ReleaseRef, ShownGroup } from './group-figures.ts';
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

export const OwnChange = z.strictObject({
  dimension: z.string(),
  title: z.string(),
  from: Points,
  to: Points,
  own: Points.meta({ description: 'Own change, points.' }),
  beyond: z.int().min(-200).max(200).nullable().meta({
    description:
      "`own` less the group's median change (`change`); null where the two checks are not as far apart as the group's.",
  }),
  sentence: z.string(),
});

export const EarlierStanding = z.strictObject({
  conductedOn: IsoDate,
  scores: OwnSubmission.shape.scores,
  overall: OwnSubmission.shape.overall,
  weakest: OwnSubmission.shape.weakest,
  state: z.enum(['compared', 'suppressed', 'no-release']),
  release: ReleaseRef.pick({ releaseId: true, cutoffOn: true }).nullable().meta({
    description: 'The first release whose cut-off is the day of the check or later.',
  }),
  participations: z.int().nullable().meta({ description: 'Of the group shown today, in that release.' }),
  standings: z.array(z.strictObject({ dimension: z.string(), ...PLACED })),
  changes: z.array(OwnChange).meta({ description: 'What moved from this check to the one that counts.' }),
});
export type EarlierStanding = z.infer<typeof EarlierStanding>;

export const OwnStanding = z.strictObject({
  instrument: z.string(),
  series: z.string(),
  lang: Lang,
  state: z.enum(['compared', 'nothing-published', 'no-release']),
  submission: OwnSubmission.meta({ description: 'The last own submission: the one that counts.' }),
  maturity: z.record(z.string(), LocalText.nullable()).meta({
    description: 'Dimension id, or "overall", -> the word for its score.',
  }),
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
      dimensions: z.array(z.strictObject({ dimension: z.string(), ...MEDIAN_CHANGE })),
    })
    .nullable()
    .meta({ description: "The group's released matched change; null where it is not published." }),
  earlier: z
    .array(EarlierStanding)
    .meta({ description: 'Earlier own submissions, newest first, each in its own time.' }),
  ...PICTURE,
});
export type OwnStanding = z.infer<typeof OwnStanding>;
