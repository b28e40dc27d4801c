import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PublishDependencies, publish } from '#functions/publish/publish';
import { PublishError } from '#functions/publish/publish-error';
import { publisherTasks } from '#functions/publish/tasks';
import { createFolderFiles } from '#store/folder-files';
import { canonicalJson } from '#store/hashes';
import { house, houses, publishing } from './publishing.ts';

const request = { instrument: 'probe.1', cutoffOn: '2026-03-31' };
const SEGMENTS = 5;

interface Planned {
  plan: string;
  segments: number;
  request: object;
  folds: { segment: number }[];
}

let service: Awaited<ReturnType<typeof publishing>>;
let parts: ReturnType<typeof createFolderFiles>;
beforeEach(async () => {
  parts = createFolderFiles(await mkdtemp(join(tmpdir(), 'parts-')));
  service = await publishing({ parts });
  await service.submit(
    ...houses('a', 60, { profile: { sector: 'a', size: 's' } }),
    ...houses('b', 30, { profile: { sector: 'b', size: 'l' } }),
  );
});
afterEach(() => service.close());

/** The steps up to the parts, and the event that then publishes. */
async function folded(deps: typeof service.deps = service.deps, segments = SEGMENTS) {
  const handler = publisherTasks(deps);
  const { folds, ...run } = (await handler({ task: 'plan', request, segments })) as Planned;
  const keys: string[] = [];
  for (const fold of folds) keys.push((await handler(fold)) as string);
  return { handler, event: { task: 'publish', ...run, keys }, folds };
}

async function releases() {
  return (await service.deps.releases.head('probe.1'))?.releases ?? [];
}

async function bytesOf({ deps }: { deps: PublishDependencies }) {
  const id = (await deps.releases.head('probe.1'))!.releases[0]!;
  const manifest = (await deps.releases.manifest(id))!;
  const cells = await Promise.all(manifest.cells.map(({ key }) => deps.releases.cell(id, key)));
  const paths = await deps.files.list(`releases/${id}/`);
  const files = await Promise.all(paths.map(async (path) => [path, [...(await deps.files.get(path))!]]));
  return canonicalJson({ manifest, cells, files, ledger: await deps.ledger.read(id) });
}

it.each([1, 7, 64])('%i parts make the release that the publisher makes alone', async (segments) => {
  const { handler, event, folds } = await folded(service.deps, segments);
  expect(folds).toHaveLength(segments);
  expect(await parts.list('')).toHaveLength(segments);
  expect(await handler(event)).toMatchObject({ state: 'published' });
  const alone = await publishing({ submissions: service.deps.submissions });
  await publish(alone.deps, request);
  expect(await bytesOf(service)).toBe(await bytesOf(alone));
  expect(await parts.list('')).toEqual([]);
  await alone.close();
});

describe('nothing is published', () => {
  const refused = async (event: object, sentence: RegExp, deps = service.deps) => {
    const outcome = await publisherTasks(deps)(event).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(PublishError);
    expect((outcome as Error).message).toMatch(sentence);
    expect(await releases()).toEqual([]);
  };

  it('without a segment, whoever lost it', async () => {
    const { event } = await folded();
    await refused({ ...event, keys: event.keys.slice(0, -1) }, /not folded: probe\.1-.*\/4-of-5\.$/);
    await refused({ ...event, keys: [] }, /not folded: .*0-of-5, .*4-of-5/);
    // One of them twice is not two of them.
    await refused({ ...event, keys: [event.keys[0], ...event.keys.slice(0, -1)] }, /not folded: .*4-of-5/);
    await refused({ ...event, segments: SEGMENTS + 1 }, /not folded/);
    await parts.remove(event.keys[2]!);
    await refused(event, /part .*\/2-of-5 is not in the store/);
  });

  it('with a part too many, a damaged one, or one in the place of another', async () => {
    const { event } = await folded();
    await refused(
      { ...event, keys: [...event.keys, 'probe.1-2026-03-31-00000000/0-of-5'] },
      /are no parts of probe\.1/,
    );
    const [first, second] = await Promise.all(event.keys.slice(0, 2).map((key) => parts.get(key)));
    await parts.put(event.keys[1]!, first!);
    await refused(event, /1-of-5 cannot be used\. The fold is of ".*0-of-5"/);
    await parts.put(event.keys[1]!, second!.subarray(0, -2));
    await refused(event, /1-of-5 cannot be used\. The fold is damaged/);
    await parts.put(event.keys[1]!, second!);
    expect(await publisherTasks(service.deps)(event)).toMatchObject({ state: 'published' });
  });

  it('from the parts of another plan, and the open one stays open', async () => {
    const { event } = await folded();
    const other = { ...service.deps, codeVersion: 'other' };
    await refused(event, /plan probe\.1-.*, for which the parts were made, is no longer open/, other);
    expect((await service.deps.releases.openPlan('probe.1'))?.plan.releaseId).toBe(event.plan);
    // Now another plan takes its place.
    const { event: theirs } = await folded(other);
    await refused(
      { ...event, keys: theirs.keys },
      new RegExp(`parts are of the plan ${event.plan}, and ${theirs.plan}`),
      other,
    );
    await refused({ ...theirs, keys: event.keys }, /not folded/, other);
  });

  it('from a segment that is folded for a plan no longer open', async () => {
    const { folds } = await folded();
    await folded({ ...service.deps, codeVersion: 'other' });
    await refused(folds[0]!, /plan probe\.1-.* is not open; nothing was folded/);
  });

  it('in parts without a store for them', async () => {
    const { parts: _, ...without } = service.deps;
    const { folds } = (await publisherTasks(without)({ task: 'plan', request, segments: 2 })) as Planned;
    await refused(folds[0]!, /PARTS_BUCKET or PARTS_DIR is missing/, without as typeof service.deps);
  });
});

it('folds by itself when its attempt was discarded, also when the step is repeated with the old parts', async () => {
  const { event } = await folded();
  let isDown = true;
  await service.deps.submissions.withdraw(house('a', 0).organisation, '2026-04-02T00:01:00.000Z');
  const failing = publisherTasks({
    ...service.deps,
    releases: {
      ...service.deps.releases,
      begin: async (...given) => {
        const begun = await service.deps.releases.begin(...given);
        if (isDown) throw new Error('down just after the new attempt was opened');
        return begun;
      },
    },
  });
  await expect(failing(event)).rejects.toThrow('down just after');
  isDown = false;
  expect(await failing(event)).toMatchObject({ state: 'published' });
  const [releaseId] = await releases();
  expect(releaseId).not.toBe(event.plan);
  expect((await service.deps.ledger.read(releaseId!)).entries).toHaveLength(89);
  expect(await parts.list('')).toEqual([]);
});

it('answers a repeated step whose release is in force, and plans no other', async () => {
  const { handler, event } = await folded();
  const answer = await handler(event);
  expect(await handler(event)).toEqual(answer);
  expect(await service.deps.releases.openPlan('probe.1')).toBeUndefined();
});

it('says so little that Step Functions can carry it for the most segments a stage may ask for', async () => {
  const planned = (await publisherTasks(service.deps)({ task: 'plan', request, segments: 500 })) as Planned;
  const keys = planned.folds.map(({ segment }) => `${planned.plan}/${segment}-of-500`);
  // 256 KB are the most that goes from state to state.
  expect(JSON.stringify({ ...planned, keys }).length).toBeLessThan(128 * 1024);
});

it('refuses tasks it does not know, and a segment that is none', async () => {
  const handler = publisherTasks(service.deps);
  await expect(handler({ task: 'publish-all' })).rejects.toThrow(/task/);
  const { folds } = await folded();
  await expect(handler({ ...folds[0]!, segment: SEGMENTS })).rejects.toThrow(/segment/);
});
