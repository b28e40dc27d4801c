import * as z from 'zod';
import { InstrumentId } from './instrument-id.ts';
import { ShownCount } from './participation.ts';
import { Policy } from './policy.ts';
import { ReleaseId, Sha256Hex } from './release-id.ts';
import { Statements } from './statements.ts';
import { Suppressed } from './suppressed.ts';
import { Code, Instant, IsoDate } from './text.ts';

/** One published cut: `permille`/1000 of the participations lie at or below about `value` (type 7, whole points). */
export const Cut = z.strictObject({ permille: z.int().min(1).max(999), value: z.int().min(0).max(100) });
export type Cut = z.infer<typeof Cut>;

export const PublishedCuts = z.strictObject({ state: z.literal('published'), cuts: z.array(Cut).min(1) });
export const DimensionFigures = z.discriminatedUnion('state', [PublishedCuts, Suppressed]);
export type DimensionFigures = z.infer<typeof DimensionFigures>;

/** A share of all n in percent, rounded to the policy's step; extremes are words. */
export const Share = z.union([z.int().min(0).max(100), z.literal(['almost-none', 'almost-all'])]);
export type Share = z.infer<typeof Share>;

/** `null` in place of a share: left out so that the shares beside it enclose nobody. */
export const ItemFigures = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('published'),
    /** Shares of all participations at level 1, 2, 3, 4 or above; "does not apply" and "don't know" count as below. */
    atLeast: z.tuple([Share.nullable(), Share.nullable(), Share.nullable(), Share.nullable()]),
    notApplicable: Share.nullable(),
    dontKnow: Share.nullable(),
  }),
  Suppressed,
]);
export type ItemFigures = z.infer<typeof ItemFigures>;

export const QuestionFigures = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('published'), shares: z.record(z.string(), Share.nullable()) }),
  Suppressed,
]);
export type QuestionFigures = z.infer<typeof QuestionFigures>;

/** A coefficient in steps of 0.1. */
export const Coefficient = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('published'),
    value: z
      .number()
      .min(-0.9)
      .max(0.9)
      .refine((value) => Math.round(value * 10) / 10 === value),
  }),
  Suppressed,
]);
export type Coefficient = z.infer<typeof Coefficient>;

export const GroupRef = z.strictObject({
  key: z.string(),
  panel: Code.optional(),
  where: z.record(z.string(), Code),
  cohort: z.string().optional(),
});
export type GroupRef = z.infer<typeof GroupRef>;

/** A published version of a cell. Frozen: carried byte for byte from release to release until it is refreshed. */
export const CellVersion = z.strictObject({
  /** `<release id>/<group key>` of the release that first published it. */
  version: z.string(),
  /** The cut-off date its figures describe. */
  asOf: IsoDate,
  group: GroupRef,
  state: z.literal('published'),
  /** Participations, rounded down to the policy's step. */
  participations: z.int().min(0),
  /** Dimension id, or "overall", -> cuts. */
  dimensions: z.record(z.string(), DimensionFigures),
  items: z.record(z.string(), ItemFigures),
  questions: z.record(z.string(), QuestionFigures),
  /** Dimension id -> McDonald's omega. Absent where n does not allow it. */
  reliability: z.record(z.string(), Coefficient).optional(),
  /** Spearman's rank correlation of each pair of dimensions. Absent where n does not allow it. */
  correlations: z.array(z.strictObject({ first: z.string(), second: z.string(), figure: Coefficient })).optional(),
});
export type CellVersion = z.infer<typeof CellVersion>;

export const SuppressedCell = z.strictObject({
  group: GroupRef,
  state: z.literal('suppressed'),
  reason: z.literal('protection'),
});
export type SuppressedCell = z.infer<typeof SuppressedCell>;

/** A cell as a release shows it. */
export const Cell = z.discriminatedUnion('state', [
  z.strictObject({ ...CellVersion.shape, isCarriedForward: z.boolean() }),
  SuppressedCell,
]);
export type Cell = z.infer<typeof Cell>;
export type PublishedCell = Extract<Cell, { state: 'published' }>;

/** One published cut of the change: about `permille`/1000 changed by at most `value` points (type 7, whole points). */
export const ChangeCut = z.strictObject({ permille: z.int().min(1).max(999), value: z.int().min(-100).max(100) });
export type ChangeCut = z.infer<typeof ChangeCut>;

export const ChangeFigures = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('published'),
    cuts: z.array(ChangeCut).min(1),
    /** Share whose score rose. */
    rose: Share,
  }),
  Suppressed,
]);
export type ChangeFigures = z.infer<typeof ChangeFigures>;

/**
 * Matched change of a group: how far each organisation that took part twice moved from its first to its last submission.
 * Frozen like a `CellVersion`.
 */
export const ChangeVersion = z.strictObject({
  /** `<release id>/<group key>,measure=change` of the release that first published it. */
  version: z.string(),
  asOf: IsoDate,
  /** The group that the organisations belong to by their last submission. */
  group: GroupRef,
  state: z.literal('published'),
  /** Matched organisations, rounded down to the policy's step. */
  participations: z.int().min(0),
  /** Dimension id, or "overall", -> cuts of last less first score, -100 to 100. */
  dimensions: z.record(z.string(), ChangeFigures),
});
export type ChangeVersion = z.infer<typeof ChangeVersion>;

/** A group's matched change as a release shows it. */
export const Change = z.discriminatedUnion('state', [
  z.strictObject({ ...ChangeVersion.shape, isCarriedForward: z.boolean() }),
  SuppressedCell,
]);
export type Change = z.infer<typeof Change>;
export type PublishedChange = Extract<Change, { state: 'published' }>;

export const Plan = z.strictObject({
  releaseId: ReleaseId,
  panel: z.string(),
  instrument: InstrumentId,
  cutoffOn: IsoDate,
  acceptedUntil: Instant,
  follows: ReleaseId.nullable(),
  /** Set by an erratum: the release whose figures it replaces. */
  replaces: ReleaseId.nullable(),
  instrumentHash: Sha256Hex,
  policyHash: Sha256Hex,
  codeVersion: z.string(),
  /** Which attempt at this release it is, when an earlier one was discarded; absent for the first. */
  attempt: z.int().min(2).optional(),
  stated: Statements.optional(),
});
export type Plan = z.infer<typeof Plan>;

/** The catalogue entry of a cell in a release's manifest: enough to offer a choice, no figure of a suppressed one. */
export const CellEntry = z.discriminatedUnion('state', [
  z.strictObject({
    key: z.string(),
    group: GroupRef,
    state: z.literal('published'),
    participations: z.int(),
    asOf: IsoDate,
    isCarriedForward: z.boolean(),
    version: z.string(),
  }),
  z.strictObject({ key: z.string(), group: GroupRef, state: z.literal('suppressed'), reason: z.literal('protection') }),
]);
export type CellEntry = z.infer<typeof CellEntry>;

export const Manifest = z.strictObject({
  releaseId: ReleaseId,
  panel: z.string(),
  instrument: InstrumentId,
  cutoffOn: IsoDate,
  nextReleaseOn: IsoDate,
  follows: ReleaseId.nullable(),
  replaces: ReleaseId.nullable(),
  policy: Policy,
  policyHash: Sha256Hex,
  instrumentHash: Sha256Hex,
  codeVersion: z.string(),
  /** Open submissions left out until the operator admits them. Absent from releases before there was a review. */
  heldBack: ShownCount.optional(),
  /** Every group of the catalogue that could exist, published or suppressed, in catalogue order. Public groups only. */
  cells: z.array(CellEntry),
  /** The same groups' matched change, in the same order; keys are those of the groups. */
  changes: z.array(CellEntry).optional(),
});
export type Manifest = z.infer<typeof Manifest>;

/** What is in force for a panel: the newest release and all before it, newest first. */
export const Head = z.strictObject({ panel: z.string(), releases: z.array(ReleaseId).min(1) });
export type Head = z.infer<typeof Head>;

/** One contributing organisation of a release: bare membership, no answers. */
export interface LedgerEntry {
  organisation: string;
  submission: string;
  /** Admission counted as invited (association's code or trusted source). */
  isInvited: boolean;
  source?: string;
  /** Keys of the cell versions that this release published afresh and that count this submission. */
  groups: string[];
  /** The submission that change is measured from, where one of `groups` is a matched change. */
  first?: string;
}

/** The ledger of one release: who was in which freshly published version. Read by the next publication only. */
export interface Ledger {
  releaseId: ReleaseId;
  cutoffOn: IsoDate;
  entries: LedgerEntry[];
}
