import * as z from 'zod';
import { Cell, Change, Manifest, Marks } from '../release.ts';
import { ReleaseId } from '../release-id.ts';
import { GroupReason, Zone } from '../standing.ts';
import { IsoDate, Lang } from '../text.ts';

export const ReleaseMarks = Marks.meta({
  description:
    'Whether everybody in it is invented, and whether it was made under a trial policy or drawn with a known key. Real figures have no mark.',
});

/** The release that figures are of. */
export const ReleaseRef = z.strictObject({
  releaseId: ReleaseId,
  cutoffOn: IsoDate.meta({ description: 'The day its figures describe.' }),
  nextReleaseOn: IsoDate.meta({ description: 'The next cut-off is this day at the earliest.' }),
  marks: ReleaseMarks,
});
export type ReleaseRef = z.infer<typeof ReleaseRef>;

export const ReleaseEntry = z.strictObject({
  ...ReleaseRef.shape,
  series: Manifest.shape.series,
  instrument: Manifest.shape.instrument,
  follows: Manifest.shape.follows,
  replaces: Manifest.shape.replaces.meta({ description: 'Set by an erratum: the release whose figures it replaces.' }),
  isInForce: z.boolean().meta({ description: 'The newest of its series.' }),
  url: z.string(),
});
export type ReleaseEntry = z.infer<typeof ReleaseEntry>;

export const ReleaseList = z.strictObject({
  releases: z.array(ReleaseEntry).meta({ description: 'By series, newest first; empty before the first release.' }),
});
export type ReleaseList = z.infer<typeof ReleaseList>;

/** What a picture shows: one release, or all up to it. */
export const PictureView = z.enum(['standing', 'progress']).meta({
  description: '`standing`: one release; `progress`: all releases up to it.',
});
export type PictureView = z.infer<typeof PictureView>;

export const PictureLayout = z.enum(['wide', 'narrow']).meta({
  description: 'Pictures of 900 pixels, or of 360 with the words above the rows.',
});
export const PictureTheme = z.enum(['light', 'dark']);
export const PictureSetting = z.enum(['whole', 'page', 'board']).meta({
  description:
    'With title, notes and source; for a page that says these itself; or so, in the voice of the own organisation.',
});

export const VegaLiteSpec = z.record(z.string(), z.unknown()).meta({
  description: 'Vega-Lite v6 with its data inside (https://vega.github.io/schema/vega-lite/v6.json).',
});

export const VegaSpec = z.record(z.string(), z.unknown()).meta({ description: 'Vega v6 with its data inside.' });

/** How an answer ends that can be drawn. */
export const PICTURE = {
  view: PictureView,
  title: z.string(),
  alternative: z.string().meta({ description: 'Everything the picture tells, as complete sentences.' }),
  spec: VegaLiteSpec,
};

export const Notes = z.array(z.string()).meta({
  description: 'To be shown beside the figures wherever they go: of when they are, and what they assume.',
});

export const MiddleZone = Zone.meta({
  description: 'Scores about in the middle of the group, both ends included; null where no verdict is told.',
});
export const Moved = z.int().meta({
  description:
    'At most so many points was the middle moved, in 95 of 100 cases; null where the published cuts do not tell.',
});
export const Interval = z.strictObject({ lower: z.number(), upper: z.number() }).meta({
  description: '95 %, chance and what the figures were moved by.',
});
export const Quartiles = z.strictObject({ lower: z.int(), upper: z.int() });

/** A published group that may be asked for. */
export const GroupOffer = z.strictObject({
  key: z.string(),
  label: z.string(),
  participations: z.int().meta({ description: 'Rounded down to a multiple of 5.' }),
});
export type GroupOffer = z.infer<typeof GroupOffer>;

export const GroupAlternative = z.strictObject({ ...GroupOffer.shape, isFiner: z.boolean() });

/** Which group is shown, why, and what else there is. */
export const ShownGroup = z.strictObject({
  asked: z.string().nullable().meta({ description: 'The group asked for, in its one spelling; null: none was.' }),
  shown: z.string().nullable().meta({ description: 'Null where nothing is shown.' }),
  label: z.string().nullable().meta({ description: 'The group shown in words.' }),
  participations: z.int().nullable().meta({ description: 'Of the group shown; rounded down to a multiple of 5.' }),
  reason: GroupReason.meta({
    description:
      "`own-default`: the first group of the instrument's fallback order that holds enough; `own-largest`: none does, so the largest. After `asked-…` such a default stands in the place of what was asked for.",
  }),
  sentence: z.string(),
  alternatives: z.array(GroupAlternative).meta({
    description: 'The other published groups that contain the organisation, or what was asked for.',
  }),
  larger: GroupOffer.nullable().meta({
    description: 'Where the group shown is too small for a verdict: the smallest published one around it that is not.',
  }),
  ownField: GroupOffer.nullable().meta({
    description: "How many of a broader group are of one's own field; null where that is not published.",
  }),
});
export type ShownGroup = z.infer<typeof ShownGroup>;

/** Beside a cell, which says which group it is of and how large. */
export const PublicGroup = ShownGroup.omit({ shown: true, participations: true });

/** How an answer begins that holds a group's figures of one release. */
const OF_RELEASE = { instrument: z.string(), series: z.string(), lang: Lang, ...ReleaseRef.shape };
const FROZEN_URL = z.string().meta({ description: 'The address of these figures in this release.' });

export const GroupDimension = z.strictObject({
  dimension: z.string(),
  title: z.string(),
  zone: MiddleZone.nullable(),
  moved: Moved.nullable(),
  sentence: z.string(),
});

/** Limits in the places of `ItemFigures`. */
export const ItemRanges = z.strictObject({
  atLeast: z.tuple([Interval, Interval, Interval, Interval]),
  notApplicable: Interval,
  dontKnow: Interval,
});
export type ItemRanges = z.infer<typeof ItemRanges>;

/** Code -> limits of its share. */
export const QuestionRanges = z.record(z.string(), Interval);
export type QuestionRanges = z.infer<typeof QuestionRanges>;

export const ShareRanges = z
  .strictObject({ items: z.record(z.string(), ItemRanges), questions: z.record(z.string(), QuestionRanges) })
  .meta({
    description:
      'Between which whole per cents the shares of the cell may lie in the field, 95 %, by item and question; empty where the group shows none.',
  });
export type ShareRanges = z.infer<typeof ShareRanges>;

export const GroupFigures = z.strictObject({
  ...OF_RELEASE,
  group: PublicGroup,
  cell: Cell.meta({ description: 'The figures as the release holds them.' }),
  ranges: ShareRanges.nullable().meta({ description: 'Null where the group is suppressed.' }),
  dimensions: z.array(GroupDimension),
  notes: Notes,
  ...PICTURE,
  url: FROZEN_URL,
});
export type GroupFigures = z.infer<typeof GroupFigures>;

export const GroupChange = z.strictObject({
  ...OF_RELEASE,
  label: z.string().meta({ description: 'The group in words.' }),
  change: Change.meta({ description: 'The figures as the release holds them.' }),
  url: FROZEN_URL,
});
export type GroupChange = z.infer<typeof GroupChange>;

/** Participants held against what is known of the field. */
export const FieldFrame = z.strictObject({
  id: z.string(),
  title: z.string(),
  limits: z.string().meta({ description: 'What the frame leaves out.' }),
  asOf: IsoDate,
});

export const FramePartSeen = z.strictObject({
  codes: z.array(z.string()),
  title: z.string(),
  fieldShare: z.int().meta({ description: 'Of the field, whole per cents.' }),
  participantShare: z
    .int()
    .nullable()
    .meta({ description: 'Of all participations; null where a group of it is suppressed.' }),
  coverage: z.int().nullable().meta({ description: 'Participations for each 1,000 of the field.' }),
  reading: z.enum(['under', 'about-even', 'over', 'unknown']).meta({
    description: '`about-even`: 0.8 to 1.25 times the share of the field.',
  }),
  sentence: z.string(),
});

export const Standardised = z.strictObject({
  level: z
    .enum(['finest', 'broader'])
    .meta({ description: 'Over single codes, or over the broader ones that gather them.' }),
  covers: z
    .int()
    .meta({ description: 'Per cents of the field that the weights stand for; the rest cannot be assigned.' }),
  medians: z.array(
    z.strictObject({
      dimension: z.string(),
      title: z.string(),
      released: z.int(),
      standardised: z.int().nullable().meta({ description: 'Null: not determinable from the published cuts.' }),
    }),
  ),
});

export const FieldComparison = z.strictObject({
  ...OF_RELEASE,
  frame: FieldFrame.nullable().meta({ description: 'Null where the instrument brings none.' }),
  parts: z.array(FramePartSeen),
  standardised: Standardised.nullable().meta({ description: 'Null: not determinable.' }),
  notes: Notes,
  url: FROZEN_URL,
});
export type FieldComparison = z.infer<typeof FieldComparison>;

export const ChangeVerdict = z.enum(['rose', 'fell', 'no-difference']);

/** How the middle of those moved that took part twice, in one dimension. */
export const MedianChange = z.strictObject({
  median: z.int().min(-100).max(100).meta({ description: 'Middle of the individual changes, points.' }),
  interval: Interval.nullable().meta({ description: '95 %; null where the published cuts do not reach far enough.' }),
  quartiles: Quartiles.nullable(),
  verdict: ChangeVerdict.nullable().meta({ description: 'Whether the middle moved.' }),
  smallestSeen: z.int().nullable().meta({ description: 'From so many points on a movement would have been told.' }),
  moved: Moved.nullable(),
});
export type MedianChange = z.infer<typeof MedianChange>;
