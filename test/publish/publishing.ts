import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Instrument } from '#contracts/instrument';
import type { StoredSubmission } from '#contracts/submission';
import { checkedPolicy } from '#disclosure/checked-policy';
import type { PublishDependencies } from '#functions/publish/dependencies';
import { createTables } from '#store/create-tables';
import { createParticipationStore } from '#store/dynamo-participation';
import { createRegistryStore } from '#store/dynamo-registry';
import { createReleaseStore } from '#store/dynamo-releases';
import { createSubmissionLog } from '#store/dynamo-submission-log';
import { createFolderFiles } from '#store/folder-files';
import { tableNames } from '#store/tables';
import { scoresInstrument, submissionOf } from '../microdata/probe.ts';
import { memoryClient } from '../store/memory-client.ts';

/** The small instrument with groups of sectors alone. */
export const probe: Instrument = {
  ...scoresInstrument,
  scoreStep: 5,
  catalogue: [[], [{ attribute: 'sector', level: 1 }], [{ attribute: 'sector', level: 0 }]],
};

export const TRIAL = checkedPolicy({ isTrial: true, minDaysBetweenReleases: 0 });

/** A publisher over the real stores on tables in memory, with a clock that stands still. */
export async function publishing(changed: Partial<PublishDependencies> = {}) {
  const client = memoryClient();
  const names = tableNames('publish-test');
  await createTables(client, names);
  const logged: Record<string, unknown>[] = [];
  const registry = createRegistryStore(client, names.registry);
  const clock = { now: new Date('2026-04-02T00:00:00.000Z') };
  const folder = await mkdtemp(join(tmpdir(), 'publish-'));
  const deps: PublishDependencies = {
    instruments: new Map([[probe.id, probe]]),
    submissions: createSubmissionLog(client, names.submissions),
    releases: createReleaseStore(client, names.releases),
    registry,
    files: createFolderFiles(join(folder, 'files')),
    parts: createFolderFiles(join(folder, 'parts')),
    policy: checkedPolicy(),
    isInvented: false,
    codeVersion: 'test',
    now: () => clock.now,
    randomBytes,
    settleMinutes: 15,
    segments: 3,
    facts: { publisher: { name: 'Test' } },
    log: (entry) => logged.push(entry),
    ...changed,
  };
  return {
    deps: { ...deps, registry, participation: createParticipationStore(client, names.releases) },
    clock,
    logged,
    folder,
    /** A publisher of its own over the same data, as another process has it. */
    another: (more: Partial<PublishDependencies> = {}): PublishDependencies => ({
      ...deps,
      releases: createReleaseStore(client, names.releases),
      ...more,
    }),
    async submit(...submissions: StoredSubmission[]) {
      await Promise.all(submissions.map((submission) => deps.submissions.put(submission)));
    },
    /** Every item of every table. */
    async items() {
      const scans = Object.values(names).map((TableName) => client.send(new ScanCommand({ TableName })));
      return (await Promise.all(scans)).flatMap(({ Items = [] }) => Items);
    },
    /** The partitions of the releases' table. */
    async partitions() {
      const { Items = [] } = await client.send(new ScanCommand({ TableName: names.releases }));
      return [...new Set(Items.map(({ pk }) => pk!.S!))].sort();
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The log keeps real hashes: 43 characters of base64url. */
export function house(name: string, place: number, changed: Partial<StoredSubmission> = {}): StoredSubmission {
  const hash = (given: string) => Buffer.from(given.padEnd(32, '.')).toString('base64url');
  return submissionOf('', {
    organisation: hash(`${name}${place}`),
    key: hash(`${name}${place}/1`),
    scores: { x: (place * 37) % 101, y: (place * 17) % 101 },
    bodyHash: hash('body'),
    ...changed,
  });
}

export function houses(name: string, count: number, changed: Partial<StoredSubmission> = {}): StoredSubmission[] {
  return Array.from({ length: count }, (_, place) => house(name, place, changed));
}

/** The same houses once more, under another key. */
export function again(
  submissions: readonly StoredSubmission[],
  changed: Partial<StoredSubmission>,
): StoredSubmission[] {
  return submissions.map((submission) => ({
    ...submission,
    key: Buffer.from(submission.key.slice(0, 32)).toString('base64url'),
    ...changed,
  }));
}
