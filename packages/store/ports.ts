import type { Participation } from '#contracts/participation';
import type { Association, Invitation } from '#contracts/registry';
import type { Cell, Change, Head, Ledger, Manifest, Plan } from '#contracts/release';
import type { ReleaseId } from '#contracts/release-id';
import type { Review } from '#contracts/review';
import type { LogItem, StoredSubmission } from '#contracts/submission';

/** What the program needs of its stores. Each is one trust boundary: see docs/architecture.md for who may call what. */

/** The append-only log. The api uses get, put, list and withdraw (GetItem, PutItem, Query); publish uses scan. */
export interface SubmissionLog {
  /** Consistent read of one item by organisation hash and key hash. */
  get(organisation: string, key: string): Promise<LogItem | undefined>;
  /** One conditional put: `exists` when the key is taken, by a submission or a tombstone; nothing is overwritten. */
  put(submission: StoredSubmission): Promise<'stored' | 'exists'>;
  /** All items of one organisation, consistent, every page; submissions named in a withdrawal are left out. */
  list(organisation: string): Promise<StoredSubmission[]>;
  /** Overwrites every submission of the organisation with a tombstone, all or nothing; may be repeated. Returns how many it withdrew. */
  withdraw(organisation: string, withdrawnAt: string): Promise<number>;
  /** Consistent scan of one of `segments` segments; an organisation's items are all in one segment, in no promised order. */
  scan(segment: number, segments: number): AsyncIterable<LogItem>;
}

/** A plan in progress, and the content hash of the first complete fold bound to it. */
export interface OpenPlan {
  plan: Plan;
  fold?: string;
}

/** Releases: one item per panel holds the head and the open plan, so that every step is one conditional update of it. */
export interface ReleaseReader {
  head(panel: string): Promise<Head | undefined>;
  /** The manifest, or undefined unless the release is listed in its panel's head. */
  manifest(releaseId: ReleaseId): Promise<Manifest | undefined>;
  /** A cell of a listed release by its canonical group key. */
  cell(releaseId: ReleaseId, groupKey: string): Promise<Cell | undefined>;
  /** The matched change of the same group. */
  change(releaseId: ReleaseId, groupKey: string): Promise<Change | undefined>;
}

export interface ReleaseStore extends ReleaseReader {
  openPlan(panel: string): Promise<OpenPlan | undefined>;
  /**
   * Makes `plan` the panel's open plan, in place of the open plan `replacing` (null: none is open), as long as the head
   * is `plan.follows`. `conflict`: another publisher was first.
   */
  begin(plan: Plan, replacing: ReleaseId | null): Promise<'begun' | 'conflict'>;
  /** Binds the first complete fold by its content hash; answers the hash that is bound. Throws when the plan is no longer open. */
  bindFold(plan: Plan, fold: string): Promise<string>;
  /** Writes under the plan's id; invisible before the flip. May be repeated. */
  writeManifest(manifest: Manifest): Promise<void>;
  writeCell(releaseId: ReleaseId, cell: Cell): Promise<void>;
  writeChange(releaseId: ReleaseId, change: Change): Promise<void>;
  /** Puts the release in force if the plan is still the open one and a fold is bound to it; closes the plan. */
  flip(plan: Plan): Promise<'flipped' | 'conflict'>;
}

/** Who was in which published version. Nothing in it is an answer. Publish only. */
export interface LedgerStore {
  write(ledger: Ledger): Promise<void>;
  read(releaseId: ReleaseId): Promise<Ledger>;
}

export interface RegistryReader {
  association(id: string): Promise<Association | undefined>;
  /** By join code as typed: without regard to case, spaces and hyphens. Closed associations are returned too. */
  byJoinCode(joinCode: string): Promise<Association | undefined>;
  associations(): Promise<Association[]>;
}
/** The operator's decisions on submissions held back for review; publish reads them, the api does not. */
export interface ReviewReader {
  reviews(): Promise<Review[]>;
}
export interface RegistryStore extends RegistryReader, ReviewReader {
  /**
   * Stores a new association, or one in place of `former`, the association as it was read; throws when something else is
   * stored by now, so that of two who change it at the same time the second has to look again.
   */
  put(association: Association, former?: Association): Promise<void>;
  /** In place of the submission's former decision. */
  putReview(review: Review): Promise<void>;
}

/** How many members of an association took part, counted nightly by the publisher. */
export interface ParticipationReader {
  participation(associationId: string): Promise<Participation | undefined>;
}
export interface ParticipationStore extends ParticipationReader {
  writeParticipation(associationId: string, participation: Participation): Promise<void>;
}

/** Single-use codes. The api's whole right is one update. */
export interface InvitationClaims {
  /**
   * Binds the code to the organisation unless it is bound to another, and answers whose members it lets in; may be
   * repeated. Undefined for a code that does not exist, is another's, or is not open on this day: these look the same.
   */
  claim(code: string, organisation: string, today: string): Promise<{ association: string } | undefined>;
}
/** The operator's side. */
export interface InvitationStore extends InvitationClaims {
  /** Stores a code that was just drawn; throws when it exists. */
  put(invitation: Invitation): Promise<void>;
}

/** Files by path, e.g. `releases/<id>/percentiles.csv` (public after the flip) and `work/<id>/...` (private). */
export interface FileStore {
  put(path: string, bytes: Uint8Array): Promise<void>;
  get(path: string): Promise<Uint8Array | undefined>;
  /** Paths that begin with `prefix`, which may end in the middle of a name; sorted. */
  list(prefix: string): Promise<string[]>;
  remove(path: string): Promise<void>;
  /**
   * A web address that gives out the file for some seconds, without a further key. Only stores have it that can be asked
   * directly; there need not be such a file.
   */
  address?(path: string, as: { fileName: string; mediaType: string; seconds: number }): Promise<string>;
}
