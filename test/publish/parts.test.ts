import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PublishError } from '#functions/publish/publish-error';
import { publisherTasks } from '#functions/publish/tasks';
import { canonicalJson } from '#store/hashes';
import { house, houses, publishing, TRIAL } from './publishing.ts';

const request = { instrument: 'probe.1', cutoffOn: '2026-03-31' };
const SEGMENTS = 5;

interface Begun {
  attempt: string;
  segments: number;
  request: { instrument: string; cutoffOn: string };
  folds: { segment: number }[];
}

let service: Awaited<ReturnType<typeof publishing>>;
beforeEach(async () => {
  service = await publishing();
  await service.submit(
    ...houses('a', 60, { profile: { sector: 'a', size: 's' } }),
    ...houses('b', 30, { profile: { sector: 'b', size: 'l' } }),
  );
});
afterEach(() => service.close());

const parts = () => service.deps.parts!;
const state = () => service.deps.releases.seriesState('probe.1');
const listed = async () => (await state()).head.releases.map(({ releaseId }) => releaseId);

/** The steps up to the parts, and the events that then publish, or clean up. */
async function read(deps: typeof service.deps = service.deps, segments = SEGMENTS, asked: object = request) {
  const handler = publisherTasks(deps);
  const { folds, ...run } = (await handler({ task: 'begin', request: asked, segments })) as Begun;
  const keys: string[] = [];
  for (const fold of folds) keys.push((await handler(fold)) as string);
  const { keys: _, ...rest } = { keys, ...run };
  return { handler, event: { task: 'publish', ...run, keys }, forget: { task: 'forget', ...rest }, folds };
}

it.each([1, 7, 64])('%i parts make the release that the publisher makes alone', async (segments) => {
  // A key that repeats, so that the draws can be compared.
  const fixed = {
    policy: TRIAL,
    isInvented: true,
    randomBytes: (length: number) => new Uint8Array(length).fill(length),
  };
  await service.deps.submissions.withdraw(house('a', 7).organisation, '2026-03-31T00:00:00.000Z');
  const drawn = async (deps: typeof service.deps) => {
    const id = (await deps.releases.seriesState('probe.1')).head.releases[0]!.releaseId;
    const { cells } = (await deps.releases.manifest(id))!;
    return canonicalJson(await Promise.all(cells.map(({ group }) => deps.releases.cell(id, group.key))));
  };
  let ids = 0;
  const randomBytes = (length: number) => {
    ids += 1;
    return new Uint8Array(length).fill(length === 4 ? ids : length);
  };
  const deps = { ...service.deps, ...fixed, randomBytes };
  const { handler, event, folds } = await read(deps, segments);
  expect(folds).toHaveLength(segments);
  expect(await parts().list('')).toHaveLength(segments);
  expect(await handler(event)).toMatchObject({ state: 'published' });
  const alone = await publishing({ submissions: service.deps.submissions, ...fixed });
  await publisherTasks(alone.deps)(request);
  expect(await drawn(service.deps)).toBe(await drawn(alone.deps));
  expect(await parts().list('')).toEqual([]);
  expect((await state()).abandoned).toEqual([]);
  await alone.close();
});

describe('nothing is published, and no part stays,', () => {
  const refused = async (event: object, forget: object, sentence: RegExp) => {
    const outcome = await publisherTasks(service.deps)(event).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(PublishError);
    expect((outcome as Error).message).toMatch(sentence);
    // As the state machine does after a failure; may be repeated.
    for (let time = 0; time < 2; time += 1) await publisherTasks(service.deps)(forget);
    expect(await listed()).toEqual([]);
    expect(await parts().list('')).toEqual([]);
    expect(await state()).toMatchObject({ abandoned: [] });
    expect((await state()).attempt).toBeUndefined();
  };

  it.each([
    ['without the last segment', (keys: string[]) => keys.slice(0, -1), /not read: probe\.1-.*\/4-of-5\.$/],
    ['without any', () => [], /not read: .*0-of-5, .*4-of-5/],
    ['with one twice', (keys: string[]) => [keys[0]!, ...keys.slice(0, -1)], /not read: .*4-of-5/],
    [
      'with a foreign one',
      (keys: string[]) => [...keys, 'probe.1-2026-03-31-00000000/0-of-5'],
      /are no parts of probe\.1/,
    ],
  ])('%s', async (_, change, sentence) => {
    const { event, forget } = await read();
    await refused({ ...event, keys: change(event.keys) }, forget, sentence);
  });

  it('with a part that is lost', async () => {
    const { event, forget } = await read();
    await parts().remove(event.keys[2]!);
    await refused(event, forget, /part .*\/2-of-5 is not in the store/);
  });

  it('with one in the place of another', async () => {
    const { event, forget } = await read();
    await parts().put(event.keys[1]!, (await parts().get(event.keys[0]!))!);
    await refused(event, forget, /1-of-5 cannot be used\. It is the part ".*0-of-5"/);
  });

  it.each([
    ['cut', (bytes: Uint8Array) => bytes.subarray(0, -9)],
    ['changed', (bytes: Uint8Array) => bytes.map((byte, place) => (place === bytes.length - 6 ? byte ^ 1 : byte))],
    ['emptied', () => new Uint8Array()],
  ])('with one that was %s', async (_, damage) => {
    const { event, forget } = await read();
    await parts().put(event.keys[1]!, damage((await parts().get(event.keys[1]!))!));
    await refused(event, forget, /1-of-5 cannot be used\./);
  });

  it('for an attempt that another took over from, whose late segment leaves no part', async () => {
    const { event, forget, folds } = await read();
    service.clock.now = new Date('2026-04-02T01:00:00.000Z');
    const { event: theirs } = await read(service.deps, 3);
    await expect(publisherTasks(service.deps)(folds[0]!)).rejects.toThrow(/no longer under way/);
    await expect(publisherTasks(service.deps)(event)).rejects.toThrow(/no longer under way/);
    await publisherTasks(service.deps)(forget);
    expect(await parts().list('')).toEqual([...theirs.keys].sort());
    expect(await publisherTasks(service.deps)(theirs)).toMatchObject({ state: 'published' });
    expect(await parts().list('')).toEqual([]);
  });

  it('when the attempt is lost while a segment is read', async () => {
    const handler = publisherTasks(service.deps);
    const { folds } = (await handler({ task: 'begin', request, segments: 2 })) as Begun;
    const stealing = {
      ...service.deps,
      parts: {
        ...parts(),
        put: async (path: string, bytes: Uint8Array) => {
          await parts().put(path, bytes);
          service.clock.now = new Date('2026-04-02T01:00:00.000Z');
          await handler({ task: 'begin', request, segments: 2 });
        },
      },
    };
    await expect(publisherTasks(stealing)(folds[0]!)).rejects.toThrow(/took over/);
    expect(await parts().list('')).toEqual([]);
  });

  it('in segments without a store for them', async () => {
    const { parts: _, ...without } = service.deps;
    const handler = publisherTasks(without as typeof service.deps);
    const { folds } = (await handler({ task: 'begin', request, segments: 2 })) as Begun;
    await expect(handler(folds[0]!)).rejects.toThrow(/PARTS_BUCKET or PARTS_DIR is missing/);
  });
});

it('a step that was killed is not mixed with its next try: the run ends, and the weekly task cleans up', async () => {
  const { event, forget } = await read();
  const dead = () => Promise.reject(new Error('killed'));
  const { releases, files } = service.deps;
  let written = 0;
  const dying = {
    ...service.deps,
    releases: new Proxy(releases, {
      get(target, name) {
        if (name === 'writeCell') written += 1;
        return written > 1 ? dead : Reflect.get(target, name);
      },
    }),
    files: { ...files, list: dead, remove: dead },
  };
  await expect(publisherTasks(dying)(event)).rejects.toThrow('killed');
  await expect(publisherTasks(service.deps)(event)).rejects.toThrow(/no longer under way/);
  await publisherTasks(service.deps)(forget);
  expect(await parts().list('')).toEqual([]);
  service.clock.now = new Date('2026-04-02T01:00:00.000Z');
  await publisherTasks(service.deps)({ task: 'leftovers' });
  expect(await state()).toEqual({ head: { series: 'probe.1', releases: [] }, abandoned: [] });
  expect(await service.partitions()).toEqual(['series#probe.1']);
  expect(await files.list('')).toEqual([]);
});

describe('an event that is delivered twice', () => {
  const scheduled = { instrument: 'probe.1', scheduledAt: '2026-04-01T01:00:00Z' };

  it('is carried out once, whether it comes at once, late, or when its release was taken down', async () => {
    const handler = publisherTasks(service.deps);
    const first = (await handler(scheduled)) as { releaseId: string };
    expect(first).toMatchObject({ state: 'published', releaseId: expect.stringContaining('probe.1-2026-03-31-') });
    const repeated = { state: 'already-published', releaseId: first.releaseId };
    expect(await handler(scheduled)).toEqual(repeated);
    service.clock.now = new Date('2026-04-05T00:00:00.000Z');
    expect(await handler(scheduled)).toEqual(repeated);
    await service.deps.releases.takeDown(first.releaseId);
    expect(await handler(scheduled)).toEqual(repeated);
    expect(await listed()).toEqual([first.releaseId]);
  });

  it('has its own cut-off however late it comes', async () => {
    service.clock.now = new Date('2026-04-09T00:00:00.000Z');
    expect(await publisherTasks(service.deps)(scheduled)).toMatchObject({
      releaseId: expect.stringContaining('probe.1-2026-03-31-'),
    });
  });

  it('is carried out once in segments, each step too', async () => {
    const { handler, event } = await read(service.deps, 3, scheduled);
    const answer = (await handler(event)) as { releaseId: string };
    const repeated = { state: 'already-published', releaseId: answer.releaseId };
    expect(await handler(event)).toEqual(repeated);
    const twice = await read(service.deps, 3, scheduled);
    expect(twice.folds).toEqual([]);
    expect(await twice.handler(twice.event)).toEqual(repeated);
    expect(await listed()).toEqual([answer.releaseId]);
    expect((await state()).attempt).toBeUndefined();
  });
});

it('finds its own attempt when the answer to its first step was lost, and is refused under another name', async () => {
  const handler = publisherTasks(service.deps);
  const begin = (run: string) => handler({ task: 'begin', request, segments: 2, run });
  const first = (await begin('one')) as Begun;
  expect(await begin('one')).toEqual(first);
  await expect(begin('two')).rejects.toThrow(/Another publisher is at work/);
});

it('says so little that Step Functions can carry it for the most segments a stage may ask for', async () => {
  const begun = (await publisherTasks(service.deps)({ task: 'begin', request, segments: 500 })) as Begun;
  const keys = begun.folds.map(({ segment }) => `${begun.attempt}/${segment}-of-500`);
  // 256 KB are the most that goes from state to state.
  expect(JSON.stringify({ ...begun, keys }).length).toBeLessThan(128 * 1024);
});

it('refuses tasks it does not know, and a segment that is none', async () => {
  const handler = publisherTasks(service.deps);
  await expect(handler({ task: 'publish-all' })).rejects.toThrow(/task/);
  const { folds } = await read();
  await expect(handler({ ...folds[0]!, segment: SEGMENTS })).rejects.toThrow(/segment/);
});
