import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { POLICY } from '#disclosure/policy';
import type { StoredSubmission } from '#contracts/submission';
import { createTables, startEngine } from '#functions/local/engine';
import type { PublishDependencies } from '#functions/publish/publish';
import { createLedgerStore } from '#store/dynamo-ledger';
import { createParticipationStore } from '#store/dynamo-participation';
import { createRegistryStore } from '#store/dynamo-registry';
import { createReleaseStore } from '#store/dynamo-releases';
import { createSubmissionLog } from '#store/dynamo-submission-log';
import { createFolderFiles } from '#store/folder-files';
import { tableNames } from '#store/tables';
import { scoresInstrument, submissionOf } from '../benchmark/rosters.ts';
import { clientOf } from '../store/engines.ts';

/** A publisher over the real stores on the embedded engine, in memory, with a clock that stands still. */
export async function publishing(changed: Partial<PublishDependencies> = {}) {
  const engine = await startEngine(null);
  const client = clientOf(engine);
  const names = tableNames('publish-test');
  await createTables(client, names);
  const logged: Record<string, unknown>[] = [];
  const registry = createRegistryStore(client, names.registry);
  const clock = { now: new Date('2026-04-02T00:00:00.000Z') };
  const deps: PublishDependencies = {
    instruments: new Map([
      [scoresInstrument.id, { ...scoresInstrument, catalogue: [[], ['sector']], ladder: [['sector'], []] }],
    ]),
    submissions: createSubmissionLog(client, names.submissions),
    releases: createReleaseStore(client, names.releases),
    ledger: createLedgerStore(client, names.ledger),
    registry,
    files: createFolderFiles(await mkdtemp(join(tmpdir(), 'publish-'))),
    policy: POLICY,
    codeVersion: 'test',
    now: () => clock.now,
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
    async submit(...submissions: StoredSubmission[]) {
      await Promise.all(submissions.map((submission) => deps.submissions.put(submission)));
    },
    async close() {
      client.destroy();
      await engine.close();
    },
  };
}

/** The log keeps real hashes: 43 characters of base64url. */
export function house(name: string, place: number, changed: Partial<StoredSubmission> = {}): StoredSubmission {
  const hash = (text: string) => Buffer.from(text.padEnd(32, '.')).toString('base64url');
  return {
    ...submissionOf(name, { scores: { x: (place * 37) % 101, y: (place * 17) % 101 }, bodyHash: hash('body') }),
    organisation: hash(`${name}${place}`),
    key: hash(`${name}${place}/1`),
    ...changed,
  };
}

export function houses(name: string, count: number, changed: Partial<StoredSubmission> = {}): StoredSubmission[] {
  return Array.from({ length: count }, (_, place) => house(name, place, changed));
}
