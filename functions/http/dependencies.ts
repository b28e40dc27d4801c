import type { Context } from 'hono';
import type { Operator } from '#contracts/operator';
import type { Instruments } from '#instruments/load-instruments';
import type {
  CampaignStore,
  FileStore,
  InvitationClaims,
  InvitationWriter,
  ParticipationReader,
  RegistryReader,
  ReleaseReader,
  SubmissionLog,
} from '#store/ports';
import type { SiteAssets } from '#web/site-assets.ts';

/**
 * Everything the api needs from outside. The composition roots (functions/local/server.ts, functions/service/api-handler.ts,
 * tests) build it; nothing in the api reads the environment, the clock or randomness by itself.
 */
export interface ApiDependencies {
  instruments: Instruments;
  /** Without the scan, which only publishing may. */
  submissions: Omit<SubmissionLog, 'scan'>;
  releases: ReleaseReader;
  registry: RegistryReader;
  invitations: InvitationClaims;
  /** Associations run their campaigns with their own keys; absent, the operator does it for them. */
  campaigns?: { registry: CampaignStore; invitations: InvitationWriter } | undefined;
  participation: ParticipationReader;
  files: Pick<FileStore, 'get' | 'list' | 'address'>;
  sources: PartnerSource[];
  limits?: RequestLimits | undefined;
  /** Absent: submissions cost their senders no work. */
  proofOfWork?: ProofOfWork | undefined;
  /** Version of the program and the commit it was made from, as "0.1.0+3f9a2c1b5d7e". */
  program: string;
  now: () => Date;
  /** Cryptographically random bytes. */
  randomBytes: (length: number) => Uint8Array;
  /** Styles and scripts of the pages; without them the pages are plain, as in tests of the api. */
  assets?: SiteAssets;
  /** Who runs the service: imprint, and whom to ask about privacy. */
  operator?: Operator | undefined;
  /**
   * Where people reach the service, as "https://example.org". Absent: where the request went, only where a gateway vouches
   * for that; a visitor's `Host` must not get into pages that others are given from a cache.
   */
  origin?: string | undefined;
  /** One structured line; never a receipt, a path parameter or an address. */
  log: (entry: Record<string, unknown>) => void;
}

/** A partner whose tool sends submissions for many organisations, recognised by the header `Source-Key`. */
export interface PartnerSource {
  /** Stored with each of its submissions as `import:<id>`. */
  id: string;
  /** SHA-256 of the key, hex. */
  keyHash: string;
  /** Its submissions wait for no review, and it is no single source (docs/method.md, rules 4 and 11). */
  isTrusted: boolean;
  /** How many requests its key may make in a minute; any number, if absent. */
  perMinute?: number | undefined;
}

/** How many requests one visitor may make. Absent where the edge counts them. */
export interface RequestLimits {
  perMinute: number;
  /** The address a request comes from; undefined lets it pass uncounted. It is never stored. */
  addressOf: (c: Context) => string | undefined;
}

export interface ProofOfWork {
  /** Signs the challenges; at least 32 characters. A new one makes those under way worthless, and no more. */
  secret: string;
}
