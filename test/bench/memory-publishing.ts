import { randomBytes } from 'node:crypto';
import type { Cell, Change, Manifest, MemberCells } from '#contracts/release';
import type { StoredSubmission } from '#contracts/submission';
import { POLICY } from '#disclosure/policy';
import type { PublishDependencies } from '#functions/publish/dependencies';
import type { Instruments } from '#instruments/load-instruments';
import type { FileStore, ReleaseStore, SeriesState, SubmissionLog } from '#store/ports';
import { abandonedBy, begun, inForce, renewed, type Step, struck, takenDown } from '#store/series-state';

/**
 * A publisher whose stores are plain memory, so that a benchmark measures the publishing and not a database.
 *
 * @param now when it begins; its clock goes on from there
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
    registry: { reviews: async () => [], associations: async () => [] },
    files: memoryFiles(),
    policy: POLICY,
    isInvented: true,
    codeVersion: 'bench',
    now: () => new Date(Date.parse(now) + performance.now() - started),
    randomBytes,
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

export function memoryReleases(): ReleaseStore {
  const states = new Map<string, SeriesState>();
  const manifests = new Map<string, Manifest>();
  const cells = new Map<string, Cell>();
  const changes = new Map<string, Change>();
  const members = new Map<string, MemberCells>();
  const stateOf = (series: string): SeriesState =>
    states.get(series) ?? { head: { series, releases: [] }, abandoned: [] };
  const step = <Result>(series: string, take: (state: SeriesState) => Step<Result>): Result => {
    const { next, result } = take(stateOf(series));
    if (next) states.set(series, next);
    return result;
  };
  const isListed = (releaseId: string) =>
    [...states.values()].some(({ head }) =>
      head.releases.some((entry) => entry.releaseId === releaseId && entry.state === 'listed'),
    );
  const shown = <Value>(releaseId: string, value: Value | undefined) => (isListed(releaseId) ? value : undefined);
  return {
    head: async (series) => states.get(series)?.head,
    manifest: async (releaseId) => shown(releaseId, manifests.get(releaseId)),
    cell: async (releaseId, key) => shown(releaseId, cells.get(`${releaseId} ${key}`)),
    change: async (releaseId, key) => shown(releaseId, changes.get(`${releaseId} ${key}`)),
    memberCells: async (releaseId, association) => shown(releaseId, members.get(`${releaseId} ${association}`)),
    seriesState: async (series) => stateOf(series),
    begin: async (attempt, now) => step(attempt.series, (state) => begun(state, attempt, now)),
    renew: async (attempt, heldUntil) => step(attempt.series, (state) => renewed(state, attempt, heldUntil)),
    abandon: async (attempt) => step(attempt.series, (state) => abandonedBy(state, attempt)),
    writeManifest: async (manifest) => void manifests.set(manifest.releaseId, manifest),
    writeCell: async (releaseId, cell) => void cells.set(`${releaseId} ${cell.group.key}`, cell),
    writeChange: async (releaseId, change) => void changes.set(`${releaseId} ${change.group.key}`, change),
    writeMemberCells: async (releaseId, own) => void members.set(`${releaseId} ${own.association}`, own),
    putInForce: async (attempt, entry) => step(attempt.series, (state) => inForce(state, attempt, entry)),
    takeDown: async (releaseId) => step(manifests.get(releaseId)!.series, (state) => takenDown(state, releaseId)),
    removeAbandoned: async (series, releaseId) => step(series, (state) => struck(state, releaseId)),
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
