import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listedIn, type Manifest } from '#contracts/release';
import type { PublishDependencies } from '#functions/publish/dependencies';
import { publish } from '#functions/publish/publish';
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
/** What the function writes when it reads the log by itself. */
let alone: Record<string, string>;

/** One id and one key for all, so that what two publishers draw and write can be compared byte for byte. */
const fixed = { randomBytes: (length: number) => new Uint8Array(length).fill(length) };

beforeAll(async () => {
  const { Service } = synthesize('dev', { changed: { foldSegments: SEGMENTS } });
  machine = stateMachineOf(Service);
  filled = await publishing(fixed);
  await filled.submit(
    ...houses('a', 60, { profile: { sector: 'a', size: 's' } }),
    ...houses('b', 45, { profile: { sector: 'b', size: 'l' }, admission: 'invited', associations: ['c-0a1b2c3d'] }),
    ...houses('c', 12, { profile: { sector: 'c', size: 'l' } }),
  );
  const outcome = await publish(filled.deps, input);
  if (outcome.state !== 'published') throw new Error(outcome.state);
  alone = await written(filled.deps, outcome.manifest);
}, 180_000);
afterAll(() => filled.close());

/** A publisher of its own over the log of `filled`, or over one of its own. */
async function inParts(changed: Partial<PublishDependencies> = { submissions: filled.deps.submissions, ...fixed }) {
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
async function written({ releases, files }: PublishDependencies, { releaseId, cells, changes }: Manifest) {
  const paths = await files.list(`releases/${releaseId}/`);
  return {
    manifest: canonicalJson(await releases.manifest(releaseId)),
    cells: canonicalJson(await Promise.all(cells.map(({ group }) => releases.cell(releaseId, group.key)))),
    changes: canonicalJson(await Promise.all(changes.map(({ group }) => releases.change(releaseId, group.key)))),
    members: canonicalJson(await releases.memberCells(releaseId, 'c-0a1b2c3d')),
    ...Object.fromEntries(
      await Promise.all(
        paths.map(async (path) => [path, Buffer.from((await files.get(path))!).toString('base64')] as const),
      ),
    ),
  };
}

const inForce = async ({ deps }: InParts) => {
  const [newest] = listedIn(await deps.releases.head('probe.1'));
  return newest === undefined ? undefined : await deps.releases.manifest(newest);
};
/** Nothing is left of a run: no part, no attempt, nothing that would have to be removed. */
const expectNothingLeft = async (service: InParts) => {
  expect(await service.partsLeft()).toBe(0);
  const { attempt, abandoned } = await service.deps.releases.seriesState('probe.1');
  expect([attempt, abandoned]).toEqual([undefined, []]);
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
      expect(asked.map(({ task }) => task)).toEqual(['begin', ...Array(SEGMENTS).fill('fold'), 'publish']);
      const bytes = await written(service.deps, manifest);
      expect(Object.keys(bytes).length).toBeGreaterThan(12);
      expect(bytes).toEqual(alone);
      await expectNothingLeft(service);
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
      expect(said.join().length).toBeLessThan(8000);
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
      await expectNothingLeft(service);

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
      await expectNothingLeft(other);
      await other.close();
    }),
  );

  it(
    'that breaks off leaves nothing, and the next run starts anew',
    withParts(async (service) => {
      const down = async () => Promise.reject(new Error('down'));
      const broken = publisherTasks({ ...service.deps, releases: { ...service.deps.releases, putInForce: down } });
      await expect(walk(machine, input, broken)).rejects.toThrow(RunFailed);
      expect(await inForce(service)).toBeUndefined();
      await expectNothingLeft(service);
      await walk(machine, input, service.handler);
      expect(await written(service.deps, (await inForce(service))!)).toEqual(alone);
    }),
  );

  it(
    'answers an event that is delivered twice with the release in force, and reads no segment for it',
    withParts(async (service) => {
      const event = { instrument: 'probe.1', scheduledAt: '2026-04-01T01:00:00Z' };
      await walk(machine, event, service.handler);
      const { releaseId } = (await inForce(service))!;
      const asked: string[] = [];
      const answer = await walk(machine, event, async (payload) => {
        asked.push((payload as Payload).task);
        return service.handler(payload);
      });
      expect([answer, asked]).toEqual([{ state: 'already-published', releaseId }, ['begin', 'publish']]);
    }),
  );

  it('of two runs at once one gives way with a sentence', async () => {
    const service = await inParts({ submissions: filled.deps.submissions });
    const outcomes = await Promise.allSettled([
      walk(machine, input, service.handler),
      walk(machine, input, service.handler),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(refused?.reason).toBeInstanceOf(RunFailed);
    expect(String(refused?.reason)).toContain('Another publisher is at work on probe.1');
    expect((await service.deps.releases.head('probe.1'))?.releases).toHaveLength(1);
    expect(await service.partsLeft()).toBe(0);
    await service.close();
  });
});

describe('a withdrawal during a run', () => {
  const gone = house('a', 0);

  it('that comes after the scan passed does not start it over; the answers are gone at once, from parts at its end', async () => {
    const service = await inParts({});
    await service.submit(...houses('a', 61, { profile: { sector: 'a', size: 's' } }));
    await service.deps.submissions.withdraw(house('a', 60).organisation, '2026-04-01T00:01:00.000Z');
    const asked: string[] = [];
    await walk(machine, input, async (payload) => {
      const { task } = payload as Payload;
      asked.push(task);
      if (task === 'publish') {
        expect(await service.partsLeft()).toBe(SEGMENTS);
        await service.deps.submissions.withdraw(gone.organisation, '2026-04-02T00:01:00.000Z');
        expect(await service.deps.submissions.list(gone.organisation)).toEqual([]);
      }
      return service.handler(payload);
    });
    // It counts in this release, and never again; who withdrew before the scan does not.
    expect((await inForce(service))!.cells[0]).toMatchObject({ participations: 60 });
    expect(asked.filter((task) => task === 'fold')).toHaveLength(SEGMENTS);
    await expectNothingLeft(service);
    await service.close();
  });

  it.each([
    ['fold', 'Segments were not read'],
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
    await expectNothingLeft(service);
    await service.close();
  });
});
