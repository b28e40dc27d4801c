import type { auditDraw } from '#audit/audit-draw';
import type { Policy } from '#contracts/policy';
import type { OperatorFacts } from '#datasets/dataset-input';
import type { Instruments } from '#instruments/load-instruments';
import type {
  FileStore,
  ParticipationStore,
  RegistryReader,
  ReleaseStore,
  ReviewReader,
  SubmissionLog,
} from '#store/ports';

/** Everything that publishing needs of the outside. */
export interface PublishDependencies {
  instruments: Instruments;
  submissions: SubmissionLog;
  /** Segments of a scan, read side by side. */
  segments: number;
  releases: ReleaseStore;
  registry: Pick<ReviewReader, 'reviews'> & Pick<RegistryReader, 'associations'>;
  files: FileStore;
  /**
   * Where the items of a large sector's segments lie between those who read the log and the one who folds them. They hold
   * answers, so this is a store of its own that keeps no former versions and loses everything within a day by itself.
   */
  parts?: Pick<FileStore, 'put' | 'get' | 'list' | 'remove'>;
  policy: Policy;
  /** Whether every participation of this database is invented. */
  isInvented: boolean;
  codeVersion: string;
  /** What the operator states about its releases; goes into their files. */
  facts: Pick<OperatorFacts, 'publisher' | 'serviceUrl' | 'fieldwork'>;
  /** Submissions accepted within this time before the start wait for the next release: their writes may be under way. */
  settleMinutes: number;
  now: () => Date;
  randomBytes: (length: number) => Uint8Array;
  log: (entry: Record<string, unknown>) => void;
  /** What is left of the time this function may run, where it is limited. */
  remainingMs?: () => number;
  /** The last gate; replaced only by tests that show what an attack gains without a rule. */
  audit?: typeof auditDraw;
}

/** What counting participation needs. */
export type ParticipationDependencies = Pick<
  PublishDependencies,
  'instruments' | 'segments' | 'registry' | 'policy' | 'now' | 'randomBytes' | 'log'
> & { submissions: Pick<SubmissionLog, 'scan'>; participation: ParticipationStore };
