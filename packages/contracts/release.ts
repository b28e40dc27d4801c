import * as z from 'zod';
import { InstrumentId } from './instrument-id.ts';
import { Policy } from './policy.ts';
import { ReleaseId, Sha256Hex } from './release-id.ts';
import { Statements } from './statements.ts';
import { Suppressed } from './suppressed.ts';
import { Code, Instant, IsoDate } from './text.ts';

/** One published cut: about `permille`/1000 of the participations lie at or below about `value` points. Perturbed. */
export const Cut = z.strictObject({ permille: z.int().min(1).max(999), value: z.int().min(0).max(100) });
export type Cut = z.infer<typeof Cut>;

/** A share in whole per cents of the middle of the shown band of n. Perturbed: 0 does not mean nobody, 100 not everybody. */
export const Share = z.int().min(0).max(100);
export type Share = z.infer<typeof Share>;

export const ItemFigures = z.strictObject({
  /** Shares of all participations at level 1, 2, 3, 4 or above, never rising; "does not apply" and "don't know" are below. */
  atLeast: z.tuple([Share, Share, Share, Share]),
  notApplicable: Share,
  dontKnow: Share,
});
export type ItemFigures = z.infer<typeof ItemFigures>;

export const QuestionFigures = z.strictObject({
  /** Who was asked and answered: perturbed, rounded down to the policy's step. */
  base: z.int().min(0),
  /** Code -> share of the base. */
  shares: z.record(z.string(), Share),
});
export type QuestionFigures = z.infer<typeof QuestionFigures>;

export const GroupRef = z.strictObject({
  key: z.string(),
  unitType: Code.optional(),
  /** Attribute id -> a code of any level, in the catalogue's order. */
  where: z.record(z.string(), Code),
  /** An association's id: its members only. */
  association: z.string().optional(),
});
export type GroupRef = z.infer<typeof GroupRef>;

export const SuppressedCell = z.strictObject({ group: GroupRef, ...Suppressed.shape });
export type SuppressedCell = z.infer<typeof SuppressedCell>;

/** A group's figures at the release's cut-off. A published cell is whole. Read it through `released-cell.ts`. */
export const PublishedCell = z.strictObject({
  group: GroupRef,
  state: z.literal('published'),
  /** Participations, rounded down to the policy's step. */
  participations: z.int().min(0),
  /** Dimension id, or "overall", -> cuts, ascending by permille. */
  dimensions: z.record(z.string(), z.array(Cut).min(1)),
  /** Item id -> shares. Only of groups that show items, with enough participations. */
  items: z.record(z.string(), ItemFigures).optional(),
  /** Question id -> shares. Of the same groups; a question without enough answers is left out. */
  questions: z.record(z.string(), QuestionFigures).optional(),
});
export type PublishedCell = z.infer<typeof PublishedCell>;
export const Cell = z.discriminatedUnion('state', [PublishedCell, SuppressedCell]);
export type Cell = z.infer<typeof Cell>;

/** One published cut of the change: about `permille`/1000 changed by at most about `value` points. Perturbed. */
export const ChangeCut = z.strictObject({ permille: z.int().min(1).max(999), value: z.int().min(-100).max(100) });
export type ChangeCut = z.infer<typeof ChangeCut>;

/** Shares whose score rose, stayed and fell. Perturbed: they need not add up to 100. */
export const ChangeShares = z.strictObject({ rose: Share, same: Share, fell: Share });

export const ChangeFigures = z.strictObject({
  cuts: z.array(ChangeCut).min(1),
  /** Absent below the policy's `itemsFromN`. */
  shares: ChangeShares.optional(),
});
export type ChangeFigures = z.infer<typeof ChangeFigures>;

/**
 * Matched change of a group: how far each organisation that took part twice moved from its first to its last submission. It
 * belongs to the group by its last submission.
 */
export const PublishedChange = z.strictObject({
  group: GroupRef,
  state: z.literal('published'),
  /** Matched organisations, rounded down to the policy's step. */
  participations: z.int().min(0),
  /** Dimension id, or "overall", -> last less first score, -100 to 100. */
  dimensions: z.record(z.string(), ChangeFigures),
});
export type PublishedChange = z.infer<typeof PublishedChange>;
export const Change = z.discriminatedUnion('state', [PublishedChange, SuppressedCell]);
export type Change = z.infer<typeof Change>;

/** Released cells of an association's members: one item for each release. */
export const MemberCells = z.strictObject({
  /** The association's id. */
  association: z.string(),
  cells: z.array(Cell),
  changes: z.array(Change),
});
export type MemberCells = z.infer<typeof MemberCells>;

/** The catalogue entry of a cell in a release's manifest: enough to offer a choice, no figure. */
export const CellEntry = z.discriminatedUnion('state', [
  z.strictObject({ group: GroupRef, state: z.literal('published'), participations: z.int() }),
  SuppressedCell,
]);
export type CellEntry = z.infer<typeof CellEntry>;

/** Marks that stay with a release for ever. */
export const Marks = z
  .strictObject({
    /** Made under a trial policy: cut-offs at any distance. Needs `isInvented`. */
    isTrial: z.boolean(),
    /** Every participation is invented. */
    isInvented: z.boolean(),
    /** Drawn with a key that somebody knows, for tests. Needs `isTrial`. */
    hasKnownKey: z.boolean(),
  })
  .refine(({ isTrial, isInvented }) => !isTrial || isInvented, 'a trial release needs invented data')
  .refine(({ hasKnownKey, isTrial }) => !hasKnownKey || isTrial, 'a known key needs a trial release');
export type Marks = z.infer<typeof Marks>;

/** How many organisations are in no figure, of one unit type: perturbed, rounded down to the policy's step. */
export const LeftOut = z.strictObject({
  unitType: Code.optional(),
  /** Their last submission in the window has no score in some dimension. */
  incomplete: z.int().min(0),
  /** Open submissions that wait for the operator's review, or were excluded. */
  underReview: z.int().min(0),
});
export type LeftOut = z.infer<typeof LeftOut>;

export const Manifest = z.strictObject({
  releaseId: ReleaseId,
  series: z.string(),
  instrument: InstrumentId,
  cutoffOn: IsoDate,
  acceptedUntil: Instant,
  nextReleaseOn: IsoDate,
  follows: ReleaseId.nullable(),
  /** Set by an erratum: the release in whose place it stands. */
  replaces: ReleaseId.nullable(),
  marks: Marks,
  policy: Policy,
  policyHash: Sha256Hex,
  instrumentHash: Sha256Hex,
  codeVersion: z.string(),
  stated: Statements.optional(),
  /** One entry for each unit type. */
  leftOut: z.array(LeftOut),
  /**
   * Upper bound of the sum of epsilons over every figure that one participation can be in: what the guarantees of the single
   * draws come to together.
   */
  epsilonSum: z.number().min(0),
  /** Every group of the public catalogue, published or suppressed, in its order. */
  cells: z.array(CellEntry),
  /** The same groups' matched change, in the same order. */
  changes: z.array(CellEntry),
});
export type Manifest = z.infer<typeof Manifest>;

/** A release that was ever put in force. */
export const HeadEntry = z.strictObject({
  releaseId: ReleaseId,
  cutoffOn: IsoDate,
  acceptedUntil: Instant,
  /** `replaced`: an erratum stands in its place; `taken-down`: by the operator. Neither is given out any more. */
  state: z.enum(['listed', 'replaced', 'taken-down']),
  /** It holds the drawn cells of this release, with other words or files: no draw of its own. */
  copies: ReleaseId.optional(),
});
export type HeadEntry = z.infer<typeof HeadEntry>;

/** Every release of a series that was ever put in force, newest first: they count for the two releases of a participation. */
export const Head = z.strictObject({ series: z.string(), releases: z.array(HeadEntry) });
export type Head = z.infer<typeof Head>;

/** The releases that are given out, newest first. */
export function listedIn(head: Head | undefined): ReleaseId[] {
  return (head?.releases ?? []).filter(({ state }) => state === 'listed').map(({ releaseId }) => releaseId);
}

/** A publication under way. Its id is random; everything it writes lies under it. */
export const Attempt = z.strictObject({
  releaseId: ReleaseId,
  series: z.string(),
  instrument: InstrumentId,
  cutoffOn: IsoDate,
  acceptedUntil: Instant,
  /** Renewed while working; until then nobody else may begin. */
  heldUntil: Instant,
  /** The newest entry of the head when it began: putting in force is conditional on it. */
  follows: ReleaseId.nullable(),
  replaces: ReleaseId.nullable(),
});
export type Attempt = z.infer<typeof Attempt>;
