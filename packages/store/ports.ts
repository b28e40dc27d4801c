import type { CampaignDraw, Participation } from '#contracts/participation';
import type { Association, Campaign, Invitation } from '#contracts/registry';
import type { Attempt, Cell, Change, Head, HeadEntry, Manifest, MemberCells } from '#contracts/release';
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

/** What is given out of releases: nothing of an attempt, a replaced or a taken-down release. */
export interface ReleaseReader {
  /** Every release of a series that was ever put in force; readers want `listedIn(head)`. Undefined before the first. */
  head(series: string): Promise<Head | undefined>;
  /** The manifest, or undefined unless the release is listed in its series' head. */
  manifest(releaseId: ReleaseId): Promise<Manifest | undefined>;
  /** A public group's cell of a listed release by its canonical key. */
  cell(releaseId: ReleaseId, groupKey: string): Promise<Cell | undefined>;
  /** The matched change of the same group. */
  change(releaseId: ReleaseId, groupKey: string): Promise<Change | undefined>;
  /** The cells of an association's members in a listed release; undefined where it has none. */
  memberCells(releaseId: ReleaseId, association: string): Promise<MemberCells | undefined>;
}

/** A series' item as the publisher sees it. */
export interface SeriesState {
  head: Head;
  /** The publication under way, or one that was broken off. */
  attempt?: Attempt;
  /** Attempts that were given up, whose items and files are to be removed. */
  abandoned: ReleaseId[];
}

/** One item per series holds the head and the attempt, so that every step is one conditional update of it. */
export interface ReleaseStore extends ReleaseReader {
  seriesState(series: string): Promise<SeriesState>;
  /**
   * Makes `attempt` the series' attempt, as long as the newest entry of the head is `attempt.follows` and no other attempt
   * is held at `now`. An attempt that it replaces joins `abandoned` in the same update. `held`: somebody else is at work;
   * `conflict`: another release was put in force meanwhile.
   */
  begin(attempt: Attempt, now: string): Promise<'begun' | 'held' | 'conflict'>;
  /** Holds the own attempt for longer. `conflict`: it was replaced. */
  renew(attempt: Attempt, heldUntil: string): Promise<'renewed' | 'conflict'>;
  /** Gives up the own attempt: it joins `abandoned`. */
  abandon(attempt: Attempt): Promise<void>;
  /** Writes under the attempt's id; invisible before it is put in force. May be repeated. */
  writeManifest(manifest: Manifest): Promise<void>;
  writeCell(releaseId: ReleaseId, cell: Cell): Promise<void>;
  writeChange(releaseId: ReleaseId, change: Change): Promise<void>;
  writeMemberCells(releaseId: ReleaseId, cells: MemberCells): Promise<void>;
  /**
   * Puts the release in force: one update, conditional on the own attempt and the former release. With `entry.replaces` the
   * replaced release changes its state in the same update.
   */
  putInForce(attempt: Attempt, entry: HeadEntry): Promise<'in-force' | 'conflict'>;
  /** Takes a listed release down. Repeated it changes nothing. Undefined: there is no such release. */
  takeDown(releaseId: ReleaseId): Promise<'taken-down' | undefined>;
  /** Every manifest, cell and change below an abandoned id; then the id is struck from `abandoned`. */
  removeAbandoned(series: string, releaseId: ReleaseId): Promise<void>;
}

export interface RegistryReader {
  association(id: string): Promise<Association | undefined>;
  /** By join code as typed: without regard to case, spaces and hyphens. Closed associations are returned too. */
  byJoinCode(joinCode: string): Promise<Association | undefined>;
  associations(): Promise<Association[]>;
}
/** The operator's decisions on submissions under review; publish reads them, the api does not. */
export interface ReviewReader {
  reviews(): Promise<Review[]>;
}
/** What runs an association's campaigns may write. */
export interface CampaignStore {
  /**
   * Stores an association's campaigns in place of those it was read with; throws an AssociationChangedError when others
   * are stored by now. May be repeated.
   */
  putCampaigns(association: Association, campaigns: Campaign[]): Promise<void>;
}
export interface RegistryStore extends RegistryReader, ReviewReader, CampaignStore {
  /**
   * Stores a new association, or one in place of `former`, the association as it was read, but for its campaigns; throws
   * when something else is stored by now, so that of two who change it at the same time the second has to look again.
   */
  put(association: Association, former?: Association): Promise<void>;
  /** In place of the submission's former decision. */
  putReview(review: Review): Promise<void>;
}

/** How many members of an association took part in its campaigns. */
export interface ParticipationReader {
  participation(associationId: string): Promise<Participation | undefined>;
}
export interface ParticipationStore extends ParticipationReader {
  /** Adds one draw, unless the campaign has one of that day or its final one: `exists`, and nothing changes. */
  addDraw(associationId: string, campaignId: string, draw: CampaignDraw): Promise<'stored' | 'exists'>;
}

/** Single-use codes. The api's whole right is to update one that exists. */
export interface InvitationClaims {
  /**
   * Binds the code to the organisation unless it is bound to another, and answers to which campaign it belongs and
   * whether it was free until now; may be repeated. Undefined for a code that does not exist or is another's: these look the same.
   */
  claim(code: string, organisation: string): Promise<InvitationClaim | undefined>;
  /** Frees a code that is bound to the organisation; may be repeated. */
  release(code: string, organisation: string): Promise<void>;
}
export interface InvitationClaim {
  association: string;
  campaign: string;
  isNew: boolean;
}
export interface InvitationWriter {
  /** Stores a code that was just drawn; may be repeated; throws when it belongs to another campaign. */
  put(invitation: Invitation): Promise<void>;
}
export interface InvitationStore extends InvitationClaims, InvitationWriter {}

/** Files by path, e.g. `releases/<id>/percentiles.csv`: given out once the release is in force. */
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
