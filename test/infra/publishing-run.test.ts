import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Manifest } from '#contracts/release';
import { type PublishDependencies, publish } from '#functions/publish/publish';
import { publisherTasks } from '#functions/publish/tasks';
import { createFolderFiles } from '#store/folder-files';
import { canonicalJson } from '#store/hashes';
import { house, houses, publishing } from '../publish/publishing.ts';
import { RunFailed, type StateMachine, stateMachineOf, walk } from './state-machine.ts';
import { synthesize } from './synthesized.ts';

/**
 * The state machine of the template, walked with the tasks of the publishing function over the embedded database: what a
 * publication in parts writes, and what it leaves behind.
 */
const SEGMENTS = 7;
const input = { instrument: 'probe.1', cutoffOn: '2026-03-31' };

let machine: StateMachine;
let filled: Awaited<ReturnType<typeof publishing>>;
/** What the function writes when it folds by itself. */
let alone: Record<string, string>;

beforeAll(async () => {
  const { Service } = synthesize('dev', { changed: { foldSegments: SEGMENTS } });
  machine = stateMachineOf(Service);
  filled = await publishing();
  await filled.submit(
    ...houses('a', 60, { profile: { sector: 'a', size: 's' } }),
    ...houses('b', 45, { profile: { sector: 'b', size: 'l' }, admission: 'invited', cohorts: ['c-0a1b2c3d'] }),
    ...houses('c', 12, { profile: { sector: 'c', size: 'l' } }),
  );
  alone = await written(filled.deps, (await publish(filled.deps, input)).manifest);
}, 180_000);
afterAll(() => filled.close());

/** A publisher of its own over the log of `filled`, or over one of its own. */
async function inParts(changed: Partial<PublishDependencies> = { submissions: filled.deps.submissions }) {
  const folder = await mkdtemp(join(tmpdir(), 'parts-'));
  const service = await publishing({ ...changed, parts: createFolderFiles(folder) });
  return {
    ...service,
    partsLeft: async () =>
      (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length,
    handler: publisherTasks(service.deps),
  };
}
type InParts = Awaited<ReturnType<typeof inParts>>;

/** Runs `check` with a publisher in parts, and closes it. */
const withParts = (check: (service: InParts) => Promise<void>) => async () => {
  const service = await inParts();
  await check(service).finally(() => service.close());
};

/** Everything of a release, byte for byte. */
async function written({ releases, ledger, files }: PublishDependencies, { releaseId, cells }: Manifest) {
  const paths = await files.list(`releases/${releaseId}/`);
  return {
    manifest: canonicalJson(await releases.manifest(releaseId)),
    ledger: canonicalJson(await ledger.read(releaseId)),
    cells: canonicalJson(await Promise.all(cells.map(({ key }) => releases.cell(releaseId, key)))),
    changes: canonicalJson(await Promise.all(cells.map(async ({ key }) => await releases.change(releaseId, key)))),
    ...Object.fromEntries(
      await Promise.all(
        paths.map(async (path) => [path, Buffer.from((await files.get(path))!).toString('base64')] as const),
      ),
    ),
  };
}

const inForce = async ({ deps }: InParts) => {
  const releases = (await deps.releases.head('probe.1'))?.releases ?? [];
  return releases[0] === undefined ? undefined : await deps.releases.manifest(releases[0]);
};
type Payload = { task: string; segment?: number };

describe('a publication in parts', () => {
  it(
    'writes the release that the function alone writes, byte for byte, and leaves no part behind',
    withParts(async (service) => {
      const asked: Payload[] = [];
      const answer = await walk(machine, input, async (payload) => {
        asked.push(payload as Payload);
        return service.handler(payload);
      });
      const manifest = (await inForce(service))!;
      expect(answer).toEqual({ state: 'published', releaseId: manifest.releaseId, published: expect.any(Number) });
      expect(asked.map(({ task }) => task)).toEqual(['plan', ...Array(SEGMENTS).fill('fold'), 'publish']);
      const bytes = await written(service.deps, manifest);
      expect(Object.keys(bytes).length).toBeGreaterThan(12);
      expect(bytes).toEqual(alone);
      expect(await service.partsLeft()).toBe(0);
    }),
  );

  it(
    'hands nothing on between its steps but ids, keys and the request',
    withParts(async (service) => {
      const said: string[] = [];
      await walk(machine, input, async (payload) => {
        const answer = await service.handler(payload);
        said.push(JSON.stringify([payload, answer]));
        return answer;
      });
      for (const { organisation, key } of [house('a', 3), house('b', 5)])
        expect(said.join()).not.toMatch(new RegExp(`${organisation}|${key}`));
      expect(said.join().length).toBeLessThan(6000);
    }),
  );

  it(
    'comes to the same end when every step is done twice, and when every step fails at first',
    withParts(async (service) => {
      await walk(machine, input, async (payload) => {
        await service.handler(payload);
        return service.handler(payload);
      });
      expect(await written(service.deps, (await inForce(service))!)).toEqual(alone);
      expect(await service.partsLeft()).toBe(0);

      const other = await inParts();
      const failed = new Set<string>();
      await walk(machine, input, async (payload) => {
        const step = JSON.stringify(payload);
        // Its work is done; only its answer is lost.
        const answer = await other.handler(payload);
        if (failed.has(step)) return answer;
        failed.add(step);
        throw new Error('the answer is lost');
      });
      expect(failed.size).toBe(SEGMENTS + 2);
      expect(await written(other.deps, (await inForce(other))!)).toEqual(alone);
      expect(await other.partsLeft()).toBe(0);
      await other.close();
    }),
  );

  it(
    'resumes a publication that broke off after its fold was bound, and reads no segment for it',
    withParts(async (service) => {
      const down = async () => Promise.reject(new Error('down'));
      const broken = publisherTasks({ ...service.deps, releases: { ...service.deps.releases, flip: down } });
      await expect(walk(machine, input, broken)).rejects.toThrow(RunFailed);
      expect(await inForce(service)).toBeUndefined();
      const asked: string[] = [];
      await walk(machine, input, async (payload) => {
        asked.push((payload as Payload).task);
        return service.handler(payload);
      });
      expect(asked).toEqual(['plan', 'publish']);
      expect(await written(service.deps, (await inForce(service))!)).toEqual(alone);
    }),
  );

  it('two runs at once end in one release, or one gives way with a sentence', async () => {
    const service = await inParts();
    const outcomes = await Promise.allSettled([
      walk(machine, input, service.handler),
      walk(machine, input, service.handler),
    ]);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(RunFailed);
    expect(outcomes.map(({ status }) => status)).toContain('fulfilled');
    expect((await service.deps.releases.head('probe.1'))?.releases).toHaveLength(1);
    expect(await written(service.deps, (await inForce(service))!)).toEqual(alone);
    await service.close();
  });
});

describe('a withdrawal during a run', () => {
  const gone = house('a', 0);

  it('is honoured, and no part of the organisation outlives the run', async () => {
    const service = await inParts({});
    await service.submit(...houses('a', 60, { profile: { sector: 'a', size: 's' } }));
    const asked: string[] = [];
    await walk(machine, input, async (payload) => {
      const { task } = payload as Payload;
      asked.push(task);
      if (task === 'publish') {
        expect(await service.partsLeft()).toBe(SEGMENTS);
        await service.deps.submissions.withdraw(gone.organisation, '2026-04-02T00:01:00.000Z');
      }
      return service.handler(payload);
    });
    const manifest = (await inForce(service))!;
    const { entries } = await service.deps.ledger.read(manifest.releaseId);
    expect(entries).toHaveLength(59);
    expect(entries.map(({ organisation }) => organisation)).not.toContain(gone.organisation);
    expect(service.logged).toContainEqual(expect.objectContaining({ event: 'discarded', reason: 'withdrawal' }));
    expect(asked.filter((task) => task === 'fold')).toHaveLength(SEGMENTS);
    expect(await service.partsLeft()).toBe(0);
    await service.close();
  });

  it.each([
    ['fold', 'Segments were not folded'],
    ['publish', 'out of time'],
  ])('leaves no part behind in a run that fails while it is to %s', async (failing, sentence) => {
    const service = await inParts({});
    await service.submit(...houses('a', 60, { profile: { sector: 'a', size: 's' } }));
    let most = 0;
    const run = walk(machine, input, async (payload) => {
      const { task, segment } = payload as Payload;
      if (task === failing && (segment ?? 3) === 3) {
        await service.deps.submissions.withdraw(gone.organisation, '2026-04-02T00:01:00.000Z');
        throw new Error('out of time');
      }
      const answer = await service.handler(payload);
      most = Math.max(most, await service.partsLeft());
      return answer;
    });
    await expect(run).rejects.toThrow(sentence);
    expect(most).toBe(failing === 'fold' ? SEGMENTS - 1 : SEGMENTS);
    expect(await inForce(service)).toBeUndefined();
    expect(await service.partsLeft()).toBe(0);
    await service.close();
  });
});
