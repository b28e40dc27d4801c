import { POLICY } from '#disclosure/policy';
import type { Cell, Change, Ledger, Manifest } from '#contracts/release';
import type { ReleaseId } from '#contracts/release-id';
import type { StoredSubmission } from '#contracts/submission';
import type { Instruments } from '#functions/instruments';
import type { PublishDependencies } from '#functions/publish/publish';
import type { FileStore, LedgerStore, OpenPlan, ReleaseStore, SubmissionLog } from '#store/ports';

/**
 * A publisher whose stores are plain memory, so that a benchmark measures the publishing and not a database. For one
 * publisher at a time: conditions that only a rival could break are not checked.
 *
 * @param now when it begins; its clock goes on from there, so that the audit's solver ends in time
 */
export function memoryPublishing(
  instruments: Instruments,
  log: readonly StoredSubmission[],
  now: string,
): PublishDependencies {
  const started = performance.now();
  return {
    instruments,
    submissions: readableLog(log),
    releases: memoryReleases(),
    ledger: memoryLedger(),
    registry: { reviews: async () => [] },
    files: memoryFiles(),
    policy: POLICY,
    codeVersion: 'bench',
    now: () => new Date(Date.parse(now) + performance.now() - started),
    settleMinutes: 15,
    segments: 1,
    facts: { publisher: { name: 'Benchmark' } },
    log: () => {},
  };
}

function readableLog(log: readonly StoredSubmission[]): SubmissionLog {
  const byOrganisation = new Map<string, StoredSubmission[]>();
  const own = (organisation: string) => {
    if (byOrganisation.size === 0)
      for (const submission of log) {
        const list = byOrganisation.get(submission.organisation);
        if (list) list.push(submission);
        else byOrganisation.set(submission.organisation, [submission]);
      }
    return byOrganisation.get(organisation) ?? [];
  };
  const readOnly = () => Promise.reject(new Error('the log of this benchmark is read only'));
  return {
    get: async (organisation, key) => own(organisation).find((submission) => submission.key === key),
    list: async (organisation) => own(organisation),
    put: readOnly,
    withdraw: readOnly,
    async *scan(segment) {
      if (segment === 0) yield* log;
    },
  };
}

function memoryReleases(): ReleaseStore {
  const heads = new Map<string, ReleaseId[]>();
  const plans = new Map<string, OpenPlan>();
  const manifests = new Map<ReleaseId, Manifest>();
  const cells = new Map<string, Cell>();
  const changes = new Map<string, Change>();
  return {
    head: async (panel) => (heads.has(panel) ? { panel, releases: heads.get(panel)! } : undefined),
    manifest: async (releaseId) => manifests.get(releaseId),
    cell: async (releaseId, groupKey) => cells.get(`${releaseId} ${groupKey}`),
    change: async (releaseId, groupKey) => changes.get(`${releaseId} ${groupKey}`),
    openPlan: async (panel) => plans.get(panel),
    async begin(plan) {
      plans.set(plan.panel, { plan });
      return 'begun';
    },
    async bindFold(plan, fold) {
      plans.set(plan.panel, { plan, fold });
      return fold;
    },
    async writeManifest(manifest) {
      manifests.set(manifest.releaseId, manifest);
    },
    async writeCell(releaseId, cell) {
      cells.set(`${releaseId} ${cell.group.key}`, cell);
    },
    async writeChange(releaseId, change) {
      changes.set(`${releaseId} ${change.group.key}`, change);
    },
    async flip(plan) {
      heads.set(plan.panel, [plan.releaseId, ...(heads.get(plan.panel) ?? [])]);
      plans.delete(plan.panel);
      return 'flipped';
    },
  };
}

function memoryLedger(): LedgerStore {
  const ledgers = new Map<ReleaseId, Ledger>();
  return {
    async write(ledger) {
      ledgers.set(ledger.releaseId, ledger);
    },
    async read(releaseId) {
      const ledger = ledgers.get(releaseId);
      if (!ledger) throw new Error(`no ledger of ${releaseId}`);
      return ledger;
    },
  };
}

export function memoryFiles(): FileStore {
  const files = new Map<string, Uint8Array>();
  return {
    put: async (path, bytes) => void files.set(path, bytes),
    get: async (path) => files.get(path),
    list: async (prefix) => [...files.keys()].filter((path) => path.startsWith(prefix)),
    remove: async (path) => void files.delete(path),
  };
}
